import CVectorKernels

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
  case distributionSamples = 12
  case fixedNoise = 13
  case batchQuantiles = 14
  case flowDivergence = 15
  case intrinsicDimension = 16
  case fixedLevels = 17
  case principalComponents = 18
  case minimisers = 19
  case reversePaths = 20
  case recoverableShare = 21
  case conditionDropout = 22
  case denoiserPlaces = 31
  case distributionGeometry = 40
  case sampleMetrics = 41
  /// Whatever an experiment draws next to the runs it makes; it numbers its own streams.
  case experiment = 42
  /// The seeds of an experiment's replicates: see
  /// ``RandomStream/derivedSeed(seed:purpose:index:)``.
  case replicate = 43
  /// The points of a sweep that are drawn at random.
  case sweepPoints = 44
  case test = 99
}

/// A counter-based random stream: its values depend on (seed, purpose, index) and nothing else.
///
/// Streams are cheap to make, so every step and every shard of a batch draws from one of its own
/// and the result does not depend on the order or the number of threads.
///
/// A stream is a row of 2^32 blocks of 128 bits, given out in order and each only once, when a
/// call finds nothing left of an earlier block of its kind:
/// - for words: ``next()``, ``uniform()``, ``integer(below:)`` and ``fillUniforms(_:)`` take the
///   two words of 64 bits of a block one after the other;
/// - for normal numbers: ``normal()``, ``normals(count:dimension:)`` and
///   ``fillNormals(_:)-(UnsafeMutableBufferPointer<Double>)`` take the two numbers that a block
///   makes one after the other;
/// - for float32 normal numbers, four to a block: each fill starts a block of its own, and what it
///   leaves of its last one is dropped.
///
/// A fill of words or of float64 normal numbers therefore gives what as many single calls in its
/// place would give, and two fills what one of their total size would. That holds for a float32
/// fill too if the first of the two has a multiple of four numbers.
///
/// Neither the processor nor the C library has a part in the values: they come from integers and
/// from single float64 (float32) operations as IEEE 754 defines them.
///
/// Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"
/// (SC11), Philox4x32-10.
public struct RandomStream: RandomNumberGenerator, Sendable {
  static let blockCount: UInt64 = 1 << 32

  private let key: SIMD2<UInt32>
  /// The counter of block 0.
  private let origin: SIMD4<UInt32>
  private var nextBlock: UInt64 = 0
  private var spareWord: UInt64?
  private var spareNormal: Double?

  public init(seed: UInt64, purpose: RandomPurpose, index: UInt64 = 0) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    origin = SIMD4(
      0, purpose.rawValue, UInt32(truncatingIfNeeded: index),
      UInt32(truncatingIfNeeded: index >> 32))
  }

  /// A seed of its own for one of many runs that all come from one seed.
  ///
  /// It is half a Philox block, so that seeds with different arguments are as good as independent:
  /// two of n are equal with a probability near `n^2 / 2^65`. A sum of seed and index would not do;
  /// the runs of neighbouring seeds would share all their streams but one run's.
  ///
  /// - Parameters:
  ///   - seed: The seed of the whole.
  ///   - purpose: What the seeds are for; no stream of this purpose may be used next to them.
  ///   - index: Which of the runs.
  /// - Returns: A number of 64 random bits.
  public static func derivedSeed(
    seed: UInt64, purpose: RandomPurpose = .replicate, index: UInt64
  ) -> UInt64 {
    var stream = RandomStream(seed: seed, purpose: purpose, index: index)
    return stream.next()
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

  /// What the kernels need to make blocks of this stream.
  var kernelStream: sf_stream {
    sf_stream(
      key: (key[0], key[1]), purpose: origin[1], index_low: origin[2], index_high: origin[3])
  }

  /// Takes blocks that no other call will get.
  ///
  /// - Parameter count: The number of blocks.
  /// - Returns: The number of the first of them.
  mutating func takeBlocks(_ count: Int) -> UInt32 {
    precondition(
      UInt64(count) <= RandomStream.blockCount - nextBlock,
      "A stream has 2^32 blocks; use another index.")
    defer { nextBlock += UInt64(count) }
    return UInt32(truncatingIfNeeded: nextBlock)
  }

  private mutating func takeWords() -> (UInt64, UInt64) {
    var counter = origin
    counter[0] = takeBlocks(1)
    let block = RandomStream.philox(counter: counter, key: key)
    return (UInt64(block[0]) | UInt64(block[1]) << 32, UInt64(block[2]) | UInt64(block[3]) << 32)
  }

  /// Whether the next word is left from a block already taken.
  var hasSpareWord: Bool { spareWord != nil }

  /// Whether the next normal number is left from a block already taken.
  var hasSpareNormal: Bool { spareNormal != nil }

  public mutating func next() -> UInt64 {
    if let spare = spareWord {
      spareWord = nil
      return spare
    }
    let words = takeWords()
    spareWord = words.1
    return words.0
  }

  /// A uniform number in the open interval (0, 1), with 53 random bits.
  public mutating func uniform() -> Double { RandomStream.uniform(of: next()) }

  /// The uniform number of a word: `(top 53 bits + 1/2) / 2^53`, rounded, but never to 1.
  static func uniform(of word: UInt64) -> Double {
    min((Double(word >> 11) + 0.5) * 0x1p-53, 1 - 0x1p-53)
  }

  /// A uniform integer in `0..<bound`.
  ///
  /// The bias is below `bound / 2^64`.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "The bound must be positive.")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// The numbers `0..<count` in random order (Fisher-Yates).
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(below: last + 1))
    }
    return order
  }

  /// A standard normal number, by the Box-Muller transform.
  ///
  /// Its size is at most 9.4, which a normal number exceeds with probability 2^-65.
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    let words = takeWords()
    var pair = (0.0, 0.0)
    withUnsafeMutableBytes(of: &pair) { bytes in
      sf_normal_pair(
        words.0, words.1, bytes.baseAddress?.assumingMemoryBound(to: Double.self))
    }
    spareNormal = pair.1
    return pair.0
  }
}
