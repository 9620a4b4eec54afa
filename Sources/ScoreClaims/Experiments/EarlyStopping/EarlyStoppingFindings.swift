import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// What descent on the kernel and networks say of early stopping.
struct EarlyStoppingFindings: ExperimentFindings {
  /// One way to choose a step, or a score, and the excess that it has on each data set.
  struct Choice {
    var name: String
    var source: String
    /// The steps chosen; nil for what is no step.
    var steps: [Int]?
    var excesses: [Double]
  }

  let plan: EarlyStoppingPlan
  let isDone: Bool
  /// Those that are finished, in the order of the data sets.
  let courses: [EarlyStoppingPlan.Course]
  let networks: [EarlyStoppingPlan.NetworkCourses]

  init(_ plan: EarlyStoppingPlan, _ records: EarlyStoppingPlan.Records) {
    self.plan = plan
    isDone = records.isComplete
    courses = records.finished.compactMap {
      if case .kernel(let course) = $0.record { course } else { nil }
    }
    networks = records.finished.compactMap {
      if case .networks(let courses) = $0.record { courses } else { nil }
    }
  }

  var values: EarlyStopping { plan.values }

  /// The rules, then what needs none.
  var choices: [Choice] {
    let rules = plan.rules.enumerated().map { place, named in
      choice(named.name, named.source) { $0.places[place] }
    }
    let first = plan.steps.firstIndex(of: 1) ?? 0
    let zero = plan.regression.excessOfZeroScore
    return rules + [
      choice("never stop", "baseline") { _ in plan.steps.count - 1 },
      choice("one step", "baseline") { _ in first },
      choice("no step: the prediction 0", "baseline") { _ in 0 },
      Choice(
        name: "the score 0", source: "baseline", steps: nil, excesses: courses.map { _ in zero }),
    ]
  }

  private func choice(
    _ name: String, _ source: String, _ place: (EarlyStoppingPlan.Course) -> Int
  ) -> Choice {
    Choice(
      name: name, source: source, steps: courses.map { plan.steps[place($0)] },
      excesses: courses.map { $0.excess[place($0)] })
  }

  /// What a choice loses on each data set against the best step there.
  func regrets(of choice: Choice) -> [Double] {
    zip(choice.excesses, courses).map { $0 - ($1.excess.min() ?? .nan) }
  }
}

// MARK: - Checks

extension EarlyStoppingFindings {
  var checks: [Check] {
    let found = isDone ? self : nil
    return [
      Check(
        .claim, "overfits",
        "log2 of the excess after the last step over the least, descent on the kernel",
        meanOf: found?.courses.map {
          log2($0.excess[$0.excess.count - 1] / ($0.excess.min() ?? .nan))
        },
        .atLeast(1), basis: "twice the least excess"),
      Check(
        .claim, "d_delta_turns",
        "log2 of sigma D_delta after the last step over that at the step of the least excess",
        meanOf: found?.courses.map { course in
          let best = course.excess.indices.min { course.excess[$0] < course.excess[$1] } ?? 0
          return log2(course.quantile[course.quantile.count - 1] / course.quantile[best])
        }, .atLeast(1), basis: "twice that of the best step"),
    ] + ruleChecks(found) + networkChecks(found) + agreements(found)
  }

  /// Every rule that does not know the truth loses at most a tenth of what never stopping does.
  private func ruleChecks(_ found: Self?) -> [Check] {
    plan.rules.map(\.name).filter { $0 != "oracle" }.map { name in
      Check(
        .claim, "stopping_helps",
        "regret of the rule \(name) less a tenth of that of never stopping",
        meanOf: found.map { found in
          let choices = found.choices
          func regrets(_ name: String) -> [Double] {
            choices.first { $0.name == name }.map { found.regrets(of: $0) } ?? []
          }
          return zip(regrets(name), regrets("never stop")).map { $0 - $1 / 10 }
        }, .atMost(0), basis: "excess beyond the least of each data set, pair by pair")
    }
  }

  private func networkChecks(_ found: Self?) -> [Check] {
    [
      Check(
        .claim, "fixed_overfits",
        "log2 of a network's excess after its last step over its least, fixed noise",
        meanOf: found?.networks.map { log2(($0.fixed.last ?? .nan) / ($0.fixed.min() ?? .nan)) },
        .atLeast(1), basis: "twice the least excess"),
      Check(
        .claim, "fresh_does_not",
        "log2 of a network's excess after its last step with fresh noise over that with fixed noise",
        meanOf: found?.networks.map { log2(($0.fresh.last ?? .nan) / ($0.fixed.last ?? .nan)) },
        .atMost(-1), basis: "half of the excess, same points and start"),
    ]
  }

  private func agreements(_ found: Self?) -> [Check] {
    let inSample = found.map { found in
      tablePlaces.map { place in
        let gaps = found.courses.map { $0.inSample[place] - $0.expectedInSample[place] }
        return deviation(gaps, from: 0, error: 0)
      }
    }
    let formula = Check(
      .agreement, "in_sample",
      "excess at the training points against its expectation, in standard errors",
      measured: inSample.map { $0.max() ?? .nan }, .atMost(4.5),
      basis: "closed form from eigenvalues; the largest of \(tablePlaces.count) steps")
    guard values.points == UCurveReference.points, values.time == UCurveReference.time else {
      return [formula]
    }
    let curve = found.map { found in
      UCurveReference.rows.compactMap { row -> Double? in
        guard let place = plan.steps.firstIndex(of: row.step) else { return nil }
        return max(
          deviation(
            found.courses.map { $0.trainingLoss[place] }, from: row.training,
            error: row.trainingError),
          deviation(
            found.courses.map { $0.excess[place] }, from: row.excess, error: row.excessError))
      }
    }
    return [
      formula,
      Check(
        .agreement, "u_curve",
        "training loss and excess against an independent computation, in standard errors of both",
        measured: curve.map { $0.max() ?? .nan }, .atMost(4.5), basis: UCurveReference.source),
    ]
  }

  /// The places of steps that tables have, but for the start, which is the same for every data set.
  var tablePlaces: [Int] {
    plan.steps.indices.filter {
      plan.steps[$0] > 0 && EarlyStopping.tableSteps.contains(plan.steps[$0])
    }
  }

  private func deviation(_ values: [Double], from expected: Double, error: Double) -> Double {
    let mean = Estimate(values)
    return abs(mean.value - expected)
      / (mean.standardError * mean.standardError + error * error).squareRoot()
  }
}
