import CommandLineTool
import Foundation
import Testing

@Suite struct JSONLineTests {
  @Test("A line is JSON that reads back as what was added, whatever is in texts")
  func readsBack() throws {
    var line = JSONLine()
    let text = "a \"quoted\\\" word,\nnext\tline \u{1B}[31m \u{1F600}\u{7F}"
    line.add("text", text)
    line.add("texts", ["", text])
    line.add("count", 3)
    line.add("number", 0.1)
    line.add("numbers", [1e-5, -2, .infinity])
    line.add("missing", Double.nan)
    line.add("flag", true)
    #expect(line.text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 >= 0x80 })
    #expect(!line.text.contains("\n"))
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(line.text.utf8)) as? [String: Any])
    #expect(read["text"] as? String == text)
    #expect(read["texts"] as? [String] == ["", text])
    #expect(read["count"] as? Int == 3)
    #expect(read["number"] as? Double == 0.1)
    let numbers = try #require(read["numbers"] as? [Any])
    #expect(numbers[0] as? Double == 1e-5 && numbers[1] as? Double == -2 && numbers[2] is NSNull)
    #expect(read["missing"] is NSNull)
    #expect(read["flag"] as? Bool == true)
  }
}
