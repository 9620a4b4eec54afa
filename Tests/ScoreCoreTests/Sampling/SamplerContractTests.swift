import Glibc
import ScoreCore
import TestSupport
import Testing

/// What every member of the sampler catalog is held to by being listed.
@Suite struct SamplerContractTests {
  static let deterministic = SamplerCatalog.all.filter {
    (try? $0.make().isDeterministic) == true
  }.map(\.name)

  @Test("A path has the declared order on a non-linear score", arguments: deterministic)
  func order(name: String) throws {
    let sampler = try #require(SamplerCatalog.entry(named: name)).make()
    let score = ExactScore(ReferencePair(separation: 1, variance: 0.3))
    for process in [OrnsteinUhlenbeck(horizon: 2, stop: 0.1), VariancePreserving(stop: 0.1)]
      as [any ForwardProcess]
    {
      func ends(_ sampler: any Sampler, _ steps: Int) -> [Double] {
        var run = SamplingPass(
          sampler: sampler, times: LogSNRGrid().times(stepCount: steps, process: process),
          process: process, score: score,
          start: Points(values: [-1.7, -0.4, 0.1, 0.9, 2.2], dimension: 1), seed: 1)
        while run.step() != nil {}
        return run.points.values
      }
      // The reference errs by (320 / 40000)^2 of the second-order errors below.
      let fine = ends(ElucidatedHeun(), 40_000)
      let errors = [320, 640].map { steps in
        zip(ends(sampler, steps), fine).reduce(0) { max($0, abs($1.0 - $1.1)) }
      }
      let observed = log2(errors[0] / errors[1])
      #expect(abs(observed - Double(sampler.order)) < 0.06, "observed order \(observed)")
    }
  }

  @Test(
    "Every sampler samples a mixture on every process", arguments: SamplerCatalog.all.map(\.name))
  func mixture(name: String) throws {
    let sampler = try #require(SamplerCatalog.entry(named: name)).make()
    let (share, deviation) = (0.7, 0.4)
    let distribution = GaussianMixture([
      .init(weight: 1 - share, mean: [-1], spread: .isotropic(deviation)),
      .init(weight: share, mean: [1], spread: .isotropic(deviation)),
    ])
    let count = 4000
    for subject in try ProcessCatalog.all.map({
      ProcessSubject(name: $0.name, process: try $0.make())
    }) {
      let process = subject.process
      var run = SamplingPass(
        sampler: sampler, grid: LogSNRGrid(), stepCount: 300, process: process,
        score: ExactScore(distribution), count: count, seed: 31)
      while run.step() != nil {}
      let level = process.level(at: process.stop)
      let mean = 2 * share - 1
      let variance = deviation * deviation + 1 - mean * mean
      let x = run.points.values.map { $0 / level.alpha }
      let found = Samples.mean(x)
      let spread = Samples.second(x) - found * found
      let expected = variance + level.sigma * level.sigma / (level.alpha * level.alpha)
      // Four standard errors (the kurtosis of this distribution is below the normal one), and 2%
      // more than twice what the steps do to a Gaussian of the same variance; that is at most 13%.
      let n = Double(count)
      let steps = GaussianRecursion(
        of: sampler, times: run.times, process: process, dataVariance: variance)
      let allowance = 0.02 + 2 * abs(steps.discretizationError / steps.exactVariances[300])
      #expect(allowance < 0.28, "\(subject.name): \(allowance)")
      #expect(
        abs(found - mean) < 4 * (expected / n).squareRoot() + 0.05, "\(subject.name): \(found)")
      #expect(
        abs(spread / expected - 1) < 4 * (2 / n).squareRoot() + allowance,
        "\(subject.name): \(spread / expected)")
    }
  }

  @Test("At every corner of its ranges a member is made and runs, or names the parameter at fault")
  func corners() throws {
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)
    for entry in SamplerCatalog.all {
      for corner in ParameterCorners.of(entry.parameters) {
        do throws(ParameterError) {
          let sampler = try entry.make(corner)
          if case .number(1000)? = corner["steps_per_level"] { continue }
          var run = SamplingPass(
            sampler: sampler, grid: LogSNRGrid(), stepCount: 3, process: process,
            score: ExactScore(ReferenceGaussian(dimension: 2)), count: 3, seed: 1)
          while run.step() != nil {}
          #expect(run.points.values.allSatisfy { $0.isFinite }, "\(entry.name) \(corner)")
        } catch {
          #expect(entry.parameters.contains { [$0.name] == error.path }, "\(error)")
        }
      }
    }
  }

  @Test("Names are unique and found")
  func names() {
    #expect(Set(SamplerCatalog.all.map(\.name)).count == SamplerCatalog.all.count)
    for entry in SamplerCatalog.all {
      #expect(SamplerCatalog.entry(named: entry.name)?.summary == entry.summary)
    }
    #expect(SamplerCatalog.entry(named: "none") == nil)
  }

  @Test("Parameters reach the methods")
  func parameters() throws {
    func make(_ name: String, _ values: [String: ParameterValue]) throws -> any Sampler {
      try #require(SamplerCatalog.entry(named: name)).make(values)
    }
    #expect((try make("ddim", ["eta": .number(0.3)]) as? ImplicitSampler)?.eta == 0.3)
    #expect(
      (try make("ddpm_ancestral", ["variance": .text("large")]) as? AncestralSampler)?.variance
        == .large)
    let edm = try make(
      "edm_heun",
      [
        "s_churn": .number(40), "s_min": .number(0.05), "s_max": .number(50),
        "s_noise": .number(1.003),
      ])
    let heun = try #require(edm as? ElucidatedHeun)
    #expect(heun.churn == 40 && heun.churnRange == 0.05...50 && heun.noiseScale == 1.003)
    #expect(!heun.isDeterministic)
    let langevin = try make("annealed_langevin", ["step_size": .text("snr"), "snr": .number(0.2)])
    #expect(abs(((langevin as? AnnealedLangevin)?.langevin.factor ?? 0) - 0.08) < 1e-15)
    let corrector = try make(
      "predictor_corrector", ["predictor": .text("ddim"), "corrector_steps": .number(3)])
    let pair = try #require(corrector as? PredictorCorrector)
    #expect(pair.predictor is ImplicitSampler && pair.correctorSteps == 3)
  }
}
