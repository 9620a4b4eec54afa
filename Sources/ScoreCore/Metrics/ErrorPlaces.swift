/// Where in space the score error lies at one noise level.
public struct ErrorPlaces: Sendable, Equatable {
  /// A probe point with one of the largest errors.
  public struct WorstPoint: Sendable, Equatable {
    /// The noisy point in model coordinates, `[dimension]`.
    public var position: [Double]
    /// Log density of the noisy distribution there, in nats.
    public var logDensity: Double
    /// `sigma ||s_hat - s||`.
    public var error: Double

    public init(position: [Double], logDensity: Double, error: Double) {
      self.position = position
      self.logDensity = logDensity
      self.error = error
    }
  }

  /// The probe points between two distances from the mean of the noisy distribution.
  public struct Shell: Sendable, Equatable {
    /// Distance of the nearest and of the farthest point, in model coordinates.
    public var inner: Double
    public var outer: Double
    public var errors: ScoreErrorDistribution
    /// The share of the level's `L2^2` that the shell carries, in 0...1; 0 where there is no error.
    public var share: Double

    public init(inner: Double, outer: Double, errors: ScoreErrorDistribution, share: Double) {
      self.inner = inner
      self.outer = outer
      self.errors = errors
      self.share = share
    }
  }

  /// How many of the worst points are kept.
  public static let worstCount = 10
  /// The shares of the probe points within the outer end of each shell: finer where few are.
  public static let shellShares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1]

  /// The points with the largest errors, the worst first.
  public var worst: [WorstPoint]
  /// From the centre outwards; shells that would have no point are left out.
  public var shells: [Shell]

  public init(worst: [WorstPoint], shells: [Shell]) {
    self.worst = worst
    self.shells = shells
  }
}
