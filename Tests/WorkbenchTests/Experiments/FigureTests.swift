import ScoreClaims
import ScoreCore
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// Any report can be drawn.
@Suite struct FigureTests {
  private func lines(_ figure: Figure, columns: Int = 60, rows: Int = 20, marks: Marks = .ascii)
    throws -> [String]
  {
    var report = ExperimentFixture.report
    report.figures = [figure]
    let state = try ExperimentFixture.state(
      marks: marks, message: ExperimentFixture.message(report: report))
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    FiguresPane().draw(state, into: &canvas, in: canvas.bounds)
    return canvas.lines
  }

  @Test("A plot has title, caption, axes, legend and marks")
  func plot() throws {
    let lines = try lines(ExperimentFixture.curves)
    #expect(lines[0].hasPrefix("Error against distance") && lines[19].hasPrefix("2000 repeats"))
    let text = lines.joined()
    for word in ["exact", "measured", "steps", "vb", "bound", "distance, deviations", "error"] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test("Bars stand at their categories, whose names are on the axis")
  func bars() throws {
    let lines = try lines(ExperimentFixture.bars)
    for name in ["euler", "heun", "ddim"] { #expect(lines.joined().contains(name)) }
    let chart = PlotPicture(plot: plot(ExperimentFixture.bars), marks: .ascii).chart(width: 60)
    let bars = chart.series.compactMap { series -> Double? in
      guard case .bars(let width, let offset) = series.form else { return nil }
      #expect(abs(width - 0.4) < 1e-12)
      return offset
    }
    // Two bars side by side, the middle of the pair at the place.
    #expect(zip(bars, [-0.2, 0.2]).allSatisfy { abs($0 - $1) < 1e-12 })
    // A negative bar keeps zero off the lower end.
    #expect(chart.y.lower == nil)
  }

  private func plot(_ figure: Figure) -> Plot {
    guard case .plot(let plot) = figure.content else { preconditionFailure("not a plot") }
    return plot
  }

  @Test("Intervals are bars about points and bands along lines")
  func intervals() {
    let chart = PlotPicture(plot: plot(ExperimentFixture.curves), marks: .ascii).chart(width: 60)
    let unnamed = chart.series.filter { $0.label.isEmpty }
    #expect(unnamed.count == 1 && unnamed[0].form == .line && unnamed[0].x.count == 63)
    var line = plot(ExperimentFixture.curves)
    line.series[2].form = .line
    let bands = PlotPicture(plot: line, marks: .ascii).chart(width: 60).series.filter {
      $0.form == .band && $0.label.isEmpty
    }
    #expect(bands.count == 1 && bands[0].upper == line.series[2].upper)
  }

  @Test("Pictures are drawn row by row with their labels, brighter where the value is larger")
  func images() throws {
    let lines = try lines(ExperimentFixture.images)
    #expect(lines.joined().contains("exact") && lines.joined().contains("learned"))
    let white = ImageGrid(width: 2, height: 2, columns: 1, values: [1, 1, 0, 0])
    var canvas = Canvas(size: Size(columns: 8, rows: 4))
    ImagePicture(
      images: white, scroll: 0, columnScroll: 0, marks: .braille, isColored: true
    ).draw(into: &canvas, in: canvas.bounds)
    // The upper row of pixels is white, the lower black.
    #expect(canvas[0, 0].style.background == .gray(1))
    #expect(canvas[0, 2].style.background == .gray(0))
    var shaded = Canvas(size: Size(columns: 8, rows: 4))
    ImagePicture(
      images: white, scroll: 0, columnScroll: 0, marks: .ascii, isColored: false
    ).draw(into: &shaded, in: shaded.bounds)
    #expect(shaded.lines[0].hasPrefix("@@") && shaded.lines[2].hasPrefix("  "))
  }

  @Test("Of pictures too many to be made out some are shown, and the others by scrolling")
  func manyImages() {
    let grid = ImageGrid(
      width: 28, height: 28, columns: 10, values: Array(repeating: 0.5, count: 28 * 28 * 80))
    let picture = ImagePicture(
      images: grid, scroll: 0, columnScroll: 0, marks: .braille, isColored: true)
    let most = picture.maximumScroll(in: Rect(x: 0, y: 0, width: 44, height: 15))
    #expect(most.rows > 0 && most.rows < 8 && most.columns > 0 && most.columns < 10)
  }

  @Test("Figures and tables of any kind stay inside any area", arguments: Marks.allCases)
  func anyArea(marks: Marks) throws {
    let empty = Plot(x: .init("x"), y: .init("y"), series: [])
    let odd = Plot(
      x: .init("x", isLogarithmic: true), y: .init("y", isLogarithmic: true),
      series: [
        .init("a", .measured, .bars, x: [0, -1, .nan], y: [.infinity, -1, 0]),
        .init("b", .null, .points, x: [1], y: [.nan], lower: [.nan], upper: [1]),
      ], marks: [.init("m", at: .nan, isVertical: true), .init("n", at: -1, isVertical: false)],
      categories: ["a long name of a category", "b"])
    var report = ExperimentFixture.report
    report.figures += [
      Figure("empty", title: "t", .plot(empty)), Figure("odd", title: "t", .plot(odd)),
      Figure("none", title: "t", .images(ImageGrid(width: 3, height: 2, columns: 2, values: []))),
      Figure(
        "nan", title: "t",
        .images(ImageGrid(width: 1, height: 1, columns: 1, values: [.nan, 5, -3]))),
    ]
    report.tables.append(ReportTable("no", title: "t", columns: ["a"], rows: []))
    var state = try ExperimentFixture.state(
      marks: marks, message: ExperimentFixture.message(report: report))
    for exhibit in 0..<(report.figures.count + report.tables.count) {
      state.experiment.exhibit = exhibit
      for (width, height) in [(0, 0), (1, 1), (5, 3), (30, 8), (90, 40)] {
        let area = Rect(x: 1, y: 1, width: width, height: height)
        var canvas = Canvas(size: Size(columns: width + 2, rows: height + 2))
        canvas.fill(canvas.bounds, with: ScreenTests.marker)
        FiguresPane().draw(state, into: &canvas, in: area)
        let isKept = (0..<canvas.size.rows).allSatisfy { y in
          (0..<canvas.size.columns).allSatisfy { x in
            area.contains(x: x, y: y) || canvas[x, y] == ScreenTests.marker
          }
        }
        #expect(isKept, "exhibit \(exhibit) at \(width)x\(height)")
      }
    }
  }
}
