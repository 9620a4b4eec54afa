import Foundation
import Testing

@testable import TermPlot

/// A recording is played by a reader of its own: the lines as JSON, and of the control sequences those
/// that ECMA-48 gives a terminal for places, colours and attributes.
@Suite struct ScreenCastTests {
  /// A terminal that knows as much as a recording needs.
  private struct Player {
    struct Glyph: Equatable {
      var scalar: Unicode.Scalar = " "
      var style = ""
    }

    var columns = 0
    var rows = 0
    var cells: [Glyph] = []
    private var place = (x: 0, y: 0)
    private var style = ""

    mutating func resize(_ columns: Int, _ rows: Int) {
      (self.columns, self.rows) = (columns, rows)
      cells = Array(repeating: Glyph(scalar: "?"), count: columns * rows)
    }

    mutating func play(_ text: String) throws {
      var rest = Array(text.unicodeScalars)[...]
      while let scalar = rest.popFirst() {
        guard scalar == "\u{1B}" else {
          cells[place.y * columns + place.x] = Glyph(scalar: scalar, style: style)
          place.x += 1
          continue
        }
        try #require(rest.popFirst() == "[")
        let end = try #require(rest.firstIndex { "A"..."Z" ~= $0 || "a"..."z" ~= $0 })
        let values = String(String.UnicodeScalarView(rest[..<end]))
        switch rest[end] {
        case "H":
          let numbers = values.split(separator: ";").compactMap { Int($0) }
          place = (numbers[1] - 1, numbers[0] - 1)
        case "m": style = values
        case "J": cells = Array(repeating: Glyph(), count: cells.count)
        default: #expect(values == "?25", "an unknown sequence: \(values)\(rest[end])")
        }
        rest = rest[rest.index(after: end)...]
      }
    }
  }

  /// What a cell's style is as parameters of SGR.
  private static func parameters(_ style: Style, _ theme: Theme) -> String {
    let flags = [
      (Style.Attributes.bold, 1), (.dim, 2), (.underline, 4), (.reverse, 7),
    ].filter { style.attributes.contains($0.0) }.map { ";\($0.1)" }.joined()
    let (ink, paper) = (theme.color(of: style.foreground), theme.color(of: style.background))
    return "0\(flags);38;2;\(ink.red);\(ink.green);\(ink.blue)"
      + ";48;2;\(paper.red);\(paper.green);\(paper.blue)"
  }

  private static func expected(_ canvas: Canvas, _ theme: Theme) -> [Player.Glyph] {
    canvas.cells.map { .init(scalar: $0.glyph, style: parameters($0.style, theme)) }
  }

  private static func screen(_ columns: Int, _ rows: Int, _ words: String) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    canvas.write(words, x: 1, y: 0, style: Style(.error, on: .selection, attributes: .bold))
    canvas.write(
      "⠿\"\\é", x: 2, y: rows - 1, style: Style(foreground: .ramp(0.5), background: .gray(1)))
    return canvas
  }

  @Test("Whoever plays a recording sees every screen, in its colours and at its size")
  func plays() throws {
    var light = Theme.builtIn
    light.palette[0] = RGB(250, 250, 250)
    let screens = [
      (Self.screen(20, 4, "one"), Theme.builtIn), (Self.screen(20, 4, "two"), Theme.builtIn),
      (Self.screen(20, 4, "two"), light), (Self.screen(12, 3, "three"), light),
    ]
    var cast = ScreenCast(size: screens[0].0.size, theme: .builtIn)
    let header = try #require(
      try JSONSerialization.jsonObject(
        with: Data(cast.header(title: "a \"b\"", timestamp: 7).utf8)) as? [String: Any])
    #expect(header["version"] as? Int == 2 && header["timestamp"] as? Int == 7)
    #expect(header["width"] as? Int == 20 && header["height"] as? Int == 4)
    #expect(header["title"] as? String == "a \"b\"")
    var player = Player()
    player.resize(20, 4)
    for (index, (canvas, theme)) in screens.enumerated() {
      let seconds = 0.25 * Double(index)
      for line in cast.frame(canvas, theme: theme, at: seconds).split(separator: "\n") {
        let event = try #require(
          try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
        #expect(event.count == 3 && event[0] as? Double == seconds)
        let data = try #require(event[2] as? String)
        if event[1] as? String == "r" {
          let size = data.split(separator: "x").compactMap { Int($0) }
          player.resize(size[0], size[1])
        } else {
          #expect(event[1] as? String == "o")
          try player.play(data)
        }
      }
      #expect(player.cells == Self.expected(canvas, theme), "screen \(index)")
    }
  }

  @Test("A screen that stays gives no line, a changed cell one of a few bytes")
  func differences() {
    var cast = ScreenCast(size: Size(columns: 80, rows: 24), theme: .builtIn)
    var canvas = Self.screen(80, 24, "here")
    #expect(!cast.frame(canvas, theme: .builtIn, at: 0).isEmpty)
    #expect(cast.frame(canvas, theme: .builtIn, at: 1).isEmpty)
    canvas.write("t", x: 40, y: 12)
    let line = cast.frame(canvas, theme: .builtIn, at: 61.5)
    #expect(line.hasPrefix("[61.500000,\"o\",") && line.utf8.count < 100)
  }
}
