extension Trainer {
  /// The rows that steps draw from where each training point keeps its noise: the empirical risk is
  /// their weighted squared loss.
  ///
  /// - Parameter levels: Equally likely levels in place of the level draw's, for points that keep their
  ///   noise and not their level.
  /// - Returns: A level each; points that keep their level too are a level each.
  /// - Precondition: Points are fixed and keep their noise, and there is one network.
  package func fixedRows(at levels: [NoiseLevel]) -> [RegressionRows] {
    guard let points = trainingSet.rows?.points, objective.noise != .fresh,
      objective.levels.networks == 1
    else { preconditionFailure("Points without noise of their own have no fixed rows.") }
    let noise = fixedNoise(points)
    guard pairLevels.isEmpty else {
      return pairLevels.enumerated().map { index, row in
        let (point, level) = (
          index..<index + 1, NoiseLevel(alpha: Double(row.alpha), sigma: Double(row.sigma))
        )
        return RegressionRows(
          clean: points.rows(point), noise: noise.rows(point), level: level,
          target: objective.target, weight: Double(row.weight) / Double(points.count))
      }
    }
    return levels.map { level in
      RegressionRows(
        clean: points, noise: noise, level: level, target: objective.target,
        weight: objective.weight(at: level, process: process) / Double(levels.count))
    }
  }

  /// The noise of each point, rounded as steps round it.
  private func fixedNoise(_ points: Points) -> Points {
    var noise = points
    for row in 0..<points.count {
      var stream = BatchPlan.fixedNoise(seed: seed, network: 0, point: row)
      for axis in 0..<points.dimension { noise[row, axis] = Double(Float(stream.normal())) }
    }
    return noise
  }
}
