import ScoreCore
import ScoreLab
import ScoreTheory

/// Descends on the population's loss and looks at loss and gradient on the way.
struct PolyakLojasiewiczPlan: ExperimentPlan {
  enum Unit: Codable, Hashable, Sendable {
    /// A linear score of normal data.
    case linear(variance: Int)
    /// The least loss of the network.
    case least
    /// A network from first weights of a scale.
    case network(scale: Int, draw: Int)
  }

  enum Record: Codable, Sendable {
    case least(NetworkMinimum)
    case descent(Descent)
  }

  static var lanes: Int { 4 }

  let values: PolyakLojasiewicz
  let seed: UInt64
  /// What stands in for the first weights of a scale; themselves but in tests.
  var usedStart: @Sendable ([Float], Double) -> [Float] = { weights, scale in
    weights.map { Float(scale) * $0 }
  }
  /// What stands in for the variance of normal data; itself but in tests.
  var usedVariance: @Sendable (Double) -> Double = { $0 }
  /// The factor on the squared gradient that is looked at; 1 but in tests.
  var gradientFactor: @Sendable (Descent.Place) -> Double = { _ in 1 }

  init(values: PolyakLojasiewicz, seed: UInt64) {
    (self.values, self.seed) = (values, seed)
  }

  var units: [Unit] {
    values.variances.indices.map { Unit.linear(variance: $0) } + [.least]
      + values.scales.indices.flatMap { scale in
        (0..<values.repeats).map { Unit.network(scale: scale, draw: $0) }
      }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .linear(let place): "linear score, variance \(values.variances[place])"
    case .least: "least loss of the network"
    case .network(let scale, let draw):
      "network, first weights times \(values.scales[scale]), \(draw + 1) of \(values.repeats)"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    SingleStep {
      switch unit {
      case .linear(let place):
        let network = Perceptron(encoding, hidden: [])
        return .descent(
          descent(
            risk(network, of: normal(usedVariance(values.variances[place]))),
            from: network.initialParameters(seed: seed)))
      case .least: return .least(least)
      case .network(let scale, let draw):
        return .descent(descent(networkRisk, from: start(scale, draw)))
      }
    }
  }

  func findings(_ records: Records) -> PolyakLojasiewiczFindings {
    PolyakLojasiewiczFindings(self, records)
  }
}

/// Loss and gradient at some steps of a descent.
struct Descent: Codable, Sendable {
  struct Place: Codable, Sendable {
    var step: Int
    var loss: Double
    /// The squared norm of the gradient.
    var gradient: Double

    /// The squared gradient over twice the loss above its least: the largest mu that the condition
    /// holds with here.
    func ratio(least: Double) -> Double { gradient / (2 * (loss - least)) }
  }

  var places: [Place]
  /// The least loss that L-BFGS goes to from the last weights.
  var end: Double
}

extension PolyakLojasiewiczPlan {
  private var encoding: InputEncoding {
    InputEncoding(dimension: 1, timeFeatures: TimeFeatures(.plain, pairs: 0))
  }

  private var network: Perceptron {
    Perceptron(encoding, hidden: [values.width], activation: .relu)
  }

  /// Normal data as a rule at the level.
  private func normal(_ variance: Double) -> PopulationRule {
    let distribution = IsotropicMixture(
      means: Points(rows: [[0]]), deviations: [variance.squareRoot()])
    let reach = 9 * variance.squareRoot()
    return PopulationRule(line: distribution, level: values.level, range: -reach...reach)
  }

  /// The population's loss above the Bayes floor.
  private func risk(_ network: Perceptron, of rule: PopulationRule) -> FixedRisk {
    FixedRisk(
      architecture: network, target: NoiseTarget(), process: values.process,
      rows: [rule.rows(target: NoiseTarget())], threads: 1)
  }

  private var networkRisk: FixedRisk {
    let reach = values.separation / 2
    return risk(
      network,
      of: PopulationRule(line: values.distribution, level: values.level, range: -reach...reach))
  }

  private func start(_ scale: Int, _ draw: Int) -> [Float] {
    usedStart(network.initialParameters(seed: seed, network: draw), values.scales[scale])
  }

  /// The least loss from starts that no descent has.
  private var least: NetworkMinimum {
    networkRisk.minimum(
      from: (0..<values.starts).map {
        network.initialParameters(seed: seed, network: values.repeats + $0)
      })
  }

  /// Gradient descent with constant steps, in float64 weights.
  private func descent(_ risk: FixedRisk, from start: [Float]) -> Descent {
    var weights = start.map { Double($0) }
    var gradient = weights
    var places: [Descent.Place] = []
    let checkpoints = Set(values.checkpoints)
    for step in 0...values.steps {
      let loss = risk.evaluate(at: weights, gradient: &gradient)
      if checkpoints.contains(step) {
        var place = Descent.Place(
          step: step, loss: loss, gradient: gradient.reduce(0.0) { $0 + $1 * $1 })
        place.gradient *= gradientFactor(place)
        places.append(place)
      }
      for i in weights.indices { weights[i] -= values.rate * gradient[i] }
    }
    return Descent(places: places, end: risk.minimum(from: [weights.map { Float($0) }]).loss)
  }
}
