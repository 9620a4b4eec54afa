import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// The second round: simulations with parameters of the prior where the first round's samples are.
extension PosteriorEstimationPlan {
  /// Which rows of parameters are in a region.
  private typealias Region = @Sendable (Points) -> [Bool]

  /// Batches of the prior's parameters among which those of a region are looked for.
  private static let mostBatches = 1000

  func secondRound(
    _ first: Single, observation: Int, _ truncation: Truncation, threads: Int
  ) -> any UnitWork<Record> {
    let task = Task.twoMoons
    return SingleStep {
      let region = region(first, observation: observation, truncation)
      let exact = held(region, observation: observation)
      return (simulations: truncated(to: region, observation: observation), held: exact)
    }.then { truncated in
      training(
        task, truncated.simulations, seed: values.roundBudget / 2, threads: threads
      ) { source, _ in
        .round(
          Round(
            accuracy: accuracy(second(source), task, observation: observation, part: 5),
            held: truncated.held))
      }
    }
  }

  private func region(
    _ first: Single, observation index: Int, _ truncation: Truncation
  ) -> Region {
    let task = Task.twoMoons
    let network = network(task, first.weights, first.parameters, first.observations)
    let observation = observation(task, index, part: 5)
    let seen = learned(network, task, values.roundBudget / 2).draw(
      given: observation, count: values.samples,
      seed: RandomStream.derivedSeed(seed: seed, index: UInt64(1000 + index)))
    switch truncation {
    case .box:
      return Self.box(about: seen, margin: PosteriorEstimation.boxMargin)
    case .density:
      @Sendable func density(_ theta: Points) -> [Double] {
        network.logDensity(
          at: theta, given: observation, flowSteps: PosteriorEstimation.flowSteps)
      }
      let least = density(seen).min() ?? -.infinity
      // Far from all samples the density is not looked at, which costs a flow for each parameter.
      let near = Self.box(about: seen, margin: PosteriorEstimation.searchMargin)
      return { theta in
        let isNear = near(theta)
        let places = isNear.indices.filter { isNear[$0] }
        var isInside = isNear.map { _ in false }
        guard !places.isEmpty else { return isInside }
        let found = density(Points(rows: places.map(theta.row)))
        for (place, value) in zip(places, found) { isInside[place] = value >= least }
        return isInside
      }
    }
  }

  /// The box about samples, wider by a share of their range on each side.
  private static func box(about samples: Points, margin: Double) -> Region {
    let sides = (0..<samples.dimension).map { axis in
      let column = samples.column(axis)
      let (low, high) = (column.min() ?? -1, column.max() ?? 1)
      return low - margin * (high - low)...high + margin * (high - low)
    }
    return { theta in
      (0..<theta.count).map { row in
        zip(sides, theta.row(row)).allSatisfy { $0.contains($1) }
      }
    }
  }

  /// As many simulations again, with parameters of the prior within a region, and those of the first round
  /// within it.
  ///
  /// Both are drawn from the prior within the region, so the posterior there is what it was. Where the prior
  /// has hardly any parameter in the region there are fewer, and none at all leaves the first round's.
  private func truncated(to region: Region, observation: Int) -> Simulations {
    let task = Task.twoMoons
    let half = values.roundBudget / 2
    let old = simulations(task, count: half, part: 2)
    var stream = stream(9, task, observation)
    var found = Points(zeros: 0, dimension: 2)
    for _ in 0..<Self.mostBatches where found.count < half {
      let drawn = task.simulator.drawPrior(count: half, using: &stream)
      let isInside = region(drawn)
      for row in isInside.indices.filter({ isInside[$0] }).prefix(half - found.count) {
        found.append(drawn.rows(row..<row + 1))
      }
    }
    guard found.count > 1 else { return old }
    var observations = task.simulator.simulate(found, using: &stream)
    let isKept = region(old.parameters)
    for row in 0..<half where isKept[row] {
      found.append(old.parameters.rows(row..<row + 1))
      observations.append(old.observations.rows(row..<row + 1))
    }
    return Simulations(parameters: found, observations: observations)
  }

  /// The share of exact draws in a region: what is outside is lost to the second round.
  private func held(_ region: Region, observation index: Int) -> Double {
    let task = Task.twoMoons
    var stream = stream(10, task, index)
    let exact = task.simulator.drawPosterior(
      given: observation(task, index, part: 5), count: values.samples, using: &stream)
    return Double(region(exact).count { $0 }) / Double(exact.count)
  }

  /// The largest difference of the density by the flow of an exact score from the exact density of its noisy
  /// points, in nats, at 50 draws.
  func flowGap() -> Double {
    let simulator = LinearGaussianSimulator(dimension: 2)
    guard let posterior = simulator.posterior(given: [1, 1]) else { return .nan }
    var stream = stream(11, .linearGaussian)
    let level = values.process.level(at: values.process.stop)
    let x = posterior.noisySample(count: 50, level: level, using: &stream)
    let found = PosteriorNetwork.logDensity(
      at: x, of: followed(ExactScore(posterior)), process: values.process,
      flowSteps: PosteriorEstimation.flowSteps)
    return zip(found, posterior.logDensity(at: x, level: level)).map { abs($0 - $1) }.max() ?? .nan
  }
}
