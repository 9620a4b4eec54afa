import Glibc
import ScoreCore
import Testing

@Suite struct SamplerAdviceTests {
  private func advice(
    _ process: any ForwardProcess, _ sampler: any Sampler, _ grid: any TimeGrid, steps: Int,
    variance: Double
  ) -> [SamplerAdvice] {
    SamplerAdvice.check(
      process: process, sampler: sampler, times: grid.times(stepCount: steps, process: process),
      dataVariance: variance)
  }

  @Test("The standard settings need no word, for data of unit variance")
  func silence() throws {
    for entry in ProcessCatalog.all {
      let process = try entry.make()
      let found = advice(process, ElucidatedHeun(), KarrasGrid(), steps: 100, variance: 1)
      #expect(found.isEmpty, "\(entry.name): \(found)")
    }
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)
    let found = advice(
      process, ExponentialIntegrator(), ExponentialDecayGrid(), steps: 100, variance: 1)
    #expect(found.isEmpty, "\(found)")
  }

  @Test("A huge first step of the exponential integrator is found and sized")
  func hugeStep() throws {
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)
    let found = advice(process, ExponentialIntegrator(), GeometricGrid(), steps: 10, variance: 4)
    #expect(found.count == 1)
    guard case .discretization(let error)? = found.first else { return }
    // The start of variance 1 is 1e-4 from the true one, and 41.049 is from an independent table.
    #expect(abs(error.obtained - 41.049) < 0.01 && abs(error.expected - 3.9406) < 1e-4)
    #expect(error.worstStep == 0 && error.worstTimes[0] == 5)
    #expect(abs(error.relativeError - 9.417) < 0.001)
    #expect(error.worstError > 0.5 && error.worstError <= error.relativeError)
    let line = try #require(found.first).message
    #expect(line.contains("variance 41.1 instead of 3.94 (942%)") && line.contains("step 1,"))
    // The cap of exponential decay cures most of it.
    let cured = advice(
      process, ExponentialIntegrator(), ExponentialDecayGrid(), steps: 50, variance: 4)
    guard case .discretization(let rest)? = cured.first else { return }
    #expect(abs(rest.relativeError - (4.177926052940237 / 3.940596019920266 - 1)) < 1e-4)
  }

  @Test("The parts of the error that steps make add up to it")
  func parts() throws {
    let process = CosineProcess()
    for entry in SamplerCatalog.all {
      let recursion = GaussianRecursion(
        of: try entry.make(), times: UniformGrid().times(stepCount: 30, process: process),
        process: process, dataVariance: 0.4)
      let sum = recursion.errorByStep.reduce(0, +)
      let largest = recursion.errorByStep.map { abs($0) }.max() ?? 0
      #expect(recursion.errorByStep.count == 30)
      #expect(abs(sum - recursion.discretizationError) < 1e-12 * max(1, largest), "\(entry.name)")
    }
  }

  @Test("Signal at the horizon is reported as what it does to mean and variance")
  func signal() throws {
    // Fifty of a thousand linear steps.
    let process = VariancePreserving(betaMinimum: 0.005, betaMaximum: 1)
    for variance in [0.3, 1, 2.5] {
      let m = variance.squareRoot()
      for sampler in [ElucidatedHeun(), ExponentialIntegrator()] as [any Sampler] {
        let times = LogSNRGrid().times(stepCount: 800, process: process)
        let found = SamplerAdvice.check(
          process: process, sampler: sampler, times: times, dataVariance: variance)
        #expect(found.count == 1)
        guard case .signalAtHorizon(let signal)? = found.first else { continue }
        #expect(abs(signal.alpha - exp(-0.5025 / 2)) < 1e-12)
        let sigma = (-expm1(-0.5025)).squareRoot()
        #expect(abs(signal.signalToNoise - signal.alpha * m / sigma) < 1e-12)

        // What a run from the prior leaves of N(m, v) whose mean is one deviation off centre.
        let distribution = GaussianMixture([.init(mean: [m], spread: .isotropic(m))])
        func end(_ start: Double) -> Double {
          var run = SamplingPass(
            sampler: sampler, times: times, process: process, score: ExactScore(distribution),
            start: Points(values: [start], dimension: 1), seed: 3)
          while run.step() != nil {}
          return run.points[0, 0]
        }
        // With the same noise, starts that differ by the missing signal end this far apart.
        let behind = (end(signal.alpha * m) - end(0)) / m
        #expect(abs(behind - signal.meanError) < 1e-9)
        let recursion = GaussianRecursion(
          of: sampler, times: times, process: process, dataVariance: variance)
        let truth = recursion.exactVariances
        let gap = recursion.variance(startingAt: 1) - recursion.variance(startingAt: truth[0])
        #expect(abs(signal.varianceError - gap / truth[800]) < 1e-12)
      }
    }
    // The flow keeps all of it for unit variance, where the variance alone shows nothing.
    let flow = advice(process, ElucidatedHeun(), LogSNRGrid(), steps: 400, variance: 1)
    guard case .signalAtHorizon(let signal)? = flow.first else { return }
    #expect(abs(signal.meanError - signal.alpha) < 1e-4 && abs(signal.varianceError) < 1e-12)
    let line = try #require(flow.first).message
    #expect(
      line.contains("keeps 78% of the data, 124% of the noise") && line.contains("78% behind"))
  }

  @Test("A run that does not stay finite is reported")
  func divergence() throws {
    let process = ElucidatedProcess(sigmaMinimum: 1e-5, sigmaMaximum: 1000)
    let found = advice(process, EulerMaruyama(), UniformGrid(), steps: 3000, variance: 1e-4)
    #expect(found.contains { if case .discretization = $0 { true } else { false } })
    #expect(found.allSatisfy { !$0.message.contains("\n") })
  }
}
