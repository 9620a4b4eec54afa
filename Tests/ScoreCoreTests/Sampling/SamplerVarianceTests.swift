import Glibc
import ScoreCore
import TestSupport
import Testing

/// Samplers on Gaussian data, where every step is linear and every result has a closed form.
@Suite struct SamplerVarianceTests {
  static let grids = [
    "uniform": "uniform", "geometric": "geometric", "exponentialDecay": "exponential_decay",
  ]
  static let samplers = [
    "eulerMaruyama": "euler_maruyama", "exponentialIntegrator": "exponential_integrator",
    "ancestral": "ddpm_ancestral", "ddim": "ddim", "odeEuler": "probability_flow_euler",
    "odeHeun": "probability_flow_heun",
  ]

  @Test("The variance of every sampler agrees with an independent table")
  func table() throws {
    let rows = try Reference.load().samplerVariance
    #expect(rows.count == 18)
    for row in rows {
      let process = OrnsteinUhlenbeck(horizon: row.T, stop: row.gamma)
      let distribution = ReferenceGaussian(variance: row.v0)
      let name = try #require(Self.grids[row.schedule])
      let grid = try #require(TimeGridCatalog.entry(named: name)).make()
      let times = grid.times(stepCount: row.steps, process: process)
      #expect(
        abs(distribution.noisyVariance(at: process.level(at: row.gamma)) / row.target - 1) < 1e-12)
      #expect(Set(row.variance.keys) == Set(Self.samplers.keys))
      for (method, expected) in row.variance {
        let name = try #require(Self.samplers[method])
        let sampler = try #require(SamplerCatalog.entry(named: name)).make()
        let recursion = GaussianRecursion(
          of: sampler, times: times, process: process, dataVariance: row.v0)
        let place = "\(name), \(row.schedule), \(row.steps) steps, v0 \(row.v0)"
        #expect(abs(recursion.variance(startingAt: 1) / expected - 1) < 1e-9, "\(place)")
        let variance = LinearRecursion.variance(
          1, of: sampler, times: times, process: process, distribution: distribution)
        #expect(abs(variance / expected - 1) < 1e-9, "\(place)")
      }
    }
  }

  // By mpmath with 30 digits: the grid, the levels and the integral by quadrature, written anew.
  @Test(
    "The exponential integrator's variance on sub_vp is that of the exact integral",
    arguments: [
      (10, 0.25, 9.415_195_7), (20, 0.25, 0.741_182_43), (20, 4, 12.517_083),
      (50, 1, 1.274_029_4), (50, 4, 4.913_000_9),
    ])
  func exponentialOnSubVP(steps: Int, dataVariance: Double, expected: Double) {
    let process = SubVariancePreserving()
    let recursion = GaussianRecursion(
      of: ExponentialIntegrator(),
      times: ExponentialDecayGrid().times(stepCount: steps, process: process), process: process,
      dataVariance: dataVariance)
    // The table's eight digits.
    #expect(abs(recursion.variance(startingAt: 1) / expected - 1) <= 1e-7)
  }

  @Test(
    "Halving the steps divides the variance error by 2^order",
    arguments: SamplerCatalog.all.map(\.name))
  func order(name: String) throws {
    let sampler = try #require(SamplerCatalog.entry(named: name)).make()
    guard sampler.order > 0 else { return }
    let process = OrnsteinUhlenbeck(horizon: 2, stop: 0.1)
    for variance in [0.25, 4] {
      let errors = [400, 800].map { steps in
        GaussianRecursion(
          of: sampler, times: LogSNRGrid().times(stepCount: steps, process: process),
          process: process, dataVariance: variance
        ).discretizationError
      }
      let observed = log2(abs(errors[0] / errors[1]))
      // The next order of the expansion is 400 times smaller.
      #expect(abs(observed - Double(sampler.order)) < 0.03, "observed order \(observed)")
    }
  }

  @Test("Settings that draw noise have the declared order too", arguments: [0.25, 4])
  func orderOfSettings(variance: Double) {
    let samplers: [any Sampler] = [
      ImplicitSampler(eta: 0.5), ImplicitSampler(eta: 1), AncestralSampler(variance: .large),
      ElucidatedHeun(churn: 10), ElucidatedHeun(churn: 20, churnRange: 0.6...3),
    ]
    for process in [OrnsteinUhlenbeck(horizon: 2, stop: 0.1), CosineProcess()]
      as [any ForwardProcess]
    {
      for sampler in samplers {
        let errors = [800, 1600].map { steps in
          GaussianRecursion(
            of: sampler, times: LogSNRGrid().times(stepCount: steps, process: process),
            process: process, dataVariance: variance
          ).discretizationError
        }
        let observed = log2(abs(errors[0] / errors[1]))
        // Churn begins and ends within a step, which moves its share of the error a little.
        #expect(abs(observed - Double(sampler.order)) < 0.1, "\(sampler): \(observed)")
      }
    }
  }

  @Test("A method that is said to keep a bias is left with that of its Langevin steps")
  func bias() throws {
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.2)
    let level = process.level(at: 0.2)
    let times = LogSNRGrid().times(stepCount: 20, process: process)
    let samplers: [(any Sampler, Double)] = [
      (AnnealedLangevin(stepsPerLevel: 400, langevin: LangevinStep(factor: 0.3)), 0.3),
      (PredictorCorrector(correctorSteps: 400, langevin: LangevinStep(signalToNoise: 0.4)), 0.32),
    ]
    for (sampler, factor) in samplers {
      let recursion = GaussianRecursion(
        of: sampler, times: times, process: process, dataVariance: 0.5)
      let v = recursion.exactVariances[20]
      let e = factor * level.sigma * level.sigma
      #expect(abs(recursion.variance(startingAt: 1) * (1 - e / (2 * v)) / v - 1) < 1e-12)
      #expect(abs(recursion.carriedFactor) < 1e-12)
    }
    let kept = try SamplerCatalog.all.filter { try $0.make().order == 0 }.map(\.name)
    #expect(kept == ["annealed_langevin", "predictor_corrector"])
  }

  @Test("DDIM turns standard normal data by equal angles", arguments: [5, 10, 20, 50, 100])
  func angles(steps: Int) throws {
    let process = CosineProcess(offset: 0, horizon: 1 - 1e-9, stop: 1e-9)
    let recursion = GaussianRecursion(
      of: ImplicitSampler(), times: CosineGrid().times(stepCount: steps, process: process),
      process: process, dataVariance: 1)
    let deviation = recursion.variance(startingAt: 1).squareRoot()
    #expect(abs(deviation - pow(cos(Double.pi / 2 / Double(steps)), Double(steps))) < 1e-8)
    let printed = [5: 0.7781, 10: 0.8835, 20: 0.9401, 50: 0.9756, 100: 0.9877]
    #expect(abs(deviation - (try #require(printed[steps]))) < 5e-5)
  }

  @Test("Euler and Heun of EDM spread a deviation of 1/2 as tabulated")
  func elucidated() {
    let process = ElucidatedProcess()
    let table = [
      (5, 0.2336, 1.2579), (10, 0.3652, 0.6098), (18, 0.4230, 0.5276), (40, 0.4649, 0.5049),
    ]
    for (evaluations, euler, heun) in table {
      // The paper's grid: N levels down to the smallest, and then none.
      let times = KarrasGrid().times(stepCount: evaluations - 1, process: process) + [0]
      func deviation(_ sampler: any Sampler) -> Double {
        GaussianRecursion(of: sampler, times: times, process: process, dataVariance: 0.25)
          .variance(startingAt: 6400).squareRoot()
      }
      #expect(abs(deviation(ProbabilityFlowEuler()) - euler) < 6e-5)
      #expect(abs(deviation(ElucidatedHeun()) - heun) < 6e-5)
    }
  }

  @Test("The probability-flow ODE carries x to x sqrt(v_s / v_t)", arguments: [0.01, 0.25, 4])
  func flow(variance: Double) {
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)
    let distribution = ReferenceGaussian(variance: variance)
    var errors: [Double] = []
    for steps in [1000, 2000] {
      var run = SamplingPass(
        sampler: ProbabilityFlowHeun(),
        times: ExponentialDecayGrid().times(stepCount: steps, process: process),
        process: process, score: ExactScore(distribution),
        start: Points(values: [-2, 0, 0.5], dimension: 1), seed: 1)
      while run.step() != nil {}
      let v = [5, 0.001].map { distribution.noisyVariance(at: process.level(at: $0)) }
      let factor = (v[1] / v[0]).squareRoot()
      #expect(run.points[1, 0] == 0)
      errors.append(
        max(abs(run.points[0, 0] / (-2 * factor) - 1), abs(run.points[2, 0] / (0.5 * factor) - 1)))
    }
    // Second order: steps of 0.01 in the stretched time leave about h^2 times the path's length.
    #expect(errors[0] < 1e-3 && abs(log2(errors[0] / errors[1]) - 2) < 0.05, "\(errors)")
  }

  @Test(
    "Samples have the mean and variance of the recursion", arguments: SamplerCatalog.all.map(\.name)
  )
  func monteCarlo(name: String) throws {
    let sampler = try #require(SamplerCatalog.entry(named: name)).make()
    try check(sampler, on: OrnsteinUhlenbeck(horizon: 5, stop: 0.01))
    try check(sampler, on: ElucidatedProcess(sigmaMinimum: 0.01, sigmaMaximum: 20))
  }

  @Test("So have samples of settings that draw more noise")
  func monteCarloOfSettings() throws {
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)
    try check(ImplicitSampler(eta: 0.7), on: process)
    try check(AncestralSampler(variance: .large), on: process)
    try check(ElucidatedHeun(churn: 20, churnRange: 0.1...10, noiseScale: 1.01), on: process)
    try check(PredictorCorrector(predictor: ImplicitSampler(), correctorSteps: 3), on: process)
  }

  private func check(_ sampler: any Sampler, on process: any ForwardProcess) throws {
    let count = 20_000
    var run = SamplingPass(
      sampler: sampler, grid: ExponentialDecayGrid(), stepCount: 50, process: process,
      score: ExactScore(ReferenceGaussian(dimension: 2, variance: 0.25)), count: count, seed: 12)
    while run.step() != nil {}
    let variance = GaussianRecursion(
      of: sampler, times: run.times, process: process, dataVariance: 0.25
    ).variance(startingAt: process.priorDeviation * process.priorDeviation)
    let columns = [run.points.column(0), run.points.column(1)]
    for column in columns {
      // Four standard errors of a mean, a second moment and a correlation of Gaussians.
      let n = Double(count)
      #expect(abs(Samples.mean(column)) < 4 * (variance / n).squareRoot())
      #expect(abs(Samples.second(column) / variance - 1) < 4 * (2 / n).squareRoot())
    }
    let product = Samples.mean(zip(columns[0], columns[1]).map { $0 * $1 })
    #expect(abs(product / variance) < 4 / Double(count).squareRoot())
  }
}
