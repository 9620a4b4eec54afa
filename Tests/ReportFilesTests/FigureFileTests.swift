import ScoreClaims
import ScoreLab
import Testing

@testable import ReportFiles

@Suite struct FigureFileTests {
  static let forms: [Plot.Series.Form] = [.line, .steps, .points, .band, .bars]

  static func figure(_ series: [Plot.Series], isLogarithmic: Bool = false) -> Figure {
    Figure(
      "test", title: "A title", caption: "n = 10",
      .plot(
        Plot(
          x: .init("x", lower: 0, upper: 3),
          y: .init("y", isLogarithmic: isLogarithmic, lower: isLogarithmic ? 0.1 : 0, upper: 10),
          series: series)))
  }

  static func series(_ form: Plot.Series.Form, _ role: Plot.Role = .measured) -> Plot.Series {
    Plot.Series(
      "", role, form, x: [0, 1, 2, 3], y: [1, 4, .nan, 2],
      lower: [0.5, 3, 1, 1], upper: [2, 5, 2, 3])
  }

  @Test("Every form of series leaves ink, on both scales", arguments: forms, [false, true])
  func ink(form: Plot.Series.Form, isLogarithmic: Bool) {
    let empty = FigureFile.svg(Self.figure([], isLogarithmic: isLogarithmic))
    let drawn = FigureFile.svg(Self.figure([Self.series(form)], isLogarithmic: isLogarithmic))
    #expect(drawn.count > empty.count)
  }

  @Test("Two series of one role are drawn in different inks", arguments: Plot.Role.allCases)
  func inks(role: Plot.Role) {
    let inks = Ink.inks(for: [Self.series(.line, role), Self.series(.line, role)])
    #expect(inks[0].color != inks[1].color)
    #expect(inks[0].dash != inks[1].dash)
  }

  @Test("The same figure gives the same PNG, of two pixels a point")
  func png() {
    let figure = Self.figure([Self.series(.line)])
    let bytes = FigureFile.png(figure)
    #expect(bytes == FigureFile.png(figure))
    #expect(Array(bytes.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    #expect((number(16), number(20)) == (1920, 1200))
  }

  @Test("A figure without data or with data beyond all bounds is drawn")
  func extremes() {
    for y in [[Double](), [.nan, .nan], [1e300, -1e300], [0, 0]] {
      let x = y.indices.map(Double.init)
      let figure = Figure(
        "test", title: "",
        .plot(
          Plot(
            x: .init(""), y: .init(""),
            series: [
              .init("a", .measured, x: x, y: y)
            ], marks: [.init("m", at: .nan, isVertical: true)])))
      #expect(FigureFile.svg(figure).starts(with: Array("<?xml".utf8)))
    }
  }

  @Test("A grid of pictures is drawn, its last row shorter")
  func images() {
    let grid = ImageGrid(
      width: 2, height: 2, columns: 2, values: [0, 1, 0.5, .nan, 1, 1, 0, 0, 2, -1, 0, 1],
      rowLabels: ["first", "second"])
    let figure = Figure("test", title: "Pictures", .images(grid))
    #expect(FigureFile.png(figure).count > 1000)
  }
}
