import Glibc
import ScoreCore

/// What the experiments on paths of the reverse process take from a run: law, process and steps.
///
/// Their statements are those of Gupta et al. 2024, for the Ornstein-Uhlenbeck process.
struct ReversePathSetup: Sendable {
  let law: any KnownScoreDistribution
  let process: OrnsteinUhlenbeck
  /// The sampler's times, decreasing, `[steps + 1]`.
  let times: [Double]
  /// The points that are sampled.
  let count: Int
  let seed: UInt64

  /// Reads them from a setup.
  ///
  /// - Throws: ``ParameterError`` naming the key for another process, and what is wrong with the law.
  init(_ setup: ExperimentSetup) throws {
    guard let process = setup.run.process.make() as? OrnsteinUhlenbeck else {
      throw ParameterError(
        path: ["run", "process", "kind"],
        message: "expected ornstein_uhlenbeck, which the bounds are for, "
          + "found \(setup.run.process.kind.name)")
    }
    self.process = process
    law = try setup.run.distribution.makeLaw(dataSource: setup.dataSource)
    times = setup.run.sampler.makeGrid().times(
      stepCount: setup.run.sampler.steps, process: process)
    count = setup.run.sampler.count
    seed = setup.seed
  }

  /// Refuses all samplers but the one that the integrals are of.
  ///
  /// - Throws: ``ParameterError`` naming the key.
  static func requireExponentialIntegrator(_ setup: ExperimentSetup) throws(ParameterError) {
    let name = setup.run.sampler.kind.name
    guard name == "exponential_integrator" else {
      throw ParameterError(
        path: ["run", "sampler", "kind"],
        message: "expected exponential_integrator, whose paths the bounds are of, found \(name)")
    }
  }

  var stepCount: Int { times.count - 1 }
  /// The law that samples are compared with, `q_gamma`.
  var target: MetricReference { .law(law, level: process.level(at: process.stop)) }
  /// The horizon and the logarithm of 1 / stop, `T + log(1 / gamma)`.
  var logTime: Double { process.horizon - log(process.stop) }

  /// Blocks of paths that take some hundredths of a second each.
  var blocks: [Range<Int>] { Self.blocks(of: count, steps: stepCount, dimension: law.dimension) }

  static func blocks(of count: Int, steps: Int, dimension: Int) -> [Range<Int>] {
    let size = min(8192, max(64, (1 << 17) / (steps * dimension)))
    return stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
  }

  /// A sampling run of one block; runs of one block are driven by the same noise.
  func sampling(
    _ block: Int, count: Int, score: any ScoreFunction, times: [Double]? = nil,
    sampler: any Sampler = ExponentialIntegrator()
  ) -> SamplingRun {
    var stream = RandomStream(
      seed: seed, purpose: .samplingStart, index: UInt64(block) << 32)
    return SamplingRun(
      sampler: sampler, times: times ?? self.times, process: process, score: score,
      start: stream.normals(count: count, dimension: score.dimension), seed: seed,
      block: UInt32(block))
  }

  /// One of an experiment's own streams.
  func stream(_ part: UInt64, _ index: Int = 0) -> RandomStream {
    RandomStream(seed: seed, purpose: .experiment, index: part << 32 | UInt64(index))
  }

  /// The divergence that freezing the exact score on each step costs, `sum_k int E ||..||^2 dt`.
  func frozenScoreCost(_ curve: FisherCurve) -> FrozenScoreCost {
    FrozenScoreCost(
      times: times,
      information: FrozenScoreCost.evaluationTimes(for: times).map { curve.value(at: $0) })
  }
}

extension DistributionConfiguration {
  /// A mixture of Gaussians on the line.
  static func line(_ parts: [(weight: Double, mean: Double, deviation: Double)]) -> Self {
    Self(
      kind: "gaussian_mixture",
      parameters: [
        "components": .list(
          parts.map {
            .map([
              "weight": .number($0.weight), "mean": .list([.number($0.mean)]),
              "deviation": .number($0.deviation),
            ])
          })
      ])
  }
}
