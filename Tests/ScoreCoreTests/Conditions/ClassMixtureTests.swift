import Glibc
import Testing

@testable import ScoreCore

/// Class-conditional mixtures: Bayes' rule between classes, marginal and samples.
@Suite struct ClassMixtureTests {
  /// Shares and component weights that do not sum to one.
  static let distribution = ClassMixture([
    .init(
      share: 3,
      distribution: GaussianMixture([.init(weight: 5, mean: [-1, 0.5], spread: .isotropic(0.4))])),
    .init(
      share: 1,
      distribution: GaussianMixture([
        .init(weight: 1, mean: [1, 0], spread: .isotropic(0.3)),
        .init(weight: 3, mean: [0, -1], spread: .diagonal([0.5, 0.2])),
      ])),
  ])
  static let shares = [0.75, 0.25]
  static let levels = [
    NoiseLevel.clean, NoiseLevel(alpha: 0.8, sigma: 0.6), NoiseLevel(alpha: 1, sigma: 3),
  ]

  private var points: Points {
    var stream = RandomStream(seed: 3, purpose: .test)
    return stream.normals(count: 50, dimension: 2)
  }

  @Test("The marginal density is the mean of the classes', at every level", arguments: levels)
  func density(level: NoiseLevel) {
    let marginal = Self.distribution.marginal.logDensity(at: points, level: level)
    let classes = (0..<2).map {
      Self.distribution.given(Self.distribution.condition(ofClass: $0)).logDensity(
        at: points, level: level)
    }
    for row in 0..<50 {
      let sum = zip(Self.shares, classes).reduce(0) { $0 + $1.0 * exp($1.1[row]) }
      #expect(abs(marginal[row] - log(sum)) < 1e-12 * max(1, abs(marginal[row])))
    }
  }

  @Test(
    "The marginal score is the classes' scores under the posterior of the label", arguments: levels)
  func score(level: NoiseLevel) {
    let marginal = Self.distribution.marginal.score(at: points, level: level)
    let conditional = ExactConditionalScore(Self.distribution)
    let conditions = (0..<2).map { Self.distribution.condition(ofClass: $0) }
    let scores = conditions.map { conditional.given($0).score(at: points, level: level) }
    let densities = conditions.map {
      Self.distribution.given($0).logDensity(at: points, level: level)
    }
    for row in 0..<50 {
      let joint = (0..<2).map { Self.shares[$0] * exp(densities[$0][row]) }
      for axis in 0..<2 {
        let mean =
          (joint[0] * scores[0][row, axis] + joint[1] * scores[1][row, axis])
          / (joint[0] + joint[1])
        let size = max(abs(scores[0][row, axis]), abs(scores[1][row, axis]), 1)
        #expect(abs(marginal[row, axis] - mean) < 1e-11 * size)
      }
    }
  }

  @Test("Samples have the shares of the classes, and the mean of their own")
  func sample() {
    var stream = RandomStream(seed: 8, purpose: .test)
    let count = 40_000
    let drawn = Self.distribution.sample(count: count, using: &stream)
    #expect(drawn.points.count == count && drawn.conditions.dimension == 2)
    // The second class has mean (1/4, -3/4).
    let means = [[-1, 0.5], [0.25, -0.75]]
    for (label, mean) in means.enumerated() {
      let rows = (0..<count).filter {
        drawn.conditions.row($0) == Condition.label(label, of: 2).values
      }
      let share = Double(rows.count) / Double(count)
      // Five standard errors; a coordinate's deviation is at most 0.7.
      #expect(abs(share - Self.shares[label]) < 5 * (0.1875 / Double(count)).squareRoot())
      for axis in 0..<2 {
        let found = rows.reduce(0) { $0 + drawn.points[$1, axis] } / Double(rows.count)
        #expect(abs(found - mean[axis]) < 5 * 0.7 / Double(rows.count).squareRoot())
      }
    }
    var again = RandomStream(seed: 8, purpose: .test)
    #expect(Self.distribution.sample(count: count, using: &again) == drawn)
  }
}
