import ScoreCore
import ScoreLab
import ScoreTheory

/// Fits linear scores at each level and number of points, and measures the memorising score.
struct NoiseLevelsPlan: ExperimentPlan {
  enum Unit: Codable, Hashable, Sendable {
    /// Least squares to all data sets of m points at one level.
    case fit(m: Int, level: Int)
    /// One data set of m points that is memorised, at every level.
    case memorize(m: Int, set: Int)
  }

  enum Record: Codable, Sendable {
    /// `sigma (a - 1/v_t) sqrt(v_t)` of each fit, and the errors of the first fit, times sigma, at
    /// points of the noisy distribution.
    case fits(gaps: [Double], errors: [Float])
    /// Errors at each level.
    case memorized([Memorized])
  }

  /// Errors of one memorising score at one level, times sigma.
  struct Memorized: Codable, Sendable {
    var l2: Double
    var quantile: Double
  }

  let values: NoiseLevels
  let seed: UInt64
  let times: [Double]
  let sampleCounts: [Int]
  /// The distribution that points and exact scores are of.
  var distribution: any KnownScoreDistribution
  /// The error of one fit to m points, `sigma (a - 1/v_t) sqrt(v_t)`.
  var drawGap: @Sendable (LinearScoreRegression, Int, inout RandomStream) -> Double = {
    $0.drawGap(sampleCount: $1, using: &$2)
  }
  /// The score that memorises points: the exact one of the points themselves.
  var memorizer: @Sendable (Points) -> any ScoreFunction = { BaselineScore.memorizing($0) }

  init(values: NoiseLevels, seed: UInt64) {
    self.values = values
    self.seed = seed
    (times, sampleCounts) = (values.times, values.sampleCounts)
    distribution = GaussianMixture([
      .init(mean: [0], spread: .isotropic(values.variance.squareRoot()))
    ])
  }

  var units: [Unit] {
    sampleCounts.flatMap { m in
      times.indices.map { Unit.fit(m: m, level: $0) }
        + (0..<values.memorized).map { Unit.memorize(m: m, set: $0) }
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .fit(let m, let level): "least squares, m = \(m), level \(level + 1) of \(times.count)"
    case .memorize(let m, let set):
      "memorising, m = \(m), data set \(set + 1) of \(values.memorized)"
    }
  }

  func work(
    on unit: Unit, given records: Records, threads: Int
  ) -> any UnitWork<Record> {
    SingleStep {
      switch unit {
      case .fit(let m, let level): fit(m, level: level, threads: threads)
      case .memorize(let m, let set): memorize(m, set: set)
      }
    }
  }

  func findings(_ records: Records) -> NoiseLevelsFindings {
    NoiseLevelsFindings(self, records)
  }
}

extension NoiseLevelsPlan {
  /// A stream for what is drawn at one number of points.
  private func stream(_ m: Int, _ number: Int) -> RandomStream {
    guard let place = sampleCounts.firstIndex(of: m) else {
      preconditionFailure("A unit has one of the numbers of points.")
    }
    return RandomStream(
      seed: seed, purpose: .experiment, index: UInt64(place) << 40 | UInt64(number))
  }

  private func fit(_ m: Int, level: Int, threads: Int) -> Record {
    let regression = values.regression(at: times[level])
    var gaps = Array(repeating: 0.0, count: values.repeats)
    gaps.withUnsafeMutableBufferPointer { buffer in
      let slots = buffer
      Parallel.perform(slots.count, threads: threads) { index in
        var stream = self.stream(m, level << 20 | index)
        slots[index] = drawGap(regression, m, &stream)
      }
    }
    let first = LinearScore(slope: regression.slope(gap: gaps[0]))
    let errors = errors(of: first, at: times[level], stream: stream(m, 1 << 38 | level))
    return .fits(gaps: gaps, errors: errors.errors)
  }

  private func memorize(_ m: Int, set: Int) -> Record {
    var stream = stream(m, 1 << 39 | set << 10)
    let points = distribution.sample(count: m, using: &stream)
    let score = memorizer(points)
    return .memorized(
      times.enumerated().map { level, time in
        let errors = errors(
          of: score, at: time, stream: self.stream(m, 1 << 39 | set << 10 | (level + 1)))
        return Memorized(l2: errors.l2, quantile: errors.quantileError(delta: values.delta))
      })
  }

  private func errors(
    of score: any ScoreFunction, at time: Double, stream: RandomStream
  ) -> ScoreErrorDistribution {
    var stream = stream
    let level = values.level(at: time)
    let points = NoisyDistribution(distribution, level: level)
      .sample(count: values.probePoints, using: &stream)
    return ScoreErrorDistribution(
      level: level, time: time, estimate: score.score(at: points, level: level),
      exact: distribution.score(at: points, level: level))
  }
}

/// The score `-a x` on the line.
private struct LinearScore: ScoreFunction {
  let slope: Double
  var dimension: Int { 1 }

  func score(at x: Points, level: NoiseLevel) -> Points {
    var result = x
    for index in result.values.indices { result.values[index] *= -slope }
    return result
  }
}
