/// What a network is trained to predict at a noise level: `y = data x_0 + noise z`.
public struct TargetCoefficients: Sendable, Equatable {
  /// The factor on the clean point.
  public var data: Double
  /// The factor on the noise.
  public var noise: Double

  public init(data: Double, noise: Double) {
    self.data = data
    self.noise = noise
  }
}

/// A choice of what the network predicts; its best prediction determines the score.
public protocol TrainingTarget: Sendable {
  func coefficients(at level: NoiseLevel) -> TargetCoefficients
  /// The factor on the noisy point before it enters the network.
  func inputScale(at level: NoiseLevel) -> Double
  /// The distance from zero beyond which a network's predictions are brought back to it before they
  /// are used; infinite for none. The loss is of the predictions as they are.
  var predictionRadius: Double { get }
}

extension TrainingTarget {
  public var predictionRadius: Double { .infinity }

  /// `1 / sqrt(alpha^2 + sigma^2)`: 1 for variance-preserving processes, and for the others what
  /// makes the network's input that of the variance-preserving process at the same log SNR.
  public func inputScale(at level: NoiseLevel) -> Double {
    1 / (level.alpha * level.alpha + level.sigma * level.sigma).squareRoot()
  }
}

/// How predictions of a target turn into the noise and into the score at one level.
///
/// From `x = alpha x_0 + sigma z` and `y = data x_0 + noise z`,
/// ```
/// z     = (alpha y - data x) / (alpha noise - data sigma)
/// score = -E[z | x] / sigma
/// ```
/// Both are linear, so the conditional mean of y gives the conditional mean of z.
public struct ScoreConversion: Sendable, Equatable {
  /// `z = noiseFromTarget y + noiseFromPoint x`.
  public let noiseFromTarget: Double
  public let noiseFromPoint: Double
  private let sigma: Double

  /// Derives the conversion.
  ///
  /// - Precondition: The target is no multiple of the noisy point itself.
  public init(_ coefficients: TargetCoefficients, at level: NoiseLevel) {
    let determinant = level.alpha * coefficients.noise - coefficients.data * level.sigma
    precondition(determinant != 0, "A target that is the input itself says nothing.")
    noiseFromTarget = level.alpha / determinant
    noiseFromPoint = -coefficients.data / determinant
    sigma = level.sigma
  }

  /// The error of the target that an error 1 of the noise causes, positive.
  public var targetErrorPerNoiseError: Double { abs(1 / noiseFromTarget) }

  /// `score = scoreFromTarget y + scoreFromPoint x`.
  public var scoreFromTarget: Double { -noiseFromTarget / sigma }
  public var scoreFromPoint: Double { -noiseFromPoint / sigma }
}

/// Every training target on offer.
public enum TrainingTargetCatalog: Catalog {
  public static let all: [CatalogEntry<any TrainingTarget>] = [
    .noise,
    .data,
    .velocity,
    .flow,
    .score,
    .edm,
  ]
}
