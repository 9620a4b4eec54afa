import CNcurses
import TermPlot

/// Turns what `wget_wch` returns into keys.
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

  /// The key of a curses key code, or nil for one that the program does not know.
  static func key(ofCode code: Int32) -> Key? {
    switch code {
    case KEY_UP, KEY_SR: .up
    case KEY_DOWN, KEY_SF: .down
    case KEY_LEFT, KEY_SLEFT: .left
    case KEY_RIGHT, KEY_SRIGHT: .right
    case KEY_HOME, KEY_SHOME, KEY_A1: .home
    case KEY_END, KEY_SEND, KEY_C1: .end
    case KEY_PPAGE, KEY_A3: .pageUp
    case KEY_NPAGE, KEY_C3: .pageDown
    case KEY_DC: .delete
    case KEY_BACKSPACE: .backspace
    case KEY_BTAB: .backTab
    case KEY_ENTER: .enter
    case KEY_F0 + 1...KEY_F0 + 12: .function(Int(code - KEY_F0))
    default: nil
    }
  }

  /// The mouse event of a curses button state, or nil for a release or a move.
  static func mouse(state: UInt32, x: Int, y: Int) -> MouseEvent? {
    if state & SC_WHEEL_UP != 0 { return MouseEvent(.wheelUp, x: x, y: y) }
    if state & SC_WHEEL_DOWN != 0 { return MouseEvent(.wheelDown, x: x, y: y) }
    return state & SC_PRESSES != 0 ? MouseEvent(.press, x: x, y: y) : nil
  }
}
