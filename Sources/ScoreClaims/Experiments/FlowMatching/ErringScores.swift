import Glibc
import ScoreCore
import ScoreLab

/// A score with an error of at most `epsilon / sigma` that turns over short distances,
/// `(epsilon / sigma) sin(omega x / alpha)`, where the noise over the signal is at most a given ratio.
///
/// Times sigma it is at most epsilon everywhere, so that is a bound on L2 and on every D_delta.
struct RippledScore: ScoreFunction {
  let base: any ScoreFunction
  let epsilon: Double
  /// Omega, in radians per data unit.
  let frequency: Double
  let largestRatio: Double

  var dimension: Int { 1 }

  func score(at x: Points, level: NoiseLevel) -> Points {
    var score = base.score(at: x, level: level)
    guard level.noiseRatio <= largestRatio else { return score }
    for row in 0..<x.count {
      score[row, 0] += epsilon / level.sigma * sin(frequency * x[row, 0] / level.alpha)
    }
    return score
  }
}

/// The score of N(0, 1) data with a kick outward, of a size over sigma, on a share of the points at each level.
struct KickedScore: ScoreFunction {
  let base: any ScoreFunction
  /// The kick times sigma.
  let kick: Double
  /// The share of the points that it is on, half of it on either side.
  let mass: Double

  var dimension: Int { 1 }

  func score(at x: Points, level: NoiseLevel) -> Points {
    var score = base.score(at: x, level: level)
    let edge = StandardNormal.quantile(1 - mass / 2) * hypot(level.alpha, level.sigma)
    for row in 0..<x.count where abs(x[row, 0]) > edge {
      score[row, 0] += (x[row, 0] > 0 ? kick : -kick) / level.sigma
    }
    return score
  }
}
