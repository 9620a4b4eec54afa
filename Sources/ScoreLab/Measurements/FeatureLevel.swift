public import ScoreCore

/// What the features of a network's last layer are like at one noise level: how few axes carry their
/// variance, and how well they tell the parts of the distribution apart.
///
/// The features are what the output layer multiplies. The share of the variance is that of the largest
/// eigenvalues of their covariance. Parts are told apart by the nearest mean: means of half of the points,
/// judged on the other half. Nulls are the features before the first step, which are random ones, the same
/// rule on the noisy points themselves, and labels that were permuted.
///
/// Source: Yao et al. 2026 (arXiv:2605.10790) for features by noise level; Hastie, Tibshirani and Friedman
/// 2009, *The Elements of Statistical Learning*, section 18.2, for the nearest mean.
public struct FeatureLevel: Sendable, Equatable {
  /// What some features have.
  public struct Side: Sendable, Equatable {
    /// The share of their variance along the first principal axis, and along the first two.
    public let firstAxis: DrawnNumber
    public let firstTwoAxes: DrawnNumber
    /// The share of points whose part the nearest mean tells; nil where there are no parts.
    public let separability: DrawnNumber?
  }

  public let level: NoiseLevel
  /// The process time of the level.
  public let time: Double
  /// The width of the last hidden layer.
  public let width: Int
  /// How many parts are told apart; nil where none are known.
  public let partCount: Int?
  public let trained: Side
  /// Of the network before its first step.
  public let untrained: Side
  /// The same rule on the noisy points.
  public let pointSeparability: Double?
  /// The largest of 19 with permuted labels, which chance is below 19 times in 20.
  public let permuted: Double?
}
