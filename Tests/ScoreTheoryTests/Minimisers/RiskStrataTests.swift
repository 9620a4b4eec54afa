import ScoreCore
import ScoreTheory
import Testing

@Suite struct RiskStrataTests {
  private static let process = OrnsteinUhlenbeck(horizon: 3, stop: 0.05)
  private static let atoms = IsotropicMixture(
    means: Points(rows: [[-1], [1]]), deviations: [0, 0])

  private static func slope(usesLineRule: Bool) throws -> (slope: Double, levels: [NoiseLevel]) {
    let strata = RiskStrata(
      atoms, process: process, objective: Objective(), strata: 16, pointCount: 4000,
      usesLineRule: usesLineRule, seed: 5)
    var regression = ScoreRegression(LinearFeatures(dimension: 1, hasIntercept: false), ridge: 0)
    for place in strata.levels.indices { regression.add(strata.rows(at: place)) }
    return (try #require(regression.minimiser).weights[0], strata.levels)
  }

  @Test("One slope for all levels of a draw is the mean of sigma for data of variance 1")
  func line() throws {
    // E[z x_t] = sigma and E[x_t^2] = 1, and the levels count alike.
    let (slope, levels) = try Self.slope(usesLineRule: true)
    let mean = levels.reduce(0.0) { $0 + $1.sigma } / 16
    #expect(levels.count == 16 && levels[0] != levels[1])
    #expect(abs(slope - mean) < 1e-9)
    // 64,000 draws, whose x^2 has a deviation of at most 1.5: four standard errors are 0.03.
    #expect(abs(try Self.slope(usesLineRule: false).slope - mean) < 0.03)
  }

  @Test(
    "A level counts its weight over the number of levels, and draws of one level have that level")
  func weights() {
    let level = Self.process.level(at: 0.5)
    let fixed = RiskStrata(
      Self.atoms, process: Self.process,
      objective: Objective(weighting: SigmaSquaredWeighting(), levels: FixedLevel(time: 0.5)),
      strata: 16, pointCount: 8, seed: 5)
    #expect(fixed.levels == [level])
    let objective = Objective(weighting: SigmaSquaredWeighting())
    let strata = RiskStrata(
      Self.atoms, process: Self.process, objective: objective, strata: 4, pointCount: 8,
      usesLineRule: false, seed: 5)
    for (place, level) in strata.levels.enumerated() {
      let rows = strata.rows(at: place)
      let expected = objective.weight(at: level, process: Self.process) / 4
      #expect(rows.points.count == 8)
      #expect(abs(rows.weights.reduce(0, +) - expected) < 1e-12 * expected)
    }
  }
}
