import ScoreCore
import ScoreTheory
import Testing

@Suite struct LowerBoundTransportTests {
  @Test("The squared W2 distance agrees with an independent quadrature")
  func wasserstein2() {
    // By scipy's brentq and quad, to 1e-9 of the value.
    for (R, eta, expected) in [
      (3.0, 0.01, 0.015942540723703092), (5, 0.01, 0.12879634846850282),
      (10, 0.001, 0.08973748018085691), (10, 0.01, 1.0965150428049764),
      (20, 0.01, 6.031792377768279), (100, 0.001, 18.67768477473127),
    ] {
      let value = LowerBoundPair(eta: eta, separation: R).wasserstein2Squared(time: 0)
      #expect(abs(value / expected - 1) <= 1e-7, "R \(R), eta \(eta): \(value)")
    }
  }
}
