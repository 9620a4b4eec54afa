public import ScoreCore

/// The score error of every pixel at the probe's noise levels, of the network and of scores that know
/// nothing or little.
public struct PixelErrors: Sendable, Equatable {
  /// Whose error it is.
  public enum Source: String, Sendable, CaseIterable {
    case network
    /// The score 0.
    case zero = "zero score"
    /// The score of the one Gaussian with the distribution's mean and covariance.
    case gaussian = "one Gaussian"
  }

  /// The error of one score at one level.
  public struct Field: Sendable, Equatable {
    public var source: Source
    /// `sigma^2 E (s_hat_i - s_i)^2` of each pixel i, `[dimension]`; their sum is the square of L2.
    public var squares: [Double]
    /// The same points as one number each, `sigma ||s_hat - s||`.
    public var whole: ScoreErrorDistribution
  }

  public struct Level: Sendable, Equatable {
    public var time: Double
    public var level: NoiseLevel
    /// In the order of the sources; without the Gaussian in more than ``PixelErrors/gaussianLimit``
    /// dimensions.
    public var fields: [Field]
  }

  /// The most dimensions in which one Gaussian is held against the network: its covariance takes the
  /// third power.
  public static let gaussianLimit = 256
  /// The most points of the probe at a level.
  public static let pointLimit = 512

  /// The training step whose averaged weights were measured.
  public var step: Int
  /// From the least noise to the most; empty where points are no pictures.
  public var levels: [Level]

  public init(step: Int, levels: [Level]) {
    self.step = step
    self.levels = levels
  }
}

extension PixelErrors.Field {
  /// Holds a score against the exact one at the same points.
  ///
  /// - Parameters:
  ///   - source: Whose score it is.
  ///   - estimate: The score there, `[points, dimension]`.
  ///   - exact: The exact score there, of the same shape.
  ///   - level: The noise level.
  ///   - time: Its time.
  public init(
    _ source: PixelErrors.Source, estimate: Points, exact: Points, level: NoiseLevel, time: Double
  ) {
    self.source = source
    whole = ScoreErrorDistribution(level: level, time: time, estimate: estimate, exact: exact)
    var sums = Array(repeating: 0.0, count: exact.dimension)
    for row in 0..<exact.count {
      for axis in 0..<exact.dimension {
        let gap = level.sigma * (estimate[row, axis] - exact[row, axis])
        sums[axis] += gap * gap
      }
    }
    squares = sums.map { $0 / Double(exact.count) }
  }
}
