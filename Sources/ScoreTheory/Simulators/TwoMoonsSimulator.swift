import Glibc
public import ScoreCore

/// Two moons: a posterior of two thin crescents.
///
/// `theta` is uniform on the square `[-1, 1]^2`; with an angle a uniform on `(-pi/2, pi/2)` and a radius
/// `r ~ N(0.1, 0.01^2)`,
/// ```
/// p = (r cos a + 0.25, r sin a),    x = p + (-|theta_1 + theta_2|, -theta_1 + theta_2) / sqrt 2
/// ```
/// Given x, each p stands for two parameters, one for either sign of `theta_1 + theta_2`; those outside the
/// square are drawn again, so draws of the posterior are exact.
///
/// Source: Greenberg, Nonnenmacher and Macke 2019 (arXiv:1905.07488), appendix; the constants as in Lueckmann et
/// al. 2021 (arXiv:2101.04653), T.9 (both from memory).
public struct TwoMoonsSimulator: Simulator {
  public init() {}

  public var parameterCount: Int { 2 }
  public var observationCount: Int { 2 }

  /// Tries for a draw of the posterior before it is given up.
  private static let mostTries = 100_000

  public func drawPrior(count: Int, using stream: inout RandomStream) -> Points {
    Points(values: (0..<2 * count).map { _ in 2 * stream.uniform() - 1 }, dimension: 2)
  }

  public func simulate(_ parameters: Points, using stream: inout RandomStream) -> Points {
    var x = Points(zeros: parameters.count, dimension: 2)
    for row in 0..<x.count {
      let p = drawCrescent(using: &stream)
      let (first, second) = (parameters[row, 0], parameters[row, 1])
      x[row, 0] = p.0 - abs(first + second) / 2.0.squareRoot()
      x[row, 1] = p.1 + (second - first) / 2.0.squareRoot()
    }
    return x
  }

  public func posterior(given observation: [Double]) -> (any KnownScoreDistribution)? { nil }

  /// - Precondition: The simulator can make the observation.
  public func drawPosterior(
    given observation: [Double], count: Int, using stream: inout RandomStream
  ) -> Points {
    Points(
      rows: (0..<count).map { _ in
        for _ in 0..<Self.mostTries {
          let p = drawCrescent(using: &stream)
          let sign: Double = stream.uniform() < 0.5 ? -1 : 1
          let length = p.0 - observation[0]
          let sum = sign * length * 2.0.squareRoot()
          let difference = (observation[1] - p.1) * 2.0.squareRoot()
          let theta = [(sum - difference) / 2, (sum + difference) / 2]
          if length >= 0 && theta.allSatisfy({ abs($0) <= 1 }) { return theta }
        }
        preconditionFailure("The simulator cannot make this observation.")
      })
  }

  private func drawCrescent(using stream: inout RandomStream) -> (Double, Double) {
    let angle = Double.pi * (stream.uniform() - 0.5)
    let radius = 0.1 + 0.01 * stream.normal()
    return (radius * cos(angle) + 0.25, radius * sin(angle))
  }
}
