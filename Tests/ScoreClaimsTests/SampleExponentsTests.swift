import Glibc
import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct SampleExponentsTests {
  @Test("The report is the same for one and two threads")
  func threads() throws {
    let small = UnitDriverTests.small["sample_exponents"] ?? []
    let one = try ExperimentConfiguration.finished("sample_exponents", small, threads: 1)
    #expect(try "\(one)" == "\(ExperimentConfiguration.finished("sample_exponents", small))")
    #expect(one.faults.isEmpty)
  }

  @Test("Total variation of normal distributions: equal variances, equal means, and quadrature")
  func totalVariation() {
    let unit = NormalLaw(mean: 0, variance: 1)
    let shifted = NormalLaw(mean: 1, variance: 1)
    #expect(abs(shifted.totalVariation(to: unit) - (2 * StandardNormal.cdf(0.5) - 1)) < 1e-15)
    let wide = NormalLaw(mean: 0, variance: 2)
    let exact = CentredNormal(variance: 2).totalVariation(to: CentredNormal(variance: 1))
    #expect(abs(wide.totalVariation(to: unit) - exact) < 1e-14)
    #expect(unit.totalVariation(to: unit) == 0)
    for law in [
      NormalLaw(mean: 0.01, variance: 1.0001), NormalLaw(mean: -3, variance: 0.2),
      NormalLaw(mean: 0.3, variance: 5),
    ] {
      let (one, other) = (law.totalVariation(to: unit), unit.totalVariation(to: law))
      #expect(abs(one - other) < 1e-13)
      #expect(abs(one - law.totalVariationByQuadrature(to: unit)) < 1e-9)
    }
  }

  @Test("A line's error is exceeded by a share delta of the points")
  func quantile() {
    let error = LineError(mean: -0.4, deviation: 0.7)
    let size = error.quantile(delta: 0.1)
    let above = StandardNormal.tail((size + 0.4) / 0.7) + StandardNormal.tail((size - 0.4) / 0.7)
    #expect(abs(above - 0.1) < 1e-12)
    #expect(LineError(mean: -2, deviation: 0).quantile(delta: 0.1) == 2)
    let centred = LineError(mean: 0, deviation: 1).quantile(delta: 0.05)
    #expect(abs(centred - StandardNormal.quantile(0.975)) < 1e-12)
  }

  @Test("Normal samples are followed as the recursion of centred ones says")
  func recursion() {
    let process = OrnsteinUhlenbeck(horizon: 3, stop: 0.01)
    let times = ExponentialDecayGrid().times(stepCount: 12, process: process)
    let data = NormalLaw(mean: 0, variance: 0.5)
    let samples = SampleExponentsPlan.samples(
      gains: StepGain.gains(of: ExponentialIntegrator(), times: times, process: process),
      lines: times.dropLast().map { ScoreLine(of: data.noisy(at: process.level(at: $0))) })
    let recursion = GaussianRecursion(
      of: ExponentialIntegrator(), times: times, process: process, dataVariance: 0.5)
    #expect(abs(samples.variance - recursion.variance(startingAt: 1)) < 1e-12)
    #expect(samples.mean == 0)
  }

  @Test("Errors that are exactly a power of n give the inverse power of eps")
  func powers() {
    let counts = [50, 100, 200, 400, 800]
    var stream = RandomStream(seed: 1, purpose: .test)
    for power in [0.5, 0.25] {
      let errors = counts.map { n in
        Array(repeating: 3 * pow(Double(n), -power), count: 60)
      }
      let found = NeededSamples(
        counts: counts, errors: errors, missShare: 0.1, epsCount: 5, resamples: 20, using: &stream)
      #expect(abs(found.power + 1 / power) < 1e-9)
      #expect(found.interval.map { abs($0.upperBound + 1 / power) < 1e-9 } == true)
      #expect(abs((found.needed.first ?? 0) - 100) < 1e-6)
      #expect(abs((found.needed.last ?? 0) - 400) < 1e-6)
    }
  }

  @Test("Too few data sets for the share that may err are refused with the place")
  func refusal() throws {
    do {
      _ = try ExperimentConfiguration("sample_exponents").setting(["repeats=90", "miss_share=0.1"])
        .makeDriver(dataSource: DataFile())
      Issue.record("nothing was refused")
    } catch { #expect("\(error)".contains("repeats")) }
  }
}
