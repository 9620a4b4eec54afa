/// A weighted denoising loss: what is predicted, at which levels, and how much each counts.
///
/// ```
/// loss = E_level E_{x_0, z} weight(level) || F(inputScale (alpha x_0 + sigma z)) - y ||^2
/// y    = data x_0 + noise z
/// ```
/// Given the noisy point, y and z determine each other linearly, so at every level the loss is a
/// known factor, ``noiseErrorWeight(at:process:)``, times that of predicting the noise. Bayes
/// floors and excess losses of all objectives follow from those of the noise.
///
/// Source: Vincent 2011, "A connection between score matching and denoising autoencoders".
public struct Objective: Sendable {
  /// Where the noise of a training point comes from.
  public enum Noise: String, Sendable, CaseIterable {
    /// Drawn anew every time the point is used.
    case fresh
    /// One draw for each point and network, used again and again, while levels are drawn anew: at
    /// one level, or in a bank, the empirical risk of Gupta et al. 2024 (arXiv:2311.13745), Setting
    /// 1.1.
    case fixed
    /// One level and one draw for each point and network, used again and again: over all levels the
    /// empirical risk of one network, a fixed function of its weights.
    case fixedPairs = "fixed_pairs"
  }

  public var target: any TrainingTarget
  public var weighting: any LevelWeighting
  public var levels: any LevelDraw
  /// Whether a batch has one level in each of its equal strata, or independent ones.
  ///
  /// Stratifying lowers the variance of the loss and of its gradient (Kingma, Salimans, Poole and
  /// Ho 2021, arXiv:2107.00630, appendix I.1).
  public var isStratified: Bool
  public var noise: Noise
  /// The length of a row's error beyond which the loss grows linearly; infinite for the squared
  /// loss.
  ///
  /// Huber's loss of an error `e = F - y` is `|e|^2` up to the length c and `2 c |e| - c^2` from
  /// there on. A finite length bounds what one row can do to the gradient. It also moves the
  /// minimum away from the conditional mean where the target's distribution given the noisy point
  /// is not symmetric.
  ///
  /// Source: Huber 1964, "Robust estimation of a location parameter", Ann. Math. Statist. 35.
  public var huberLength: Double

  public init(
    target: any TrainingTarget = NoiseTarget(),
    weighting: any LevelWeighting = ConstantWeighting(),
    levels: any LevelDraw = UniformLogSNR(), isStratified: Bool = true, noise: Noise = .fresh,
    huberLength: Double = .infinity
  ) {
    precondition(huberLength > 0, "The loss is linear from a positive length.")
    self.target = target
    self.weighting = weighting
    self.levels = levels
    self.isStratified = isStratified
    self.noise = noise
    self.huberLength = huberLength
  }

  /// Whether the loss is Huber's in place of the squared one.
  public var isHuber: Bool { huberLength.isFinite }

  /// The loss of a row's error of a squared length.
  func loss(ofSquaredError squared: Double) -> Double {
    squared > huberLength * huberLength
      ? huberLength * (2 * squared.squareRoot() - huberLength) : squared
  }

  /// The weight on the target's squared error at a level.
  public func weight(at level: NoiseLevel, process: any ForwardProcess) -> Double {
    weighting.weight(at: point(at: level, process: process))
  }

  /// The loss at a level is this times `E || z_hat - z ||^2`.
  public func noiseErrorWeight(at level: NoiseLevel, process: any ForwardProcess) -> Double {
    let point = point(at: level, process: process)
    return weighting.weight(at: point) * point.targetPerNoise
  }

  /// The loss of errors as long as the target of centred data of unit variance in each coordinate,
  /// times a factor; with the factor 1 that is the loss of the prediction 0.
  public func zeroLoss(
    dimension: Int, process: any ForwardProcess, factor: Double = 1
  ) -> Double {
    let quantiles = 256
    let sum = (0..<quantiles).reduce(0.0) { sum, k in
      let u = (Double(k) + 0.5) / Double(quantiles)
      let point = point(at: levels.level(atQuantile: u, of: process), process: process)
      let c = point.coefficients
      let squared = Double(dimension) * (c.data * c.data + c.noise * c.noise)
      return sum + weighting.weight(at: point) * loss(ofSquaredError: factor * factor * squared)
    }
    return sum / Double(quantiles)
  }

  /// The objective for data of a distribution: its weighting may depend on them and on the target.
  public func fitted(
    to distribution: any KnownScoreDistribution, process: any ForwardProcess
  ) -> Objective {
    var result = self
    result.weighting = weighting.fitted(to: distribution, target: target, process: process)
    return result
  }

  func point(at level: NoiseLevel, process: any ForwardProcess) -> WeightingPoint {
    WeightingPoint(level: level, coefficients: target.coefficients(at: level), process: process)
  }
}
