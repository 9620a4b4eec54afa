extension Array<Double> {
  /// Sorts finite and infinite numbers ascending; long lists by their digits.
  ///
  /// Six passes of eleven bits, the lowest first, over the bits of each number, turned so that they order
  /// as the numbers do. Comparisons wait for each other's outcome, which these passes do not.
  ///
  /// Source: Knuth, The Art of Computer Programming, volume 3, section 5.2.5, algorithm R.
  mutating func sortByDigits() {
    guard count > 256 else { return sort() }
    let (bits, digits) = (11, 6)
    let buckets = 1 << bits
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { keys in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: digits * buckets) { places in
        places.initialize(repeating: 0)
        for i in indices {
          let key = Self.ordered(self[i].bitPattern)
          keys.initializeElement(at: i, to: key)
          for digit in 0..<digits {
            places[digit * buckets + Int(key >> (bits * digit) & UInt64(buckets - 1))] += 1
          }
        }
        var (from, to) = (0, count)
        for digit in 0..<digits {
          var next = 0
          for bucket in digit * buckets..<(digit + 1) * buckets {
            (places[bucket], next) = (next, next + places[bucket])
          }
          for i in from..<from + count {
            let key = keys[i]
            let bucket = digit * buckets + Int(key >> (bits * digit) & UInt64(buckets - 1))
            keys.initializeElement(at: to + places[bucket], to: key)
            places[bucket] += 1
          }
          swap(&from, &to)
        }
        for i in indices { self[i] = Double(bitPattern: Self.unordered(keys[from + i])) }
      }
    }
  }

  /// Negative numbers have all bits turned, the others their sign.
  private static func ordered(_ bits: UInt64) -> UInt64 {
    bits ^ (bits >> 63 == 1 ? .max : 1 << 63)
  }

  private static func unordered(_ key: UInt64) -> UInt64 {
    key ^ (key >> 63 == 1 ? 1 << 63 : .max)
  }
}
