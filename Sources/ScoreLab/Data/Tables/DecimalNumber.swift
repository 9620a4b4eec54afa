/// Decimal numbers as data files and configurations write them, whatever the locale.
package enum DecimalNumber {
  /// Powers of ten that float64 holds exactly.
  private static let exactPowers: [Double] = {
    var powers = [1.0]
    for _ in 0..<22 { powers.append((powers.last ?? 1) * 10) }
    return powers
  }()

  /// The number a range of ASCII bytes spells, or nil if it spells none.
  ///
  /// Accepted is `[+-] digits [. digits] [e [+-] digits]` with a digit before or after the point,
  /// and nothing else: no hexadecimal, no `inf`, no `nan`. Correctly rounded; too large a number
  /// gives infinity.
  package static func parse(_ bytes: [UInt8], in range: Range<Int>) -> Double? {
    var scan = Scan(position: range.lowerBound)
    guard scan.read(bytes, end: range.upperBound) else { return nil }
    let power = scan.exponent
    // Below 2^53 and with an exact power of ten one rounding remains: that of the last operation.
    if scan.isExact && scan.digits < 1 << 53 && abs(power) <= 22 {
      let whole = Double(scan.digits)
      let value = power < 0 ? whole / exactPowers[-power] : whole * exactPowers[power]
      return scan.isNegative ? -value : value
    }
    return Double(String(decoding: bytes[range], as: UTF8.self))
  }

  package static func parse(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return parse(bytes, in: 0..<bytes.count)
  }

  /// The parts of a number while they are read.
  private struct Scan {
    var position: Int
    var isNegative = false
    /// The leading digits as one integer; all of them if `isExact`.
    var digits: UInt64 = 0
    var isExact = true
    var exponent = 0
    private var digitCount = 0

    init(position: Int) { self.position = position }

    /// Whether the bytes up to `end` are a number and nothing more.
    mutating func read(_ bytes: [UInt8], end: Int) -> Bool {
      isNegative = readSign(bytes, end)
      readDigits(bytes, end, shift: 0)
      if position < end && bytes[position] == UInt8(ascii: ".") {
        position += 1
        readDigits(bytes, end, shift: -1)
      }
      guard digitCount > 0 else { return false }
      if position < end && bytes[position] | 0x20 == UInt8(ascii: "e") {
        position += 1
        guard readExponent(bytes, end) else { return false }
      }
      return position == end
    }

    private mutating func readSign(_ bytes: [UInt8], _ end: Int) -> Bool {
      guard position < end else { return false }
      let byte = bytes[position]
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") { position += 1 }
      return byte == UInt8(ascii: "-")
    }

    private mutating func readDigits(_ bytes: [UInt8], _ end: Int, shift: Int) {
      while position < end, case let digit = bytes[position] &- 48, digit < 10 {
        // Eighteen digits fit UInt64 whatever they are.
        if digits < 100_000_000_000_000_000 {
          digits = digits * 10 + UInt64(digit)
          exponent += shift
        } else {
          isExact = false
        }
        digitCount += 1
        position += 1
      }
    }

    private mutating func readExponent(_ bytes: [UInt8], _ end: Int) -> Bool {
      let isNegative = readSign(bytes, end)
      let start = position
      var power = 0
      while position < end, case let digit = bytes[position] &- 48, digit < 10 {
        power = min(power * 10 + Int(digit), 1_000_000)
        position += 1
      }
      exponent += isNegative ? -power : power
      return position > start
    }
  }
}
