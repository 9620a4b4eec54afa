import Glibc
import ScoreCore
import ScoreLab

/// Excess losses of two candidates over many training sets: their mean, their distribution, and how
/// often a training set prefers the candidate to the truth.
struct ExcessDraws: Codable, Sendable {
  /// Batches of the smallest size, in pieces that have a stream each.
  private static let pieces = 128
  private static let batchesPerPiece = 128
  /// A batch of each size is two of the size before.
  static let doublings = 8

  struct Histogram: Codable, Sendable {
    var x: [Double] = []
    var y: [Double] = []
  }

  /// What was found of one candidate.
  struct Candidate: Codable, Sendable {
    let excess: ExcessLoss
    /// The mean of `l'` without clipping, in units of `1/sigma_t^2`.
    var mean = Estimate([])
    /// The same with clipping.
    var clippedMean = Estimate([])
    /// The share of samples that clipping changes.
    var clippedShare = 0.0
    /// `l'` on the event: lower ends of bins and their shares of all samples there.
    var histogram = Histogram()
    /// For each size, the training sets whose clipped mean is 0 or less.
    var preferences = Array(repeating: 0, count: ExcessDraws.doublings)
  }

  /// The numbers of samples m, each twice the one before, and how many sets there are of each.
  let sampleCounts: [Int]
  let setCounts: [Int]
  private(set) var candidates: [Candidate]

  /// A pattern of the class, and a candidate that is wrong on a fifth of delta, by so much that
  /// half of its excess is clipped.
  static func candidates(_ values: FiniteClass, sampleCount: Double) -> [ExcessLoss] {
    let pattern = values.base.excess(sampleCount: sampleCount, failure: values.failure)
    return [
      pattern,
      ExcessLoss(
        name: "kick", mass: values.delta / 5, error: pattern.clip.squareRoot(), level: values.level,
        clip: pattern.clip),
    ]
  }

  init(values: FiniteClass, world: FiniteClassWorld, seed: UInt64, threads: Int) {
    let least = max(8, Int(values.base.orderOfSamples(failure: values.failure) / 16))
    sampleCounts = (0..<Self.doublings).map { least << $0 }
    setCounts = (0..<Self.doublings).map { Self.pieces * Self.batchesPerPiece >> $0 }
    let excesses = Self.candidates(values, sampleCount: Double(least << (Self.doublings - 1)))
    var pieces = Array(repeating: [Piece](), count: Self.pieces)
    pieces.withUnsafeMutableBufferPointer { pieces in
      Parallel.perform(Self.pieces, threads: threads) { index in
        // Training sets of the classes number their streams from 0.
        var walk = TrainingWalk(
          stream: RandomStream(
            seed: seed, purpose: .experiment, index: 1 << 48 | UInt64(index)),
          level: values.level, world: world)
        pieces[index] = Self.piece(
          excesses, &walk, samples: least, massFactor: world.excessMassFactor)
      }
    }
    candidates = excesses.indices.map { place in
      Self.summary(excesses[place], pieces.map { $0[place] }, samples: Double(least))
    }
  }

  /// The batches of one stream for one candidate.
  private struct Piece {
    /// The mean of `l'` and of its clipped value over each batch.
    var means: [Double] = []
    var clippedMeans: [Double] = []
    var clippedCount = 0
    var bins = Array(repeating: 0, count: Bins.count)
  }

  /// Bins of `l'` over the range of either candidate.
  private struct Bins {
    static let count = 60
    let low: Double
    let width: Double

    init(_ excess: ExcessLoss) {
      let mean = excess.error * excess.error
      let reach = 4 * 2 * excess.error * excess.level.alpha
      low = mean - reach
      width = 2 * reach / Double(Self.count)
    }

    func place(_ value: Double) -> Int {
      min(max(0, Int(((value - low) / width).rounded(.down))), Self.count - 1)
    }
    func start(_ place: Int) -> Double { low + Double(place) * width }
  }

  private static func piece(
    _ excesses: [ExcessLoss], _ walk: inout TrainingWalk, samples: Int, massFactor: Double
  ) -> [Piece] {
    var pieces = excesses.map { _ in Piece() }
    let thresholds = excesses.map { -StandardNormal.quantile($0.mass * massFactor) }
    let bins = excesses.map { Bins($0) }
    for batch in 1...batchesPerPiece {
      var sums = Array(repeating: (whole: 0.0, clipped: 0.0), count: excesses.count)
      walk.advance(to: batch * samples, above: thresholds.min() ?? 0) { x, noise in
        for (place, excess) in excesses.enumerated() where x > thresholds[place] {
          let value = excess.error * (excess.error + 2 * excess.level.alpha * noise)
          let clipped = min(max(value, -excess.clip), excess.clip)
          sums[place].whole += value
          sums[place].clipped += clipped
          if clipped != value { pieces[place].clippedCount += 1 }
          pieces[place].bins[bins[place].place(value)] += 1
        }
      }
      for (place, sum) in sums.enumerated() {
        pieces[place].means.append(sum.whole / Double(samples))
        pieces[place].clippedMeans.append(sum.clipped / Double(samples))
      }
    }
    return pieces
  }

  private static func summary(
    _ excess: ExcessLoss, _ pieces: [Piece], samples: Double
  ) -> Candidate {
    var candidate = Candidate(excess: excess)
    candidate.mean = Estimate(pieces.flatMap(\.means))
    candidate.clippedMean = Estimate(pieces.flatMap(\.clippedMeans))
    let all = samples * Double(Self.pieces * batchesPerPiece)
    candidate.clippedShare = Double(pieces.reduce(0) { $0 + $1.clippedCount }) / all
    let bins = (0..<Bins.count).map { place in pieces.reduce(0) { $0 + $1.bins[place] } }
    let inside = Double(max(1, bins.reduce(0, +)))
    candidate.histogram = Histogram(
      x: bins.indices.map { Bins(excess).start($0) }, y: bins.map { Double($0) / inside }
    )
    var means = pieces.flatMap(\.clippedMeans)
    for size in 0..<doublings {
      candidate.preferences[size] = means.count { $0 <= 0 }
      means = stride(from: 0, to: means.count - 1, by: 2).map { (means[$0] + means[$0 + 1]) / 2 }
    }
    return candidate
  }

  /// The largest ratio of a share's lower 95 % limit to Bernstein's bound on it.
  var largestBernsteinRatio: Double {
    candidates.flatMap { candidate in
      zip(candidate.preferences, zip(sampleCounts, setCounts)).map { count, sizes in
        BinomialDistribution.interval(successes: count, of: sizes.1).lower
          / candidate.excess.bernstein(sampleCount: Double(sizes.0))
      }
    }.max() ?? .nan
  }

  /// The largest distance of a mean excess from L2^2, or of a clipped one from its closed form, in
  /// standard errors.
  var largestMeanGap: Double {
    candidates.flatMap { found in
      [
        abs(found.mean.value - found.excess.l2Squared) / found.mean.standardError,
        abs(found.clippedMean.value - found.excess.clippedMean) / found.clippedMean.standardError,
      ]
    }.max() ?? .nan
  }
}
