import Glibc
import ScoreCore
import ScoreTheory

/// The Gaussian pair, conditional N(0, v) and marginal N(0, V), whose guided samples are Gaussian.
///
/// In `u = x / alpha` and `r = (sigma / alpha)^2` the flow is `du/dr = -guided score of u / 2`, so
/// `u` goes in proportion to `(v + r)^((1 + w)/2) (V + r)^(-w/2)`. From pure noise, N(0, r) with r without bound,
/// its variance ends at `v (v/V)^w`; the reverse SDE's ends at `v (1 - rho^(2w+1)) / ((2w + 1)(1 - rho))`, rho =
/// v/V; and the tilted law's is `v / (1 + w (1 - rho))`. No two are equal for w > 0 and rho < 1 but by chance.
///
/// Source: derived here; at v = 1 and V = 2 they are those of Bradley and Nakkiran 2024 (arXiv:2408.09000), from
/// memory.
struct GaussianPair: Sendable {
  let conditional: Double
  let marginal: Double

  func score(weight: Double) -> GuidedScore {
    func normal(_ variance: Double) -> ExactScore {
      ExactScore(
        GaussianMixture([.init(mean: [0], spread: .isotropic(variance.squareRoot()))]))
    }
    return GuidedScore(
      conditional: normal(conditional), marginal: normal(marginal), weight: weight)
  }

  /// What the flow multiplies u by from one squared ratio of noise to a smaller one.
  func flowFactor(weight w: Double, from start: Double, to end: Double) -> Double {
    pow((conditional + end) / (conditional + start), (1 + w) / 2)
      * pow((marginal + start) / (marginal + end), w / 2)
  }

  func samplerVariance(weight w: Double) -> Double {
    let rho = conditional / marginal
    return conditional * (1 - pow(rho, 2 * w + 1)) / ((2 * w + 1) * (1 - rho))
  }

  func tiltedVariance(weight w: Double) -> Double {
    conditional / (1 + w * (1 - conditional / marginal))
  }

  /// The variance that the flow ends at from pure noise.
  func flowVariance(weight w: Double) -> Double { conditional * pow(conditional / marginal, w) }
}
