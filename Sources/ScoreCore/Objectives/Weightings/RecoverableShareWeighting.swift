/// The square root of the share of the target that the noisy point tells, on the target's squared
/// error: `sqrt(1 - floor / E||y||^2)` with the Bayes floor of the target y at the level.
///
/// On N(0, I) it is sigma for the noise and alpha for the clean point, as ``RecoverabilityWeighting``
/// has it, but 0 for the velocity, of which the noisy point tells nothing there, where that has
/// `sqrt 2 alpha sigma`. Other distributions have other shares, so the weight is of one distribution:
/// ``fitted(to:target:process:)`` gives it, and a ``Trainer`` is given an objective that went through
/// ``Objective/fitted(to:process:)``. As it is made, it is that of N(0, I).
///
/// Source: derived here from the floor; Yao et al. 2026 (arXiv:2605.10790) weight by what is
/// recoverable and take the amplitude of the target's components as its measure.
public struct RecoverableShareWeighting: LevelWeighting {
  private let table: RecoverableShares?

  public init() { table = nil }

  private init(_ table: RecoverableShares) { self.table = table }

  public func weight(at point: WeightingPoint) -> Double {
    if let table { return table.share(atLogSNR: point.level.logSNR).squareRoot() }
    return Self.standardNormalShare(point.coefficients, at: point.level).squareRoot()
  }

  public func fitted(
    to distribution: any KnownScoreDistribution, target: any TrainingTarget,
    process: any ForwardProcess
  ) -> any LevelWeighting {
    Self(RecoverableShares(of: target, distribution: distribution, process: process))
  }

  /// The share on N(0, I): the squared correlation of a coordinate of target and noisy point.
  private static func standardNormalShare(
    _ y: TargetCoefficients, at level: NoiseLevel
  ) -> Double {
    let covariance = y.data * level.alpha + y.noise * level.sigma
    let square = y.data * y.data + y.noise * y.noise
    return covariance * covariance
      / (square * (level.alpha * level.alpha + level.sigma * level.sigma))
  }
}

extension CatalogEntry where Member == any LevelWeighting {
  static let recoverable = Self(
    name: "recoverable", summary: "root of the share of the target that can be recovered",
    source: "derived from the Bayes floor; after Yao et al. 2026 (arXiv:2605.10790)"
  ) { _ in RecoverableShareWeighting() }
}
