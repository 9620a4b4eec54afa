import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct HeldOutLossTests {
  static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)

  @Test("The exact score has no excess", arguments: LevelKind.allCases, [Double.infinity, 0.3])
  func exactScore(levels: LevelKind, length: Double) {
    let distribution = ReferencePair()
    let loss = HeldOutLoss(
      distribution: distribution, process: Self.process,
      objective: Objective(levels: levels.draw, huberLength: length), seed: 1)
    #expect(loss.excess(of: ExactScore(distribution)) == 0)
  }

  /// The excesses of one score at many seeds: their mean over the exact value, its standard error,
  /// and the mean of the squares of the errors that they state over their variance.
  private func summary(
    of found: [Estimate], exact: Double
  ) -> (ratio: Double, error: Double, calibration: Double) {
    let mean = Estimate(found.map { $0.value / exact })
    let stated = Estimate(found.map { $0.standardError * $0.standardError }).value
    let variance = mean.standardError * mean.standardError * Double(found.count)
    return (mean.value, mean.standardError, stated / (exact * exact) / variance)
  }

  private static func objectives(
    _ draw: any LevelDraw
  ) throws -> [(name: String, objective: Objective)] {
    try TrainingTargetCatalog.all.map {
      ($0.name, Objective(target: try $0.make(), levels: draw))
    } + [("likelihood", Objective(weighting: LikelihoodWeighting(), levels: draw))]
  }

  @Test(
    "The excess is its mean over all levels, for every draw and target",
    arguments: AverageReference.processNames)
  func unbiased(name: String) throws {
    let process = try AverageReference.process(named: name)
    let distribution = ReferenceGaussian(dimension: 2, variance: 0.25)
    let scores = [
      "scaled": TestScore(dimension: 2) { x, level in
        Points(values: distribution.score(at: x, level: level).values.map { 2 * $0 }, dimension: 2)
      },
      "shifted": TestScore(dimension: 2) { x, level in
        Points(
          values: distribution.score(at: x, level: level).values.map { $0 + 1 / level.sigma },
          dimension: 2)
      },
    ]
    let table = try #require(try AverageReference.load("heldOutExcesses")[name])
    for entry in LevelDrawCatalog.all {
      let draw = try entry.make()
      for (target, objective) in try Self.objectives(draw) {
        let losses = (0..<24).map { seed in
          HeldOutLoss(
            distribution: distribution, process: process, objective: objective, seed: seed,
            pointsPerLevel: 1)
        }
        for (kind, score) in scores {
          let exact = try #require(table[entry.name]?[kind]?[target])
          let (ratio, error, calibration) = summary(
            of: losses.map { $0.estimate(of: score) }, exact: exact)
          let label = "\(entry.name), \(target), \(kind)"
          // Standard errors of 24 seeds; at a draw of a few levels a shift has only rounding.
          #expect(abs(ratio - 1) <= 5.5 * error + 1e-9, "\(label): \(ratio) +- \(error)")
          // The middles of 64 quantiles give 0.849 of it, even in time and shifted; one point at
          // each level says less of a scaled score.
          #expect(error < (kind == "shifted" ? 0.02 : 0.25), "\(label): \(error)")
          // The ratio of two variances, one of 23 degrees of freedom.
          #expect(error < 1e-9 || (0.25...4).contains(calibration), "\(label): \(calibration)")
        }
      }
    }
  }

  @Test("The levels of a bank count the same, whatever their number", arguments: [2, 7, 50, 64])
  func bank(networks: Int) throws {
    let draw = NetworkBank(networks: networks)
    // An error at one level alone: its weight is that of the level.
    let atoms = try #require(draw.atoms(of: Self.process))
    let distribution = ReferenceGaussian()
    let loss = HeldOutLoss(
      distribution: distribution, process: Self.process, objective: Objective(levels: draw), seed: 3
    )
    for atom in atoms {
      let wrong = TestScore(dimension: 1) { x, level in
        let shift = level == atom ? 1 / level.sigma : 0
        return Points(
          values: distribution.score(at: x, level: level).values.map { $0 + shift }, dimension: 1)
      }
      #expect(abs(loss.excess(of: wrong) * Double(networks) - 1) < 1e-9)
    }
  }

  @Test("A score that is not finite shows")
  func nonFinite() {
    let distribution = ReferenceGaussian()
    let loss = HeldOutLoss(
      distribution: distribution, process: Self.process,
      objective: LevelKind.uniformTime.objective, seed: 1, pointsPerLevel: 2)
    let broken = TestScore(dimension: 1) { x, level in
      level.sigma < 0.5 ? Points(values: x.values.map { _ in .nan }, dimension: 1) : x
    }
    #expect(loss.excess(of: broken).isNaN)
  }
}
