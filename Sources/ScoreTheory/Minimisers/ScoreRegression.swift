package import ScoreCore

/// The exact minimiser of a denoising loss over scores that are linear in their weights: at one noise
/// level or over several, for the population or for fixed points and noise.
///
/// Rows of several levels share their weights; what each level counts is the weight of its rows.
package struct ScoreRegression: Sendable {
  package let features: any ScoreFeatures
  package let target: any TrainingTarget
  /// The penalty on the weights, as a share of the mean diagonal of the Gram matrix.
  package let ridge: Double
  package private(set) var equations: NormalEquations

  /// No rows yet.
  ///
  /// - Parameters:
  ///   - features: What the weights multiply.
  ///   - target: What they predict.
  ///   - ridge: The penalty, positive where features may depend on one another; the standard one moves
  ///     predictions by less than float32 rounding does.
  package init(
    _ features: any ScoreFeatures, target: any TrainingTarget = NoiseTarget(),
    ridge: Double = 1e-10
  ) {
    self.features = features
    self.target = target
    self.ridge = ridge
    equations = NormalEquations(
      featureCount: features.count, outputCount: features.dimension)
  }

  /// Adds rows.
  package mutating func add(_ rows: RegressionRows) {
    // In pieces, so that features of many points are not all in memory.
    for start in stride(from: 0, to: rows.points.count, by: 4096) {
      let range = start..<min(rows.points.count, start + 4096)
      equations.add(
        features: features.values(at: rows.points.rows(range), level: rows.level),
        outputs: rows.targets.rows(range).values, weights: Array(rows.weights[range]))
    }
  }

  /// Adds rows of several levels as one product, which single points of many levels want.
  package mutating func add(_ rows: [RegressionRows]) {
    equations.add(
      features: rows.flatMap { features.values(at: $0.points, level: $0.level) },
      outputs: rows.flatMap(\.targets.values), weights: rows.flatMap(\.weights))
  }

  /// The penalty that is added to the Gram matrix's diagonal.
  package var penalty: Double { ridge * equations.meanDiagonal }

  /// The minimiser.
  ///
  /// - Returns: Nil where features depend on one another more than the ridge evens out.
  package var minimiser: LinearlyWeightedScore? {
    equations.weights(ridge: penalty).map {
      LinearlyWeightedScore(features: features, target: target, weights: $0)
    }
  }
}

/// A score whose prediction is linear in its weights.
package struct LinearlyWeightedScore: ScoreFunction {
  package let features: any ScoreFeatures
  package let target: any TrainingTarget
  /// `[features, dimension]` row-major.
  package let weights: [Double]

  /// - Precondition: Each feature has a weight for each coordinate.
  package init(
    features: any ScoreFeatures, target: any TrainingTarget, weights: [Double]
  ) {
    precondition(
      weights.count == features.count * features.dimension, "A feature has a weight a coordinate.")
    self.features = features
    self.target = target
    self.weights = weights
  }

  package var dimension: Int { features.dimension }

  /// The prediction at points, of their shape.
  package func prediction(at x: Points, level: NoiseLevel) -> Points {
    let values = features.values(at: x, level: level)
    return Points(
      values: OpenBLAS.product(values, weights, inner: features.count), dimension: dimension)
  }

  package func score(at x: Points, level: NoiseLevel) -> Points {
    let conversion = ScoreConversion(target.coefficients(at: level), at: level)
    var result = prediction(at: x, level: level)
    for i in result.values.indices {
      result.values[i] =
        conversion.scoreFromTarget * result.values[i]
        + conversion.scoreFromPoint * x.values[i]
    }
    return result
  }
}
