import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct RandomStreamTests {
  @Test("Philox gives the known answers of its authors")
  func philoxKnownAnswers() {
    // Random123, kat_vectors, philox4x32 with 10 rounds.
    let answers: [(SIMD4<UInt32>, SIMD2<UInt32>, SIMD4<UInt32>)] = [
      (
        SIMD4(repeating: 0), SIMD2(repeating: 0),
        SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
      ),
      (
        SIMD4(repeating: .max), SIMD2(repeating: .max),
        SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
      ),
      (
        SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
        SIMD2(0xa409_3822, 0x299f_31d0),
        SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
      ),
    ]
    for (counter, key, expected) in answers {
      #expect(RandomStream.philox(counter: counter, key: key) == expected)
    }
  }

  @Test("Streams differ by seed, purpose and index, and repeat for the same three")
  func streamsAreNamed() {
    func first(_ seed: UInt64, _ purpose: RandomPurpose, _ index: UInt64) -> [UInt64] {
      var stream = RandomStream(seed: seed, purpose: purpose, index: index)
      return (0..<4).map { _ in stream.next() }
    }
    let base = first(1, .test, 0)
    #expect(first(1, .test, 0) == base)
    for other in [
      first(2, .test, 0), first(1 << 32 | 1, .test, 0), first(1, .probe, 0), first(1, .test, 1),
      first(1, .test, 1 << 32),
    ] {
      #expect(Set(other).isDisjoint(with: base))
    }
  }

  @Test("Derived seeds of neighbouring seeds, purposes and indices all differ, and repeat")
  func derivedSeeds() {
    let seeds = (0..<50 as Range<UInt64>).flatMap { seed in
      (0..<50 as Range<UInt64>).flatMap { index in
        [RandomPurpose.replicate, .test].map {
          RandomStream.derivedSeed(seed: seed, purpose: $0, index: index)
        }
      }
    }
    #expect(Set(seeds).count == seeds.count)
    #expect(Set(seeds).isDisjoint(with: 0..<100))
    #expect(
      RandomStream.derivedSeed(seed: 7, index: 3) == RandomStream.derivedSeed(seed: 7, index: 3))
    // Salmon et al. 2011, Philox4x32-10 with counter (0, 43, 3, 0) and key (7, 0), written in
    // Python.
    #expect(RandomStream.derivedSeed(seed: 7, index: 3) == 0x3c4a5c6625833e69)
  }

  @Test("Uniform numbers have the moments and the distribution of the uniform distribution")
  func uniformIsUniform() {
    var stream = RandomStream(seed: 11, purpose: .test)
    let n = 100_000
    let values = (0..<n).map { _ in stream.uniform() }
    #expect(values.allSatisfy { $0 > 0 && $0 < 1 })
    let mean = values.reduce(0, +) / Double(n)
    #expect(abs(mean - 0.5) <= 5 * (1.0 / 12 / Double(n)).squareRoot())
    #expect(Samples.kolmogorovSmirnov(values) { $0 } < 2.23)
  }

  @Test("Normal numbers have the moments and the distribution of the normal distribution")
  func normalIsNormal() {
    var stream = RandomStream(seed: 12, purpose: .test)
    let n = 100_000
    let values = stream.normals(count: n, dimension: 1).values
    // E[z^k] for k = 1...4, and the standard error from E[z^2k].
    for (power, moment, square) in [(1, 0.0, 1.0), (2, 1, 3), (3, 0, 15), (4, 3, 105)] {
      let mean = values.reduce(0) { $0 + pow($1, Double(power)) } / Double(n)
      #expect(abs(mean - moment) <= 5 * ((square - moment * moment) / Double(n)).squareRoot())
    }
    #expect(Samples.kolmogorovSmirnov(values) { StandardNormal.cdf($0) } < 2.23)
    // Box-Muller makes them in pairs; the two must be uncorrelated.
    let products = stride(from: 0, to: n, by: 2).reduce(0) { $0 + values[$1] * values[$1 + 1] }
    #expect(abs(products / Double(n / 2)) <= 5 / Double(n / 2).squareRoot())
  }

  @Test("No word makes a uniform number that is 0 or 1")
  func uniformIsOpen() {
    for word in [0, 1, 2047, 2048, UInt64.max >> 1, .max - 4096, .max - 2048, .max] {
      let value = RandomStream.uniform(of: word)
      #expect(value > 0 && value < 1)
    }
    #expect(RandomStream.uniform(of: .max) == 1 - 0x1p-53)
    #expect(RandomStream.uniform(of: 0) == 0x1p-54)
  }

  @Test("Integers below a bound are equally likely")
  func integersAreUniform() {
    var stream = RandomStream(seed: 13, purpose: .test)
    var counts = Array(repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[stream.integer(below: 7)] += 1 }
    // Chi-square with 6 degrees of freedom: 0.9999 quantile 27.9.
    let chiSquare = counts.reduce(0.0) { $0 + pow(Double($1) - 10_000, 2) / 10_000 }
    #expect(chiSquare < 27.9)
    #expect(stream.integer(below: 1) == 0)
  }
}
