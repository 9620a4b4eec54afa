import NumberFormatting
import ScoreClaims
import ScoreLab
import TermPlot

/// One figure or table of the report, with its caption.
struct FiguresPane: ScrollablePane {
  let title = "Figures"
  let hasPlots = true

  var commands: [Command] { Self.commands }

  func note(_ state: WorkbenchState) -> String {
    let experiment = state.experiment
    guard let exhibit = exhibit(state) else { return "" }
    let name =
      switch exhibit {
      case .figure(let figure): figure.name
      case .table(let table): "table \(table.name)"
      }
    return "\(name) \(experiment.shownExhibit + 1)/\(experiment.exhibitCount)"
  }

  /// What is shown; nil before there is a report.
  func exhibit(_ state: WorkbenchState) -> Exhibit? {
    guard let report = state.experiment.message?.report else { return nil }
    let all = report.figures.map(Exhibit.figure) + report.tables.map(Exhibit.table)
    return all.isEmpty ? nil : all[state.experiment.shownExhibit]
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let exhibit = exhibit(state) else {
      let text = state.experiment.message == nil ? "" : "no figure yet"
      canvas.write(text, in: area, style: Style(.muted))
      return
    }
    let content = frame(exhibit, state.marks, into: &canvas, in: area)
    switch exhibit {
    case .table(let table): self.table(table, state).draw(into: &canvas, in: content)
    case .figure(let figure):
      switch figure.content {
      case .plot(let plot):
        PlotPicture(
          plot: plot, window: state.experiment.window(of: title), marks: state.marks
        ).draw(into: &canvas, in: content)
      case .images(let images):
        picture(images, state).draw(into: &canvas, in: content)
      }
    }
  }

  func table(_ state: WorkbenchState) -> ReportTable? {
    guard case .table(let table)? = exhibit(state) else { return nil }
    return table
  }

  func words(_ state: WorkbenchState) -> [String]? {
    guard let exhibit = exhibit(state) else { return nil }
    let words = words(exhibit)
    let shown =
      switch exhibit {
      case .figure: state.wordsOfPlots(ofPane: state.focus)
      case .table(let table):
        table.rows.map { row in
          zip(table.columns, row).map { "\($0) \(Self.text($1))" }.joined(separator: ", ") + "."
        }
      }
    return ["\(words.title). \(words.caption)"] + shown
  }

  func maximumScroll(_ state: WorkbenchState, in area: Rect) -> Int {
    guard let exhibit = exhibit(state) else { return 0 }
    let content = parts(exhibit, state.marks, in: area).content
    switch exhibit {
    case .table(let table): return self.table(table, state).maximumScroll(in: content)
    case .figure(let figure):
      guard case .images(let images) = figure.content else { return 0 }
      return picture(images, state).maximumScroll(in: content).rows
    }
  }

  /// The most columns that can be scrolled past.
  func maximumColumnScroll(_ state: WorkbenchState, in area: Rect) -> Int {
    guard let exhibit = exhibit(state) else { return 0 }
    switch exhibit {
    case .table(let table): return self.table(table, state).maximumColumnScroll
    case .figure(let figure):
      guard case .images(let images) = figure.content else { return 0 }
      let content = parts(exhibit, state.marks, in: area).content
      return picture(images, state).maximumScroll(in: content).columns
    }
  }

  private func table(_ table: ReportTable, _ state: WorkbenchState) -> DataTable {
    DataTable(
      columns: table.columns, rows: table.rows.map { $0.map(Self.text) },
      scroll: state.experimentScroll(of: title), columnScroll: state.experiment.columnScroll,
      marks: state.marks)
  }

  private func picture(_ images: ImageGrid, _ state: WorkbenchState) -> ImagePicture {
    ImagePicture(
      images: images, scroll: state.experimentScroll(of: title),
      columnScroll: state.experiment.columnScroll, marks: state.marks, isColored: state.isColored)
  }

  static func text(_ cell: ReportTable.Cell) -> String {
    switch cell {
    case .number(let value): NumberText.short(value, digits: 4)
    case .integer(let value): grouped(value)
    case .text(let text): text
    case .none: "-"
    }
  }

  private func words(_ exhibit: Exhibit) -> (title: String, caption: String) {
    switch exhibit {
    case .figure(let figure): (figure.title, figure.caption)
    case .table(let table): (table.title, table.note)
    }
  }

  private func parts(
    _ exhibit: Exhibit, _ marks: Marks, in area: Rect
  ) -> (title: Rect, content: Rect, caption: Rect) {
    let (title, rest) = area.splitTop(rows: area.height >= 6 ? 1 : 0)
    let lines = marks.wrap(
      words(exhibit).caption, width: area.width, rows: max(1, area.height / 4))
    let (content, caption) = rest.splitBottom(
      rows: words(exhibit).caption.isEmpty || area.height < 6 ? 0 : lines.count)
    return (title, content, caption)
  }

  /// Writes title and caption.
  ///
  /// - Returns: What is left between them.
  private func frame(
    _ exhibit: Exhibit, _ marks: Marks, into canvas: inout Canvas, in area: Rect
  ) -> Rect {
    let parts = parts(exhibit, marks, in: area)
    let words = words(exhibit)
    canvas.write(
      marks.fit(words.title, width: area.width), in: parts.title,
      style: Style(.title, attributes: .bold))
    let lines = marks.wrap(words.caption, width: area.width, rows: parts.caption.height)
    TextBlock(lines.map { .init($0, .muted) }, marks: marks).draw(into: &canvas, in: parts.caption)
    return parts.content
  }
}
