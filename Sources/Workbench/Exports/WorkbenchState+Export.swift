import NumberFormatting
import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

extension WorkbenchState {
  /// How long a frame of an animation stays.
  private static let secondsEach = 0.08

  /// What a line asks to be written.
  ///
  /// - Parameters:
  ///   - argument: A file's name, before it what is to be written; without that what the file is called
  ///     after, else the focused pane.
  ///   - replaces: Whether a file of the name may be replaced.
  /// - Returns: The file.
  /// - Throws: What the line lacks, or that there is nothing to write yet.
  func export(_ argument: String, replacing replaces: Bool) throws(LineError) -> Export {
    let (target, path) = try exported(argument)
    guard let format = ExportFormat(file: path) else {
      let endings = formats(of: target).map { ".\($0.rawValue)" }.joined(separator: ", ")
      throw LineError(message: "\(path) ends in none of \(endings)")
    }
    guard formats(of: target).contains(format) else {
      let names = formats(of: target).map(\.rawValue).joined(separator: ", ")
      throw LineError(
        message:
          "\(name(of: target)) can be \(names), not \(format.rawValue); Tab shows what there is"
      )
    }
    let (content, summary) = try content(of: target, format)
    return Export(path: path, replaces: replaces, content: content, summary: summary)
  }

  /// What is meant by a line, and the file's name.
  private func exported(
    _ argument: String
  ) throws(LineError) -> (target: ExportTarget, path: String) {
    let word = argument.prefix { $0 != " " }
    let rest = argument.dropFirst(word.count).trimmed
    if !rest.isEmpty, let target = exportTarget(named: String(word)) { return (target, rest) }
    guard !argument.isEmpty, exportTarget(named: argument) == nil else {
      let names = exportTargets.map { name(of: $0) }.joined(separator: ", ")
      throw LineError(message: "export takes a file's name, before it one of \(names)")
    }
    return (named(in: argument), argument)
  }

  /// What a file's name says without a word before it: its own name, or an ending that only one thing
  /// has; else the focused pane.
  private func named(in path: String) -> ExportTarget {
    let file = path.split(separator: "/").last ?? ""
    if let target = exportTarget(named: String(file.prefix { $0 != "." })) { return target }
    let isMoving = [.gif, .npz].contains(ExportFormat(file: path))
    return isMoving && exportTargets.contains(.trajectories) ? .trajectories : .pane(focus)
  }

  private func content(
    of target: ExportTarget, _ format: ExportFormat
  ) throws(LineError) -> (Export.Content, String) {
    func pictured(_ content: (Canvas) -> Export.Content) -> (Export.Content, String) {
      let picture = picture(of: target)
      let size = picture.size
      return (content(picture), "\(name(of: target)), \(size.columns)x\(size.rows) cells")
    }
    switch format {
    case .svg: return pictured { .svg($0, theme) }
    case .png: return pictured { .png($0, theme) }
    case .txt: return pictured { .bytes(Self.text($0)) }
    case .gif:
      guard run.snapshot?.samples != nil else {
        throw LineError(message: "there are no samples yet")
      }
      let frames = animation
      return (
        .gif(frames, theme, secondsEach: Self.secondsEach),
        "\(frames.count) frames from noise to data"
      )
    case .csv, .npy, .npz:
      switch target {
      case .trajectories: return try trajectories(format)
      case .pane(let index): return try data(ofPane: index, format)
      case .screen: preconditionFailure("A screen has no data of its own.")
      }
    }
  }

  private func picture(of target: ExportTarget) -> Canvas {
    switch target {
    case .screen, .trajectories: screenPicture
    case .pane(let index): picture(ofPane: index)
    }
  }

  /// The glyphs, without blanks at the ends of lines.
  private static func text(_ canvas: Canvas) -> [UInt8] {
    let lines = canvas.lines.map { line in
      var line = line[...]
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }
    return Array(lines.joined().utf8)
  }
}

// MARK: - Numbers

extension WorkbenchState {
  /// The table of a pane, or the numbers of its plots as they are drawn.
  private func data(
    ofPane index: Int, _ format: ExportFormat
  ) throws(LineError) -> (Export.Content, String) {
    let pane = pageType.panes[index]
    if let table = pane.table(self) {
      return (.bytes(Array(table.csv.utf8)), "\(table.rows.count) rows")
    }
    let data = PlotData(picture(ofPane: index).plots(of: index))
    guard !data.rows.isEmpty else {
      throw LineError(
        message: "\(pane.title) shows no numbers now; svg, png and txt have its picture")
    }
    if format == .csv { return (.bytes(Array(csv(data).utf8)), "\(data.rows.count) rows") }
    let columns = PlotData.columns.count + 2
    let values = data.rows.flatMap { [Double($0.plot), Double($0.seriesNumber)] + $0.values }
    return (
      .bytes(NamedArray("data", shape: [data.rows.count, columns], .float64(values)).npy),
      "\(data.rows.count) rows of plot, series, \(PlotData.columns.joined(separator: ", "))"
    )
  }

  /// A line a number; columns in which there is none are left out.
  private func csv(_ data: PlotData) -> String {
    let used = PlotData.columns.indices.filter { column in
      data.rows.contains { !$0.values[column].isNaN }
    }
    let head = ["plot", "series"] + used.map { PlotData.columns[$0] }
    let rows = data.rows.map { row in
      ["\(row.plot)", row.series]
        + used.map { row.values[$0].isNaN ? "" : NumberText.exact(row.values[$0]) }
    }
    return ([head] + rows).map { CSVText.line($0) + "\n" }.joined()
  }

  /// Every sample at every time, in the units of the data.
  private func trajectories(
    _ format: ExportFormat
  ) throws(LineError) -> (Export.Content, String) {
    guard let snapshot = run.snapshot, let pass = snapshot.samples else {
      throw LineError(message: "there are no samples yet")
    }
    let (way, frame) = (pass.trajectories, snapshot.coordinates)
    let d = way.dimension
    let values = way.frames.flatMap { points in
      points.indices.map { Float(frame.offset[$0 % d] + frame.scale[$0 % d] * Double(points[$0])) }
    }
    let shape = [way.frames.count, way.tracked, d]
    let positions = NamedArray("positions", shape: shape, .float32(values))
    let summary = "positions \(shape), times from noise to data first, step \(grouped(pass.step))"
    guard format == .npz else { return (.bytes(positions.npy), summary) }
    let process = snapshot.configuration.process.make()
    let levels = way.times.map { process.level(at: $0) }
    func array(_ name: String, _ values: [Double]) -> NamedArray {
      NamedArray(name, shape: [values.count], .float64(values))
    }
    let arrays = [
      positions, array("times", way.times), array("alpha", levels.map(\.alpha)),
      array("sigma", levels.map(\.sigma)),
    ]
    return (.bytes(NpzArchive(arrays).flatMap { $0 }), summary)
  }
}
