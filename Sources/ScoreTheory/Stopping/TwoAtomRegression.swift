import Glibc
public import ScoreCore

/// The regression of X_0, which is -1 or 1 alike, on a noisy X_t: what training to predict the data is, at
/// one noise level.
///
/// ```
/// x_t = alpha X_0 + sigma z,    E[X_0 | x_t] = tanh(alpha x_t / sigma^2)
/// ```
/// A prediction f gives the score `(alpha f - x_t) / sigma^2`, so that its squared L2 error is the excess
/// `E (f - E[X_0 | x_t])^2` times `alpha^2 / sigma^4`.
///
/// Source: Tweedie's formula, Efron 2011, for the score; the closed form is derived here.
public struct TwoAtomRegression: Sendable, Equatable {
  public let level: NoiseLevel

  /// - Precondition: There is noise.
  public init(level: NoiseLevel) {
    precondition(level.sigma > 0, "Without noise nothing is left to predict.")
    self.level = level
  }

  /// The best prediction at a noisy point.
  public func truth(_ x: Double) -> Double { tanh(level.alpha * x / (level.sigma * level.sigma)) }

  /// The variance of the target at a noisy point, `1 - truth^2`.
  public func noiseVariance(_ x: Double) -> Double {
    let truth = truth(x)
    return 1 - truth * truth
  }

  /// The density of noisy points.
  public func density(_ x: Double) -> Double {
    let (alpha, sigma) = (level.alpha, level.sigma)
    func part(_ atom: Double) -> Double {
      let z = (x - alpha * atom) / sigma
      return exp(-z * z / 2 - StandardNormal.logSqrtTwoPi) / sigma
    }
    return (part(-1) + part(1)) / 2
  }

  /// Where noisy points are: beyond lies less than 1e-15 of them.
  public var reach: Double { level.alpha + 8 * level.sigma }

  /// The Bayes floor: the mean variance of the target, by quadrature to 9 digits.
  public var floor: Double {
    AdaptiveQuadrature.integrate(over: [-reach, 0, reach]) { x in
      x.map { density($0) * noiseVariance($0) }
    }
  }

  /// The excess of the score 0, in units of the prediction: `sigma^4 / alpha^2` times the Fisher
  /// information.
  public var excessOfZeroScore: Double {
    let (alpha, sigma) = (level.alpha, level.sigma)
    let information = AdaptiveQuadrature.integrate(over: [-reach, 0, reach]) { x in
      x.map { x in
        let score = (alpha * truth(x) - x) / (sigma * sigma)
        return density(x) * score * score
      }
    }
    return information * pow(sigma, 4) / (alpha * alpha)
  }

  /// What an excess is as `sigma L2` of the score.
  public func scoreError(excess: Double) -> Double {
    level.alpha / level.sigma * excess.squareRoot()
  }

  /// Noisy points and their targets, all from one stream.
  public func draw(count: Int, using stream: inout RandomStream) -> (x: [Double], targets: [Double])
  {
    let targets = (0..<count).map { _ in stream.uniform() < 0.5 ? -1.0 : 1 }
    return (noisy(targets, using: &stream), targets)
  }

  /// Noisy points of given atoms.
  public func noisy(_ atoms: [Double], using stream: inout RandomStream) -> [Double] {
    atoms.map { level.alpha * $0 + level.sigma * stream.normal() }
  }
}
