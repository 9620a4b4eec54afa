import Testing

@testable import ScoreCore

@Suite struct OutlierScoreTests {
  /// m, S, b, L2^2, P(all m < b), D_0.025: computed with numpy, to the digits given.
  static let mixtures: [(m: Int, S: Double, b: Double, l2: Double, unseen: Double)] = [
    (100, 20, 2.3263479, 2.70, 0.366), (100, 100, 2.3263479, 88.1, 0.366),
    (1000, 100, 3.0902323, 8.61, 0.368), (1000, 100, 3.7169222, 0.853, 0.904),
  ]

  @Test("The mixture's closed forms agree with an independent calculation", arguments: mixtures)
  func mixture(row: (m: Int, S: Double, b: Double, l2: Double, unseen: Double)) {
    let score = OutlierScore(.mixture(separation: row.S), switchPoint: row.b)
    // Half a unit of the last digit given.
    #expect(abs(score.l2Squared / row.l2 - 1) < 0.006)
    #expect(abs(score.unseenProbability(sampleCount: row.m) - row.unseen) < 6e-4)
    // The candidate is zero at the switch point by construction.
    #expect(abs(score.error(at: row.b) - row.b) < 1e-9)
  }

  @Test("The ramp's L2 error is its integral", arguments: [(100.0, 2.3263), (1000.0, 3.0902)])
  func ramp(slope: Double, b: Double) {
    let score = OutlierScore(.ramp(slope: slope), switchPoint: b)
    let integral = AdaptiveQuadrature.integrate(over: [b, b + 1, b + 3, b + 8]) { arguments in
      arguments.map { x in
        let e = score.error(at: x)
        return e * e * StandardNormal.density(x)
      }
    }
    // The closed form cancels three digits of float64's sixteen; the quadrature has ten.
    #expect(abs(score.l2Squared / integral - 1) < 1e-9)
    #expect(abs(score.l2Squared - (slope == 100 ? 21.17 : 144.4)) < (slope == 100 ? 0.01 : 0.1))
  }

  @Test("D_delta of the ramp is exactly zero as soon as delta covers what lies beyond b")
  func quantile() {
    let score = OutlierScore(.ramp(slope: 1000), switchPoint: 2)
    let beyond = StandardNormal.tail(2)
    #expect(score.quantileError(delta: beyond * 1.0001) == 0)
    #expect(score.quantileError(delta: beyond * 0.99) > 0)
  }
}
