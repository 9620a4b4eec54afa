import ScoreCore

@testable import ScoreLab

extension ExperimentConfiguration {
  /// An experiment with some keys set, from the first unit to the last.
  static func finished(
    _ name: String, _ assignments: [String] = [], threads: Int = 2
  ) throws -> ExperimentReport {
    var run = try ExperimentConfiguration(name).setting(assignments)
      .makeRun(threads: threads, dataSource: DataFile())
    while !run.isFinished { try run.step() }
    return run.report
  }

  /// The finished run, after something in it was altered before its first unit.
  func finishedRun<Run: ExperimentRun>(
    _ type: Run.Type, _ alter: (inout Run) -> Void
  ) throws -> Run {
    guard var run = try makeRun(threads: 2, dataSource: DataFile()) as? Run else {
      preconditionFailure("The configuration is of another experiment.")
    }
    alter(&run)
    while !run.isFinished { try run.step() }
    return run
  }
}

extension ExperimentConfiguration {
  /// The finished driver, after something in its plan was altered before its first unit.
  func finishedDriver<Plan: ExperimentPlan>(
    _ type: Plan.Type, _ alter: (inout Plan) -> Void = { _ in }
  ) throws -> UnitDriver<Plan> {
    try finishedRun(UnitDriver<Plan>.self) { alter(&$0.plan) }
  }
}

extension ExperimentReport {
  /// The checks that did not pass, with their numbers.
  var failures: [Check] { checks.filter { $0.outcome != .passed } }
}
