import ScoreCore
import Testing

/// Every sampler on the straight path of flow matching.
@Suite struct FlowSamplerTests {
  // By mpmath with 30 digits: grids, levels, the integral and each method's step written anew for
  // alpha = 1 - t, sigma = t. Uniform grid of 40 steps and log SNR of 20 with data of variance 1/4,
  // then log SNR of 50 with variance 4; from the prior's variance 0.999^2.
  @Test(
    "The variance of every sampler agrees with an independent computation",
    arguments: [
      ("euler_maruyama", [0.2497617800071, 0.2961089775943, 3.868618691297]),
      ("exponential_integrator", [0.2688982489793, 0.4141874512453, 4.454200957991]),
      ("ddpm_ancestral", [0.2136319032488, 0.1352472175331, 3.067037598945]),
      ("ddim", [0.2317374881368, 0.1766432793392, 3.476948675984]),
      ("probability_flow_euler", [0.2317374881368, 0.1766432793392, 3.476948675984]),
      ("probability_flow_heun", [0.2496378209354, 0.2569051763908, 3.969175820374]),
      ("edm_heun", [0.2515514411254, 0.2866137380072, 4.074213276188]),
      ("dpm_solver_2m", [0.2592679533569, 0.2617852571737, 4.029203229344]),
      ("annealed_langevin", [0.3660883930324, 43.84095780825, 8.9539334948]),
      ("predictor_corrector", [0.2470116197308, 0.2915833431762, 3.844410614978]),
    ])
  func variances(name: String, expected: [Double]) throws {
    let process = FlowProcess()
    let sampler = try #require(SamplerCatalog.entry(named: name)).make()
    let cases: [(any TimeGrid, Int, Double)] = [
      (UniformGrid(), 40, 0.25), (LogSNRGrid(), 20, 0.25), (LogSNRGrid(), 50, 4),
    ]
    for ((grid, steps, variance), expected) in zip(cases, expected) {
      let recursion = GaussianRecursion(
        of: sampler, times: grid.times(stepCount: steps, process: process), process: process,
        dataVariance: variance)
      let prior = process.priorDeviation * process.priorDeviation
      // Rounding is carried along with gains of up to a thousand.
      #expect(abs(recursion.variance(startingAt: prior) / expected - 1) < 1e-10, "\(steps) steps")
    }
  }

  @Test("The computation has every sampler of the catalog")
  func complete() {
    #expect(SamplerCatalog.all.count == 10)
  }
}
