import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Draws errors, a sweep over noise, and training sets again and again.
struct HardPairPlan: ExperimentPlan {
  /// Draws of the noisy distribution for errors and for each level of the sweep.
  static let drawCount = 200_000
  static let sweepCount = 8
  /// Samples of a unit of training sets.
  private static let samplesPerUnit = 1_000_000

  enum Unit: Codable, Hashable, Sendable {
    case errors
    case integral
    case level(Int)
    case trainingSets(first: Int)
  }

  enum Record: Codable, Sendable {
    case errors(Errors)
    /// `int L2^2 dt` from the time of the experiment on, by quadrature.
    case integral(Double)
    case level(SweepPoint)
    /// For each number of samples how often the wrong score was chosen, and how often the score
    /// chosen failed in `D_delta`.
    case trainingSets(count: Int, wrong: [Int], off: [Int])
  }

  /// What the draws at the experiment's time show.
  struct Errors: Codable, Sendable {
    /// `|s_1 - s_2|`: its shares, and its quantiles at ``HardPair/deltas``.
    var histogram: ErrorHistogram
    var quantiles: [ErrorQuantile]
    /// The mean of its squares, and Monte Carlo values of the distances.
    var squares: Estimate
    var totalVariation: Estimate
    var divergence: Estimate
    var baselines: [Baseline]
  }

  /// The errors of the wrong score at one time.
  struct SweepPoint: Codable, Sendable {
    let time: Double
    /// `|s_1 - s_2|^2`.
    let squares: Estimate
    let quantile: ErrorQuantile
  }

  /// The errors of a score that needs no training, over the same draws.
  struct Baseline: Codable, Sendable {
    let name: String
    let squares: Estimate
    let quantile: ErrorQuantile
  }

  let values: HardPair
  private let seed: UInt64
  /// The closed forms; only tests have those of other values.
  var exact: HardPairValues
  /// The pair that points and training sets are drawn from; only tests draw from another.
  var drawnPair: LowerBoundPair
  /// The error of the wrong score at a point and a time; only tests have another.
  var gap: @Sendable (_ x: Double, _ time: Double) -> Double

  init(values: HardPair, seed: UInt64) {
    self.values = values
    self.seed = seed
    exact = HardPairValues(values)
    let pair = values.pair
    drawnPair = pair
    gap = { pair.gap(at: $0, time: $1) }
  }

  private var repeatsPerUnit: Int {
    max(1, Self.samplesPerUnit / (values.sampleCount + values.errorDrawCount))
  }

  var units: [Unit] {
    [.errors, .integral] + (0..<Self.sweepCount).map { .level($0) }
      + stride(from: 0, to: values.repeats, by: repeatsPerUnit).map { .trainingSets(first: $0) }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .errors: "drawing errors"
    case .integral: "integrating L2 over time"
    case .level(let index): "noise level \(index + 1) of \(Self.sweepCount)"
    case .trainingSets(let first): "training set \(first) of \(values.repeats)"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    SingleStep {
      switch unit {
      case .errors: .errors(errors())
      case .integral: .integral(exact.integratedL2(values))
      case .level(let index): .level(sweepPoint(index))
      case .trainingSets(let first): trainingSets(first, threads: threads)
      }
    }
  }

  func findings(_ records: Records) -> HardPairFindings { HardPairFindings(self, records) }
}

// MARK: - Errors

extension HardPairPlan {
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

  private func errors() -> Errors {
    let (pair, time) = (values.pair, values.time)
    let x = draws(time: time, index: 0)
    let gaps = x.map { gap($0, time) }
    let logRatios = x.map { pair.logRatio(at: $0, time: time) }
    let sorted = gaps.sorted()
    return Errors(
      histogram: ErrorHistogram(of: sorted, upTo: pair.separation(at: time)),
      quantiles: values.deltas.map {
        ErrorQuantile(of: sorted, delta: $0, expected: pair.quantileError(delta: $0, time: time))
      }, squares: Estimate(gaps.map { $0 * $0 }),
      totalVariation: Estimate(logRatios.map { max(0, -expm1(-$0)) }),
      divergence: Estimate(logRatios), baselines: baselines(at: x))
  }

  /// The wrong candidate between what costs nothing: no score, and that of one Gaussian.
  private func baselines(at x: [Double]) -> [Baseline] {
    let (pair, time) = (values.pair, values.time)
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
        quantile: ErrorQuantile(of: errors.sorted(), delta: values.delta))
    }
  }

  private func sweepPoint(_ index: Int) -> SweepPoint {
    let time = exact.sweepEnd * Double(index) / Double(Self.sweepCount - 1)
    let gaps = draws(time: time, index: UInt64(index) + 1).map { gap($0, time) }
    return SweepPoint(
      time: time, squares: Estimate(gaps.map { $0 * $0 }),
      quantile: ErrorQuantile(
        of: gaps.sorted(), delta: values.delta,
        expected: values.pair.quantileError(delta: values.delta, time: time)))
  }
}

// MARK: - Training sets

extension HardPairPlan {
  private func trainingSets(_ first: Int, threads: Int) -> Record {
    let count = min(repeatsPerUnit, values.repeats - first)
    let grid = values.sampleCounts.count
    var wrong = Array(repeating: false, count: count * grid)
    var off = Array(repeating: false, count: count)
    wrong.withUnsafeMutableBufferPointer { wrong in
      off.withUnsafeMutableBufferPointer { off in
        Parallel.perform(count, threads: threads) { index in
          let found = training(first + index)
          for (place, isWrong) in found.isWrong.enumerated() {
            wrong[index * grid + place] = isWrong
          }
          off[index] = found.isOffInQuantile
        }
      }
    }
    var (choices, failures) = (Array(repeating: 0, count: grid), Array(repeating: 0, count: grid))
    for index in wrong.indices where wrong[index] {
      choices[index % grid] += 1
      if off[index / grid] { failures[index % grid] += 1 }
    }
    return .trainingSets(count: count, wrong: choices, off: failures)
  }

  /// What empirical risk minimisation over both scores does with one training set.
  ///
  /// - Returns: Whether it takes the wrong score, for the first samples of the set, as many as each
  ///   of ``HardPair/sampleCounts``; and whether that score fails in `D_delta`, estimated
  ///   over points of this repeat that training did not see.
  private func training(_ index: Int) -> (isWrong: [Bool], isOffInQuantile: Bool) {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: UInt64(index))
    let isWrong = choices(using: &stream)
    // The right score has no error at all.
    guard isWrong.contains(true) else { return (isWrong, false) }
    let limit = values.tolerance / values.sigma
    let above = draws(values.errorDrawCount, time: values.time, using: &stream).count {
      gap($0, values.time) > limit
    }
    return (isWrong, Double(above) > values.delta * Double(values.errorDrawCount))
  }

  private func choices(using stream: inout RandomStream) -> [Bool] {
    let loss = values.pair.lossGap(time: values.time)
    let (eta, R) = (drawnPair.eta, drawnPair.separation)
    let level = OrnsteinUhlenbeck(horizon: 6, stop: 1e-4).level(at: values.time)
    let piece = 4096
    var uniforms = [Double](repeating: 0, count: piece)
    var normals = [Double](repeating: 0, count: 2 * piece)
    var (sum, done) = (0.0, 0)
    return values.sampleCounts.map { end in
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
