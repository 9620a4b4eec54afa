import Glibc
package import ScoreCore

/// The distribution N(0, variance I), written for the tests and on its own.
package struct ReferenceGaussian: KnownScoreDistribution {
  package var dimension: Int
  package var variance: Double
  /// Whether the closed form of the Fisher information is offered or held back.
  package var givesInformation: Bool

  package init(dimension: Int = 1, variance: Double = 1, givesInformation: Bool = true) {
    self.dimension = dimension
    self.variance = variance
    self.givesInformation = givesInformation
  }

  package func noisyVariance(at level: NoiseLevel) -> Double {
    level.alpha * level.alpha * variance + level.sigma * level.sigma
  }

  package func sample(count: Int, using stream: inout RandomStream) -> Points {
    var points = stream.normals(count: count, dimension: dimension)
    for i in points.values.indices { points.values[i] *= variance.squareRoot() }
    return points
  }

  package func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    let v = noisyVariance(at: level)
    return x.squaredNorms().map { -0.5 * ($0 / v + Double(dimension) * log(2 * .pi * v)) }
  }

  package func score(at x: Points, level: NoiseLevel) -> Points {
    let v = noisyVariance(at: level)
    return Points(values: x.values.map { -$0 / v }, dimension: dimension)
  }

  package func fisherInformation(at level: NoiseLevel) -> Double? {
    givesInformation ? Double(dimension) / noisyVariance(at: level) : nil
  }

  /// `d - sigma^2 I = d alpha^2 v0 / (alpha^2 v0 + sigma^2)`, the smallest loss at a level.
  package func floor(at level: NoiseLevel) -> Double {
    Double(dimension) * level.alpha * level.alpha * variance / noisyVariance(at: level)
  }
}

/// A 1-D mixture of two Gaussians at -1 and 1 times `separation`, written for the tests.
package struct ReferencePair: KnownScoreDistribution {
  package var separation: Double
  package var variance: Double
  package var dimension: Int { 1 }

  package init(separation: Double = 1, variance: Double = 0.04) {
    self.separation = separation
    self.variance = variance
  }

  package func sample(count: Int, using stream: inout RandomStream) -> Points {
    var points = Points(zeros: count, dimension: 1)
    for row in 0..<count {
      let sign = stream.uniform() < 0.5 ? -1.0 : 1.0
      points[row, 0] = sign * separation + variance.squareRoot() * stream.normal()
    }
    return points
  }

  package func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    let v = level.alpha * level.alpha * variance + level.sigma * level.sigma
    let m = level.alpha * separation
    return x.values.map { x in
      // log cosh without overflow.
      let a = abs(x * m / v)
      return -(x * x + m * m) / (2 * v) + a + log1p(exp(-2 * a)) - log(2)
        - 0.5 * log(2 * .pi * v)
    }
  }

  package func score(at x: Points, level: NoiseLevel) -> Points {
    let v = level.alpha * level.alpha * variance + level.sigma * level.sigma
    let m = level.alpha * separation
    return Points(values: x.values.map { ($0 * -1 + m * tanh($0 * m / v)) / v }, dimension: 1)
  }
}

/// A score that is a function of the point and the level, for corrupted and broken estimates.
package struct TestScore: ScoreFunction {
  package var dimension: Int
  package var body: @Sendable (Points, NoiseLevel) -> Points

  package init(dimension: Int, body: @escaping @Sendable (Points, NoiseLevel) -> Points) {
    self.dimension = dimension
    self.body = body
  }

  package func score(at x: Points, level: NoiseLevel) -> Points { body(x, level) }
}
