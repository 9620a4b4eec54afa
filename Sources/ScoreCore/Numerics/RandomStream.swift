import Glibc

/// What a random stream is for; streams of different purposes never meet.
///
/// The raw values are part of the reproducibility contract: changing one changes every run.
public enum RandomPurpose: UInt32, Sendable {
  case initialization = 1
  case trainingSet = 2
  case batchRows = 3
  case batchLevels = 4
  case batchNoise = 5
  case freshPoints = 6
  case heldOut = 7
  case probe = 8
  case floor = 9
  case samplingStart = 10
  case samplingNoise = 11
  case exactSamples = 12
  case sampleMetrics = 40
  case test = 99
}

/// A counter-based random stream: its values depend on (seed, purpose, index) and nothing else.
///
/// Streams are cheap to make, so every step and every shard of a batch draws from one of its own
/// and the result does not depend on the order or the number of threads.
///
/// Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"
/// (SC11), Philox4x32-10.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: SIMD2<UInt32>
  private var counter: SIMD4<UInt32>
  private var block = SIMD4<UInt32>(repeating: 0)
  private var used = 4
  private var spareNormal: Double?

  public init(seed: UInt64, purpose: RandomPurpose, index: UInt64 = 0) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    counter = SIMD4(
      0, purpose.rawValue, UInt32(truncatingIfNeeded: index),
      UInt32(truncatingIfNeeded: index >> 32))
  }

  /// The Philox4x32-10 block of a counter under a key.
  static func philox(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let p0 = UInt64(c0) &* 0xD251_1F53
      let p1 = UInt64(c2) &* 0xCD9E_8D57
      (c0, c1, c2, c3) = (
        UInt32(truncatingIfNeeded: p1 >> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: p1),
        UInt32(truncatingIfNeeded: p0 >> 32) ^ c3 ^ k1, UInt32(truncatingIfNeeded: p0)
      )
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }

  private mutating func nextWord() -> UInt32 {
    if used == 4 {
      block = RandomStream.philox(counter: counter, key: key)
      counter[0] = counter[0] &+ 1
      used = 0
    }
    let word = block[used]
    used += 1
    return word
  }

  public mutating func next() -> UInt64 {
    let low = UInt64(nextWord())
    return low | UInt64(nextWord()) << 32
  }

  /// A uniform number in the open interval (0, 1), with 53 random bits.
  public mutating func uniform() -> Double {
    (Double(next() >> 11) + 0.5) * 0x1p-53
  }

  /// A uniform integer in `0..<bound`.
  ///
  /// The bias is below `bound / 2^64`.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "The bound must be positive.")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A standard normal number, by the Box-Muller transform.
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    let radius = (-2 * log(uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    spareNormal = radius * sin(angle)
    return radius * cos(angle)
  }

  /// Standard normal points, `[count, dimension]`.
  public mutating func normals(count: Int, dimension: Int) -> Points {
    var points = Points(zeros: count, dimension: dimension)
    for i in points.values.indices { points.values[i] = normal() }
    return points
  }
}
