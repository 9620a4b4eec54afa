import OutsideText
import Testing

@Suite struct FileNameTests {
  private func bytes(_ text: String) -> [UInt8] {
    FileName.systemName(text).map { UInt8(bitPattern: $0) }
  }

  @Test("The bytes of any name come back from its text, and no two names have the same text")
  func roundTrip() {
    let parts: [[UInt8]] = [
      [0xE9], [0xFF], [0xC3], [0xC3, 0xA9], [0xF4, 0x8F, 0xBB, 0xA9], [0xED, 0xA0, 0x80], [0x61],
      [0xF4, 0x8F, 0xB8, 0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98, 0x80], [0xEF, 0xBB, 0xBF],
    ]
    var names: [String: [UInt8]] = [:]
    for a in parts {
      for b in parts {
        for c in parts + [[], [0x80], [0xBF, 0x2F]] {
          let name = a + b + c
          let text = FileName.text(name)
          #expect(bytes(text) == name + [0])
          #expect(names[text] == nil || names[text] == name)
          names[text] = name
        }
      }
    }
  }

  @Test("Text is its own name")
  func text() {
    for name in ["a.csv", "caf\u{E9}", "\u{FEFF}x", "", "\u{1F600}", "\u{10FFFD}"] {
      #expect(FileName.text(Array(name.utf8)) == name)
      #expect(bytes(name) == Array(name.utf8) + [0])
    }
  }

  @Test(
    "A name as a word of a command",
    arguments: [
      ([0x61, 0x2F, 0x62], "a/b"), ([0x61, 0x20, 0x62], "'a b'"), ([], "''"),
      ([0x61, 0x27], "'a'\\'''"), ([0x61, 0xE9, 0x27], "$'a\\xe9\\x27'"), ([0x0A], "$'\\x0a'"),
    ] as [([UInt8], String)])
  func shellWord(name: [UInt8], word: String) {
    #expect(FileName.shellWord(FileName.text(name)) == word)
  }

  @Test("The folder of a path is found by bytes, also before a combining mark")
  func folder() {
    #expect(FileName.folder(of: "a/b/c") == "a/b/")
    #expect(FileName.folder(of: "c") == "")
    #expect(FileName.folder(of: "a/\u{301}c").utf8.elementsEqual("a/".utf8))
  }
}
