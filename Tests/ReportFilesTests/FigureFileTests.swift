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

  @Test("The text of an SVG is text, with what XML needs escaped")
  func text() {
    let figure = Figure(
      "test", title: "a < b & c", caption: "D_delta",
      .plot(Plot(x: .init("x"), y: .init("y"), series: [Self.series(.line)])))
    let svg = String(decoding: FigureFile.svg(figure), as: UTF8.self)
    #expect(svg.contains(">a &lt; b &amp; c</tspan>"))
    #expect(svg.contains(">D</tspan>") && svg.contains(">δ</tspan>"))
    #expect(!svg.contains("<symbol") && !svg.contains("glyph"))
  }

  @Test("The same figure gives the same PDF, of one page")
  func pdf() {
    let figure = Self.figure([Self.series(.points)])
    let bytes = FigureFile.pdf(figure)
    #expect(bytes == FigureFile.pdf(figure))
    #expect(bytes.starts(with: Array("%PDF-".utf8)))
  }

  @Test("Points on the frame are drawn whole, those outside not at all")
  func frame() {
    func discs(_ x: [Double]) -> Int {
      let figure = Self.figure([
        Plot.Series("", .measured, .points, x: x, y: x.map { _ in 5 })
      ])
      let svg = String(decoding: FigureFile.svg(figure), as: UTF8.self)
      // Nothing after the frame is cut.
      let open = svg.split(separator: "</g>", omittingEmptySubsequences: false).last ?? ""
      return open.split(separator: "<circle", omittingEmptySubsequences: false).count - 1
    }
    #expect(discs([0, 1, 3]) == 3)
    #expect(discs([-1, 1, 4]) == 1)
  }

  @Test("An interval that goes on beyond the plot ends at the frame, without a foot")
  func openInterval() {
    func lines(_ upper: Double) -> Int {
      let figure = Self.figure([
        Plot.Series("", .measured, .points, x: [1], y: [5], lower: [4], upper: [upper])
      ])
      let svg = String(decoding: FigureFile.svg(figure), as: UTF8.self)
      return svg.split(separator: "<polyline", omittingEmptySubsequences: false).count
    }
    #expect(lines(9) == lines(40) + 1)
  }

  @Test("More than two lines carry different marks", arguments: Plot.Role.allCases)
  func marks(role: Plot.Role) {
    let inks = Ink.inks(for: (0..<4).map { _ in Self.series(.line, role) })
    #expect(inks.allSatisfy { $0.marksLine })
    #expect(Set(inks.map { "\($0.mark)" }).count == 4)
    #expect(!Ink.inks(for: [Self.series(.line), Self.series(.line)])[0].marksLine)
  }

  @Test("Names of points stand next to them, and none over another")
  func names() {
    let figure = Self.figure([
      Plot.Series(
        "", .measured, .points, x: [1, 1, 1.01], y: [5, 5.05, 5], names: ["one", "two", "three"])
    ])
    let svg = String(decoding: FigureFile.svg(figure), as: UTF8.self)
    let places = ["one", "two", "three"].compactMap { name in
      svg.split(separator: "<text ").first { $0.contains(">\(name)</tspan>") }?
        .split(separator: " font").first
    }
    #expect(places.count == 3 && Set(places).count == 3)
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
