import Glibc
import ScoreCore

/// The law N(0, variance I), written for the tests and on its own.
struct ReferenceGaussian: KnownScoreDistribution {
  var dimension = 1
  var variance = 1.0
  /// Whether the closed form of the Fisher information is offered or held back.
  var givesInformation = true

  func noisyVariance(at level: NoiseLevel) -> Double {
    level.alpha * level.alpha * variance + level.sigma * level.sigma
  }

  func sample(count: Int, using stream: inout RandomStream) -> Points {
    var points = stream.normals(count: count, dimension: dimension)
    for i in points.values.indices { points.values[i] *= variance.squareRoot() }
    return points
  }

  func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    let v = noisyVariance(at: level)
    return x.squaredNorms().map { -0.5 * ($0 / v + Double(dimension) * log(2 * .pi * v)) }
  }

  func score(at x: Points, level: NoiseLevel) -> Points {
    let v = noisyVariance(at: level)
    return Points(values: x.values.map { -$0 / v }, dimension: dimension)
  }

  func fisherInformation(at level: NoiseLevel) -> Double? {
    givesInformation ? Double(dimension) / noisyVariance(at: level) : nil
  }

  /// `d - sigma^2 I = d alpha^2 v0 / (alpha^2 v0 + sigma^2)`, the smallest loss at a level.
  func floor(at level: NoiseLevel) -> Double {
    Double(dimension) * level.alpha * level.alpha * variance / noisyVariance(at: level)
  }
}

/// A 1-D mixture of two Gaussians at -1 and 1 times `separation`, written for the tests.
struct ReferencePair: KnownScoreDistribution {
  var separation = 1.0
  var variance = 0.04
  var dimension: Int { 1 }

  func sample(count: Int, using stream: inout RandomStream) -> Points {
    var points = Points(zeros: count, dimension: 1)
    for row in 0..<count {
      let sign = stream.uniform() < 0.5 ? -1.0 : 1.0
      points[row, 0] = sign * separation + variance.squareRoot() * stream.normal()
    }
    return points
  }

  func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    let v = level.alpha * level.alpha * variance + level.sigma * level.sigma
    let m = level.alpha * separation
    return x.values.map { x in
      // log cosh without overflow.
      let a = abs(x * m / v)
      return -(x * x + m * m) / (2 * v) + a + log1p(exp(-2 * a)) - log(2)
        - 0.5 * log(2 * .pi * v)
    }
  }

  func score(at x: Points, level: NoiseLevel) -> Points {
    let v = level.alpha * level.alpha * variance + level.sigma * level.sigma
    let m = level.alpha * separation
    return Points(values: x.values.map { ($0 * -1 + m * tanh($0 * m / v)) / v }, dimension: 1)
  }
}

/// A score that is a function of the point and the level, for corrupted and broken estimates.
struct TestScore: ScoreFunction {
  var dimension: Int
  var body: @Sendable (Points, NoiseLevel) -> Points

  func score(at x: Points, level: NoiseLevel) -> Points { body(x, level) }
}
