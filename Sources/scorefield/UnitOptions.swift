import ArgumentParser
import CommandLineTool
import ScoreClaims

/// Which units of an experiment to work on, for those who divide them among machines.
struct UnitOptions: ParsableArguments {
  @Option(
    help: """
      Work on these units alone, such as 1-4,7, and keep their records; no report. Several may \
      work in one folder at a time.
      """, transform: UnitNumbers.argument)
  var units: UnitNumbers?

  @Flag(help: "List the units as CSV and do nothing else.")
  var listUnits = false

  @Flag(help: "Write the report from records that are all there; work on nothing.")
  var collect = false

  var task: ExperimentTask.Units {
    .init(numbers: units, isListed: listUnits, isCollected: collect)
  }

  func validate() throws {
    guard [units != nil, listUnits, collect].count(where: { $0 }) <= 1 else {
      throw ValidationError("--units, --list-units and --collect exclude one another.")
    }
  }
}
