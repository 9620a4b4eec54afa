import ScoreCore
import ScoreTables

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let creditDefault = FaultSubject(
    experiment: "credit_default", healthy: { try CreditDefaultFaults.report { _ in } },
    faults: [
      ExperimentFault(
        name: "a rule that stops before the first step", fails: ["rule_loss", "no_stopping"]
      ) {
        try CreditDefaultFaults.report { $0.stopStep = { _ in 0 } }
      },
      ExperimentFault(
        name: "the other class in the rule's rows, real rows in place of tuned ones",
        fails: ["rule_area"]
      ) {
        try CreditDefaultFaults.report { plan in
          plan.made = { maker, rows, trained in
            switch maker {
            case .rule: trained.flipped
            case .tuned: trained
            default: rows
            }
          }
        }
      },
      ExperimentFault(
        name: "the other class and the largest age in real rows", fails: ["real_rows", "real_area"]
      ) {
        try CreditDefaultFaults.report { plan in
          plan.made = { maker, rows, _ in
            maker == .real ? rows.flipped.aged : rows
          }
        }
      },
      ExperimentFault(name: "real rows for independent columns", fails: ["broken_pairs"]) {
        try CreditDefaultFaults.report { plan in
          plan.made = { maker, rows, trained in maker == .independent ? trained : rows }
        }
      },
      ExperimentFault(name: "a bootstrap that alters rows", fails: ["bootstrap_copies"]) {
        try CreditDefaultFaults.report { plan in
          plan.made = { maker, rows, trained in
            maker == .bootstrap
              ? TableBaseline.kernel.rows(rows.rowCount, from: trained, seed: 1) : rows
          }
        }
      },
    ])
}

private enum CreditDefaultFaults {
  static func report(_ alter: (inout CreditDefaultPlan) -> Void) throws -> ExperimentReport {
    try ExperimentConfiguration("credit_default").setting(
      UnitDriverTests.small["credit_default"] ?? []
    )
    .finishedDriver(CreditDefaultPlan.self, alter).report
  }
}

extension Table {
  fileprivate func withColumn(_ name: String, _ change: ([Double]) -> [Double]) -> Table {
    Table(
      columns: columns,
      values: zip(columns, values).map { $0.name == name ? change($1) : $1 })
  }

  /// With the largest age in every row.
  fileprivate var aged: Table {
    withColumn("AGE") { ages in
      let largest = ages.max() ?? 0
      return ages.map { _ in largest }
    }
  }

  /// With the other class of the target in every row.
  fileprivate var flipped: Table { withColumn(CreditTable.target) { $0.map { 1 - $0 } } }
}
