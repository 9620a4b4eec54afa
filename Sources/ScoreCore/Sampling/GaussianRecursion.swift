/// What a sampler does to centred normal data, without any sampling error.
///
/// With the exact score of `N(0, v)` every step is linear, `x' = a x` plus noise of variance b, so
/// the variance follows `var' = a^2 var + b`. The gains are read off the sampler's own step, one
/// draw of noise at a time.
public struct GaussianRecursion: Sendable, Equatable {
  /// What one step does to a coordinate.
  public struct Gain: Sendable, Equatable {
    /// The factor a on the coordinate.
    public var factor: Double
    /// The variance b of the noise it adds.
    public var noise: Double

    public init(factor: Double, noise: Double) {
      self.factor = factor
      self.noise = noise
    }

    func variance(after variance: Double) -> Double { factor * factor * variance + noise }
  }

  /// The times visited, decreasing, `[steps + 1]`.
  public let times: [Double]
  /// The gain of each step, `[steps]`.
  public let gains: [Gain]
  /// The variance of the true noisy distribution at each time, `[steps + 1]`.
  public let exactVariances: [Double]

  /// Follows a sampler over given times.
  ///
  /// - Precondition: At least one step, and a positive data variance.
  public init(
    of sampler: any Sampler, times: [Double], process: any ForwardProcess, dataVariance: Double
  ) {
    precondition(times.count >= 2, "A pass has at least one step.")
    precondition(dataVariance > 0, "Data have a positive variance.")
    self.times = times
    let score = CentredNormalScore(variance: dataVariance)
    exactVariances = times.map { score.noisyVariance(at: process.level(at: $0)) }
    let steps = zip(times, times.dropFirst()).map {
      TimeStep(from: $0, to: $1, stepCount: times.count - 1)
    }
    gains =
      sampler.isDeterministic
      ? Self.flowGains(of: sampler, over: steps, process: process, score: score)
      : Self.noisyGains(of: sampler, over: steps, process: process, score: score)
  }

  /// The variance after the last step of a pass that starts with a given variance.
  public func variance(startingAt variance: Double) -> Double {
    gains.reduce(variance) { $1.variance(after: $0) }
  }

  /// The variance that steps alone get wrong: started from the true distribution, minus the true
  /// distribution.
  public var discretizationError: Double {
    variance(startingAt: exactVariances[0]) - exactVariances[gains.count]
  }

  /// The part of ``discretizationError`` that each step makes, carried to the end, `[steps]`.
  ///
  /// The parts add up to the whole.
  public var errorByStep: [Double] {
    var carried = 1.0
    var parts = Array(repeating: 0.0, count: gains.count)
    for k in gains.indices.reversed() {
      parts[k] = (gains[k].variance(after: exactVariances[k]) - exactVariances[k + 1]) * carried
      carried *= gains[k].factor * gains[k].factor
    }
    return parts
  }

  /// The product of the factors: what a pass keeps of an error it starts with.
  public var carriedFactor: Double { gains.reduce(1) { $0 * $1.factor } }

  // A method without noise may have memory, so one point is followed through the whole pass.
  private static func flowGains(
    of sampler: any Sampler, over steps: [TimeStep], process: any ForwardProcess,
    score: any ScoreFunction
  ) -> [Gain] {
    var points = Points(values: [1], dimension: 1)
    var (noise, memory) = (UnitNoise(), SamplerMemory())
    return steps.map { step in
      let before = points[0, 0]
      sampler.step(
        &points, over: step, process: process, score: score, noise: &noise, memory: &memory)
      return Gain(factor: before == 0 ? 0 : points[0, 0] / before, noise: 0)
    }
  }

  // Row 0 starts at 1 and gets no noise, row k starts at 0 and gets the k-th draw alone.
  private static func noisyGains(
    of sampler: any Sampler, over steps: [TimeStep], process: any ForwardProcess,
    score: any ScoreFunction
  ) -> [Gain] {
    var rows = 2
    return steps.map { step in
      while true {
        var points = Points(zeros: rows, dimension: 1)
        points[0, 0] = 1
        var (noise, memory) = (UnitNoise(), SamplerMemory())
        sampler.step(
          &points, over: step, process: process, score: score, noise: &noise, memory: &memory)
        if noise.draws < rows {
          let added = points.values.dropFirst().reduce(0) { $0 + $1 * $1 }
          return Gain(factor: points[0, 0], noise: added)
        }
        rows = noise.draws + 1
      }
    }
  }
}

/// Noise in which draw k is 1 at row k and 0 elsewhere, counted from 1.
private struct UnitNoise: NoiseSource {
  var draws = 0

  mutating func normals(count: Int, dimension: Int) -> Points {
    draws += 1
    var points = Points(zeros: count, dimension: dimension)
    if draws < count { points[draws, 0] = 1 }
    return points
  }
}

/// The score of `N(0, v)` data on the line.
private struct CentredNormalScore: ScoreFunction {
  let variance: Double
  var dimension: Int { 1 }

  func noisyVariance(at level: NoiseLevel) -> Double {
    level.alpha * level.alpha * variance + level.sigma * level.sigma
  }

  func score(at x: Points, level: NoiseLevel) -> Points {
    var score = x
    score.scale(by: -1 / noisyVariance(at: level))
    return score
  }
}
