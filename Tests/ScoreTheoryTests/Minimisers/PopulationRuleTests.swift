import Glibc
import ScoreCore
import ScoreTheory
import Testing

@Suite struct PopulationRuleTests {
  private static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)
  private static let points = IsotropicMixture(
    means: Points(rows: [[-1], [1]]), deviations: [0, 0])

  @Test("Two atoms at t = 0.5 have the Fisher information and the floor of a quadrature by scipy")
  func fisherInformation() {
    let level = Self.process.level(at: 0.5)
    let rule = PopulationRule(line: Self.points, level: level, range: -1...1)
    // scipy.integrate.quad of q s^2 to 13 digits.
    #expect(abs(rule.fisherInformation - 1.0202555527459802) < 1e-12)
    let s2 = level.sigma * level.sigma
    let floor = s2 / (level.alpha * level.alpha) * (1 - s2 * rule.fisherInformation)
    // E Var(X_0 | X_t) = 1 - E tanh^2(alpha x / sigma^2), to the digits of an independent program.
    #expect(abs(floor - 0.61012) < 5e-6)
  }

  @Test("The quantile of the linear score's error is that of a sorted fine grid by numpy")
  func quantiles() {
    let level = Self.process.level(at: 0.5)
    let rule = PopulationRule(line: Self.points, level: level, range: -1...1)
    let line = Points(values: rule.points.values.map { -$0 }, dimension: 1)
    let gap = rule.gap(between: rule.scores, and: line, deltas: [0.1, 0.3])
    // sigma^2 (I - 1 / Var) with Var = 1, and a grid of 2,000,001 points; the rule's own masses are
    // up to 0.002 each, over which the error changes by less than the tolerance.
    #expect(abs(gap.squared - 0.01280395132117035) < 1e-12)
    #expect(abs(gap.quantiles[0] - 0.12328377) < 3e-4 && abs(gap.quantiles[1] - 0.11407596) < 3e-4)
  }

  @Test("Draws say the same as the rule on the line, to their standard error")
  func draws() {
    let level = Self.process.level(at: 0.3)
    var stream = RandomStream(seed: 2, purpose: .test)
    let drawn = PopulationRule(drawing: 20_000, from: Self.points, level: level, using: &stream)
    let exact = PopulationRule(line: Self.points, level: level, range: -1...1)
    let squares = drawn.scores.squaredNorms()
    let mean = squares.reduce(0, +) / 20_000
    let deviation = (squares.reduce(0) { $0 + pow($1 - mean, 2) } / 20_000).squareRoot()
    #expect(abs(drawn.fisherInformation - exact.fisherInformation) < 4 * deviation / 141)
  }

  @Test("Three parts of an error exceed the sum of their quantiles with at most three times delta")
  func unionBound() {
    let level = Self.process.level(at: 0.2)
    let rule = PopulationRule(line: Self.points, level: level, range: -1...1)
    let x = rule.points.values
    let steps: [(Double) -> Double] = [
      { 0.3 * sin(3 * $0) }, { $0 > 1 ? 5 : 0.1 }, { abs($0) < 0.1 ? -2 : 0.2 * $0 },
    ]
    var scores = [rule.scores]
    for step in steps {
      let last = scores[scores.count - 1].values
      scores.append(Points(values: x.indices.map { last[$0] + step(x[$0]) }, dimension: 1))
    }
    for delta in [0.01, 0.05, 0.1, 0.3] {
      let parts = (0..<3).map {
        rule.gap(between: scores[$0], and: scores[$0 + 1], deltas: [delta]).quantiles[0]
      }
      let whole = rule.gap(between: scores[0], and: scores[3], deltas: [3 * delta])
      #expect(whole.quantiles[0] <= parts.reduce(0, +) + 1e-12)
    }
  }
}
