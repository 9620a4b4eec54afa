import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// What the experiments on paths of the reverse process take from a run: distribution, process and
/// steps.
///
/// Their statements are those of Gupta et al. 2024, for the Ornstein-Uhlenbeck process.
struct ReversePathSetup: Sendable {
  let distribution: any KnownScoreDistribution
  let process: OrnsteinUhlenbeck
  /// The sampler's times, decreasing, `[steps + 1]`.
  let times: [Double]
  /// The rule that spreads the steps over time.
  let grid: any TimeGrid
  /// The points that are sampled.
  let count: Int
  let seed: UInt64

  /// Reads them from a setup.
  ///
  /// - Throws: ``ParameterError`` naming the key for another process, and what is wrong with the
  ///   distribution.
  init(_ setup: ExperimentSetup) throws {
    guard let process = setup.run.process.make() as? OrnsteinUhlenbeck else {
      throw ParameterError(
        path: ["run", "process", "kind"],
        message: "expected ornstein_uhlenbeck, which the bounds are for, "
          + "found \(setup.run.process.kind.name)")
    }
    self.process = process
    distribution = try setup.distribution()
    grid = setup.run.sampler.makeGrid()
    times = grid.times(stepCount: setup.run.sampler.steps, process: process)
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

  /// What the samples of some scores take that are kept until the end.
  func memory(ofSamples scores: Int) -> MemoryEstimate.Part {
    MemoryEstimate.Part(
      "run.sampler.count (\(count))",
      bytes: count * distribution.dimension * scores * MemoryLayout<Double>.size)
  }

  var stepCount: Int { times.count - 1 }
  /// The distribution that samples are compared with, `q_gamma`.
  var target: MetricReference {
    .distribution(distribution, level: process.level(at: process.stop))
  }
  /// The horizon and the logarithm of 1 / stop, `T + log(1 / gamma)`.
  var logTime: Double { process.horizon - log(process.stop) }

  /// Blocks of paths that take some hundredths of a second each.
  var blocks: [Range<Int>] {
    Self.blocks(of: count, steps: stepCount, dimension: distribution.dimension)
  }

  static func blocks(of count: Int, steps: Int, dimension: Int) -> [Range<Int>] {
    let size = min(8192, max(64, (1 << 17) / (steps * dimension)))
    return stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
  }

  /// A sampling run of one block; runs of one block are driven by the same noise.
  func sampling(
    _ block: Int, count: Int, score: any ScoreFunction, times: [Double]? = nil,
    sampler: any Sampler = ExponentialIntegrator()
  ) -> SamplingPass {
    var stream = RandomStream(
      seed: seed, purpose: .samplingStart, index: UInt64(block) << 32)
    return SamplingPass(
      sampler: sampler, times: times ?? self.times, process: process, score: score,
      start: stream.normals(count: count, dimension: score.dimension), seed: seed,
      block: UInt32(block))
  }

  /// One of an experiment's own streams.
  func stream(_ part: UInt64, _ index: Int = 0) -> RandomStream {
    RandomStream(seed: seed, purpose: .experiment, index: part << 32 | UInt64(index))
  }

  /// Where the distribution and the start are on the line, by draws of the distribution; nil beyond
  /// the line, and for a distribution so wide that following a density over it would take long.
  func lineRange(using stream: inout RandomStream) -> ClosedRange<Double>? {
    guard distribution.dimension == 1 else { return nil }
    let draws = distribution.sample(count: 4096, using: &stream).values
    let (low, high) = (min(0, draws.min() ?? 0), max(0, draws.max() ?? 0))
    return high - low < 200 ? low...high : nil
  }

  /// How far beyond the distribution its samples come within given steps: eight of the largest
  /// deviation on the way for normal data of the start's width and of the distribution's.
  ///
  /// A long first step can throw points out by far, which later ones bring back.
  private func reach(_ times: [Double], _ range: ClosedRange<Double>) -> Double {
    let width = (range.upperBound - range.lowerBound) / 6
    let variances = [1, max(0.01, width * width)].map { dataVariance in
      var (variance, largest) = (1.0, dataVariance)
      for gain in GaussianRecursion(
        of: ExponentialIntegrator(), times: times, process: process, dataVariance: dataVariance
      ).gains {
        variance = gain.factor * gain.factor * variance + gain.noise
        largest = max(largest, variance)
      }
      return largest
    }
    return min(1000, 8 * max(1, variances.max() ?? 1).squareRoot())
  }

  /// The density of the sampler's points on the line, from the usual start or from the distribution
  /// itself.
  func chain(
    _ score: any ScoreFunction, times: [Double]? = nil, range: ClosedRange<Double>,
    startsAtDistribution: Bool = false
  ) -> ChainDensity {
    let (level, times) = (process.level(at: process.horizon), times ?? self.times)
    let reach = reach(times, range)
    return ChainDensity(
      times: times, process: process, score: score,
      range: range.lowerBound - reach...range.upperBound + reach
    ) { x in
      startsAtDistribution
        ? distribution.logDensity(at: x, level: level).map { exp($0) }
        : x.values.map(StandardNormal.density)
    }
  }

  /// The total variation distance at the stop of another distribution on the line, by the
  /// trapezoidal rule.
  func variation(of other: any KnownScoreDistribution, over range: ClosedRange<Double>) -> Double {
    let count = 1 << 14
    let spacing = (range.upperBound - range.lowerBound + 16) / Double(count)
    let x = Points(
      values: (0...count).map { range.lowerBound - 8 + spacing * Double($0) }, dimension: 1)
    let level = process.level(at: process.stop)
    return zip(distribution.logDensity(at: x, level: level), other.logDensity(at: x, level: level))
      .reduce(0) { $0 + abs(exp($1.0) - exp($1.1)) } * spacing / 2
  }

  /// How far the distribution at the horizon is from the start, by quadrature or 20,000 draws.
  func startGap(using stream: inout RandomStream) -> StartGap {
    StartGap(
      distribution: distribution, level: process.level(at: process.horizon), draws: 20_000,
      using: &stream)
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
