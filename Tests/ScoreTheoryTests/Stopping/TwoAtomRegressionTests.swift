import Glibc
import ScoreCore
import ScoreTheory
import Testing

@Suite struct TwoAtomRegressionTests {
  private static let regression = TwoAtomRegression(
    level: OrnsteinUhlenbeck(horizon: 5, stop: 0.001).level(at: 0.5))

  @Test("At time 0.5 the floor is 0.61012, and an excess of 1 a squared score error of 0.92067")
  func floor() {
    // By numpy, to the digits given.
    #expect(abs(Self.regression.floor - 0.61012) < 5e-6)
    let sigma = Self.regression.level.sigma
    #expect(abs(pow(Self.regression.scoreError(excess: 1) / sigma, 2) - 0.92067) < 5e-6)
  }

  @Test("The prediction gives the mixture's own score, and its density", arguments: [0.05, 0.5, 2])
  func score(time: Double) throws {
    let level = OrnsteinUhlenbeck(horizon: 5, stop: 0.001).level(at: time)
    let regression = TwoAtomRegression(level: level)
    let mixture = IsotropicMixture(means: Points(rows: [[-1], [1]]), deviations: [0, 0])
    let x = [-2, -0.3, 0, 0.7, 3]
    let points = Points(values: x, dimension: 1)
    let (scores, densities) = (
      mixture.score(at: points, level: level).values, mixture.logDensity(at: points, level: level)
    )
    for (place, x) in x.enumerated() {
      let found = (level.alpha * regression.truth(x) - x) / (level.sigma * level.sigma)
      #expect(abs(found - scores[place]) < 1e-11 * max(1, abs(found)))
      #expect(
        abs(log(regression.density(x)) - densities[place]) < 1e-10 * max(1, abs(x / level.sigma)))
    }
    // Zero score: the floor of the noise target is 1 - sigma^2 I, which is alpha^2 / sigma^2 of this floor.
    let information = try #require(mixture.fisherInformation(at: level))
    let ratio = pow(level.sigma, 4) / pow(level.alpha, 2)
    #expect(abs(regression.excessOfZeroScore - ratio * information) < 1e-8 * ratio * information)
    let noiseFloor = 1 - level.sigma * level.sigma * information
    let scale = pow(level.alpha / level.sigma, 2)
    #expect(abs(scale * regression.floor - noiseFloor) < 1e-8)
  }

  @Test("Means and quantiles by quadrature are those of a normal distribution's noise")
  func quadrature() {
    // Much noise, so that the noisy points are nearly standard normal.
    let regression = TwoAtomRegression(
      level: OrnsteinUhlenbeck(horizon: 20, stop: 0.001).level(at: 16))
    let line = LineQuadrature(regression, count: 2001)
    #expect(abs(line.masses.mean(of: line.nodes.map { $0 * $0 }) - 1) < 1e-9)
    // One step of the points, 0.009.
    let distances = line.masses.quantiles(of: line.nodes.map { abs($0) }, deltas: [0.05])
    #expect(abs(distances[0] - 1.959964) < 0.01)
  }

  @Test("Drawn points have the targets' noise about the best prediction")
  func drawing() {
    var stream = RandomStream(seed: 3, purpose: .test)
    let (x, targets) = Self.regression.draw(count: 20_000, using: &stream)
    let gaps = zip(x, targets).map { pow(Self.regression.truth($0) - $1, 2) }
    let estimate = Estimate(gaps)
    #expect(abs(estimate.value - Self.regression.floor) < 4 * estimate.standardError)
    #expect(abs(targets.reduce(0, +)) < 4 * 20_000.0.squareRoot())
  }
}
