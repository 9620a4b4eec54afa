import TermPlot

/// Turns what the terminal sent, cut into characters and sequences, into keys and mouse actions.
enum KeyDecoder {
  /// The key of a character, or nil for one that is none.
  static func key(ofCharacter code: UInt32) -> Key? {
    switch code {
    case 0x09: return .tab
    case 0x0A, 0x0D: return .enter
    case 0x1B: return .escape
    case 0x20: return .space
    // ^H as well: it is what the key sends on many terminals.
    case 0x08, 0x7F: return .backspace
    case 0..<0x20:
      // 0x01 is Ctrl-A; the few above Ctrl-Z are named by what is printed on the key.
      let letter = Unicode.Scalar(UInt8(code + 0x40))
      return .control(Character(String(Character(letter)).lowercased()))
    case 0x80..<0xA0: return nil
    default: return Unicode.Scalar(code).map { .character(Character($0)) }
    }
  }

  /// The key of `ESC O byte`, which keys of cursor and keypad send; nil for one that is none.
  static func key(ofSingleShift byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "M"): .enter
    // The keypad in application mode: `ESC O j` to `ESC O y` stand for `*` to `9`.
    case UInt8(ascii: "j")...UInt8(ascii: "y"): key(ofCharacter: UInt32(byte - 0x40))
    default: key(ofFinal: byte)
    }
  }

  /// The key of `ESC [ numbers final`, ECMA-48's control sequence.
  ///
  /// - Parameters:
  ///   - numbers: The parameters; the second is 1 and the modifiers held: 1 Shift, 2 Alt, 4 Ctrl.
  ///   - final: The byte that ends the sequence.
  /// - Returns: Nil for one that is no key.
  static func key(ofNumbers numbers: [Int], final: UInt8) -> Key? {
    // A key held with Alt or Ctrl is another key, and none that the program has.
    guard numbers.count < 2 || (0...2).contains(numbers[1]) else { return nil }
    guard final == UInt8(ascii: "~") else {
      return numbers.first ?? 1 <= 1 ? key(ofFinal: final) : nil
    }
    switch numbers.first {
    case 1, 7: return .home
    case 4, 8: return .end
    case 3: return .delete
    case 5: return .pageUp
    case 6: return .pageDown
    case let number? where (11...15).contains(number): return .function(number - 10)
    case let number? where (17...21).contains(number): return .function(number - 11)
    case let number? where (23...24).contains(number): return .function(number - 12)
    default: return nil
    }
  }

  private static func key(ofFinal byte: UInt8) -> Key? {
    switch Unicode.Scalar(byte) {
    case "A": .up
    case "B": .down
    case "C": .right
    case "D": .left
    case "H": .home
    case "F": .end
    case "Z": .backTab
    case "P": .function(1)
    case "Q": .function(2)
    case "R": .function(3)
    case "S": .function(4)
    default: nil
    }
  }

  /// The mouse event of a report.
  ///
  /// - Parameters:
  ///   - button: The button in its two lowest bits, 32 for a move and 64 for the wheel, as xterm
  ///     numbers them; 4, 8 and 16 are keys held.
  ///   - column: From 1.
  ///   - row: From 1.
  ///   - isRelease: Whether a button was let go; the oldest reports say so by the button 3.
  /// - Returns: Nil for a move without a button, and for an unknown button.
  static func mouse(
    button: Int, column: Int, row: Int, isRelease: Bool = false
  ) -> MouseEvent? {
    guard column >= 1, row >= 1 else { return nil }
    let kind: MouseEvent.Kind? =
      switch button & ~0b11100 {
      case 0, 1, 2: isRelease ? .release : .press
      case 3: .release
      case 32, 33, 34: isRelease ? nil : .drag
      case 64 where !isRelease: .wheelUp
      case 65 where !isRelease: .wheelDown
      default: nil
      }
    return kind.map { MouseEvent($0, x: column - 1, y: row - 1) }
  }
}
