import Glibc
import Testing

@testable import ScoreCore

/// The directions along which a distribution varies most.
@Suite struct PrincipalComponentsTests {
  @Test("Of a turned Gaussian they are its axes, with the shares of its variances")
  func turned() {
    let angle = 0.5
    let (c, s) = (cos(angle), sin(angle))
    // Two points at +-3 along one direction, and deviation 1 everywhere: variances 10 and 1.
    let mixture = GaussianMixture([
      .init(weight: 1, mean: [4 + 3 * c, 3 * s], spread: .isotropic(1)),
      .init(weight: 1, mean: [4 - 3 * c, -3 * s], spread: .isotropic(1)),
    ])
    let components = PrincipalComponents(of: mixture, count: 2, seed: 1)
    for (found, expected) in zip(components.directions, [[c, s], [-s, c]]) {
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }
    #expect(zip(components.shares, [10.0 / 11, 1.0 / 11]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(abs(components.coordinate(0, of: [4 + 2 * c, 2 * s]) - 2) < 1e-12)
    #expect(abs(components.coordinate(1, of: [4 + 2 * c, 2 * s])) < 1e-12)
  }

  @Test("Of the standardised iris data they have the shares of the correlations' eigenvalues")
  func iris() throws {
    let distribution = try SmoothedPoints(table: Iris.table, scaling: .columns, bandwidth: 0.1)
    let components = PrincipalComponents(of: distribution, count: 2, seed: 1)
    // Eigenvalues as R's eigen(cor(iris[, 1:4])) gives them; the smoothing adds 0.01 to each.
    for (share, value) in zip(components.shares, [2.91849782, 0.91403047]) {
      #expect(abs(share - (value + 0.01) / 4.04) < 1e-6)
    }
  }

  @Test("Without a known covariance they come from drawn points, the same for one seed")
  func drawn() {
    let ring = Ring()
    let first = PrincipalComponents(of: ring, count: 3, seed: 5)
    #expect(first == PrincipalComponents(of: ring, count: 3, seed: 5))
    #expect(first != PrincipalComponents(of: ring, count: 3, seed: 6))
    // A circle of radius 2 in the last two axes: two equal shares and none.
    #expect(abs(first.shares[0] - 0.5) < 0.05 && abs(first.shares[1] - 0.5) < 0.05)
    #expect(first.shares[2] < 1e-12 && abs(first.directions[2][0]) > 1 - 1e-12)
  }
}

/// A circle whose covariance it does not know.
private struct Ring: KnownScoreDistribution {
  let dimension = 3

  func sample(count: Int, using stream: inout RandomStream) -> Points {
    Points(
      rows: (0..<count).map { _ in
        let angle = 2 * Double.pi * stream.uniform()
        return [0, 2 * cos(angle), 2 * sin(angle)]
      })
  }

  func logDensity(at x: Points, level: NoiseLevel) -> [Double] { x.squaredNorms() }

  func score(at x: Points, level: NoiseLevel) -> Points { x }
}
