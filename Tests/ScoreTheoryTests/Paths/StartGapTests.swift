import Glibc
import ScoreCore
import ScoreTheory
import TestSupport
import Testing

@Suite struct StartGapTests {
  private static let mixture = IsotropicMixture(
    means: Points(rows: [[-1], [1]]), weights: [1, 2], deviations: [0.5, 0.5])

  private static func gap(_ distribution: any KnownScoreDistribution, horizon: Double) -> StartGap {
    var stream = RandomStream(seed: 8, purpose: .test)
    let level = OrnsteinUhlenbeck(horizon: horizon, stop: 0.1).level(at: horizon)
    return StartGap(distribution: distribution, level: level, draws: 20_000, using: &stream)
  }

  @Test(
    "On the line both are the integrals of the densities, however small",
    arguments: [
      (1.0, 0.0510223122319, 0.00768793655497), (5, 0.000896028649213, 2.52222826281e-6),
    ])
  func quadrature(horizon: Double, variation: Double, divergence: Double) {
    // mpmath with 30 digits, between the roots of q = phi.
    let found = Self.gap(Self.mixture, horizon: horizon)
    #expect(found.drawCount == 0)
    #expect(found.variation.standardError == 0 && found.divergence.standardError == 0)
    #expect(abs(found.variation.value / variation - 1) < 1e-8)
    #expect(abs(found.divergence.value / divergence - 1) < 1e-8)
    #expect(found.variation.value < PathCertificate.pinsker(found.divergence.value))
  }

  @Test("For a normal distribution they are those of the closed form", arguments: [0.04, 9])
  func normal(v0: Double) {
    let found = Self.gap(ReferenceGaussian(dimension: 1, variance: v0), horizon: 1)
    let normal = CentredNormal(variance: 1 + (v0 - 1) * exp(-2.0))
    let unit = CentredNormal(variance: 1)
    #expect(abs(found.variation.value - normal.totalVariation(to: unit)) < 1e-9)
    #expect(abs(found.divergence.value - normal.kullbackLeibler(to: unit)) < 1e-9)
  }

  @Test(
    "A distribution that is the start already, or is nearly, is at no distance",
    arguments: [1.0, 20])
  func none(horizon: Double) {
    // Only rounding is left to integrate.
    let found = Self.gap(
      horizon == 1 ? ReferenceGaussian(dimension: 1, variance: 1) : Self.mixture,
      horizon: horizon)
    #expect(found.drawCount == 0)
    #expect(found.variation.value < 1e-8 && found.divergence.value < 1e-16)
    #expect(found.divergence.value > -1e-20)
  }

  @Test(
    "Beyond the line they are means with an error that is small against the divergence itself",
    arguments: [(1.0, 9.0), (4, 0.25), (6, 0.25)])
  func draws(horizon: Double, v0: Double) {
    let dimension = 3
    let found = Self.gap(ReferenceGaussian(dimension: dimension, variance: v0), horizon: horizon)
    let normal = CentredNormal(variance: 1 + (v0 - 1) * exp(-2 * horizon))
    let unit = CentredNormal(variance: 1)
    let variation = normal.totalVariation(to: unit, dimension: dimension)
    let divergence = Double(dimension) * normal.kullbackLeibler(to: unit)
    #expect(found.drawCount == 20_000)
    #expect(abs(found.variation.value - variation) < 4 * found.variation.standardError)
    #expect(abs(found.divergence.value - divergence) < 4 * found.divergence.standardError)
    // The term is near half the square of a log ratio, whose deviation is a few times its mean.
    #expect(found.divergence.standardError < 0.05 * divergence)
    #expect(found.divergence.value > 0)
  }

  @Test("A part that no draw shows is left to the mean over draws, not silently missed")
  func hiddenPart() {
    let distribution = IsotropicMixture(
      means: Points(rows: [[0], [1e5]]), weights: [1, 1e-5], deviations: [1, 1])
    #expect(Self.gap(distribution, horizon: 1).drawCount == 20_000)
  }
}
