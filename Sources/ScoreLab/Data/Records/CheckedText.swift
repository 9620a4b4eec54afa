/// Text with a last line that holds its checksum.
package enum CheckedText {
  private static let label = "checksum "

  /// A checksum of 64 bits as 16 hexadecimal digits; any one byte that differs changes it.
  ///
  /// Source: FNV-1a; Fowler, Noll and Vo 1991.
  package static func checksum(_ bytes: some Sequence<UInt8>) -> String {
    let sum = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The bytes to keep of a text that ends a line; they are accepted under its name alone.
  package static func sealed(_ body: [UInt8], name: String) -> [UInt8] {
    body + "\(label)\(checksum(Array(name.utf8) + [0] + body))\n".utf8
  }

  /// The text of bytes that were kept; nil if they are not what was written.
  package static func body(of bytes: [UInt8], name: String) -> [UInt8]? {
    let body = Array(bytes.dropLast(label.utf8.count + 16 + 1))
    return sealed(body, name: name) == bytes ? body : nil
  }
}
