import Glibc
import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct GuidanceTests {
  @Test("The tilted law without a weight is the class, and with one it is cut off on the left")
  func tilted() {
    let plain = TiltedLaw(deviation: 0.5, weight: 0)
    #expect(abs(plain.mean - 1) < 1e-9 && abs(plain.deviation - 0.5) < 1e-9)
    for x in [-0.3, 0.9, 1, 2.2] {
      #expect(abs(plain.share(below: x) - StandardNormal.cdf(2 * (x - 1))) < 1e-5)
    }
    #expect(plain.share(below: -9) == 0 && plain.share(below: 19) == 1)
    let tilted = TiltedLaw(deviation: 0.5, weight: 4)
    #expect(tilted.mean > 1 && tilted.deviation < 0.5)
    #expect(tilted.share(below: 0.2) < plain.share(below: 0.2))
  }

  @Test("The class's own score has no gap to the tilted law without a weight")
  func scoreGap() {
    let values = Guidance()
    let score = ExactScore(values.classes.given(values.wanted))
    let plain = TiltedLaw(deviation: values.deviation, weight: 0)
    for ratio in Guidance.ratios {
      #expect(plain.scoreGap(of: score, level: GuidancePlan.level(ratio: ratio)) < 1e-3)
    }
    let zero = plain.scoreGap(
      of: BaselineScore.Zero(dimension: 1), level: GuidancePlan.level(ratio: 1))
    #expect(abs(zero - 1) < 1e-12)
  }

  @Test("Variances of the Gaussian pair agree with sums of small steps, and at w = 0 are one")
  func pair() {
    let pair = GaussianPair(conditional: 1, marginal: 2)
    #expect(pair.flowVariance(weight: 0) == 1 && pair.tiltedVariance(weight: 0) == 1)
    #expect(abs(pair.samplerVariance(weight: 0) - 1) < 1e-12)
    for w in [0.5, 2.0, 4] {
      // The flow from a far start, and the sampler's integral of h^2, h what u is multiplied by from r to 0.
      let far = 1e7
      let factor = pair.flowFactor(weight: w, from: far, to: 0)
      #expect(abs(far * factor * factor / pair.flowVariance(weight: w) - 1) < 1e-5)
      // r = z / (1 - z), by the middles of cells of z.
      let integral = (0..<200_000).reduce(0.0) { sum, cell in
        let z = (Double(cell) + 0.5) / 200_000
        let slope = 1 / ((1 - z) * (1 - z))
        return sum + pow(pair.flowFactor(weight: w, from: z / (1 - z), to: 0), 4) * slope / 200_000
      }
      #expect(abs(integral / pair.samplerVariance(weight: w) - 1) < 1e-4)
      #expect(pair.flowVariance(weight: w) < pair.tiltedVariance(weight: w))
    }
  }

  @Test("Without guidance the flow of the exact score makes the class")
  func law() {
    let values = Guidance()
    let exact = ExactScore(values.classes.given(values.wanted))
    let score = GuidedScore(
      conditional: exact, marginal: ExactScore(values.classes.marginal), weight: 0)
    let law = GuidedLaw(of: score, process: values.process, steps: 300, cells: 500)
    #expect(law.variation { StandardNormal.cdf(2 * ($0 - 1)) } < 0.005)
    #expect(abs(law.mean - 1) < 0.01 && abs(law.deviation - 0.5) < 0.01)
    for k in [1, 250, 499] {
      #expect(abs(law.share(below: law.images[k - 1]) - Double(k) / 500) < 0.0021)
    }
  }
}
