import Foundation
import ScoreCore
import Testing

/// Samplers on Gaussian data, where every step is linear and every result has a closed form.
@Suite struct SamplerVarianceTests {
  struct Row: Decodable {
    var v0: Double
    var grid: String
    var steps: Int
    var horizon: Double
    var stop: Double
    var target: Double
    /// The final variance by the name of the sampler.
    var variance: [String: Double]
  }

  @Test("The variance of every sampler agrees with an independent table")
  func table() throws {
    let url = try #require(
      Bundle.module.url(
        forResource: "sampler_variance", withExtension: "json", subdirectory: "Fixtures"))
    let rows = try JSONDecoder().decode([Row].self, from: Data(contentsOf: url))
    #expect(rows.count == 12)
    for row in rows {
      let process = OrnsteinUhlenbeck(horizon: row.horizon, stop: row.stop)
      let law = ReferenceGaussian(variance: row.v0)
      let grid = try #require(TimeGridCatalog.entry(named: row.grid)).make()
      let times = grid.times(stepCount: row.steps, horizon: row.horizon, stop: row.stop)
      #expect(abs(law.noisyVariance(at: process.level(at: row.stop)) / row.target - 1) < 1e-12)
      #expect(row.variance.count == 3)
      for (name, expected) in row.variance {
        let sampler = try #require(SamplerCatalog.entry(named: name)).make()
        let variance = LinearRecursion.variance(
          1, of: sampler, times: times, process: process, law: law)
        #expect(
          abs(variance / expected - 1) < 1e-9,
          "\(name), \(row.grid), \(row.steps) steps, v0 \(row.v0): \(variance)")
      }
    }
  }

  @Test(
    "Halving the steps divides the variance error by 2^order",
    arguments: SamplerCatalog.all.map(\.name))
  func order(name: String) throws {
    let sampler = try #require(SamplerCatalog.entry(named: name)).make()
    let process = OrnsteinUhlenbeck(horizon: 2, stop: 0.1)
    for variance in [0.25, 4] {
      let law = ReferenceGaussian(variance: variance)
      // Started at the exact law, so that discretisation is the only error.
      let start = law.noisyVariance(at: process.level(at: 2))
      let target = law.noisyVariance(at: process.level(at: 0.1))
      let errors = [400, 800].map { steps in
        LinearRecursion.variance(
          start, of: sampler, times: UniformGrid().times(stepCount: steps, horizon: 2, stop: 0.1),
          process: process, law: law) - target
      }
      let observed = log2(abs(errors[0] / errors[1]))
      // The next order of the expansion is 400 times smaller.
      #expect(abs(observed - Double(sampler.order)) < 0.03, "observed order \(observed)")
    }
  }

  @Test("The probability-flow ODE carries x to x sqrt(v_s / v_t)", arguments: [0.01, 0.25, 4])
  func flow(variance: Double) {
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)
    let law = ReferenceGaussian(variance: variance)
    var errors: [Double] = []
    for steps in [1000, 2000] {
      var run = SamplingRun(
        sampler: ProbabilityFlowHeun(),
        times: ExponentialDecayGrid().times(stepCount: steps, horizon: 5, stop: 0.001),
        process: process, score: ExactScore(law),
        start: Points(values: [-2, 0, 0.5], dimension: 1), seed: 1)
      while run.step() != nil {}
      let v = [5, 0.001].map { law.noisyVariance(at: process.level(at: $0)) }
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
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)
    let law = ReferenceGaussian(dimension: 2, variance: 0.25)
    let count = 20_000
    var run = SamplingRun(
      sampler: sampler, grid: ExponentialDecayGrid(), stepCount: 50, process: process,
      score: ExactScore(law), count: count, seed: 12)
    while run.step() != nil {}
    let scalar = ReferenceGaussian(variance: 0.25)
    let variance = LinearRecursion.variance(
      1, of: sampler, times: run.times, process: process, law: scalar)
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
