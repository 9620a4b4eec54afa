import Glibc
import Testing

@testable import ScoreCore
@testable import ScoreTheory

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

  /// Second and fourth moments, and the same of errors capped three tail scales beyond the switch:
  /// mpmath with 50 digits; those of the last ramp without a cap by their closed forms.
  static let momentRows: [(score: OutlierScore, plain: [Double], cap: Double, capped: [Double])] = [
    (
      OutlierScore(.mixture(separation: 100), switchPoint: (2 * log(1000)).squareRoot()),
      [0.852832674223566, 8246.46922172897], 4.47280250421158,
      [0.852832674223566, 8246.46922172897]
    ),
    (
      OutlierScore(.ramp(slope: 1000), switchPoint: 3.0902323),
      [144.445175578241, 101610192.605675], 3.9763379386362, [126.938933300703, 53887357.8064167]
    ),
    (
      OutlierScore(.ramp(slope: 50), switchPoint: 4.5), [0.000684297298597871, 0.72535291486488],
      5.13664335134708, [0.000580691076972602, 0.330464957547156]
    ),
    (
      OutlierScore(.ramp(slope: 1), switchPoint: 30),
      [1.08437248739835e-200, 1.43156658685672e-202],
      30.0998891351187, [8.70026379267145e-201, 5.09256617837481e-203]
    ),
  ]

  @Test("Moments of the error, plain and capped, agree with mpmath", arguments: momentRows)
  func moments(row: (score: OutlierScore, plain: [Double], cap: Double, capped: [Double])) {
    #expect(abs(row.score.switchPoint + 3 * row.score.tailScale - row.cap) < 1e-12)
    for (order, plain, capped) in zip([2, 4], zip(row.plain, row.capped)).map({ ($0, $1.0, $1.1) })
    {
      // The quadrature settles at a relative difference of 1e-10 of its two rules; far out the
      // density itself has 13 digits, b^2/2 roundings of the exponent.
      #expect(abs(exp(row.score.logMoment(order)) / plain - 1) < 1e-8)
      #expect(abs(row.score.cappedMoment(order, at: row.cap) / capped - 1) < 1e-8)
    }
  }

  @Test("Data sets notice the gap no less often than the bound says, and no more at its own point")
  func unnoticedBound() {
    // scipy: Phi(x_1)^1000 with S^2 r(x_1)^2 / 1000 = 0.01 L2^2.
    for (b, expected) in [
      ((2 * log(1000)).squareRoot(), 0.9031765880107515), (3.0902323, 0.38216093787783295),
    ] {
      let score = OutlierScore(.mixture(separation: 100), switchPoint: b)
      #expect(abs(score.unnoticedBound(share: 0.01, sampleCount: 1000) - expected) < 1e-8)
    }
    // A limit that even the largest error does not reach is never seen.
    let score = OutlierScore(.mixture(separation: 5), switchPoint: 0.5)
    #expect(score.unnoticedBound(share: 0.99, sampleCount: 100_000) == 1)
    let ramp = OutlierScore(.ramp(slope: 1000), switchPoint: 3)
    let point = 3 + (0.01 * 1000 * ramp.l2Squared).squareRoot() / 1000
    let expected = exp(1000 * log1p(-StandardNormal.tail(point)))
    #expect(abs(ramp.unnoticedBound(share: 0.01, sampleCount: 1000) - expected) < 1e-12)
  }

  @Test(
    "The weight gives the switch point back, and the score of the paper's weight is 0 beyond its own"
  )
  func weights() throws {
    let score = OutlierScore(.mixture(separation: 100), switchPoint: 3.7169)
    let odds = try #require(score.logWeightOdds)
    // mpmath: log(eta / (1 - eta)) = log((S - b)/b) - S^2/2 + S b.
    #expect(abs(odds + 4625.05559717738) < 1e-8)
    let back = try #require(OutlierScore(separation: 100, logWeightOdds: odds))
    // Odds of 4625 have an ulp of 9e-13, which the slope S turns into less than 1e-14.
    #expect(abs(back.switchPoint - 3.7169) < 1e-12)
    // The score of eta N(0, 1) + (1 - eta) N(100, 1), written out, where eta is not tiny.
    let near = try #require(OutlierScore(separation: 4, logWeightOdds: log(0.3 / 0.7)))
    for x in [-1, 0.5, 1.8, 3.9] {
      let (a, b) = (0.3 * StandardNormal.density(x), 0.7 * StandardNormal.density(x - 4))
      #expect(abs(near.error(at: x) - 4 * b / (a + b)) < 1e-12)
    }
    #expect(OutlierScore(separation: 100, logWeightOdds: 1e5) == nil)
    #expect(OutlierScore(.ramp(slope: 1), switchPoint: 1).logWeightOdds == nil)
  }

  @Test("The ramp's L2 error is its integral", arguments: [(100.0, 2.3263), (1000.0, 3.0902)])
  func ramp(slope: Double, b: Double) {
    let score = OutlierScore(.ramp(slope: slope), switchPoint: b)
    let (Q, phi) = (StandardNormal.tail(b), StandardNormal.density(b))
    let closed = slope * slope * ((1 + b * b) * Q - b * phi)
    // The closed form cancels three digits of float64's sixteen; the quadrature has ten.
    #expect(abs(score.l2Squared / closed - 1) < 1e-9)
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
