/// The text between the two marks of a bracketed paste, as far as a limit.
struct PasteCollector {
  /// The most bytes kept of one paste; far more than any field takes, and little memory.
  static let limit = 1 << 16

  /// `ESC [ 201 ~`.
  private static let endMark = Array("\u{1B}[201~".utf8)
  private var bytes: [UInt8] = []
  /// How many bytes of the end mark have come.
  private var matched = 0

  /// Takes one byte of the paste.
  ///
  /// - Returns: The text when the byte ends the paste, cut off at the limit.
  mutating func take(_ byte: UInt8) -> String? {
    if byte == Self.endMark[matched] {
      matched += 1
      return matched == Self.endMark.count ? CharacterDecoder.text(of: bytes) : nil
    }
    // Escape is only the first byte of the mark, so what has matched cannot hold another begin.
    keep(Self.endMark[..<matched])
    matched = 0
    if byte == Self.endMark[0] { matched = 1 } else { keep([byte]) }
    return nil
  }

  private mutating func keep(_ more: some Collection<UInt8>) {
    bytes.append(contentsOf: more.prefix(max(0, Self.limit - bytes.count)))
  }
}
