import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

/// What samples and ranks say of posteriors.
struct PosteriorEstimationFindings: ExperimentFindings {
  typealias Plan = PosteriorEstimationPlan
  typealias Task = PosteriorEstimation.Task

  let plan: Plan
  let isDone: Bool
  private(set) var known: [Task: Plan.Known] = [:]
  /// By simulator and simulations.
  private(set) var networks: [Task: [Int: Plan.Learned]] = [:]
  /// By simulations.
  private(set) var singles: [Int: Plan.Single] = [:]
  /// What came of two rounds, in the order of the observations.
  private(set) var rounds: [Plan.Truncation: [Plan.Round]] = [:]

  init(_ plan: Plan, _ records: Plan.Records) {
    self.plan = plan
    isDone = records.isComplete
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.known(let task), .known(let found)): known[task] = found
      case (.network(let task, let budget), .network(let found)):
        networks[task, default: [:]][budget] = found
      case (.single(let count), .single(let found)): singles[count] = found
      case (.round(_, let truncation), .round(let found)):
        rounds[truncation, default: []].append(found)
      case (.known, _), (.network, _), (.single, _), (.round, _):
        preconditionFailure("A unit's record is of its kind.")
      }
    }
  }

  var values: PosteriorEstimation { plan.values }
  private var most: Int { values.budgets.last ?? 0 }

  func accuracies(_ task: Task, _ budget: Int) -> [Double] {
    networks[task]?[budget]?.accuracies ?? []
  }

  func accuracies(_ task: Task, _ baseline: Plan.Baseline) -> [Double] {
    known[task]?.accuracies[baseline] ?? []
  }
}

// MARK: - Checks

extension PosteriorEstimationFindings {
  var checks: [Check] {
    nearnessChecks + rankChecks + roundChecks + agreementChecks
      + [Self.counted(isDone ? histograms : nil)]
  }

  private func difference(_ first: [Double], _ second: [Double]) -> [Double] {
    zip(first, second).map { $0 - $1 }
  }

  private var nearnessChecks: [Check] {
    Task.allCases.flatMap { task in
      let best = accuracies(task, most)
      return [
        claim(
          "more_is_nearer",
          "accuracy of the classifier with \(most) simulations less with \(values.budget), \(task.name)",
          difference(best, accuracies(task, values.budget)), .atMost(0), "nearer with more"),
        claim(
          "near_exact", "accuracy of the classifier with \(most) simulations, \(task.name)", best,
          .atMost(task.limit), "a half is no difference"),
        claim(
          "beats_regression",
          "accuracy with \(most) simulations less that of linear regression, \(task.name)",
          difference(best, accuracies(task, .regression)),
          // The regression is of the right form for the linear simulator.
          task == .linearGaussian ? .atMost(0.05) : .atMost(0), "against a Gaussian about a line"),
      ]
    }
  }

  private var rankChecks: [Check] {
    Task.allCases.flatMap { task in
      (0..<task.simulator.parameterCount).map { axis in
        claim(
          "calibrated",
          "spread of ranks with \(most) simulations, over that of uniform ones, \(task.name), "
            + "parameter \(axis + 1)",
          networks[task]?[most]?.ranks.spreads(axis: axis) ?? [], .near(1, tolerance: 0.25),
          "1 where the posterior is exact, above where it is too narrow", over: "pairs")
      }
    }
  }

  func accuracies(_ truncation: Plan.Truncation) -> [Double] {
    rounds[truncation]?.map(\.accuracy) ?? []
  }

  private var roundChecks: [Check] {
    let one = singles[values.roundBudget]?.accuracies ?? []
    return [
      claim(
        "rounds",
        "accuracy after two rounds less after one, \(values.roundBudget) simulations, two moons",
        difference(accuracies(.box), one), .atMost(0), "nearer with rounds"),
      claim(
        "rounds_by_density",
        "the same with the second round where the first one's density is no less than at its samples",
        difference(accuracies(.density), one), .atMost(0), "nearer with rounds"),
    ]
  }

  private func claim(
    _ name: String, _ statement: String, _ repeats: [Double], _ requirement: Check.Requirement,
    _ basis: String, over: String = "observations"
  ) -> Check {
    Check(
      .claim, name, statement, meanOf: isDone ? repeats : nil, requirement,
      basis: basis + "; Student's t over \(over)")
  }

  private var agreementChecks: [Check] {
    func chiSquares(_ ranks: KeyPath<Plan.Known, RankHistogram>) -> [[Double]] {
      Task.allCases.compactMap {
        known[$0]?[keyPath: ranks].chiSquares(bins: PosteriorEstimation.rankBins)
      }
    }
    let limit = 40.0
    let basis =
      "chi-square with 9 degrees of freedom, above 40 with probability 8e-6; "
      + "\(values.exactPairs) pairs"
    return [
      Check(
        .agreement, "exact_uniform",
        "chi-square of ranks among exact draws, largest over simulators and parameters",
        measured: isDone ? chiSquares(\.exactRanks).joined().max() : nil, .atMost(limit),
        basis: basis),
      Check(
        .agreement, "scaled_not_uniform",
        "chi-square of ranks among draws spread less, larger parameter, least over simulators",
        measured: isDone ? chiSquares(\.scaledRanks).map { $0.max() ?? 0 }.min() : nil,
        .atLeast(limit), basis: basis),
      Check(
        .agreement, "null", "accuracy of the classifier on exact draws and others",
        meanOf: isDone ? Task.allCases.flatMap { accuracies($0, .exact) } : nil,
        .near(0.5, tolerance: 0.03), basis: "chance; Student's t over observations"),
      Check(
        .agreement, "moments",
        "mean and variance of exact draws, linear Gaussian at x = 1, in standard errors",
        measured: isDone ? known[.linearGaussian]?.momentGap : nil, .atMost(4.5),
        basis: "N(10/13, 3/13)"),
      Check(
        .agreement, "flow_density",
        "log density by the flow of the exact score, linear Gaussian at x = 1, largest gap in nats",
        measured: isDone ? known[.linearGaussian]?.flowGap : nil, .atMost(0.1),
        basis: "N(10/13, 3/13) with the last noise; the same \(PosteriorEstimation.flowSteps) steps"
      ),
    ]
  }

  /// All ranks of a simulator, with how many parameters were ranked.
  private var histograms: [(histogram: RankHistogram, pairs: Int)] {
    known.values.flatMap {
      [($0.exactRanks, values.exactPairs), ($0.scaledRanks, values.exactPairs)]
    } + networks.values.flatMap { $0.values.map { ($0.ranks, values.pairs) } }
  }

  static func counted(_ histograms: [(histogram: RankHistogram, pairs: Int)]?) -> Check {
    Check(
      .identity, "counted", "ranks that are missing or too many, most of all histograms",
      measured: histograms.map { histograms in
        histograms.flatMap { entry in
          entry.histogram.counts.map { Double(abs($0.reduce(0, +) - entry.pairs)) }
        }.max() ?? .nan
      }, .atMost(0), basis: "each parameter has one rank")
  }
}
