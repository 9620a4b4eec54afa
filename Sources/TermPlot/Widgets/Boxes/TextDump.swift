/// A canvas as text: its glyphs, and next to them how each cell is drawn.
public struct TextDump: Sendable, Equatable {
  /// The glyphs, a string a row.
  public let lines: [String]
  /// The foregrounds, a letter a cell: see ``letter(of:)``; upper case where bold or reversed.
  public let styles: [String]
  /// The backgrounds, a letter a cell; a blank for the plain background.
  public let backgrounds: [String]

  public init(_ canvas: Canvas) {
    lines = canvas.lines
    func letters(_ letter: (Cell) -> Character) -> [String] {
      (0..<canvas.size.rows).map { y in
        String((0..<canvas.size.columns).map { letter(canvas[$0, y]) })
      }
    }
    styles = letters { cell in
      if cell.glyph == " ", cell.style.foreground == .role(.text) { return " " }
      let letter = TextDump.letter(of: cell.style.foreground)
      let isMarked = !cell.style.attributes.isDisjoint(with: [.bold, .reverse])
      return isMarked ? Character(letter.uppercased()) : letter
    }
    backgrounds = letters { TextDump.letter(of: $0.style.background) }
  }

  /// The letter of a colour: one a role, and the digits 0 to 9 along the numeric colour map and the
  /// greys.
  public static func letter(of ink: Ink) -> Character {
    if let step = ink.rampStep ?? ink.grayStep {
      return Character(String(step * 10 / Ink.rampSteps))
    }
    switch ink.role ?? .text {
    case .background: return " "
    case .text: return "t"
    case .muted: return "m"
    case .title: return "n"
    case .border: return "b"
    case .focusBorder: return "f"
    case .statusBar: return "s"
    case .statusText: return "u"
    case .selection: return "y"
    case .selectionText: return "z"
    case .accent: return "a"
    case .key: return "k"
    case .warning: return "w"
    case .error: return "r"
    case .good: return "o"
    case .axis: return "x"
    case .grid: return "g"
    case .exact: return "e"
    case .learned: return "l"
    case .training: return "i"
    case .heldOut: return "h"
    case .floor: return "v"
    case .quantile: return "d"
    case .l2: return "q"
    case .markov: return "c"
    case .edit: return "j"
    case .trajectory: return "p"
    }
  }
}
