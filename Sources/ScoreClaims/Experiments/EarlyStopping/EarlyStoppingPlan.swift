import ScoreCore
import ScoreLab
import ScoreTheory

/// Follows descent on the kernel in closed form on many data sets, and networks on some.
struct EarlyStoppingPlan: ExperimentPlan {
  enum Unit: Codable, Hashable, Sendable {
    /// Descent on the kernel, one data set.
    case kernel(set: Int)
    /// A network on fixed and one on fresh noise, one data set.
    case networks(set: Int)
  }

  enum Record: Codable, Sendable {
    case kernel(Course)
    case networks(NetworkCourses)
  }

  /// Descent on one data set, one value for each of ``steps``.
  struct Course: Codable, Sendable {
    var trainingLoss: [Double]
    /// `E (f - truth)^2` over noisy points.
    var excess: [Double]
    /// `sigma D_delta` of the score.
    var quantile: [Double]
    /// The mean of `(f - truth)^2` at the training points, and what it is expected to be given them.
    var inSample: [Double]
    var expectedInSample: [Double]
    /// Where each rule stops, places in ``steps``.
    var places: [Int]
  }

  /// The excess of two networks of one start after each of ``networkSteps``.
  struct NetworkCourses: Codable, Sendable {
    var fixed: [Double]
    var fresh: [Double]
  }

  /// A rule with what it is called and where it is from.
  struct NamedRule: Sendable {
    var name: String
    var source: String
    var rule: any StoppingRule
  }

  let values: EarlyStopping
  let seed: UInt64
  let regression: TwoAtomRegression
  let quadrature: LineQuadrature
  let steps: [Int]
  let networkSteps: [Int]
  let floor: Double
  /// The rules in the order of the catalog.
  var rules: [NamedRule]
  /// The targets of noisy points, given the atoms they come from.
  var targets: @Sendable (_ atoms: [Double], _ x: [Double]) -> [Double] = { atoms, _ in atoms }
  /// Whether the noise of a network's points is drawn again at every step.
  var isFresh: @Sendable (_ network: Network) -> Bool = { $0 == .fresh }

  enum Network: Sendable { case fixed, fresh }

  init(values: EarlyStopping, seed: UInt64) throws(ParameterError) {
    self.values = values
    self.seed = seed
    regression = values.regression
    quadrature = LineQuadrature(regression, count: 1201)
    steps = EarlyStopping.steps(to: values.lastStep)
    networkSteps = EarlyStopping.steps(to: values.networkSteps)
    floor = regression.floor
    rules = []
    for entry in StoppingRuleCatalog.all {
      let rule = try entry.make(
        entry.name == "patience" ? ["patience": .number(Double(values.patience))] : [:])
      rules.append(NamedRule(name: entry.name, source: entry.source, rule: rule))
    }
  }

  var units: [Unit] {
    (0..<values.repeats).map { .kernel(set: $0) }
      + (0..<values.networkSets).map { .networks(set: $0) }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .kernel(let set): "descent on the kernel, data set \(set + 1) of \(values.repeats)"
    case .networks(let set): "networks, data set \(set + 1) of \(values.networkSets)"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .kernel(let set): SingleStep { .kernel(course(ofSet: set)) }
    case .networks(let set): NetworkWork(self, set: set, threads: threads)
    }
  }

  func findings(_ records: Records) -> EarlyStoppingFindings {
    EarlyStoppingFindings(self, records)
  }
}
