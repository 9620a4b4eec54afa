import Glibc

/// The Laplace distribution on the line, of mean 0: heavier tails than any Gaussian and a kink.
///
/// At a level `{alpha, sigma}`, with `B = alpha scale` and the Mills ratio `M = Q / phi`,
/// ```
/// q(x) = (A + C) / (2 B)      s(x) = (C - A) / (B (A + C))
/// A    = exp(sigma^2 / 2 B^2 - x / B) Q(sigma / B - x / sigma)
///      = phi(x / sigma) M(sigma / B - x / sigma)
/// C    = the same at -x
/// ```
/// which follow by completing the square in the convolution of `exp(-|x| / B) / 2 B` with the
/// noise; the derivatives of the two tails Q cancel in the score. For the density A and C are kept
/// as logarithms, in the first form where the argument of Q is negative and in the second
/// elsewhere: nothing overflows. The score takes their ratio, in which `phi` is no longer there:
/// with `u = sigma / B` and `z = |x| / sigma` it is that of `M(u - z)` and `M(u + z)`.
public struct Laplace: KnownScoreDistribution {
  /// The mean distance from 0, positive; the deviation is its `sqrt(2)`-fold.
  public let scale: Double

  public let dimension = 1
  public var moments: Moments? { Moments(mean: [0], variance: 2 * scale * scale) }
  public var covariance: [[Double]]? { [[2 * scale * scale]] }

  public init(scale: Double) {
    precondition(scale > 0 && scale.isFinite, "The scale must be positive.")
    self.scale = scale
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    let values = (0..<count).map { _ in
      let u = stream.uniform()
      return u < 0.5 ? scale * log(2 * u) : -scale * log(2 * (1 - u))
    }
    return Points(values: values, dimension: 1)
  }

  public func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    precondition(x.dimension == 1, "Points and distribution differ in dimension.")
    let B = level.alpha * scale
    return x.values.map { x in
      guard level.sigma > 0 else { return -abs(x) / B - log(2 * B) }
      let (near, far) = logParts(abs(x), B: B, sigma: level.sigma)
      return near + log1p(exp(far - near)) - log(2 * B)
    }
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    precondition(x.dimension == 1, "Points and distribution differ in dimension.")
    let B = level.alpha * scale
    let sigma = level.sigma
    let values = x.values.map { x -> Double in
      guard !x.isNaN else { return x }
      let side = x > 0 ? 1.0 : x < 0 ? -1 : 0
      guard sigma > 0 else { return -side / B }
      return -side * Self.share(ratio: sigma / B, z: abs(x) / sigma) / B
    }
    return Points(values: values, dimension: 1)
  }

  /// By quadrature, to 9 digits; `1 / scale^2` without noise.
  public func fisherInformation(at level: NoiseLevel) -> Double? {
    let B = level.alpha * scale
    guard level.sigma > 0 else { return 1 / (B * B) }
    let marks = [0.5, 1, 2, 3, 6, 10].map { $0 * level.sigma } + [1, 4, 10, 25, 40].map { $0 * B }
    let outer = 40 * B + 12 * level.sigma
    let right = Set(marks + [outer]).sorted()
    return fisherInformation(at: level, breakpoints: right.reversed().map { -$0 } + [0] + right)
  }

  // (A - C) / (A + C) at z on the right, with u = sigma / B.
  private static func share(ratio u: Double, z: Double) -> Double {
    let near = u - z
    guard near >= 0 else {
      // log(A / C), without the large terms that both logarithms have.
      let logRatio =
        StandardNormal.logTail(near) + near * near / 2 + StandardNormal.logSqrtTwoPi
        - log(StandardNormal.millsRatio(u + z))
      return tanh(logRatio / 2)
    }
    // With hazards H = 1 / M it is (H(u + z) - H(u - z)) / (H(u + z) + H(u - z)), and H(x) - x is
    // small where x is large, so that of the difference 2 z remains.
    let (inner, outer) = (StandardNormal.hazardExcess(near), StandardNormal.hazardExcess(u + z))
    return (2 * z + (outer - inner)) / (2 * u + (outer + inner))
  }

  // log A and log C at a point on the right.
  private func logParts(
    _ x: Double, B: Double, sigma: Double
  ) -> (near: Double, far: Double) {
    func logMills(_ u: Double) -> Double {
      log(StandardNormal.millsRatio(u)) - x / sigma * (x / sigma) / 2 - StandardNormal.logSqrtTwoPi
    }
    let ratio = sigma / B
    let u = ratio - x / sigma
    // Where u is negative, x / B exceeds twice the other term.
    let near = u >= 0 ? logMills(u) : StandardNormal.logTail(u) + (ratio * ratio / 2 - x / B)
    return (near, logMills(ratio + x / sigma))
  }
}

extension DistributionCatalog.Entry {
  static let laplace = DistributionCatalog.Entry(
    name: "laplace",
    summary: "the Laplace distribution on the line: a kink and tails heavier than Gaussian",
    source: "closed form, by completing the square",
    parameters: [
      ParameterDescription(
        "deviation", "standard deviation", .number(default: 1, range: 0.001...1000))
    ],
    make: { parameters, _ in Laplace(scale: parameters.number("deviation") * 0.5.squareRoot()) })
}
