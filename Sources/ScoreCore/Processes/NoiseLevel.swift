import Glibc

/// How much signal and how much noise a noisy point holds: `x_t = alpha x_0 + sigma z`.
public struct NoiseLevel: Codable, Sendable, Equatable, Hashable {
  /// The factor `alpha` on the clean point, positive.
  public var alpha: Double
  /// The standard deviation `sigma` of the noise, at least 0, in data units.
  public var sigma: Double

  public init(alpha: Double, sigma: Double) {
    precondition(alpha > 0 && sigma >= 0, "A noise level has alpha > 0 and sigma >= 0.")
    self.alpha = alpha
    self.sigma = sigma
  }

  /// The level without noise.
  public static let clean = NoiseLevel(alpha: 1, sigma: 0)

  /// The level with `alpha^2 + sigma^2 = 1` of a log signal-to-noise ratio above about -1400.
  static func variancePreserving(logSNR: Double) -> NoiseLevel {
    // Both are logistic; the exponential is taken of the negative side, where it cannot overflow.
    let small = exp(-abs(logSNR) / 2)
    let large = 1 / (1 + small * small).squareRoot()
    return logSNR > 0
      ? NoiseLevel(alpha: large, sigma: small * large)
      : NoiseLevel(alpha: small * large, sigma: large)
  }

  /// The logarithm of the signal-to-noise ratio, `log(alpha^2 / sigma^2)`; infinite without noise.
  public var logSNR: Double { 2 * log(alpha / sigma) }

  /// The noise over the signal, `sigma / alpha`: the noise level in variance-exploding coordinates.
  public var noiseRatio: Double { sigma / alpha }
}

extension NoiseLevel {
  /// The noisy points `alpha x_0 + sigma z`.
  ///
  /// - Parameters:
  ///   - clean: The points x_0, `[count, dimension]`.
  ///   - noise: The noise z, of the same shape.
  /// - Returns: Points of the same shape.
  public func noisy(_ clean: Points, noise: Points) -> Points {
    precondition(clean.values.count == noise.values.count, "Each coordinate has its own noise.")
    var points = clean
    for i in points.values.indices {
      points.values[i] = alpha * points.values[i] + sigma * noise.values[i]
    }
    return points
  }
}
