import Testing

@testable import CursesTerminal

@Suite struct ColorThriftTests {
  private func shortened(_ text: String) -> String {
    var bytes = Array(text.replacing("^", with: "\u{1B}").utf8)
    ColorThrift.shorten(&bytes, from: 0)
    return String(decoding: bytes, as: UTF8.self).replacing("\u{1B}", with: "^")
  }

  @Test("A colour that is set already is not set again")
  func repeated() {
    #expect(
      shortened("^[38;5;1m^[48;5;2ma^[38;5;3m^[48;5;2mb^[38;5;3m^[48;5;4mc")
        == "^[38;5;1m^[48;5;2ma^[38;5;3mb^[48;5;4mc")
    #expect(shortened("^[31m^[42ma^[3;4H^[31m^[42mb") == "^[31m^[42ma^[3;4Hb")
    #expect(shortened("^[38:2::1:2:3ma^[38:2::1:2:3mb") == "^[38:2::1:2:3mab")
  }

  @Test(
    "After any other rendition colours are set anew",
    arguments: ["^[m", "^[0m", "^[39;49m", "^[1m", "^[7m", "^[0;10m", "^[39m", "^[31;1m", "^[97m"])
  func reset(sequence: String) {
    let text = "^[38;5;1ma\(sequence)^[38;5;1mb"
    #expect(shortened(text) == text)
  }

  @Test("Nothing else is touched, nor what comes before the start")
  func untouched() {
    for text in ["", "plain", "^(B^[H^[2J^[?25l^[4;5H^[K\u{E9}", "^[38;5", "^", "^[", "^[31"] {
      #expect(shortened(text) == text)
    }
    var bytes = Array("\u{1B}[31m\u{1B}[31m".utf8)
    ColorThrift.shorten(&bytes, from: 5)
    #expect(bytes.count == 10)
  }
}
