import CNcurses
import TermPlot
import Testing

@testable import CursesTerminal

@Suite struct KeyDecoderTests {
  @Test(
    "Characters become the keys that people name",
    arguments: [
      (0x00, Key.control("@")), (0x01, .control("a")), (0x03, .control("c")), (0x08, .backspace),
      (0x09, .tab), (0x0A, .enter), (0x0D, .enter), (0x10, .control("p")), (0x1A, .control("z")),
      (0x1B, .escape), (0x1F, .control("_")), (0x20, .space), (0x41, .character("A")),
      (0x7E, .character("~")), (0x7F, .backspace), (0xE9, .character("\u{E9}")),
      (0x3BB, .character("\u{3BB}")),
    ] as [(UInt32, Key)])
  func characters(code: UInt32, key: Key) {
    #expect(KeyDecoder.key(ofCharacter: code) == key)
  }

  @Test("What is no character is no key", arguments: [0x85, 0xD800, 0x11_0000] as [UInt32])
  func noCharacter(code: UInt32) {
    #expect(KeyDecoder.key(ofCharacter: code) == nil)
  }

  @Test("Key codes become keys, and a resize is none")
  func codes() {
    let expected: [(Int32, Key)] = [
      (KEY_UP, .up), (KEY_DOWN, .down), (KEY_LEFT, .left), (KEY_RIGHT, .right),
      (KEY_HOME, .home), (KEY_END, .end), (KEY_PPAGE, .pageUp), (KEY_NPAGE, .pageDown),
      (KEY_DC, .delete), (KEY_BACKSPACE, .backspace), (KEY_BTAB, .backTab), (KEY_ENTER, .enter),
    ]
    for (code, key) in expected { #expect(KeyDecoder.key(ofCode: code) == key) }
    for number in 1...12 {
      #expect(KeyDecoder.key(ofCode: KEY_F0 + Int32(number)) == .function(number))
    }
    #expect(KeyDecoder.key(ofCode: KEY_RESIZE) == nil)
  }

  @Test("Presses and the wheel are told, releases are not")
  func mouse() {
    #expect(KeyDecoder.mouse(state: SC_PRESSES, x: 3, y: 4) == MouseEvent(.press, x: 3, y: 4))
    #expect(KeyDecoder.mouse(state: SC_WHEEL_UP, x: 0, y: 0)?.kind == .wheelUp)
    #expect(KeyDecoder.mouse(state: SC_WHEEL_DOWN, x: 0, y: 0)?.kind == .wheelDown)
    #expect(KeyDecoder.mouse(state: 0, x: 0, y: 0) == nil)
  }
}
