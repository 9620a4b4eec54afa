import Glibc

@testable import ScoreCore

#if arch(x86_64)
  /// A type in which the C library's functions are exact next to float64.
  typealias LongDouble = Float80
#else
  typealias LongDouble = Double
#endif

/// Box-Muller as the kernels' header states it, with the C library's functions.
enum NormalReference {
  /// The 64-bit words of some blocks of a stream, from the one-block function.
  static func words(
    seed: UInt64, purpose: RandomPurpose, index: UInt64, blocks: Range<UInt32>
  ) -> [UInt64] {
    blocks.flatMap { block in
      let made = RandomStream.philox(
        counter: SIMD4(
          block, purpose.rawValue, UInt32(truncatingIfNeeded: index), UInt32(index >> 32)),
        key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)))
      return [
        UInt64(made[0]) | UInt64(made[1]) << 32, UInt64(made[2]) | UInt64(made[3]) << 32,
      ]
    }
  }

  /// The two normal numbers of a block's words.
  static func pair(_ a: UInt64, _ b: UInt64) -> [LongDouble] {
    let u = Double(a >> 32) * 0x1p-32 + (Double(UInt32(truncatingIfNeeded: a)) + 0.5) * 0x1p-64
    let turn =
      (Double(b >> 32 & 0x3fff_ffff) * 0x1p-30 - 0.5)
      + (Double(UInt32(truncatingIfNeeded: b)) + 0.5) * 0x1p-62
    return place(
      LongDouble(u), LongDouble(turn), negated: b >> 63 == 1, exchanged: b >> 62 & 1 == 1)
  }

  /// The two float32 normal numbers of a 64-bit word, unrounded.
  static func floatPair(_ word: UInt64) -> [LongDouble] {
    let a = UInt32(truncatingIfNeeded: word)
    let b = UInt32(word >> 32)
    let u = (LongDouble(a) + 0.5) * 0x1p-32
    let turn = (LongDouble(b & 0x3fff_ffff) + 0.5) * 0x1p-30 - 0.5
    return place(u, turn, negated: b >> 31 == 1, exchanged: b >> 30 & 1 == 1)
  }

  private static func place(
    _ u: LongDouble, _ turn: LongDouble, negated: Bool, exchanged: Bool
  ) -> [LongDouble] {
    let radius = (-2 * log(u)).squareRoot()
    let angle = LongDouble.pi / 2 * turn
    let (c, s) = (radius * (negated ? -cos(angle) : cos(angle)), radius * sin(angle))
    return exchanged ? [s, c] : [c, s]
  }
}
