import Testing

import OutsideText

@Suite struct SafeTextTests {
  @Test(
    "Characters that could act on the terminal become question marks",
    arguments: [
      "\u{1B}", "\u{7}", "\u{0}", "\n", "\r", "\t", "\u{7F}", "\u{85}", "\u{9B}", "\u{202E}",
      "\u{2066}", "\u{200B}", "\u{200F}", "\u{FEFF}", "\u{2028}", "\u{2029}", "\u{E000}",
      "\u{FFFF}", "\u{E0041}", "\u{AD}",
    ])
  func dangerous(character: String) {
    #expect(SafeText.sanitized("a\(character)b") == "a?b")
  }

  @Test("Letters, signs and spaces of any script stay")
  func harmless() {
    let text = "x [1] é 漢字 Ω ½ ñ"
    #expect(SafeText.sanitized(text) == text)
  }

  @Test("Long text is cut and marked")
  func long() {
    #expect(SafeText.sanitized("abcdef", limit: 3) == "abc...")
    #expect(SafeText.sanitized("abc", limit: 3) == "abc")
  }
}
