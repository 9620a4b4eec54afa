import ScoreCore
import ScoreLab

/// What rows of networks and of simple ways say of stopping.
struct CreditDefaultFindings: ExperimentFindings {
  typealias Plan = CreditDefaultPlan

  /// The largest loss of the rule, as a factor of that of tuning.
  private static let lossFactor = 1.05
  /// The most that the rule's rows may lose of the AUC that tuned rows teach.
  private static let areaMargin = 0.03
  /// How much farther from the truth pairs of independent columns must be than those of real rows.
  private static let pairFactor = 1.5
  /// The least AUC that real rows teach.
  private static let leastArea = 0.6

  let plan: Plan
  /// Those of each maker, in the order of the seeds; fewer before all are there.
  let judged: [Plan.Maker: [Plan.Judged]]
  let rules: [Plan.Rule]
  let trials: [[Plan.Trial]]

  init(_ plan: Plan, _ records: Plan.Records) {
    self.plan = plan
    let sets = 0..<plan.values.repeats
    judged = Dictionary(
      uniqueKeysWithValues: Plan.Maker.allCases.map { maker in
        let found = sets.compactMap { set -> Plan.Judged? in
          if case .judged(let judged)? = records[.judged(set: set, maker)] { judged } else { nil }
        }
        return (maker, found)
      })
    rules = sets.compactMap { set in
      if case .rule(let rule)? = records[.rule(set: set)] { rule } else { nil }
    }
    trials = sets.map { set in
      (0..<plan.values.trials).compactMap { number in
        if case .trial(let trial)? = records[.trial(set: set, number: number)] {
          trial
        } else {
          nil
        }
      }
    }
  }

  var values: CreditDefault { plan.values }

  /// A number of every seed; nil before all are there.
  func all(_ maker: Plan.Maker, _ number: (Plan.Judged) -> Double) -> [Double]? {
    guard let found = judged[maker], found.count == values.repeats else { return nil }
    return found.map(number)
  }

  private func all(
    _ first: Plan.Maker, _ second: Plan.Maker, _ number: (Plan.Judged, Plan.Judged) -> Double
  ) -> [Double]? {
    guard let a = judged[first], let b = judged[second], a.count == values.repeats,
      b.count == values.repeats
    else { return nil }
    return zip(a, b).map(number)
  }

  var checks: [Check] { claims + agreements }

  private var claims: [Check] {
    [
      Check(
        .claim, "rule_loss", "loss at held-out rows, stopped by the kernel rule over tuned trials",
        meanOf: all(.rule, .tuned) { ($0.loss ?? .nan) / ($1.loss ?? .nan) },
        .atMost(Self.lossFactor), basis: "as good but for 5%; Student's t over seeds"),
      Check(
        .claim, "rule_area",
        "AUC of the target on held-out rows, by logistic regressions that learn from rows: tuned trials "
          + "minus kernel rule",
        meanOf: all(.tuned, .rule) { $0.logistic[1] - $1.logistic[1] }, .atMost(Self.areaMargin),
        basis: "as good but for 0.03; Student's t over seeds"),
      Check(
        .claim, "no_stopping", "loss at held-out rows, no stopping over the kernel rule",
        meanOf: all(.never, .rule) { ($0.loss ?? .nan) / ($1.loss ?? .nan) }, .atLeast(1),
        basis: "a rule that stops in time loses nothing by it; Student's t over seeds"),
    ]
  }

  private var agreements: [Check] {
    let sets = Double(values.repeats)
    return [
      Check(
        .agreement, "real_rows",
        "mean deviation from 1/2 of the AUC that tells real rows from held-out ones, in those of the null",
        measured: all(.real) { rows in
          let band = rows.logisticTwoSample
          // The middle 95% of a normal law are 3.92 deviations.
          return (rows.logisticTwoSample.value - 0.5) / ((band.upper - band.lower) / 3.92)
        }.map { Estimate($0).value },
        .near(0, tolerance: 4 / sets.squareRoot()), basis: "both are rows of one law; 4 deviations"),
      Check(
        .agreement, "real_area",
        "AUC of the target by logistic regressions that learn from real rows",
        meanOf: all(.real) { $0.logistic[1] }, .atLeast(Self.leastArea),
        basis: "features say something of the target; Student's t over seeds"),
      Check(
        .agreement, "broken_pairs",
        "mean difference of pairs of columns, independent columns over real rows",
        meanOf: all(.independent, .real) { $0.pairs.value / $1.pairs.value },
        .atLeast(Self.pairFactor),
        basis: "independent columns have no pairs; Student's t over seeds"),
      Check(
        .identity, "bootstrap_copies", "least share of training rows among bootstrap rows",
        measured: all(.bootstrap) { $0.copies }?.min(), .atLeast(1),
        basis: "each is one by construction"),
    ]
  }
}
