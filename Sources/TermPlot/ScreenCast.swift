/// Screens over time as lines of an asciinema recording, of each only what differs from the one before.
///
/// Source: asciinema manual, "asciicast v2".
public struct ScreenCast: Sendable {
  /// What the lines so far leave on the screen of whoever plays them.
  private var shown: Canvas
  private var isBegun = false
  private var theme: Theme

  /// Starts a recording.
  ///
  /// - Parameters:
  ///   - size: That of the first screen.
  ///   - theme: Its colours.
  public init(size: Size, theme: Theme) {
    shown = Canvas(size: size)
    self.theme = theme
  }

  /// The first line of the file.
  ///
  /// - Parameters:
  ///   - title: What is recorded.
  ///   - timestamp: When it began, in seconds since 1970.
  /// - Returns: A line with its end.
  public func header(title: String, timestamp: Int) -> String {
    let colors = theme.palette.map { "#" + Self.hexadecimal($0) }
    let theme =
      "{\"fg\":\"\(colors[5])\",\"bg\":\"\(colors[0])\",\"palette\":\""
      + colors.joined(separator: ":") + "\"}"
    return "{\"version\":2,\"width\":\(shown.size.columns),\"height\":\(shown.size.rows),"
      + "\"timestamp\":\(timestamp),\"title\":\"\(Self.escaped(title))\","
      + "\"env\":{\"TERM\":\"xterm-256color\"},\"theme\":\(theme)}\n"
  }

  /// The lines that lead to a screen from the one before.
  ///
  /// - Parameters:
  ///   - canvas: The screen.
  ///   - theme: Its colours.
  ///   - seconds: When it was shown, since the start.
  /// - Returns: Lines with their ends; none where nothing has changed.
  public mutating func frame(_ canvas: Canvas, theme: Theme, at seconds: Double) -> String {
    var lines = ""
    var isWhole = theme != self.theme || !isBegun
    if canvas.size != shown.size {
      lines += Self.event(
        seconds, "r", "\(canvas.size.columns)x\(canvas.size.rows)")
      isWhole = true
    }
    (self.theme, isBegun) = (theme, true)
    let output = Self.output(canvas, theme, changedFrom: isWhole ? nil : shown)
    shown = canvas
    return output.isEmpty ? lines : lines + Self.event(seconds, "o", output)
  }

  private static func output(_ canvas: Canvas, _ theme: Theme, changedFrom old: Canvas?) -> String {
    var text = old == nil ? "\u{1B}[?25l\u{1B}[2J" : ""
    var style: Style?
    for y in 0..<canvas.size.rows {
      var x = 0
      // Where the writing place is after what was written last.
      var reached = -1
      while x < canvas.size.columns {
        let cell = canvas[x, y]
        guard old.map({ $0[x, y] != cell }) ?? true else {
          x += 1
          continue
        }
        if reached != x { text += "\u{1B}[\(y + 1);\(x + 1)H" }
        if style != cell.style {
          text += sequence(cell.style, theme)
          style = cell.style
        }
        text.unicodeScalars.append(cell.glyph)
        x += 1
        reached = x
      }
    }
    return text
  }

  /// The control sequence of a style, in colours of 24 bits.
  private static func sequence(_ style: Style, _ theme: Theme) -> String {
    func color(_ ink: Ink, _ kind: Int) -> String {
      let color = theme.color(of: ink)
      return ";\(kind);2;\(color.red);\(color.green);\(color.blue)"
    }
    let attributes: [(Style.Attributes, String)] = [
      (.bold, ";1"), (.dim, ";2"), (.underline, ";4"), (.reverse, ";7"),
    ]
    return "\u{1B}[0"
      + attributes.filter { style.attributes.contains($0.0) }.map(\.1).joined()
      + color(style.foreground, 38) + color(style.background, 48) + "m"
  }

  private static func event(_ seconds: Double, _ kind: String, _ data: String) -> String {
    let micros = Int((max(0, seconds) * 1e6).rounded())
    let fraction = String(1_000_000 + micros % 1_000_000).dropFirst()
    return "[\(micros / 1_000_000).\(fraction),\"\(kind)\",\"\(escaped(data))\"]\n"
  }

  /// Text as JSON has it between quotes.
  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result.append(contentsOf: ["\\", scalar])
      case _ where scalar.value < 0x20:
        result.append(contentsOf: "\\u00".unicodeScalars)
        result.append(contentsOf: hexadecimal(UInt8(scalar.value)).unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func hexadecimal(_ color: RGB) -> String {
    [color.red, color.green, color.blue].map { hexadecimal($0) }.joined()
  }

  private static func hexadecimal(_ value: UInt8) -> String {
    let digits = String(value, radix: 16)
    return digits.count < 2 ? "0" + digits : digits
  }
}
