/// Fixed rows of one noise level for a denoising regression: where a prediction is made, what it should
/// be, and how much the row counts.
package struct RegressionRows: Sendable {
  package let level: NoiseLevel
  /// The noisy points x_t, `[count, dimension]`.
  package let points: Points
  /// What is to be predicted there, of the same shape.
  package let targets: Points
  /// `[count]`, at least 0.
  package let weights: [Double]

  /// - Precondition: Each point has a target and a weight.
  package init(level: NoiseLevel, points: Points, targets: Points, weights: [Double]) {
    precondition(
      points.count == targets.count && points.dimension == targets.dimension
        && weights.count == points.count, "Each point has a target and a weight.")
    self.level = level
    self.points = points
    self.targets = targets
    self.weights = weights
  }

  /// The rows of denoising score matching on fixed points and noise.
  ///
  /// - Parameters:
  ///   - clean: The points x_0, at least one.
  ///   - noise: The noise z of each.
  ///   - level: Their noise level.
  ///   - target: What is predicted.
  ///   - weight: What all rows count together.
  package init(
    clean: Points, noise: Points, level: NoiseLevel, target: any TrainingTarget, weight: Double = 1
  ) {
    precondition(clean.count > 0, "A mean is of at least one row.")
    let coefficients = target.coefficients(at: level)
    var targets = clean
    for i in targets.values.indices {
      targets.values[i] =
        coefficients.data * clean.values[i] + coefficients.noise * noise.values[i]
    }
    self.init(
      level: level, points: level.noisy(clean, noise: noise), targets: targets,
      weights: Array(repeating: weight / Double(clean.count), count: clean.count))
  }
}
