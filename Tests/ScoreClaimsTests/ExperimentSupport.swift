import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension ExperimentConfiguration {
  /// An experiment with some keys set, from the first unit to the last.
  static func finished(
    _ name: String, _ assignments: [String] = [], threads: Int = 2
  ) throws -> ExperimentReport {
    var run = try ExperimentConfiguration(name).setting(assignments)
      .makeDriver(threads: threads, dataSource: DataFile())
    while !run.isFinished { try run.step() }
    return run.report
  }

  /// The finished driver, after something in its plan was altered before its first unit.
  func finishedDriver<Plan: ExperimentPlan>(
    _ type: Plan.Type, _ alter: (inout Plan) throws -> Void = { _ in }
  ) throws -> UnitDriver<Plan> {
    guard let made = try makeDriver(threads: 2, dataSource: DataFile()) as? UnitDriver<Plan> else {
      preconditionFailure("The configuration is of another experiment.")
    }
    var driver = try made.altering(alter)
    while !driver.isFinished { try driver.step() }
    return driver
  }
}

extension ExperimentReport {
  /// The checks that did not pass, with their numbers.
  var failures: [Check] { checks.filter { $0.outcome != .passed } }
}
