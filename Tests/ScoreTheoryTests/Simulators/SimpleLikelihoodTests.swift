import Glibc
import Testing

@testable import ScoreCore
@testable import ScoreTheory

@Suite struct SimpleLikelihoodTests {
  private static let observation = [0.9, -0.3, 0.2, -0.9, 1.3, 0.4, 0.1, -0.2]

  /// Means of `theta_1`, `|theta_3|`, `|theta_4|`, `theta_5` and `theta_5^2` under prior times likelihood, by the
  /// midpoint rule; the second coordinate of the mean is integrated by the error function.
  private static func quadrature(cells: Int) -> [Double] {
    let points = (0..<4).map { (observation[2 * $0], observation[2 * $0 + 1]) }
    let half = (0..<cells).map { 3 * (Double($0) + 0.5) / Double(cells) }
    let whole = half.map { 2 * $0 - 3 }
    func below(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
    var sums = [Double](repeating: 0, count: 6)
    for third in half {
      for fourth in half {
        for fifth in whole {
          let (s, r, rho) = (third * third, fourth * fourth, tanh(fifth))
          let rest = r * (1 - rho * rho).squareRoot()
          // x_2 given x_1 has mean theta_2 + rho r (x_1 - theta_1) / s and deviation `rest`.
          for first in whole {
            var (density, centre) = (0.0, 0.0)
            for (x, y) in points {
              density -= (x - first) * (x - first) / (2 * s * s)
              centre += (y - rho * r * (x - first) / s) / 4
            }
            for (x, y) in points {
              let gap = y - rho * r * (x - first) / s - centre
              density -= gap * gap / (2 * rest * rest)
            }
            let inside = below(2 * (3 - centre) / rest) - below(2 * (-3 - centre) / rest)
            let weight = exp(density - 4 * log(s) - 3 * log(rest)) * inside
            for (place, value) in [1, first, third, fourth, fifth, fifth * fifth].enumerated() {
              sums[place] += weight * value
            }
          }
        }
      }
    }
    return sums.dropFirst().map { $0 / sums[0] }
  }

  @Test("Draws of SLCP's posterior have the means that prior times likelihood has by quadrature")
  func moments() {
    let (coarse, fine) = (Self.quadrature(cells: 24), Self.quadrature(cells: 36))
    var stream = RandomStream(seed: 5, purpose: .test)
    let drawn = SimpleLikelihoodSimulator().drawPosterior(
      given: Self.observation, count: 20_000, using: &stream)
    let columns = [
      drawn.column(0), drawn.column(2).map { abs($0) }, drawn.column(3).map { abs($0) },
      drawn.column(4), drawn.column(4).map { $0 * $0 },
    ]
    for (place, column) in columns.enumerated() {
      let estimate = Estimate(column)
      // The midpoint rule errs by less than its change from 24 to 36 cells.
      let bound = 4.5 * estimate.standardError + abs(fine[place] - coarse[place])
      #expect(abs(estimate.value - fine[place]) < bound)
      #expect(abs(fine[place] - coarse[place]) < 2 * estimate.standardError)
    }
  }

  @Test("A slice sampler of the same posterior has the means of its draws")
  func chain() {
    var stream = RandomStream(seed: 8, purpose: .test)
    let exact = SimpleLikelihoodSimulator().drawPosterior(
      given: Self.observation, count: 4000, using: &stream)
    var chain = SimpleLikelihoodChain(Self.observation, using: &stream)
    let drawn = Points(rows: (0..<4000).map { _ in chain.draw(using: &stream) })
    func columns(_ points: Points) -> [[Double]] {
      [0, 1, 4].map(points.column) + [2, 3].map { points.column($0).map { abs($0) } }
        + [0, 1, 4].map { points.column($0).map { $0 * $0 } }
    }
    for (first, second) in zip(columns(exact), columns(drawn)) {
      let (a, b) = (Estimate(first), Estimate(second))
      // Draws 60 sweeps apart count as independent; twice their error is allowed for what is left.
      #expect(abs(a.value - b.value) < 4.5 * hypot(a.standardError, 2 * b.standardError))
    }
    // It goes between the parts: half of its draws have either sign.
    for axis in [2, 3] {
      #expect(abs(Estimate(drawn.column(axis).map { $0 > 0 ? 1 : 0 }).value - 0.5) < 0.07)
    }
  }

  @Test("Where the prior's box leaves hardly any room, draws are of the slice sampler")
  func squeezed() {
    var stream = RandomStream(seed: 9, purpose: .test)
    // Points ten times as far apart as the prior's largest deviation, along the diagonal.
    let far = [-80.0, -75, 90, 85, -60, -70, 75, 80]
    let drawn = SimpleLikelihoodSimulator().drawPosterior(given: far, count: 50, using: &stream)
    #expect(drawn.values.allSatisfy { abs($0) <= SimpleLikelihoodSimulator.bound })
    #expect(Estimate(drawn.column(2).map { abs($0) }).value > 2.8)
  }

  @Test("SLCP's posterior has four parts of equal weight, and stays in the prior's box")
  func parts() {
    var stream = RandomStream(seed: 6, purpose: .test)
    let drawn = SimpleLikelihoodSimulator().drawPosterior(
      given: Self.observation, count: 4000, using: &stream)
    var counts = [0, 0, 0, 0]
    for row in 0..<drawn.count {
      counts[(drawn[row, 2] > 0 ? 1 : 0) + (drawn[row, 3] > 0 ? 2 : 0)] += 1
      #expect(drawn.row(row).allSatisfy { abs($0) <= SimpleLikelihoodSimulator.bound })
    }
    // Binomial deviation 27, five of them.
    #expect(counts.allSatisfy { abs($0 - 1000) < 137 })
  }

  @Test("SLCP's points have the deviations and the correlation of their parameters")
  func simulation() {
    var stream = RandomStream(seed: 7, purpose: .test)
    let theta = [0.4, -1, 1.2, -0.9, 0.7]
    let x = SimpleLikelihoodSimulator().simulate(
      Points(rows: Array(repeating: theta, count: 20_000)), using: &stream)
    let (u, v) = (x.column(4).map { $0 - 0.4 }, x.column(5).map { $0 + 1 })
    let moments = [
      (zip(u, u).map { $0 * $1 }, pow(1.2, 4)), (zip(v, v).map { $0 * $1 }, pow(0.9, 4)),
      (zip(u, v).map { $0 * $1 }, tanh(0.7) * 1.44 * 0.81),
    ]
    for (products, exact) in moments {
      let estimate = Estimate(products)
      #expect(abs(estimate.value - exact) < 4.5 * estimate.standardError)
    }
  }
}
