extension Array<Double> {
  /// Sorts finite and infinite numbers ascending; long lists by their digits.
  ///
  /// Passes of eleven bits, the lowest first, over the bits of each number, turned so that they order
  /// as the numbers do. Comparisons wait for each other's outcome, which these passes do not. Three
  /// passes over the leading digits leave little out of place, which insertion puts right; where
  /// that would take long, as for numbers that differ in late digits alone, six passes sort it all.
  ///
  /// Source: Knuth, The Art of Computer Programming, volume 3, section 5.2.5, algorithm R.
  mutating func sortByDigits() {
    guard count > 256 else { return sort() }
    let count = count
    withUnsafeMutableBufferPointer { numbers in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { keys in
        guard let first = keys.baseAddress else { return }
        keys.initialize(repeating: 0)
        for i in 0..<count { first[i] = KeyDigits.ordered(numbers[i].bitPattern) }
        var sorted = KeyDigits.sort(first, first + count, count, by: KeyDigits.leading)
        if !KeyDigits.settle(sorted, count) {
          let other = sorted == first ? first + count : first
          sorted = KeyDigits.sort(sorted, other, count, by: 0..<KeyDigits.all)
        }
        for i in 0..<count { numbers[i] = Double(bitPattern: KeyDigits.unordered(sorted[i])) }
      }
    }
  }
}

/// Passes over the digits of 64-bit keys.
private enum KeyDigits {
  private static let bits = 11
  private static let buckets = 1 << bits
  /// How many digits a key has, and which are those of sign, exponent and first 19 bits.
  static let all = 6
  static let leading = 3..<6

  /// Negative numbers have all bits turned, the others their sign.
  static func ordered(_ bits: UInt64) -> UInt64 { bits ^ (bits >> 63 == 1 ? .max : 1 << 63) }

  static func unordered(_ key: UInt64) -> UInt64 { key ^ (key >> 63 == 1 ? 1 << 63 : .max) }

  private static func bucket(_ key: UInt64, _ digit: Int) -> Int {
    Int(truncatingIfNeeded: key >> UInt64(bits * digit)) & (buckets - 1)
  }

  /// Sorts `from` by some digits, with `to` as room; returns which of both holds the result.
  static func sort(
    _ from: UnsafeMutablePointer<UInt64>, _ to: UnsafeMutablePointer<UInt64>, _ count: Int,
    by digits: Range<Int>
  ) -> UnsafeMutablePointer<UInt64> {
    var (from, to) = (from, to)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: digits.count * buckets) { places in
      places.initialize(repeating: 0)
      for i in 0..<count {
        for (row, digit) in digits.enumerated() {
          places[row * buckets + bucket(from[i], digit)] += 1
        }
      }
      for (row, digit) in digits.enumerated() {
        var next = 0
        for place in row * buckets..<(row + 1) * buckets {
          (places[place], next) = (next, next + places[place])
        }
        for i in 0..<count {
          let key = from[i]
          let place = row * buckets + bucket(key, digit)
          to[places[place]] = key
          places[place] += 1
        }
        swap(&from, &to)
      }
    }
    return from
  }

  /// Sorts what is nearly sorted by insertion; false, with all keys still there, after too many steps.
  static func settle(_ keys: UnsafeMutablePointer<UInt64>, _ count: Int) -> Bool {
    var left = 4 * count
    for i in 1..<count where keys[i] < keys[i - 1] {
      let key = keys[i]
      var place = i
      while place > 0 && keys[place - 1] > key {
        keys[place] = keys[place - 1]
        place -= 1
      }
      keys[place] = key
      left -= i - place
      if left < 0 { return false }
    }
    return true
  }
}
