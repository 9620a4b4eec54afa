import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct DistributionEntropyTests {
  @Test("The entropy of a Gaussian is d/2 log(2 pi e v)", arguments: [1, 2, 3])
  func gaussian(dimension: Int) {
    let found = DistributionEntropy(
      of: NoisyDistribution(ReferenceGaussian(dimension: dimension, variance: 0.3)), draws: 20_000)
    let exact = Double(dimension) / 2 * (1 + log(2 * Double.pi * 0.3))
    // By quadrature to 1e-9 and 1e-5, by draws within five of its own errors.
    let tolerance = [1e-9, 1e-5, 5 * found.error][dimension - 1]
    #expect(abs(found.value - exact) < tolerance, "\(found)")
    // -log q has the variance d / 2.
    if dimension == 3 { #expect(abs(found.error / (1.5 / 20_000).squareRoot() - 1) < 0.05) }
  }

  @Test("In the plane it agrees with an independent quadrature to 1e-5")
  func plane() {
    // numpy, midpoint rule on 900 x 900 cells over nine deviations beyond the outermost centres.
    let cases: [(any KnownScoreDistribution, Double)] = [
      (RingOfGaussians.mixture(count: 8, radius: 1, deviation: 0.1), 0.9851113952656754),
      (RingOfGaussians.mixture(count: 4, radius: 1, deviation: 0.2), 1.6202960730973154),
      (TwoMoons.mixture(noise: 0.08), 1.4676143454969885),
      (TwoMoons.mixture(noise: 0.05), 0.9892654538984459),
      (
        GaussianMixture([
          .init(weight: 1, mean: [-1, 0], spread: .isotropic(0.3)),
          .init(weight: 2, mean: [1, 0.5], spread: .isotropic(0.7)),
        ]), 2.149401520084235
      ),
    ]
    for (distribution, exact) in cases {
      let found = DistributionEntropy(of: NoisyDistribution(distribution))
      #expect(abs(found.value - exact) < 1e-5 && found.error < 1e-5, "\(found) for \(exact)")
    }
  }

  @Test("Units add the logarithm of their area")
  func units() {
    let distribution = RingOfGaussians.mixture(count: 8, radius: 1, deviation: 0.1)
    let units = CoordinateFrame(names: ["x", "y"], offset: [100, -3], scale: [40, 0.01])
    let found = DistributionEntropy(of: NoisyDistribution(distribution, units: units))
    #expect(abs(found.value - 0.9851113952656754 - log(0.4)) < 1e-5)
  }

  @Test("Where grids do not agree draws stand in, without error for a distribution of one height")
  func edges() {
    let board = DistributionEntropy(
      of: NoisyDistribution(Checkerboard.mixture(squares: 4)), draws: 1000)
    // Eight squares of side 1 before the coordinates are divided by their deviation, sqrt(16 / 12).
    let area = 8 * 12.0 / 16
    #expect(abs(board.value - log(area)) < 1e-12 && board.error < 1e-12, "\(board)")
  }
}
