import ScoreCore
import ScoreLab
import ScoreTheory

/// Networks for each simulator and budget, their samples and ranks, and rounds on two moons.
struct PosteriorEstimationPlan: ExperimentPlan {
  static var lanes: Int { 4 }

  typealias Task = PosteriorEstimation.Task

  enum Unit: Codable, Hashable, Sendable {
    /// Exact draws and trivial ones of a simulator.
    case known(Task)
    /// The network of a simulator with a budget.
    case network(Task, budget: Int)
    /// The first round on two moons with half of the simulations, and a single one with all.
    case single(simulations: Int)
    /// The second round for one observation.
    case round(observation: Int, Truncation)
  }

  /// Where the second round has parameters.
  enum Truncation: String, Codable, Hashable, CaseIterable, Sendable {
    /// In a box about the first round's samples.
    case box
    /// Where the density of the first round's samples is no less than at all of them.
    case density
  }

  enum Record: Codable, Sendable {
    case known(Known)
    case network(Learned)
    case single(Single)
    /// What came of two rounds.
    case round(Round)
  }

  struct Known: Codable, Sendable, Equatable {
    /// Accuracy of classifiers on draws of each baseline and exact ones, `[observations]`.
    var accuracies: [Baseline: [Double]]
    var exactRanks: RankHistogram
    var scaledRanks: RankHistogram
    /// Mean and variance of draws given x = (1, 1) against 10/13 and 3/13, in standard errors; 0 where the
    /// simulator is another.
    var momentGap: Double
    /// The largest difference of the density by the flow of the exact score from the exact one, in nats;
    /// 0 where the simulator is another.
    var flowGap: Double
  }

  struct Learned: Codable, Sendable, Equatable {
    var accuracies: [Double]
    var ranks: RankHistogram
  }

  struct Single: Codable, Sendable, Equatable {
    var weights: TrainedWeights
    var parameters: ColumnScale
    var observations: ColumnScale
    /// Accuracies at the observations with rounds.
    var accuracies: [Double]
  }

  struct Round: Codable, Sendable, Equatable {
    /// Accuracy of a classifier on samples.
    var accuracy: Double
    /// The share of exact draws that lie where the second round had parameters.
    var held: Double
  }

  enum Baseline: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
    case exact
    case regression
    case prior

    var name: String {
      switch self {
      case .exact: "exact posterior"
      case .regression: "linear regression"
      case .prior: "prior"
      }
    }
  }

  let values: PosteriorEstimation
  let seed: UInt64
  /// Stands in for the draws of a network, with its simulations; itself but in tests.
  var learned: @Sendable (any PosteriorSource, Task, Int) -> any PosteriorSource = { source, _, _ in
    source
  }
  /// Stands in for exact draws, as they are and spread less; itself but in tests.
  var exact: @Sendable (ExactPosterior) -> ExactPosterior = { $0 }
  /// Stands in for the score whose flow has the exact density; itself but in tests.
  var followed: @Sendable (any ScoreFunction) -> any ScoreFunction = { $0 }
  /// The draws that are compared as those of a network of two rounds; itself but in tests.
  var second: @Sendable (any PosteriorSource) -> any PosteriorSource = { $0 }

  init(values: PosteriorEstimation, seed: UInt64) { (self.values, self.seed) = (values, seed) }

  var units: [Unit] {
    let networks = Task.allCases.flatMap { task in
      values.budgets.map { Unit.network(task, budget: $0) }
    }
    let half = values.roundBudget / 2
    return Task.allCases.map { .known($0) } + networks
      + [.single(simulations: half), .single(simulations: values.roundBudget)]
      + Truncation.allCases.flatMap { truncation in
        (0..<values.roundObservations).map { .round(observation: $0, truncation) }
      }
  }

  func needs(of unit: Unit) -> [Unit] {
    switch unit {
    case .known, .network, .single: []
    case .round: [.single(simulations: values.roundBudget / 2)]
    }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .known: 3
    case .network, .single, .round: 8
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .known(let task): "exact draws, \(task.name)"
    case .network(let task, let budget): "network, \(task.name), \(budget) simulations"
    case .single(let simulations): "one round, \(simulations) simulations"
    case .round(let observation, let truncation):
      "second round by \(truncation.rawValue), observation \(observation + 1) of "
        + "\(values.roundObservations)"
    }
  }

  func findings(_ records: Records) -> PosteriorEstimationFindings {
    PosteriorEstimationFindings(self, records)
  }
}
