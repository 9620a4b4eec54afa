import Glibc
import Testing

@testable import ScoreCore
@testable import ScoreTheory

@Suite struct SimulatorTests {
  @Test("The linear Gaussian posterior of x = 1 is N(10/13, 3/13)")
  func linearGaussian() throws {
    let simulator = LinearGaussianSimulator(dimension: 2)
    let posterior = try #require(simulator.posterior(given: [1, 1]))
    let moments = try #require(posterior.moments)
    #expect(moments.mean.allSatisfy { abs($0 - 10.0 / 13) < 1e-12 })
    #expect(abs(moments.variance - 3.0 / 13) < 1e-12)
  }

  /// Bayes' rule without densities: ranks of parameters among posterior draws of their own observation are
  /// uniform, coordinate by coordinate.
  private func rankCounts(
    _ simulator: any Simulator, pairs: Int, draws: Int, seed: UInt64,
    scale: Double = 1
  ) -> [[Int]] {
    var stream = RandomStream(seed: seed, purpose: .test)
    let (parameters, observations) = simulator.drawPairs(count: pairs, using: &stream)
    var counts = Array(
      repeating: Array(repeating: 0, count: draws + 1), count: simulator.parameterCount)
    for row in 0..<pairs {
      let found = simulator.drawPosterior(
        given: observations.row(row), count: draws, using: &stream)
      for axis in 0..<simulator.parameterCount {
        let column = found.column(axis)
        let mean = column.reduce(0, +) / Double(draws)
        counts[axis][
          column.count { mean + scale * ($0 - mean) < parameters[row, axis] }] += 1
      }
    }
    return counts
  }

  private func chiSquare(_ counts: [Int]) -> Double {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    return counts.reduce(0.0) { $0 + pow(Double($1) - expected, 2) / expected }
  }

  static let simulators: [any Simulator] = [
    LinearGaussianSimulator(dimension: 2), MixtureSimulator(), TwoMoonsSimulator(),
    SimpleLikelihoodSimulator(),
  ]

  @Test("Ranks of parameters among posterior draws are uniform", arguments: 0..<4)
  func calibration(index: Int) {
    let counts = rankCounts(Self.simulators[index], pairs: 4000, draws: 9, seed: 11)
    // Nine degrees of freedom: above 33.7 with probability 1e-4.
    #expect(counts.allSatisfy { chiSquare($0) < 33.7 })
    #expect(counts.allSatisfy { $0.reduce(0, +) == 4000 })
  }

  @Test("Ranks notice draws that are spread by a fifth less", arguments: [0, 2, 3])
  func power(index: Int) {
    let counts = rankCounts(
      Self.simulators[index], pairs: 4000, draws: 9, seed: 11, scale: 0.8)
    #expect(counts.contains { chiSquare($0) > 60 })
  }

  @Test("The mixture's posterior is prior times likelihood, up to a constant")
  func mixture() throws {
    let simulator = MixtureSimulator()
    let x = [0.7, -0.4]
    let posterior = try #require(simulator.posterior(given: x))
    func logJoint(_ theta: [Double]) -> Double {
      let squared = zip(theta, x).reduce(0.0) { $0 + pow($1.0 - $1.1, 2) }
      let likelihood = MixtureSimulator.variances.reduce(0.0) {
        $0 + exp(-squared / (2 * $1)) / $1
      }
      return log(likelihood) - theta.reduce(0.0) { $0 + $1 * $1 } / 2
    }
    let places = [[0.0, 0.0], [0.7, -0.4], [0.65, -0.3], [-1, 1]]
    let found = posterior.logDensity(at: Points(rows: places), level: .clean)
    let constant = found[0] - logJoint(places[0])
    for (place, found) in zip(places, found) {
      #expect(abs(found - logJoint(place) - constant) < 1e-10)
    }
  }

  @Test("Two moons: both signs are as likely, and draws lie within the square")
  func twoMoons() {
    var stream = RandomStream(seed: 2, purpose: .test)
    let draws = TwoMoonsSimulator().drawPosterior(given: [0, 0], count: 4000, using: &stream)
    #expect(draws.values.allSatisfy { abs($0) <= 1 })
    let right = (0..<draws.count).count { draws[$0, 0] + draws[$0, 1] > 0 }
    // Five standard deviations of 4000 coins.
    #expect(abs(right - 2000) < 160)
  }
}
