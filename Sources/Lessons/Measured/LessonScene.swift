import Glibc
package import ScoreCore
package import ScoreLab
import ScoreTheory

/// What is exactly known of a configuration: its distribution at every noise level.
package struct LessonScene: Sendable {
  package let configuration: RunConfiguration
  package let distribution: any KnownScoreDistribution
  package let process: any ForwardProcess

  /// Makes the scene of a configuration; nil where its distribution needs a file.
  package init?(_ configuration: RunConfiguration) {
    do {
      distribution = try configuration.distribution.makeDistribution(dataSource: NoFiles())
    } catch {
      return nil
    }
    self.configuration = configuration
    process = configuration.process.make()
  }

  /// Whether it is that of a configuration too: only distribution and process matter.
  package func isOf(_ other: RunConfiguration) -> Bool {
    configuration.distribution == other.distribution && configuration.process == other.process
  }

  /// The level at a time; without noise at time 0, where the data are.
  package func level(at time: Double) -> NoiseLevel? {
    if time == 0 { return NoiseLevel(alpha: 1, sigma: 0) }
    guard time > 0, time <= process.horizon else { return nil }
    return process.level(at: time)
  }

  /// The log density and the score at a point of the line or the plane.
  func pointValue(
    _ coordinates: ArraySlice<Double>, _ time: Double?
  ) -> (logDensity: Double, score: [Double])? {
    guard distribution.dimension == coordinates.count, let level = time.flatMap(level(at:)),
      coordinates.allSatisfy(\.isFinite), level.sigma > 0 || !distribution.isSingular
    else { return nil }
    let point = Points(values: Array(coordinates), dimension: coordinates.count)
    return (
      distribution.logDensity(at: point, level: level)[0],
      distribution.score(at: point, level: level).values
    )
  }

  /// The steps of the probability flow, enough for four digits where the score is smooth.
  private static let flowSteps = 200

  /// Where the probability flow with the exact score takes a point of the line.
  ///
  /// - Parameters:
  ///   - x: Where the point is, in the units of the data.
  ///   - time: When it is there, up to the horizon.
  /// - Returns: Where it is when the process stops; nil for other times, and where points have more
  ///   coordinates.
  func flowEnd(from x: Double, at time: Double) -> Double? {
    guard distribution.dimension == 1, x.isFinite, time > process.stop, time <= process.horizon
    else { return nil }
    let count = Double(Self.flowSteps)
    var times = (0...Self.flowSteps).map { time * pow(process.stop / time, Double($0) / count) }
    times[Self.flowSteps] = process.stop
    var pass = SamplingPass(
      sampler: ProbabilityFlowHeun(), times: times, process: process,
      score: ExactScore(distribution), start: Points(values: [x], dimension: 1), seed: 0)
    while pass.step() != nil {}
    return pass.points[0, 0]
  }

  /// The variance of q_t, averaged over the axes.
  func variance(at time: Double) -> Double? {
    guard let level = level(at: time), let moments = distribution.moments else { return nil }
    return level.alpha * level.alpha * moments.variance + level.sigma * level.sigma
  }

  /// The variance that a sampler gives normal data of the distribution's variance.
  ///
  /// - Parameters:
  ///   - sampler: The sampler's name.
  ///   - steps: How many steps it takes.
  ///   - settings: The settings that have the time grid.
  /// - Returns: The variance; nil where the settings cannot be sampled so.
  func sampledVariance(_ sampler: String, steps: Int, as settings: RunConfiguration) -> Double? {
    guard let moments = distribution.moments, (1...10_000).contains(steps),
      var changed = try? settings.setting(["sampler.kind=\(sampler)"])
    else { return nil }
    changed.sampler.steps = steps
    let times = changed.sampler.makeGrid().times(stepCount: steps, process: process)
    let recursion = GaussianRecursion(
      of: changed.sampler.makeSampler(), times: times, process: process,
      dataVariance: moments.variance)
    return recursion.variance(startingAt: process.priorDeviation * process.priorDeviation)
  }

  /// The pair that the distribution is the first of; nil for another distribution.
  var pair: LowerBoundPair? {
    guard configuration.distribution.kind == "pair",
      case .number(let eta)? = configuration.distribution.parameters["eta"],
      case .number(let separation)? = configuration.distribution.parameters["separation"]
    else { return nil }
    return LowerBoundPair(eta: eta, separation: separation)
  }
}
