import Glibc
import Testing

@testable import ScoreCore

@Suite struct LowerBoundPairTests {
  @Test("L2, D_delta, TV and W1 agree with an independent computation")
  func agreesWithReference() throws {
    let reference = try Reference.load()
    #expect(reference.lowerBoundPair.count == 18)
    for entry in reference.lowerBoundPair {
      let pair = LowerBoundPair(eta: entry.eta, separation: entry.R)
      #expect(abs(pair.l2Squared(time: entry.t) / entry.l2Squared - 1) <= 1e-9)
      #expect(abs(pair.totalVariation(time: entry.t) / entry.totalVariation - 1) <= 1e-12)
      #expect(abs(pair.wasserstein1(time: entry.t) / entry.wasserstein1 - 1) <= 1e-12)
      for (key, expected) in entry.quantileError {
        let delta = try #require(Double(key))
        let value = pair.quantileError(delta: delta, time: entry.t)
        // The reference's root is good to 1e-11; where the gap is exp(R a) that costs a factor R.
        #expect(abs(value / expected - 1) <= 1e-9, "R \(entry.R), delta \(delta), t \(entry.t)")
      }
    }
  }

  @Test("KL at time zero is the published table's")
  func kullbackLeiblerIsTheTables() {
    for (R, eta, expected, tolerance) in [
      (3.0, 0.01, 0.01347, 5e-6), (5, 0.01, 0.0807, 5e-5), (6, 0.05, 0.7536, 5e-5),
      (10, 0.01, 0.4540, 5e-5), (10, 0.001, 0.0431, 5e-5), (20, 0.01, 1.954, 5e-4),
    ] {
      let pair = LowerBoundPair(eta: eta, separation: R)
      #expect(abs(pair.kullbackLeibler(time: 0) - expected) <= tolerance)
    }
  }

  @Test("KL of Figure 1's setting agrees with an independent quadrature")
  func kullbackLeiblerOfFigureOne() {
    // 49999.99309324677 by scipy's quad; eta (R^2 / 2 - log 1/eta) is 49999.99309.
    let value = LowerBoundPair(eta: 0.001, separation: 10_000).kullbackLeibler(time: 0)
    #expect(abs(value / 49999.99309324677 - 1) <= 1e-9)
  }

  @Test("L2 against noise is that of the published sweep")
  func noiseSweep() {
    let pair = LowerBoundPair(eta: 0.01, separation: 10)
    for (time, expected) in [
      (0.0, 1.0), (0.25, 0.6063), (0.5, 0.3646), (0.75, 0.2090), (1, 0.1066), (1.25, 0.0459),
      (1.5, 0.0167), (2, 0.0018),
    ] {
      // Half a unit of the last digit given.
      #expect(abs(pair.l2Squared(time: time) - expected) <= 5.1e-5)
    }
  }

  @Test("The L2 error integrated over time is the KL divergence (de Bruijn)")
  func l2IntegratesToKL() {
    let pair = LowerBoundPair(eta: 0.01, separation: 10)
    let integral = AdaptiveQuadrature.integrate(over: [0, 1, 2, 4, 20]) { times in
      times.map { pair.l2Squared(time: $0) }
    }
    // Beyond t = 20 the integrand is below 4 eta^2 R^2 e^-40.
    #expect(abs(integral / pair.kullbackLeibler(time: 0) - 1) <= 1e-8)
  }

  @Test("D_delta steps from R_t to almost nothing at delta = eta", arguments: [0.0, 0.25])
  func quantileErrorSteps(time: Double) {
    let pair = LowerBoundPair(eta: 0.01, separation: 10)
    let R = pair.separation(at: time)
    #expect(pair.quantileError(delta: 0.009, time: time) > 0.999 * R)
    #expect(pair.quantileError(delta: 0.011, time: time) < 1e-3 * R)
  }

  @Test("The gap beyond Figure 1's separation is that of the paper")
  func figureOneIsCovered() {
    let pair = LowerBoundPair(eta: 0.001, separation: 10_000)
    #expect(abs(pair.l2Squared(time: 0) / 1e5 - 1) <= 1e-9)
    #expect(abs(pair.quantileError(delta: 0.0005, time: 0) / 1e4 - 1) <= 1e-12)
    #expect(pair.quantileError(delta: 0.01, time: 0) < 1e-300)
  }

  @Test("Markov: D_delta is at most L2 / sqrt(delta), nearly equal just below eta")
  func markovHolds() {
    for R in [0.5, 3, 10, 20] {
      for eta in [0.001, 0.01, 0.3] {
        let pair = LowerBoundPair(eta: eta, separation: R)
        for time in [0.0, 0.5, 2] {
          let l2 = pair.l2Squared(time: time).squareRoot()
          for delta in stride(from: -4.0, through: -0.01, by: 0.25).map({ pow(10, $0) }) {
            #expect(
              pair.quantileError(delta: delta, time: time) <= l2 / delta.squareRoot() * (1 + 1e-9))
          }
        }
      }
    }
    let tight = LowerBoundPair(eta: 0.01, separation: 20)
    let bound = (tight.l2Squared(time: 0) / 0.00999).squareRoot()
    #expect(tight.quantileError(delta: 0.00999, time: 0) / bound > 0.999)
  }

  @Test("The closed scores are those of the two mixtures, at every time")
  func closedScoresAreTheMixtures() {
    let pair = LowerBoundPair(eta: 0.05, separation: 4)
    let x = Points(values: stride(from: -9, through: 9, by: 0.37).map { $0 }, dimension: 1)
    for time in [0.0, 0.3, 2] {
      let level = NoiseLevel(alpha: exp(-time), sigma: (-expm1(-2 * time)).squareRoot())
      let first = pair.first.score(at: x, level: level)
      let second = pair.second.score(at: x, level: level)
      for row in 0..<x.count {
        let point = x[row, 0]
        #expect(abs(first[row, 0] - pair.firstScore(at: point, time: time)) <= 1e-13)
        #expect(abs(second[row, 0] - pair.secondScore(at: point, time: time)) <= 1e-13)
        let gap = abs(first[row, 0] - second[row, 0])
        #expect(abs(gap - pair.gap(at: point, time: time)) <= 1e-13)
      }
    }
  }

  @Test("D_delta is the quantile of the gap over a sample")
  func quantileErrorIsAQuantile() {
    let pair = LowerBoundPair(eta: 0.05, separation: 3)
    var stream = RandomStream(seed: 7, purpose: .test)
    let n = 50_000
    let x = pair.first.sample(count: n, using: &stream)
    let gaps = x.values.map { pair.gap(at: $0, time: 0) }
    for delta in [0.01, 0.05, 0.2] {
      let quantile = pair.quantileError(delta: delta, time: 0)
      let share = Double(gaps.count { $0 >= quantile }) / Double(n)
      #expect(abs(share - delta) <= 5 * (delta * (1 - delta) / Double(n)).squareRoot())
    }
  }
}
