import Glibc
public import ScoreCore

/// SLCP, "simple likelihood, complex posterior": four draws of a Gaussian in the plane whose five parameters enter
/// by squares and a hyperbolic tangent.
///
/// `theta` is uniform on `[-3, 3]^5`; each of four points is `N((theta_1, theta_2), Sigma)` with deviations
/// `s_1 = theta_3^2`, `s_2 = theta_4^2` and correlation `rho = tanh theta_5`. The posterior has four parts of equal
/// weight, one for each pair of signs of `theta_3` and `theta_4`.
///
/// Draws of the posterior are exact, but for about one observation in a hundred. With the mean integrated out the
/// likelihood is
/// `|Sigma|^(-3/2) exp(-tr(Sigma^-1 S) / 2)`, S the sum of squares about the points' mean; in `(s_1, s_2, rho)` an
/// inverse Wishart draw with 2.5 degrees of freedom and scale S has the density of the posterior over
/// `(1 - rho^2)^(1/4)`. So it is taken with that probability, then a mean is drawn from `N(x_mean, Sigma / 4)`, and
/// all of it is drawn again where it lies outside the prior's box. Where the posterior is squeezed against the box,
/// so that a try hardly ever succeeds, draws are those of a slice sampler, 60 sweeps apart.
///
/// Source: Papamakarios, Sterratt and Murray 2019 (arXiv:1805.07226), A.1; T.3 of Lueckmann et al. 2021
/// (arXiv:2101.04653), both from memory. The draws are derived here.
public struct SimpleLikelihoodSimulator: Simulator {
  /// How far each parameter of the prior reaches.
  public static let bound = 3.0

  /// Degrees of freedom of the inverse Wishart draw, for which the powers of `s_1` and `s_2` agree.
  private static let freedom = 2.5
  /// Tries for a draw of the posterior before the slice sampler takes over.
  private static let mostTries = 2000
  private static let pointCount = 4

  public init() {}

  public var parameterCount: Int { 5 }
  public var observationCount: Int { 2 * Self.pointCount }

  public func drawPrior(count: Int, using stream: inout RandomStream) -> Points {
    Points(
      values: (0..<parameterCount * count).map { _ in Self.bound * (2 * stream.uniform() - 1) },
      dimension: parameterCount)
  }

  public func simulate(_ parameters: Points, using stream: inout RandomStream) -> Points {
    var x = Points(zeros: parameters.count, dimension: observationCount)
    for row in 0..<x.count {
      let theta = parameters.row(row)
      let (first, second, rho) = (theta[2] * theta[2], theta[3] * theta[3], tanh(theta[4]))
      for point in 0..<Self.pointCount {
        let (z, w) = (stream.normal(), stream.normal())
        x[row, 2 * point] = theta[0] + first * z
        x[row, 2 * point + 1] = theta[1] + second * (rho * z + (1 - rho * rho).squareRoot() * w)
      }
    }
    return x
  }

  public func posterior(given observation: [Double]) -> (any KnownScoreDistribution)? { nil }

  /// - Precondition: The four points are not on a line.
  public func drawPosterior(
    given observation: [Double], count: Int, using stream: inout RandomStream
  ) -> Points {
    let data = Moments(observation)
    var rows: [[Double]] = []
    while rows.count < count, let theta = tried(data, using: &stream) { rows.append(theta) }
    if rows.count < count {
      var chain = SimpleLikelihoodChain(observation, using: &stream)
      rows += (rows.count..<count).map { _ in chain.draw(using: &stream) }
    }
    return Points(rows: rows)
  }

  private func tried(_ data: Moments, using stream: inout RandomStream) -> [Double]? {
    for _ in 0..<Self.mostTries {
      if let theta = data.draw(freedom: Self.freedom, bound: Self.bound, using: &stream) {
        return theta
      }
    }
    return nil
  }
}

/// The mean of the four points, and the lower Cholesky factor of their sum of squares about it.
private struct Moments {
  let mean: (Double, Double)
  let factor: (Double, Double, Double)

  init(_ observation: [Double]) {
    let count = observation.count / 2
    let (xs, ys) = (
      (0..<count).map { observation[2 * $0] }, (0..<count).map { observation[2 * $0 + 1] }
    )
    let (x, y) = (xs.reduce(0, +) / Double(count), ys.reduce(0, +) / Double(count))
    mean = (x, y)
    let xx = xs.reduce(0.0) { $0 + ($1 - x) * ($1 - x) }
    let yy = ys.reduce(0.0) { $0 + ($1 - y) * ($1 - y) }
    let xy = zip(xs, ys).reduce(0.0) { $0 + ($1.0 - x) * ($1.1 - y) }
    precondition(xx * yy > xy * xy, "The points of an observation are not on a line.")
    let first = xx.squareRoot()
    factor = (first, xy / first, (yy - xy * xy / xx).squareRoot())
  }

  /// One try for a draw of the posterior: nil where it is not taken.
  func draw(freedom: Double, bound: Double, using stream: inout RandomStream) -> [Double]? {
    // Bartlett's factor [[a, 0], [b, c]] of a Wishart draw; Sigma = M M^T is its inverse between the factors of S.
    let a = (2 * Self.gamma(freedom / 2, using: &stream)).squareRoot()
    let c = (2 * Self.gamma((freedom - 1) / 2, using: &stream)).squareRoot()
    let b = stream.normal()
    let M = (
      factor.0 / a, -factor.0 * b / (a * c), factor.1 / a, factor.2 / c - factor.1 * b / (a * c)
    )
    let (first, second) = (hypot(M.0, M.1), hypot(M.2, M.3))
    let rho = (M.0 * M.2 + M.1 * M.3) / (first * second)
    let fifth = atanh(rho)
    guard first <= bound * bound, second <= bound * bound, abs(fifth) <= bound,
      stream.uniform() < pow(1 - rho * rho, 0.25)
    else { return nil }
    let (z, w) = (stream.normal() / 2, stream.normal() / 2)
    let (x, y) = (mean.0 + M.0 * z + M.1 * w, mean.1 + M.2 * z + M.3 * w)
    guard abs(x) <= bound, abs(y) <= bound else { return nil }
    func signed(_ deviation: Double) -> Double {
      (stream.uniform() < 0.5 ? -1 : 1) * deviation.squareRoot()
    }
    return [x, y, signed(first), signed(second), fifth]
  }

  /// A draw of the gamma distribution of scale 1.
  ///
  /// Source: Marsaglia and Tsang 2000, ACM Transactions on Mathematical Software 26, 363.
  private static func gamma(_ shape: Double, using stream: inout RandomStream) -> Double {
    guard shape >= 1 else {
      return gamma(shape + 1, using: &stream) * pow(stream.uniform(), 1 / shape)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = stream.normal()
      let v = pow(1 + c * x, 3)
      guard v > 0 else { continue }
      if log(stream.uniform()) < x * x / 2 + d - d * v + d * log(v) { return d * v }
    }
  }
}
