public import ScoreCore

/// How many dimensions a score finds at each noise level, of the same clean points.
///
/// With little noise the noise can be told apart across the data's manifold and not along it, so
/// ```
/// k(sigma) = d - sigma^2 E||s||^2
/// ```
/// goes to the manifold's dimension k as sigma goes to 0; of the exact score it is the Bayes floor of the
/// noise. Where a manifold is thinner than its curvature or its parts than sigma, it changes with the scale.
///
/// Source: derived here; Huang et al. 2026 (arXiv:2605.20235) for the collapse onto the manifold that it shows.
public struct FoundDimensions: Sendable, Equatable {
  /// One noise level.
  public struct Level: Sendable, Equatable {
    public let level: NoiseLevel
    /// The process time of the level.
    public let time: Double
    /// Of the network's score.
    public let learned: IntrinsicDimension
    /// Of the exact score; a standard error of 0 where its Fisher information is known.
    public let exact: Estimate
  }

  /// The step whose averaged weights were measured.
  public let step: Int
  /// The ambient dimension d.
  public let dimension: Int
  /// From the least noise to the most.
  public internal(set) var levels: [Level]
}
