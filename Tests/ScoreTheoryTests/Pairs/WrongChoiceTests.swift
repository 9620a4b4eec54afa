import Glibc
import Testing

@testable import ScoreCore
@testable import ScoreTheory

@Suite struct WrongChoiceTests {
  /// eta, R, t, m and the sum over K, computed with scipy.stats.binom and norm.logsf.
  static let rows: [(eta: Double, R: Double, t: Double, m: Int, expected: Double)] = [
    (0.01, 10, 0.05, 10, 0.457868817455784), (0.01, 10, 0.05, 30, 0.3841228516128849),
    (0.01, 10, 0.05, 100, 0.20869090677173144), (0.01, 10, 0.05, 300, 0.03798463641162604),
    (0.01, 10, 0.05, 1000, 0.00014590306317114943),
    (0.001, 1e4, 0.05, 100, 0.4523960735568545), (0.001, 1e4, 0.05, 300, 0.3703535160780497),
    (0.001, 1e4, 0.05, 1000, 0.18384771238548203),
    (0.001, 1e4, 0.05, 3000, 0.02485619699901814),
    (0.001, 1e4, 0.05, 10_000, 2.258667298852432e-05),
    (0.05, 6, 0.25, 50, 0.0456843195250756), (0.3, 2, 0.5, 20, 0.03560912237019204),
  ]

  @Test("The chance of the wrong score is the sum over far samples", arguments: rows)
  func formula(row: (eta: Double, R: Double, t: Double, m: Int, expected: Double)) {
    let pair = LowerBoundPair(eta: row.eta, separation: row.R)
    let value = pair.wrongChoiceProbability(sampleCount: row.m, time: row.t)
    // Log gamma of 10 000 rounds by 1e-11; the reference has ten digits and more.
    #expect(abs(value / row.expected - 1) <= 1e-9)
  }

  @Test("Where one far sample decides, it is half the chance of seeing none")
  func limit() {
    let pair = LowerBoundPair(eta: 0.001, separation: 10_000)
    for m in [1, 100, 10_000] {
      let value = pair.wrongChoiceProbability(sampleCount: m, time: 0.05)
      #expect(abs(value / (0.5 * exp(Double(m) * log1p(-0.001))) - 1) <= 1e-9)
    }
  }

  @Test("The loss gap is that of the two mixtures' scores")
  func lossGap() {
    let pair = LowerBoundPair(eta: 0.05, separation: 4)
    for time in [0.05, 0.3, 1] {
      let gap = pair.lossGap(time: time)
      let sigma = (-expm1(-2 * time)).squareRoot()
      for x in stride(from: -6.0, through: 8, by: 0.7) {
        for z in [-2.0, 0.3, 1.5] {
          let right = pair.firstScore(at: x, time: time) + z / sigma
          let wrong = pair.secondScore(at: x, time: time) + z / sigma
          let expected = wrong * wrong - right * right
          // The plain difference of squares cancels; both squares are below 200.
          #expect(abs(gap.value(at: x, noise: z) - expected) <= 1e-12 * (right * right + 1) * 10)
        }
      }
    }
  }

  @Test("Given one far sample, the loss gap has the mean and spread that the formula uses")
  func gapOfAFarSample() {
    let pair = LowerBoundPair(eta: 0.01, separation: 10)
    let (time, n) = (0.05, 20_000)
    let (alpha, sigma) = (exp(-time), (-expm1(-2 * time)).squareRoot())
    let gap = pair.lossGap(time: time)
    var stream = RandomStream(seed: 3, purpose: .test)
    let values = (0..<n).map { _ in
      let (start, z) = (10 + stream.normal(), stream.normal())
      return gap.value(at: alpha * start + sigma * z, noise: z)
    }
    let mean = values.reduce(0, +) / Double(n)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n - 1)
    let R = pair.separation(at: time)
    let deviation = 2 * R * alpha / sigma
    // Five standard errors of a mean and of a variance of normal numbers.
    #expect(abs(mean - R * R) <= 5 * deviation / Double(n).squareRoot())
    #expect(abs(variance / (deviation * deviation) - 1) <= 5 * (2 / Double(n)).squareRoot())
  }
}
