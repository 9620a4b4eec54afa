import Glibc
import ScoreCore

/// Fits linear scores at each level and number of points, and measures the memorising score.
struct NoiseLevelsRun: ExperimentRun {
  /// The parts that repeats are split into, whose powers have an interval.
  static let batchCount = 20

  /// What was found at one number of points.
  struct Found: Sendable {
    /// `sigma (a - 1/v_t) sqrt(v_t)` of each fit, `[levels][repeats]`.
    var gaps: [[Double]] = []
    /// Errors of the first fit at points of the noisy law, one for each level.
    var probes: [ScoreErrorDistribution] = []
    /// Errors of the memorising score, `[data sets][levels]`.
    var memorizing: [[Memorized]] = []
  }

  /// Errors of one memorising score at one level, times sigma.
  struct Memorized: Sendable {
    var l2: Double
    var quantile: Double
  }

  private enum Task: Sendable {
    case fit(countIndex: Int, level: Int)
    case memorize(countIndex: Int, set: Int)
  }

  let values: NoiseLevels
  let seed: UInt64
  private(set) var found: [Found]
  private(set) var unitsDone = 0
  private let threads: Int
  private let tasks: [Task]

  /// The law that points and exact scores are of.
  var law: any KnownScoreDistribution
  /// The error of one fit to m points, `sigma (a - 1/v_t) sqrt(v_t)`.
  var drawGap: @Sendable (LinearScoreRegression, Int, inout RandomStream) -> Double = {
    $0.drawGap(sampleCount: $1, using: &$2)
  }
  /// The score that memorises points: the exact one of the points themselves.
  var memorizer: @Sendable (Points) -> any ScoreFunction = { points in
    ExactScore(
      IsotropicMixture(means: points, deviations: Array(repeating: 0, count: points.count)))
  }

  init(values: NoiseLevels, seed: UInt64, threads: Int) {
    self.values = values
    self.seed = seed
    self.threads = threads
    law = GaussianMixture([
      .init(mean: [0], spread: .isotropic(values.variance.squareRoot()))
    ])
    found = values.sampleCounts.map { _ in Found() }
    tasks = values.sampleCounts.indices.flatMap { index in
      values.times.indices.map { Task.fit(countIndex: index, level: $0) }
        + (0..<values.memorized).map { Task.memorize(countIndex: index, set: $0) }
    }
  }

  var unitCount: Int { tasks.count }

  var activity: String {
    guard unitsDone < tasks.count else { return "done" }
    return switch tasks[unitsDone] {
    case .fit(let index, let level):
      "least squares, m = \(values.sampleCounts[index]), level \(level + 1) of \(values.times.count)"
    case .memorize(let index, let set):
      "memorising, m = \(values.sampleCounts[index]), data set \(set + 1) of \(values.memorized)"
    }
  }

  mutating func step() {
    guard unitsDone < tasks.count else { return }
    switch tasks[unitsDone] {
    case .fit(let index, let level): fit(index, level: level)
    case .memorize(let index, let set): memorize(index, set: set)
    }
    unitsDone += 1
  }
}

// MARK: - Measuring

extension NoiseLevelsRun {
  /// A stream for what is drawn at one number of points.
  private func stream(_ countIndex: Int, _ number: Int) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment, index: UInt64(countIndex) << 40 | UInt64(number))
  }

  private mutating func fit(_ countIndex: Int, level: Int) {
    let regression = values.regression(at: values.times[level])
    let (m, repeats) = (values.sampleCounts[countIndex], values.repeats)
    let drawGap = drawGap
    var gaps = Array(repeating: 0.0, count: repeats)
    gaps.withUnsafeMutableBufferPointer { buffer in
      let slots = buffer
      Parallel.perform(repeats, threads: threads) { index in
        var stream = self.stream(countIndex, level << 20 | index)
        slots[index] = drawGap(regression, m, &stream)
      }
    }
    found[countIndex].gaps.append(gaps)
    let first = LinearScore(slope: regression.slope(gap: gaps[0]))
    found[countIndex].probes.append(
      errors(of: first, at: values.times[level], stream: stream(countIndex, 1 << 38 | level)))
  }

  private mutating func memorize(_ countIndex: Int, set: Int) {
    var stream = stream(countIndex, 1 << 39 | set << 10)
    let points = law.sample(count: values.sampleCounts[countIndex], using: &stream)
    let score = memorizer(points)
    found[countIndex].memorizing.append(
      values.times.enumerated().map { level, time in
        let errors = errors(
          of: score, at: time, stream: self.stream(countIndex, 1 << 39 | set << 10 | (level + 1)))
        return Memorized(
          l2: errors.l2, quantile: errors.quantileError(delta: values.delta))
      })
  }

  private func errors(
    of score: any ScoreFunction, at time: Double, stream: RandomStream
  ) -> ScoreErrorDistribution {
    var stream = stream
    let level = values.level(at: time)
    let points = NoisyLaw(law, level: level)
      .sample(count: values.probePoints, using: &stream)
    return ScoreErrorDistribution(
      level: level, time: time, estimate: score.score(at: points, level: level),
      exact: law.score(at: points, level: level))
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

// MARK: - Powers

extension NoiseLevelsRun {
  /// `sigma L2` over data sets: the root of the mean square.
  static func rms(_ gaps: ArraySlice<Double>) -> Double {
    (gaps.reduce(0) { $0 + $1 * $1 } / Double(gaps.count)).squareRoot()
  }

  /// `sigma D_delta` that a share `missShare` of the data sets exceeds.
  func quantile(_ gaps: ArraySlice<Double>) -> Double {
    let sizes = gaps.map { abs($0) }.sorted()
    return QuantileEstimate(ofSorted: sizes, delta: values.missShare).orderStatistic
      * LinearScoreRegression.quantileFactor(delta: values.delta)
  }

  /// The rows of each batch of repeats.
  private var batches: [Range<Int>] {
    let size = values.repeats / Self.batchCount
    return (0..<Self.batchCount).map { $0 * size..<($0 + 1) * size }
  }

  /// The power of 1/t with which a number of the fits grows as the noise shrinks, batch by batch.
  func growth(
    _ found: Found, _ number: (ArraySlice<Double>) -> Double
  ) -> [Double] {
    batches.map { batch in
      growth(values.smallNoise.map { number(found.gaps[$0][batch]) })
    }
  }

  /// The power of 1/t that fits numbers at the levels of least noise.
  func growth(_ numbers: [Double]) -> Double {
    let places = values.smallNoise.map { 1 / values.times[$0] }
    return LineFit.powerLaw(x: places, y: numbers)?.slope ?? .nan
  }

  /// The power of m with which `sigma D_delta` of the fits falls at a level, batch by batch.
  func rate(atLevel level: Int) -> [Double] {
    batches.map { batch in
      let numbers = found.map { quantile($0.gaps[level][batch]) }
      return LineFit.powerLaw(x: values.sampleCounts.map(Double.init), y: numbers)?.slope ?? .nan
    }
  }
}
