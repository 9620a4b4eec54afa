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

  @Test(
    "Presses, drags, releases and the wheel are reported, with keys held too; mere moves are not")
  func mouse() {
    let press = MouseEvent(.press, x: 3, y: 4)
    for button in [0, 1, 2, 4, 16, 28] {
      #expect(KeyDecoder.mouse(button: button, column: 4, row: 5) == press)
    }
    #expect(KeyDecoder.mouse(button: 64, column: 1, row: 1)?.kind == .wheelUp)
    #expect(KeyDecoder.mouse(button: 65, column: 1, row: 1)?.kind == .wheelDown)
    #expect(KeyDecoder.mouse(button: 3, column: 1, row: 1)?.kind == .release)
    #expect(KeyDecoder.mouse(button: 2, column: 1, row: 1, isRelease: true)?.kind == .release)
    for button in [32, 33, 34, 36] {
      #expect(KeyDecoder.mouse(button: button, column: 1, row: 1)?.kind == .drag)
    }
    for button in [35, 66, 128] {
      #expect(KeyDecoder.mouse(button: button, column: 4, row: 5) == nil)
    }
    #expect(KeyDecoder.mouse(button: 0, column: 0, row: 5) == nil)
  }
}
