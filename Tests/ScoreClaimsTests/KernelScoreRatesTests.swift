import Glibc
import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct KernelScoreRatesTests {
  @Test("The window of the density leaves out nothing that counts")
  func density() {
    let data = [-1.0, -0.4, 0.1, 0.3, 2]
    for (x, width) in [(0.0, 0.2), (0.5, 1), (-3, 0.5)] {
      let whole = data.reduce(0.0) { $0 + StandardNormal.density((x - $1) / width) / width / 5 }
      #expect(abs(KernelScoreRatesPlan.density(data, x, width) - whole) < 1e-8)
    }
  }

  @Test("The least place of a parabola in the logarithm is found between the stops")
  func bestStop() {
    let stops = KernelScoreRates.stops
    let curve = stops.map { 1 + pow(log($0 / 0.037), 2) }
    #expect(abs(KernelScoreRatesPlan.bestStop(curve) / 0.037 - 1) < 1e-9)
    #expect(KernelScoreRatesPlan.bestStop(stops) == stops[0])
  }

  @Test("Errors that are a power of t sum to the integral from each t on")
  func integrals() throws {
    let plan = KernelScoreRatesPlan(values: KernelScoreRates(), seed: 1)
    let findings = KernelScoreRatesFindings(plan, .init(plan.units))
    let times = plan.values.times(.uniform)
    let sums = findings.integrals(times.map { 1 / $0 }, .uniform)
    for (time, sum) in zip(times, sums) {
      #expect(abs(sum - log((times.last ?? 0) / time)) < 1e-12)
    }
  }
}
