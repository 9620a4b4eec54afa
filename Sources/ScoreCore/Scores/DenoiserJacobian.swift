/// Jacobians of the denoiser `D(x) = (x + sigma^2 s(x)) / alpha` by `u = x / alpha`,
/// `dD / du = I + sigma^2 ds / dx`.
///
/// By `x / alpha`, the noisy point in the units of the data, they do not depend on how a process
/// scales its signal, and go to the projection on the tangent space of a manifold as the noise
/// vanishes: eigenvalues 1 along it and 0 across it. With variance-exploding noise, alpha = 1, they
/// are the Jacobians by x.
///
/// Source: Huang et al. 2026 (SiLD), arXiv:2605.20235, for what they say about learning; the identity
/// is Tweedie's formula (Efron 2011, Journal of the American Statistical Association 106, 1602).
extension PointMatrices {
  /// The Jacobians of a network's denoiser, from the products of its derivative with every axis.
  ///
  /// - Parameters:
  ///   - score: The network's score.
  ///   - x: The noisy points, `[count, dimension]`.
  ///   - level: A level with noise.
  public init(denoiserOf score: NetworkScore, at x: Points, level: NoiseLevel) {
    let size = x.dimension
    var (repeated, axes) = (
      Points(zeros: x.count * size, dimension: size), Points(zeros: x.count * size, dimension: size)
    )
    for point in 0..<x.count {
      for axis in 0..<size {
        for i in 0..<size { repeated[point * size + axis, i] = x[point, i] }
        axes[point * size + axis, axis] = 1
      }
    }
    let changes = score.scoreDerivative(at: repeated, along: axes, level: level)
    self.init(zeros: x.count, dimension: size)
    fill(level) { point, i, axis in changes[point * size + axis, i] }
  }

  /// The Jacobians of the exact denoiser: in closed form where the distribution has one, else by
  /// differences of its exact score.
  ///
  /// - Parameters:
  ///   - distribution: Whose score is known.
  ///   - x: The noisy points, `[count, dimension]`.
  ///   - level: A level with noise.
  public init(denoiserOf distribution: any KnownScoreDistribution, at x: Points, level: NoiseLevel)
  {
    if let known = distribution.denoiserJacobian(at: x, level: level) {
      self = known
    } else {
      self.init(differencesOf: ExactScore(distribution), at: x, level: level)
    }
  }

  /// The Jacobians of any score's denoiser by central differences of fourth order.
  ///
  /// - Parameters:
  ///   - score: A score in float64.
  ///   - x: The noisy points, `[count, dimension]`.
  ///   - level: A level with noise.
  ///   - step: Of the differences over sigma: at the default an error of about 1e-8 where the score
  ///     varies over lengths of sigma and more, and of 1e-13 by rounding.
  public init(
    differencesOf score: any ScoreFunction, at x: Points, level: NoiseLevel, step: Double = 0.01
  ) {
    let (size, h) = (x.dimension, step * level.sigma)
    var batch = Points(zeros: 4 * size * x.count, dimension: size)
    for point in 0..<x.count {
      for axis in 0..<size {
        for (k, offset) in [-2.0, -1, 1, 2].enumerated() {
          let row = (point * size + axis) * 4 + k
          for i in 0..<size { batch[row, i] = x[point, i] }
          batch[row, axis] += offset * h
        }
      }
    }
    let s = score.score(at: batch, level: level)
    self.init(zeros: x.count, dimension: size)
    fill(level) { point, i, axis in
      let row = (point * size + axis) * 4
      return (s[row, i] - s[row + 3, i] + 8 * (s[row + 2, i] - s[row + 1, i])) / (12 * h)
    }
  }

  /// `I + sigma^2 ds / dx` from the derivative of component i by an axis.
  private mutating func fill(_ level: NoiseLevel, _ slope: (Int, Int, Int) -> Double) {
    precondition(level.sigma > 0, "A denoiser has a score only where there is noise.")
    for point in 0..<count {
      for i in 0..<dimension {
        for axis in 0..<dimension {
          self[point, i, axis] =
            (i == axis ? 1 : 0) + level.sigma * level.sigma * slope(point, i, axis)
        }
      }
    }
  }
}

extension ScoreFunction {
  /// The denoiser `D(x) = (x + sigma^2 s(x)) / alpha` at each point: an estimate of `E[x_0 | x]`, in
  /// data units, `[count, dimension]`.
  public func denoised(_ x: Points, level: NoiseLevel) -> Points {
    var points = score(at: x, level: level)
    for i in points.values.indices {
      points.values[i] =
        (x.values[i] + level.sigma * level.sigma * points.values[i]) / level.alpha
    }
    return points
  }
}
