/// What a weighting may look at: one noise level, seen by a target under a process.
public struct WeightingPoint: Sendable {
  public let level: NoiseLevel
  public let coefficients: TargetCoefficients
  /// The squared diffusion coefficient `g^2` of the process there.
  public let diffusionSquared: Double
  /// The squared error of the target that a squared error 1 of the noise causes.
  public let targetPerNoise: Double

  init(
    level: NoiseLevel, coefficients: TargetCoefficients, process: any ForwardProcess
  ) {
    self.level = level
    self.coefficients = coefficients
    diffusionSquared = process.diffusionSquared(at: process.time(atLogSNR: level.logSNR))
    let error = ScoreConversion(coefficients, at: level).targetErrorPerNoiseError
    targetPerNoise = error * error
  }

  /// `alpha^2 / sigma^2`.
  public var snr: Double { level.alpha * level.alpha / (level.sigma * level.sigma) }

  /// The weight on the target's squared error that puts `weight` on the squared error of the
  /// noise.
  public func onNoiseError(_ weight: Double) -> Double { weight / targetPerNoise }

  /// The same from a weight on the squared error of the clean point, `snr` times smaller.
  public func onDataError(_ weight: Double) -> Double { onNoiseError(weight / snr) }

  /// The same from a weight on the squared error of the score.
  public func onScoreError(_ weight: Double) -> Double {
    onNoiseError(weight / (level.sigma * level.sigma))
  }
}

/// How much the loss at each noise level counts.
public protocol LevelWeighting: Sendable {
  /// The factor, at least 0, on the squared error of the target.
  func weight(at point: WeightingPoint) -> Double
  /// The weighting for data of a distribution, where it depends on them; else itself.
  ///
  /// - Parameters:
  ///   - distribution: The distribution of the clean points.
  ///   - target: What is predicted.
  ///   - process: The process whose levels are drawn.
  /// - Returns: A weighting for this target alone where it depends on the data.
  func fitted(
    to distribution: any KnownScoreDistribution, target: any TrainingTarget,
    process: any ForwardProcess
  ) -> any LevelWeighting
}

extension LevelWeighting {
  public func fitted(
    to distribution: any KnownScoreDistribution, target: any TrainingTarget,
    process: any ForwardProcess
  ) -> any LevelWeighting { self }
}

/// Every weighting on offer.
public enum LevelWeightingCatalog: Catalog {
  public static let all: [CatalogEntry<any LevelWeighting>] = [
    .constant,
    .likelihood,
    .sigmaSquared,
    .edm,
    .minSNR,
    .p2,
    .debias,
    .recoverability,
    .recoverable,
  ]
}
