import CNcurses
import TermPlot
import Testing

@testable import CursesTerminal

@Suite struct InputDecoderTests {
  init() {
    // The decoder reads characters of the locale; this process has that of C otherwise.
    setlocale(LC_CTYPE, "C.UTF-8")
  }

  private static let linux: [String: String] = ["kf1": "\u{1B}[[A", "kdch1": "\u{1B}[3~"]

  /// A decoder of a terminal that has the Linux console's function keys besides the usual ones.
  private func decoder() -> InputDecoder {
    InputDecoder(sequences: KeySequences { Array((Self.linux[$0] ?? "").utf8) })
  }

  /// The events of bytes that come in one read, or one byte a read.
  private func events(_ bytes: [UInt8], byteByByte: Bool = false) -> [InputEvent] {
    var (decoder, events) = (decoder(), [InputEvent]())
    let reads = byteByByte ? bytes.map { [$0] } : [bytes]
    for read in reads { decoder.feed(read, at: 0) { events.append($0) } }
    if decoder.deadline != nil { decoder.expire { events.append($0) } }
    return events
  }

  private func keys(_ text: String) -> [InputEvent] { events(Array(text.utf8)) }

  @Test(
    "A byte that is no character is dropped, and the key behind it is not",
    arguments: [
      ([0xC3, 0x03], [Key.control("c")]), ([0xE9, 0x71], [.character("q")]),
      ([0xFF, 0xFE, 0x71], [.character("q")]), ([0xE2, 0x82, 0x03], [.control("c")]),
      ([0xC3, 0xC3, 0xA9], [.character("\u{E9}")]), ([0xC0, 0x80, 0x61], [.character("a")]),
      ([0xE2, 0x1B, 0x5B, 0x41], [.up]), ([0x80], []),
    ] as [([UInt8], [Key])])
  func brokenCharacters(bytes: [UInt8], keys: [Key]) {
    #expect(events(bytes) == keys.map { .key($0) })
    #expect(events(bytes, byteByByte: true) == keys.map { .key($0) })
  }

  @Test("However the bytes are cut, they are the same keys")
  func cuts() {
    let text = "a\u{E9}\u{1B}[A\u{20AC}\u{1B}[<0;12;7M\u{1F600}\u{1B}OP\u{1B}[200~x\u{1B}[201~z"
    let expected: [InputEvent] = [
      .key(.character("a")), .key(.character("\u{E9}")), .key(.up), .key(.character("\u{20AC}")),
      .mouse(MouseEvent(.press, x: 11, y: 6)), .key(.character("\u{1F600}")), .key(.function(1)),
      .paste("x"), .key(.character("z")),
    ]
    #expect(keys(text) == expected)
    #expect(events(Array(text.utf8), byteByByte: true) == expected)
  }

  @Test(
    "Sequences are the keys that people name",
    arguments: [
      ("[A", Key.up), ("OA", .up), ("[1;2B", .down), ("[H", .home), ("[1~", .home), ("[4~", .end),
      ("[8~", .end), ("OF", .end), ("[3~", .delete), ("[5~", .pageUp), ("[6~", .pageDown),
      ("[Z", .backTab), ("OP", .function(1)), ("[11~", .function(1)), ("[[A", .function(1)),
      ("[15~", .function(5)), ("[17~", .function(6)), ("[24~", .function(12)), ("OM", .enter),
      ("Oq", .character("1")), ("Ok", .character("+")),
    ])
  func sequences(text: String, key: Key) {
    #expect(keys("\u{1B}" + text) == [.key(key)])
  }

  @Test(
    "What no key sends does nothing, and takes no key along",
    arguments: [
      "[1;5C", "[I", "[2~", "[99~", "[?1;2c", "[5;7R", "[<35;9;9M", "[<64;1;1m", "[201~",
      "[38:2:1m",
      "[999999999999999999999999A", "O!",
    ])
  func unknown(text: String) {
    #expect(keys("\u{1B}\(text)q") == [.key(.character("q"))])
  }

  @Test("A broken sequence is dropped, and the key that broke it acts")
  func brokenSequences() {
    #expect(keys("\u{1B}[1;\u{3}") == [.key(.control("c"))])
    #expect(keys("\u{1B}[12\u{1B}[A") == [.key(.up)])
    #expect(keys("\u{1B}[M \u{3}") == [.key(.control("c"))])
    let long = "\u{1B}[" + String(repeating: "1", count: 1000) + "q"
    // The rest of an endless number is typed; nothing of it is kept.
    #expect(keys(long).last == .key(.character("q")))
  }

  @Test("Escape is the key once nothing follows it, and with Alt it comes before the other key")
  func escape() {
    #expect(keys("\u{1B}") == [.key(.escape)])
    #expect(keys("\u{1B}\u{1B}[A") == [.key(.escape), .key(.up)])
    #expect(keys("\u{1B}x") == [.key(.escape), .key(.character("x"))])
    #expect(keys("\u{1B}[") == [.key(.escape), .key(.character("["))])
    #expect(keys("\u{1B}O") == [.key(.escape), .key(.character("O"))])
    var decoder = decoder()
    decoder.feed([0x1B], at: 5) { _ in Issue.record("too early") }
    #expect(decoder.deadline == 5 + InputDecoder.escapeDelay)
    decoder.feed(Array("[1;".utf8), at: 7) { _ in Issue.record("too early") }
    #expect(decoder.deadline == 7 + InputDecoder.sequenceDelay)
    decoder.expire { _ in Issue.record("part of a sequence as a key") }
    #expect(decoder.deadline == nil)
  }

  @Test("The oldest mouse reports are read too")
  func oldMouse() {
    #expect(events([0x1B, 0x5B, 0x4D, 32, 36, 37]) == [.mouse(MouseEvent(.press, x: 3, y: 4))])
    #expect(events([0x1B, 0x5B, 0x4D, 96, 33, 33]) == [.mouse(MouseEvent(.wheelUp, x: 0, y: 0))])
    #expect(events([0x1B, 0x5B, 0x4D, 35, 33, 33]) == [.mouse(MouseEvent(.release, x: 0, y: 0))])
  }

  @Test("A press, the moves with the button held and the release are told apart")
  func drag() {
    #expect(
      keys("\u{1B}[<0;5;6M\u{1B}[<32;6;6M\u{1B}[<32;9;7M\u{1B}[<0;9;7m")
        == [
          .mouse(MouseEvent(.press, x: 4, y: 5)), .mouse(MouseEvent(.drag, x: 5, y: 5)),
          .mouse(MouseEvent(.drag, x: 8, y: 6)), .mouse(MouseEvent(.release, x: 8, y: 6)),
        ])
  }

  @Test("Pasted text is one event, keys and sequences in it too")
  func paste() {
    let inside = "q\u{3}\u{1A}\u{1B}[A\r\n\u{1B}[20\u{1B}\u{E9}"
    for byteByByte in [false, true] {
      let bytes = Array("\u{1B}[200~\(inside)\u{1B}[201~q".utf8)
      #expect(
        events(bytes, byteByByte: byteByByte) == [.paste(inside), .key(.character("q"))])
    }
    #expect(keys("\u{1B}[200~\u{1B}[201~") == [.paste("")])
  }

  @Test("Of a very long paste only the begin is kept")
  func longPaste() {
    var (decoder, pasted) = (decoder(), [String]())
    let handle: (InputEvent) -> Void = { if case .paste(let text) = $0 { pasted.append(text) } }
    decoder.feed(Array("\u{1B}[200~".utf8), at: 0, handle)
    let chunk = [UInt8](repeating: UInt8(ascii: "q"), count: 4096)
    for _ in 0..<256 { decoder.feed(chunk, at: 0, handle) }
    decoder.feed(Array("\u{1B}[201~".utf8), at: 0, handle)
    #expect(pasted.map(\.utf8.count) == [PasteCollector.limit])
  }

  @Test("When the end of a paste was lost, Ctrl-C after a silence is the user's")
  func lostEnd() {
    var (decoder, events) = (decoder(), [InputEvent]())
    decoder.feed(Array("\u{1B}[200~text".utf8), at: 0) { events.append($0) }
    decoder.feed([0x03], at: InputDecoder.pasteSilence) { events.append($0) }
    #expect(events.isEmpty)
    decoder.feed([0x03], at: 3 * InputDecoder.pasteSilence) { events.append($0) }
    #expect(events == [.key(.control("c"))])
  }
}
