import Glibc
import ScoreCore
import ScoreLab

/// Trainings of gradients and of free networks, alike in all but the network.
struct ConservativeNetworksPlan: ExperimentPlan {
  typealias Law = ConservativeNetworks.Law
  typealias Form = ConservativeNetworks.Form

  static var lanes: Int { 4 }

  enum Unit: Codable, Hashable, Sendable {
    /// The exact score, the score 0 and one Gaussian.
    case references(Law)
    case training(Law, Form, start: Int)
  }

  enum Record: Codable, Sendable {
    case references(References)
    case training(Training)
  }

  /// What a score gets wrong, level by level from the least noise.
  struct Look: Codable, Sendable, Equatable {
    /// `sigma^2 E||s_hat - s||^2`.
    var errors: [Double]
    /// `sigma D_delta`.
    var tails: [Double]
    /// Root mean squares over points of the norms of the antisymmetric and of the symmetric part of
    /// `sigma^2 ds_hat / dx`.
    var odd: [Double]
    var even: [Double]
  }

  /// Sliced W2 of samples from the distribution, next to that of samples of the distribution itself.
  struct Distance: Codable, Sendable, Equatable {
    var value: Double
    var nullMean: Double
  }

  struct References: Codable, Sendable {
    var exact: Look
    var zero: Look
    var gaussian: Look
    var distances: [Distance]
  }

  struct Training: Codable, Sendable {
    var parameters: Int
    /// Operations of a forward pass, a row.
    var operations: Int
    /// At ``ConservativeNetworks/looks``.
    var looks: [Look]
    var distance: Distance
    /// The largest difference of an entry of a Jacobian from differences of the score, over the largest
    /// entry, at any level.
    var jacobianGap: Double
  }

  let values: ConservativeNetworks
  let seed: UInt64
  /// The score that is measured in place of a trained one after a step; itself but in tests.
  var looked: @Sendable (any ScoreFunction, Form, _ step: Int) -> any ScoreFunction = {
    score, _, _ in score
  }
  /// What is measured in place of the exact score; itself but in tests.
  var exact: @Sendable (any ScoreFunction) -> any ScoreFunction = { $0 }
  /// On Jacobians that are compared with differences; 1 but in tests.
  var jacobianFactor = 1.0

  var units: [Unit] {
    Law.allCases.map { .references($0) }
      + Law.allCases.flatMap { law in
        (0..<values.starts).flatMap { start in
          Form.allCases.map { Unit.training(law, $0, start: start) }
        }
      }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .references: 1
    case .training: 4
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .references(let law): "baselines, \(law.name)"
    case .training(let law, let form, let start):
      "\(form.name), \(law.name), \(start + 1) of \(values.starts)"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .references(let law): SingleStep { .references(try references(law)) }
    case .training(let law, let form, let start):
      ConservativeNetworksWork(self, law, form, start: start, threads: threads)
    }
  }

  func findings(_ records: Records) -> ConservativeNetworksFindings {
    ConservativeNetworksFindings(self, records)
  }
}

// MARK: - Measuring

extension ConservativeNetworksPlan {
  /// Measures scores on one distribution, each in the same way.
  func probe(_ law: Law) -> ErrorProbe {
    ErrorProbe(
      distribution: values.distribution(law, seed: seed), process: values.process,
      levelCount: ConservativeNetworks.levelCount, pointCount: ConservativeNetworks.pointCount,
      seed: seed)
  }

  func look(_ score: any ScoreFunction, _ probe: inout ErrorProbe) -> Look {
    var look = Look(errors: [], tails: [], odd: [], even: [])
    for index in probe.times.indices {
      let found = probe.measure(score, levelIndex: index)
      look.errors.append(found.l2 * found.l2)
      look.tails.append(found.quantileError(delta: ConservativeNetworks.delta))
      let parts = Self.parts(of: jacobians(of: score, &probe, index))
      look.odd.append(parts.odd)
      look.even.append(parts.even)
    }
    return look
  }

  /// Of the denoiser, `I + sigma^2 ds_hat / dx`: of a network its own derivatives, of any other score
  /// differences.
  private func jacobians(
    of score: any ScoreFunction, _ probe: inout ErrorProbe, _ index: Int
  ) -> PointMatrices {
    let station = probe.points(levelIndex: index)
    let x = station.points.rows(0..<ConservativeNetworks.jacobianCount)
    return (score as? NetworkScore).map {
      PointMatrices(denoiserOf: $0, at: x, level: station.level)
    } ?? PointMatrices(differencesOf: score, at: x, level: station.level)
  }

  /// Root mean squares of the norms of both parts of `sigma^2 ds / dx`.
  private static func parts(of denoiser: PointMatrices) -> (odd: Double, even: Double) {
    var (odd, even) = (0.0, 0.0)
    for point in 0..<denoiser.count {
      for i in 0..<denoiser.dimension {
        for j in 0..<denoiser.dimension {
          let (one, other) = (denoiser[point, i, j], denoiser[point, j, i])
          let symmetric = (one + other) / 2 - (i == j ? 1 : 0)
          odd += (one - other) * (one - other) / 4
          even += symmetric * symmetric
        }
      }
    }
    let count = Double(denoiser.count)
    return ((odd / count).squareRoot(), (even / count).squareRoot())
  }

  /// The largest difference of the network's derivatives from differences of its values, relative.
  func jacobianGap(of network: NetworkScore, _ probe: inout ErrorProbe) -> Double {
    var largest = 0.0
    for index in probe.times.indices {
      let station = probe.points(levelIndex: index)
      let x = station.points.rows(0..<8)
      let own = PointMatrices(denoiserOf: network, at: x, level: station.level).values
        .map { jacobianFactor * $0 }
      // The network is in float32: smaller steps are lost in its rounding.
      let differences = PointMatrices(
        differencesOf: network, at: x, level: station.level, step: 0.05
      ).values
      let scale = differences.reduce(0) { max($0, abs($1)) }
      for (one, other) in zip(own, differences) {
        let gap = abs(one - other) / scale
        largest = gap > largest || gap.isNaN ? gap : largest
      }
    }
    return largest
  }

  /// Samples by the probability flow, and their distance.
  func distance(
    of score: any ScoreFunction, _ law: Law, seed: UInt64
  ) throws -> Distance {
    var pass = SamplingPass(
      sampler: ProbabilityFlowHeun(), grid: LogSNRGrid(),
      stepCount: ConservativeNetworks.samplerSteps, process: values.process, score: score,
      count: values.samples, seed: seed)
    while pass.step() != nil {}
    guard pass.points.values.allSatisfy(\.isFinite) else {
      return Distance(value: .infinity, nullMean: .nan)
    }
    let process = values.process
    let reference = MetricReference.distribution(
      values.distribution(law, seed: self.seed), level: process.level(at: process.stop))
    let found = try SlicedWasserstein(order: 2).measure(
      pass.points, against: reference, settings: MetricSettings(seed: seed, draws: 19))
    return Distance(value: found.value, nullMean: found.nullMean)
  }

  private func references(_ law: Law) throws -> References {
    var probe = probe(law)
    let distribution = probe.distribution
    var stream = RandomStream(seed: seed, purpose: .experiment, index: 1)
    let scores: [any ScoreFunction] = [
      exact(ExactScore(distribution)), BaselineScore.Zero(dimension: distribution.dimension),
      BaselineScore.gaussian(of: distribution, using: &stream),
    ]
    let looks = scores.map { look($0, &probe) }
    return References(
      exact: looks[0], zero: looks[1], gaussian: looks[2],
      distances: try scores.map { try distance(of: $0, law, seed: seed) })
  }
}

/// One training with a look at its score on the way, a few hundred steps at a time.
private struct ConservativeNetworksWork: UnitWork {
  private let plan: ConservativeNetworksPlan
  private let (law, form): (ConservativeNetworks.Law, ConservativeNetworks.Form)
  private let seed: UInt64
  private var probe: ErrorProbe
  private var run: Trainer
  private var looks: [ConservativeNetworksPlan.Look] = []

  init(
    _ plan: ConservativeNetworksPlan, _ law: ConservativeNetworks.Law,
    _ form: ConservativeNetworks.Form, start: Int, threads: Int
  ) {
    (self.plan, self.law, self.form) = (plan, law, form)
    probe = plan.probe(law)
    // All forms of a start learn from the same points and noise.
    seed = RandomStream.derivedSeed(seed: plan.seed, index: UInt64(start))
    run = Trainer(
      architecture: plan.values.architecture(form, dimension: probe.distribution.dimension),
      process: plan.values.process, trainingSet: .unlimited(probe.distribution),
      objective: Objective(
        target: NoiseTarget(), weighting: SigmaSquaredWeighting(), levels: UniformLogSNR()),
      optimization: Optimization(
        rule: Adam(), learningRate: plan.values.rate, average: WeightAverage(decay: 0.99)),
      batch: plan.values.batch, seed: seed, threads: threads)
  }

  var progress: Double { Double(run.state.step) / Double(plan.values.steps) }
  var detail: String? { "step \(run.state.step) of \(plan.values.steps)" }

  mutating func step() throws -> ConservativeNetworksPlan.Record? {
    let places = plan.values.looks
    let target = min(places[looks.count], run.state.step + 500)
    while run.state.step < target { _ = run.step() }
    guard run.state.step == places[looks.count] else { return nil }
    let network = run.averagedScore
    let score = plan.looked(network, form, run.state.step)
    looks.append(plan.look(score, &probe))
    guard looks.count == places.count else { return nil }
    return .training(
      .init(
        parameters: run.architecture.parameterCount,
        operations: run.architecture.flopsPerPoint, looks: looks,
        distance: try plan.distance(of: score, law, seed: seed),
        jacobianGap: plan.jacobianGap(of: network, &probe)))
  }
}
