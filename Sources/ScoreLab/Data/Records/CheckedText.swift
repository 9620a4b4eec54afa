/// Text with a last line that holds its checksum.
package enum CheckedText {
  private static let label = "checksum "
  private static let basis: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01b3

  /// A checksum of 64 bits as 16 hexadecimal digits; any one byte that differs changes it.
  ///
  /// Source: FNV-1a; Fowler, Noll and Vo 1991.
  package static func checksum(_ bytes: some Sequence<UInt8>) -> String {
    let sum = bytes.reduce(basis) {
      ($0 ^ UInt64($1)) &* prime
    }
    return text(sum)
  }

  private static func text(_ sum: UInt64) -> String {
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A checksum of long files, of the same form, that is taken from words of eight bytes.
  ///
  /// Any one byte that differs changes it, and so does another length.
  package static func longChecksum(_ bytes: [UInt8]) -> String {
    let whole = bytes.count & ~7
    let sum = bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: whole, by: 8).reduce(basis) { sum, start in
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        let product = (sum ^ word) &* prime
        // The high bits come down, or changes in the last bytes of two words could cancel.
        return product ^ product >> 32
      }
    }
    let rest = bytes[whole...] + (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) }
    return text(rest.reduce(sum) { ($0 ^ UInt64($1)) &* prime })
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
