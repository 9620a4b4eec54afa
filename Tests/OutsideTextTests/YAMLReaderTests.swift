import OutsideText
import Testing

@Suite struct YAMLReaderTests {
  private func fault(_ text: String, limit: Int = 1 << 20) -> String {
    do throws(YAMLFault) {
      _ = try YAMLReader.compose(text, limit: limit)
      return "none"
    } catch {
      return error.message
    }
  }

  @Test("Whatever can multiply may occur three times, however it is written")
  func riskyMarks() {
    let limit = "too many aliases (*name) or structured keys; write the values out"
    for mark in [
      "*a", "? x", "[x]: 1", "\u{85}*a", "\u{2028}*a", "\u{2029}? x",
    ] {
      let text = (0..<4).map { _ in "\(mark)\n" }.joined()
      #expect(fault(text) == limit, "\(mark.debugDescription)")
    }
    #expect(fault("{?[a],?[b],?[c],?[d]}") == limit)
    #expect(fault("a: &a 1\nb: [*a, *a, *a]\n") == "none")
  }

  @Test("Length and depth have an end")
  func bounds() {
    #expect(fault("# \(String(repeating: "x", count: 2048))", limit: 2048) == "longer than 2 KiB")
    #expect(fault(String(repeating: "[", count: 30)).contains("not YAML"))
    let deep = String(repeating: "[", count: 26) + String(repeating: "]", count: 26)
    #expect(fault(deep) == "nested too deep")
  }
}
