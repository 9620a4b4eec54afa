import Glibc
import ScoreCore

/// Draws errors, a sweep over noise, and training sets again and again.
struct HardPairRun: ExperimentRun {
  /// Draws of the noisy law for errors and for each level of the sweep.
  static let drawCount = 200_000
  static let sweepCount = 8
  /// Samples of a unit of training sets.
  private static let samplesPerUnit = 1_000_000

  /// The errors of the wrong score at one time.
  struct SweepPoint {
    let time: Double
    /// `|s_1 - s_2|^2`.
    let squares: Estimate
    let quantile: ErrorQuantile
  }

  /// The errors of a score that needs no training, over the same draws.
  struct Baseline {
    let name: String
    let squares: Estimate
    let quantile: ErrorQuantile
  }

  let bench: HardPairBench
  let exact: HardPairValues
  /// The pair that points and training sets are drawn from; only tests draw from another.
  var drawnPair: LowerBoundPair
  /// The error of the wrong score at a point and a time; only tests have another.
  var gap: @Sendable (_ x: Double, _ time: Double) -> Double
  private let seed: UInt64
  private let threads: Int
  private(set) var unitsDone = 0
  /// `|s_1 - s_2|` at draws of the noisy law: their shares, and their quantiles at
  /// ``HardPairBench/deltas``.
  private(set) var histogram: ErrorHistogram?
  private(set) var quantiles: [ErrorQuantile] = []
  /// The mean of their squares, and Monte Carlo values of the distances.
  private(set) var squares: Estimate?
  private(set) var totalVariation: Estimate?
  private(set) var divergence: Estimate?
  private(set) var baselines: [Baseline] = []
  private(set) var sweep: [SweepPoint] = []
  /// `int L2^2 dt` from the time of the bench on, by quadrature.
  private(set) var integratedL2: Double?
  private(set) var repeatsDone = 0
  /// How often the wrong score was chosen, for each number of samples.
  private(set) var wrongChoices: [Int]
  /// How often the score chosen failed in `D_delta`, estimated in each repeat.
  private(set) var quantileFailures: [Int]

  init(bench: HardPairBench, seed: UInt64, threads: Int, exact: HardPairValues? = nil) {
    self.bench = bench
    self.seed = seed
    self.threads = threads
    self.exact = exact ?? HardPairValues(bench)
    let pair = bench.pair
    drawnPair = pair
    gap = { pair.gap(at: $0, time: $1) }
    wrongChoices = Array(repeating: 0, count: bench.sampleCounts.count)
    quantileFailures = wrongChoices
  }

  private var repeatsPerUnit: Int {
    max(1, Self.samplesPerUnit / (bench.sampleCount + bench.errorDrawCount))
  }
  private var firstUnits: Int { 2 + Self.sweepCount }

  var unitCount: Int { firstUnits + (bench.repeats + repeatsPerUnit - 1) / repeatsPerUnit }

  var activity: String {
    switch unitsDone {
    case 0: "drawing errors"
    case 1: "integrating L2 over time"
    case 2..<firstUnits: "noise level \(unitsDone - 1) of \(Self.sweepCount)"
    default: "training set \(repeatsDone) of \(bench.repeats)"
    }
  }

  mutating func step() {
    switch unitsDone {
    case 0: drawErrors()
    case 1: integratedL2 = exact.integratedL2(bench)
    case 2..<firstUnits: drawLevel(unitsDone - 2)
    default: drawTrainingSets()
    }
    unitsDone += 1
  }

  /// Draws of `p_1` at a time, where either part still has variance 1.
  private func draws(_ count: Int, time: Double, using stream: inout RandomStream) -> [Double] {
    let R = drawnPair.separation(at: time)
    let x = stream.normals(count: count, dimension: 1).values
    return x.map { $0 + (stream.uniform() < drawnPair.eta ? R : 0) }
  }

  private func draws(time: Double, index: UInt64) -> [Double] {
    // Training sets number their streams from 0.
    var stream = RandomStream(seed: seed, purpose: .experiment, index: 1 << 40 | index)
    return draws(Self.drawCount, time: time, using: &stream)
  }

  private mutating func drawErrors() {
    let (pair, time) = (bench.pair, bench.time)
    let x = draws(time: time, index: 0)
    let gaps = x.map { gap($0, time) }
    squares = Estimate(gaps.map { $0 * $0 })
    let logRatios = x.map { pair.logRatio(at: $0, time: time) }
    divergence = Estimate(logRatios)
    totalVariation = Estimate(logRatios.map { max(0, -expm1(-$0)) })
    let sorted = gaps.sorted()
    quantiles = bench.deltas.map {
      ErrorQuantile(
        of: sorted, delta: $0, expected: pair.quantileError(delta: $0, time: time))
    }
    histogram = ErrorHistogram(of: sorted, upTo: pair.separation(at: time))
    baselines = baselines(at: x)
  }

  /// The wrong candidate between what costs nothing: no score, and that of one Gaussian.
  private func baselines(at x: [Double]) -> [Baseline] {
    let (pair, time) = (bench.pair, bench.time)
    let R = pair.separation(at: time)
    let (mean, variance) = (pair.eta * R, 1 + pair.eta * (1 - pair.eta) * R * R)
    let scores: [(name: String, score: (Double) -> Double)] = [
      ("the wrong candidate s_2", { pair.firstScore(at: $0, time: time) - gap($0, time) }),
      ("zero", { _ in 0 }),
      ("one Gaussian with the mean and variance of p_1", { (mean - $0) / variance }),
    ]
    return scores.map { name, score in
      let errors = x.map { abs(score($0) - pair.firstScore(at: $0, time: time)) }
      return Baseline(
        name: name, squares: Estimate(errors.map { $0 * $0 }),
        quantile: ErrorQuantile(of: errors.sorted(), delta: bench.delta))
    }
  }

  private mutating func drawLevel(_ index: Int) {
    let time = exact.sweepEnd * Double(index) / Double(Self.sweepCount - 1)
    let gaps = draws(time: time, index: UInt64(index) + 1).map { gap($0, time) }
    sweep.append(
      SweepPoint(
        time: time, squares: Estimate(gaps.map { $0 * $0 }),
        quantile: ErrorQuantile(
          of: gaps.sorted(), delta: bench.delta,
          expected: bench.pair.quantileError(delta: bench.delta, time: time))))
  }
}

// MARK: - Training sets

extension HardPairRun {
  private mutating func drawTrainingSets() {
    let count = min(repeatsPerUnit, bench.repeats - repeatsDone)
    let (run, first) = (self, repeatsDone)
    let grid = bench.sampleCounts.count
    var wrong = Array(repeating: false, count: count * grid)
    var off = Array(repeating: false, count: count)
    wrong.withUnsafeMutableBufferPointer { wrong in
      off.withUnsafeMutableBufferPointer { off in
        Parallel.perform(count, threads: threads) { index in
          let found = run.training(first + index)
          for (place, isWrong) in found.isWrong.enumerated() {
            wrong[index * grid + place] = isWrong
          }
          off[index] = found.isOffInQuantile
        }
      }
    }
    for index in wrong.indices where wrong[index] {
      wrongChoices[index % grid] += 1
      if off[index / grid] { quantileFailures[index % grid] += 1 }
    }
    repeatsDone += count
  }

  /// What empirical risk minimisation over both scores does with one training set.
  ///
  /// - Returns: Whether it takes the wrong score, for the first samples of the set, as many as each
  ///   of ``HardPairBench/sampleCounts``; and whether that score fails in `D_delta`, estimated
  ///   over points of this repeat that training did not see.
  private func training(_ index: Int) -> (isWrong: [Bool], isOffInQuantile: Bool) {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: UInt64(index))
    let isWrong = choices(using: &stream)
    // The right score has no error at all.
    guard isWrong.contains(true) else { return (isWrong, false) }
    let limit = bench.tolerance / bench.sigma
    let above = draws(bench.errorDrawCount, time: bench.time, using: &stream).count {
      gap($0, bench.time) > limit
    }
    return (isWrong, Double(above) > bench.delta * Double(bench.errorDrawCount))
  }

  private func choices(using stream: inout RandomStream) -> [Bool] {
    let loss = bench.pair.lossGap(time: bench.time)
    let (eta, R) = (drawnPair.eta, drawnPair.separation)
    let level = OrnsteinUhlenbeck(horizon: 6, stop: 1e-4).level(at: bench.time)
    let piece = 4096
    var uniforms = [Double](repeating: 0, count: piece)
    var normals = [Double](repeating: 0, count: 2 * piece)
    var (sum, done) = (0.0, 0)
    return bench.sampleCounts.map { end in
      while done < end {
        let count = min(piece, end - done)
        uniforms.withUnsafeMutableBufferPointer {
          stream.fillUniforms(.init(rebasing: $0[..<count]))
        }
        normals.withUnsafeMutableBufferPointer {
          stream.fillNormals(.init(rebasing: $0[..<(2 * count)]))
        }
        for row in 0..<count {
          let start = normals[2 * row] + (uniforms[row] < eta ? R : 0)
          let z = normals[2 * row + 1]
          sum += loss.value(at: level.alpha * start + level.sigma * z, noise: z)
        }
        done += count
      }
      // Far from both parts' border the gaps are 0 in float64: a tie, which a coin decides.
      return sum < 0 || sum == 0 && stream.uniform() < 0.5
    }
  }
}
