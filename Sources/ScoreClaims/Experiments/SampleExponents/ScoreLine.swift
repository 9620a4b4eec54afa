import Glibc
import ScoreCore
import ScoreTheory

/// The score `slope x + offset` at one noise level.
struct ScoreLine: Codable, Sendable, Equatable {
  var slope: Double
  var offset: Double
}

extension ScoreLine {
  /// The exact score of a normal distribution.
  init(of law: NormalLaw) {
    self.init(slope: -1 / law.variance, offset: law.mean / law.variance)
  }

  /// The exact minimiser of the denoising loss over lines, on fixed points and noise.
  init(clean: Points, noise: Points, level: NoiseLevel) {
    var regression = ScoreRegression(LinearFeatures(dimension: 1, hasIntercept: true), ridge: 0)
    regression.add(
      RegressionRows(clean: clean, noise: noise, level: level, target: NoiseTarget()))
    let weights = regression.minimiser?.weights ?? [.nan, .nan]
    self.init(slope: -weights[0] / level.sigma, offset: -weights[1] / level.sigma)
  }

  func value(at x: Double) -> Double { slope * x + offset }

  /// The error of this score at the points of a distribution, times a factor: normal as well.
  func error(under law: NormalLaw, factor: Double) -> LineError {
    let exact = ScoreLine(of: law)
    let gap = ScoreLine(slope: slope - exact.slope, offset: offset - exact.offset)
    return LineError(
      mean: factor * gap.value(at: law.mean),
      deviation: factor * abs(gap.slope) * law.variance.squareRoot())
  }
}

/// An error that is `N(mean, deviation^2)` over the points.
struct LineError: Sendable, Equatable {
  var mean: Double
  var deviation: Double

  /// The root of the mean square.
  var l2: Double { (mean * mean + deviation * deviation).squareRoot() }

  /// The size that a share delta of the points exceeds, by bisection.
  func quantile(delta: Double) -> Double {
    guard deviation > 0 else { return abs(mean) }
    let centred = deviation * StandardNormal.quantile(1 - delta / 2)
    // The size of a centred normal number is smaller; and a size beyond the sum is rarer than delta.
    var (low, high) = (max(centred, 0), abs(mean) + centred)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let above =
        StandardNormal.tail((middle - mean) / deviation)
        + StandardNormal.tail((middle + mean) / deviation)
      if above > delta { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// A line at each of several levels.
struct PiecewiseLine: ScoreFunction {
  let levels: [NoiseLevel]
  let lines: [ScoreLine]
  var dimension: Int { 1 }

  func score(at x: Points, level: NoiseLevel) -> Points {
    guard let place = levels.firstIndex(of: level) else {
      preconditionFailure("A pass asks for the levels that its steps start from.")
    }
    var result = x
    for i in result.values.indices { result.values[i] = lines[place].value(at: x.values[i]) }
    return result
  }
}

/// One step `x' = point x + score s(x) + noise xi` of a sampler with one score and one draw of noise.
struct StepGain: Sendable, Equatable {
  var point: Double
  var score: Double
  var noise: Double

  /// What a step makes of normal points with a line as the score: normal points.
  func law(after law: NormalLaw, _ line: ScoreLine) -> NormalLaw {
    let factor = point + score * line.slope
    return NormalLaw(
      mean: factor * law.mean + score * line.offset,
      variance: factor * factor * law.variance + noise * noise)
  }

  /// Reads the steps of a sampler off the step itself: at 0 and 1 without a score, at 0 with the score 1.
  static func gains(
    of sampler: any Sampler, times: [Double], process: any ForwardProcess
  ) -> [StepGain] {
    zip(times, times.dropFirst()).map { from, to in
      let step = TimeStep(from: from, to: to, stepCount: times.count - 1)
      func moved(_ points: [Double], noise: [Double], score: Double) -> [Double] {
        var moved = Points(values: points, dimension: 1)
        var (noise, memory) = (GivenNoise(values: noise), SamplerMemory())
        sampler.step(
          &moved, over: step, process: process, score: ConstantScore(value: score), noise: &noise,
          memory: &memory)
        return moved.values
      }
      let plain = moved([1, 0], noise: [0, 1], score: 0)
      return StepGain(
        point: plain[0], score: moved([0], noise: [0], score: 1)[0], noise: plain[1])
    }
  }
}

private struct ConstantScore: ScoreFunction {
  let value: Double
  var dimension: Int { 1 }

  func score(at x: Points, level: NoiseLevel) -> Points {
    Points(values: Array(repeating: value, count: x.count), dimension: 1)
  }
}

private struct GivenNoise: NoiseSource {
  let values: [Double]

  mutating func normals(count: Int, dimension: Int) -> Points {
    Points(values: values, dimension: dimension)
  }
}
