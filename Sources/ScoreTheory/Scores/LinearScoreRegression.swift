public import ScoreCore

/// Denoising score matching over the scores `-a x` of data from `N(0, v)`, in closed form.
///
/// The noisy points have variance `v_t = alpha^2 v + sigma^2` and the target `-z / sigma` has mean
/// `-x / v_t` given x, with variance `1 / sigma^2 - 1 / v_t`. So least squares over m points gives
/// `a = sum x z / (sigma sum x^2)` and, as `sum x^2 / v_t` is chi-square with m degrees of freedom,
/// ```
/// sigma^2 E[L2^2] = (1 - sigma^2 / v_t) / (m - 2)
/// ```
/// which is at most `1 / (m - 2)` at every noise level. The error itself is Student's t:
/// `sigma (a - 1/v_t) sqrt(v_t)` is `sqrt((1 - sigma^2 / v_t) / m)` times a t number with m degrees of
/// freedom, so its quantiles over data sets are known as well.
///
/// Source: the parametric case of Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma
/// 1.4; least squares with random regressors.
public struct LinearScoreRegression: Sendable, Equatable {
  /// The variance v of the data.
  public let variance: Double
  public let level: NoiseLevel

  /// - Precondition: The variance is positive, and there is noise.
  public init(variance: Double, level: NoiseLevel) {
    precondition(variance > 0 && level.sigma > 0, "The fit needs data and noise.")
    self.variance = variance
    self.level = level
  }

  /// The variance `v_t` of the noisy points.
  public var noisyVariance: Double {
    level.alpha * level.alpha * variance + level.sigma * level.sigma
  }

  /// `sigma^2 E[L2^2]` of the fit to m points.
  ///
  /// - Precondition: m is at least 3; the mean is infinite below.
  public func expectedError(sampleCount m: Int) -> Double {
    precondition(m >= 3, "The mean error is finite from 3 points on.")
    return (1 - level.sigma * level.sigma / noisyVariance) / Double(m - 2)
  }

  /// The value that `sigma L2` of the fit to m points is below with probability `p`.
  ///
  /// - Precondition: `0 < p < 1`, and m is at least 1.
  public func errorQuantile(_ p: Double, sampleCount m: Int) -> Double {
    let share = 1 - level.sigma * level.sigma / noisyVariance
    return (share / Double(m)).squareRoot() * StudentT.quantile((1 + p) / 2, degreesOfFreedom: m)
  }

  /// `sigma D_delta` of a score `-a x` over its `sigma L2`: the error is proportional to x, which is
  /// normal.
  ///
  /// - Precondition: `0 < delta < 1`.
  public static func quantileFactor(delta: Double) -> Double {
    StandardNormal.quantile(1 - delta / 2)
  }

  /// `sigma (a - 1 / v_t) sqrt(v_t)` of one fit to m fresh points, whose size is `sigma L2`.
  public func drawGap(sampleCount m: Int, using stream: inout RandomStream) -> Double {
    let draws = stream.normals(count: m, dimension: 2)
    var (xx, xz) = (0.0, 0.0)
    for row in 0..<m {
      let z = draws[row, 1]
      let x = level.alpha * variance.squareRoot() * draws[row, 0] + level.sigma * z
      xx += x * x
      xz += x * z
    }
    return level.sigma * noisyVariance.squareRoot() * (xz / (level.sigma * xx) - 1 / noisyVariance)
  }

  /// The slope a of the score `-a x` that has this gap.
  public func slope(gap: Double) -> Double {
    1 / noisyVariance + gap / (level.sigma * noisyVariance.squareRoot())
  }
}
