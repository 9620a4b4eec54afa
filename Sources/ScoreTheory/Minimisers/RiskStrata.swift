package import ScoreCore

/// The denoising loss of a distribution with fresh noise at all noise levels of an objective, as rows:
/// at the middles of equal strata of its level draw, the conditional mean of the target at the points
/// of a rule.
///
/// On the line the rule is the trapezoidal one, in more dimensions it is draws. The least squares of
/// these rows and of endless noisy ones have one minimiser. With the points of a training set in place
/// of the distribution, that is what a run on them with fresh noise descends to.
///
/// Source: Vincent 2011, Neural Computation 23, for the conditional mean.
package struct RiskStrata: Sendable {
  /// Spacings of the rule on the line within one standard deviation of the noise.
  private static let resolution = 4.0
  /// Draws that say where a distribution on the line is.
  private static let rangeDraws = 4096

  package let levels: [NoiseLevel]
  private let distribution: any KnownScoreDistribution
  private let process: any ForwardProcess
  private let objective: Objective
  private let range: ClosedRange<Double>?
  private let pointCount: Int
  private let seed: UInt64

  /// Prepares the rows.
  ///
  /// - Parameters:
  ///   - distribution: That of the clean points.
  ///   - process: Gives the levels.
  ///   - objective: Target, weights and level draw, of one network.
  ///   - strata: How many levels stand for those of a draw with a density.
  ///   - pointCount: How many draws a level has in more than one dimension, at least 1.
  ///   - usesLineRule: Whether the rule on the line serves where the distribution is on one.
  ///   - seed: Of the draws.
  package init(
    _ distribution: any KnownScoreDistribution, process: any ForwardProcess,
    objective: Objective, strata: Int, pointCount: Int, usesLineRule: Bool = true, seed: UInt64
  ) {
    precondition(objective.levels.networks == 1, "Each network of a bank has a loss of its own.")
    precondition(pointCount >= 1, "A level has points.")
    levels = Self.levels(of: objective, process: process, strata: strata)
    self.distribution = distribution
    self.process = process
    self.objective = objective
    self.pointCount = pointCount
    self.seed = seed
    range = usesLineRule ? Self.range(of: distribution, seed: seed) : nil
  }

  /// The levels that stand for a level draw, equally often each.
  package static func levels(
    of objective: Objective, process: any ForwardProcess, strata: Int
  ) -> [NoiseLevel] {
    precondition(strata >= 1, "A draw has a stratum.")
    return objective.levels.atoms(of: process)
      ?? (0..<strata).map {
        objective.levels.level(atQuantile: (Double($0) + 0.5) / Double(strata), of: process)
      }
  }

  /// Where a distribution on the line has all of its mass, by draws with three times their span;
  /// nil elsewhere.
  private static func range(
    of distribution: any KnownScoreDistribution, seed: UInt64
  ) -> ClosedRange<Double>? {
    guard distribution.dimension == 1 else { return nil }
    var stream = RandomStream(seed: seed, purpose: .minimisers)
    let draws = distribution.sample(count: rangeDraws, using: &stream).values
    guard let low = draws.min(), let high = draws.max() else { return nil }
    return low - (high - low)...high + (high - low)
  }

  /// The rows of one level.
  ///
  /// - Parameter place: The level's among ``levels``.
  /// - Returns: Rows that count what the level counts in the loss.
  package func rows(at place: Int) -> RegressionRows {
    let level = levels[place]
    let weight = objective.weight(at: level, process: process) / Double(levels.count)
    return rule(at: place, level).rows(target: objective.target, weight: weight)
  }

  private func rule(at place: Int, _ level: NoiseLevel) -> PopulationRule {
    if let range {
      return PopulationRule(
        line: distribution, level: level, range: range, resolution: Self.resolution)
    }
    var stream = RandomStream(seed: seed, purpose: .minimisers, index: UInt64(place) + 1)
    return PopulationRule(
      drawing: pointCount, from: distribution, level: level, using: &stream)
  }
}
