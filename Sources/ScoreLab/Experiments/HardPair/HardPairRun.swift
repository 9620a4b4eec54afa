import Glibc
import ScoreCore

/// Draws errors, a sweep over noise, and training sets again and again.
struct HardPairRun: ExperimentRun {
  /// Draws of the noisy law for errors and for each level of the sweep.
  static let drawCount = 200_000
  private static let sweepCount = 8
  /// Samples of a unit of training sets.
  private static let samplesPerUnit = 1_000_000

  /// The errors of the wrong score at one time.
  struct SweepPoint {
    let time: Double
    /// `|s_1 - s_2|^2`.
    let squares: Estimate
    let quantile: ErrorQuantile
  }

  let bench: HardPairBench
  let exact: HardPairValues
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
  private(set) var sweep: [SweepPoint] = []
  /// `int L2^2 dt` from the time of the bench on, by quadrature.
  private(set) var integratedL2: Double?
  private(set) var repeatsDone = 0
  /// How often the wrong score was chosen, for each number of samples.
  private(set) var wrongChoices: [Int]

  init(bench: HardPairBench, seed: UInt64, threads: Int) {
    self.bench = bench
    self.seed = seed
    self.threads = threads
    exact = HardPairValues(bench)
    wrongChoices = Array(repeating: 0, count: bench.sampleCounts.count)
  }

  private var repeatsPerUnit: Int { max(1, Self.samplesPerUnit / bench.sampleCount) }
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
  private func draws(time: Double, index: UInt64) -> [Double] {
    // Training sets number their streams from 0.
    var stream = RandomStream(seed: seed, purpose: .experiment, index: 1 << 40 | index)
    let R = bench.pair.separation(at: time)
    let x = stream.normals(count: Self.drawCount, dimension: 1).values
    return x.map { $0 + (stream.uniform() < bench.pair.eta ? R : 0) }
  }

  private mutating func drawErrors() {
    let (pair, time) = (bench.pair, bench.time)
    let x = draws(time: time, index: 0)
    let gaps = x.map { pair.gap(at: $0, time: time) }
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
  }

  private mutating func drawLevel(_ index: Int) {
    let time = exact.sweepEnd * Double(index) / Double(Self.sweepCount - 1)
    let gaps = draws(time: time, index: UInt64(index) + 1).map {
      bench.pair.gap(at: $0, time: time)
    }
    sweep.append(
      SweepPoint(
        time: time, squares: Estimate(gaps.map { $0 * $0 }),
        quantile: ErrorQuantile(
          of: gaps.sorted(), delta: bench.delta,
          expected: bench.pair.quantileError(delta: bench.delta, time: time))))
  }

  private mutating func drawTrainingSets() {
    let count = min(repeatsPerUnit, bench.repeats - repeatsDone)
    let (bench, seed, first) = (bench, seed, repeatsDone)
    let grid = bench.sampleCounts.count
    var wrong = Array(repeating: false, count: count * grid)
    wrong.withUnsafeMutableBufferPointer { wrong in
      Parallel.perform(count, threads: threads) { index in
        let choices = Self.choices(bench, seed: seed, repeat: first + index)
        for (place, isWrong) in choices.enumerated() { wrong[index * grid + place] = isWrong }
      }
    }
    for index in wrong.indices where wrong[index] { wrongChoices[index % grid] += 1 }
    repeatsDone += count
  }

  /// Whether empirical risk minimisation over both scores takes the wrong one, for the first
  /// samples of one training set, as many as each of ``HardPairBench/sampleCounts``.
  private static func choices(_ bench: HardPairBench, seed: UInt64, repeat index: Int) -> [Bool] {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: UInt64(index))
    let gap = bench.pair.lossGap(time: bench.time)
    let (eta, R) = (bench.pair.eta, bench.pair.separation)
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
          sum += gap.value(at: level.alpha * start + level.sigma * z, noise: z)
        }
        done += count
      }
      // Far from both parts' border the gaps are 0 in float64: a tie, which a coin decides.
      return sum < 0 || sum == 0 && stream.uniform() < 0.5
    }
  }
}
