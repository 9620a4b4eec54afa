public import ScoreCore

/// How far the gradients of single draws spread at one noise level, and how much of that is the Bayes
/// floor's.
///
/// Of the gradient g of `||F - y||^2` for one noisy point and its target y, with the mean gradient G,
/// ```
/// spread = sqrt(E||g - G||^2 / ||G||^2)
/// ```
/// With `E[y | x]` in place of y the mean is the same and the floor is gone: what spreads then is the
/// difference between points. The rest of the variance is the floor's, by the law of total variance.
///
/// Source: McCandlish, Kaplan, Amodei et al. 2018 (arXiv:1812.06162), section 2.2, for the ratio, from memory of the
/// paper; by noise level Yao et al. 2026 (arXiv:2605.10790); the floor's share is derived here.
public struct GradientLevel: Sendable, Equatable {
  /// The spread over the mean's length; infinite where the mean cannot be told from 0.
  public struct Spread: Sendable, Equatable {
    public let value: Double
    public let low: Double
    public let high: Double

    /// From the squared mean over the variance, whose interval may reach below 0.
    init(signalToNoise: DrawnNumber) {
      func spread(_ ratio: Double) -> Double { ratio > 0 ? (1 / ratio).squareRoot() : .infinity }
      value = spread(signalToNoise.value)
      low = spread(signalToNoise.interval.upperBound)
      high = spread(signalToNoise.interval.lowerBound)
    }
  }

  public let level: NoiseLevel
  /// The process time of the level.
  public let time: Double
  /// Of gradients with the targets that are drawn.
  public let drawn: Spread
  /// Of gradients with the mean target of each point.
  public let withoutFloor: Spread
  /// The share of the gradients' variance that is the floor's.
  public let floorShare: DrawnNumber
}
