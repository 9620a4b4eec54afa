/// A cyclic redundancy check of 32 bits that takes the low bit first.
///
/// Source: ISO 3309; Castagnoli, Brauer and Herrmann 1993 for the second polynomial.
struct CyclicCheck {
  /// CRC-32, the check sum of zip archives (PKWARE, "APPNOTE.TXT", section 4.4.7).
  static let zip = CyclicCheck(polynomial: 0xEDB8_8320)
  /// CRC-32C (RFC 3720, section 12.1).
  static let castagnoli = CyclicCheck(polynomial: 0x82F6_3B78)

  private let table: [UInt32]

  private init(polynomial: UInt32) {
    table = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ polynomial : sum >> 1 }
    }
  }

  func sum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8
    }
  }
}
