import ArgumentParser
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

  /// Whether records alone are looked at.
  var isReading: Bool { listUnits || collect }

  func validate() throws {
    guard [units != nil, listUnits, collect].count(where: { $0 }) <= 1 else {
      throw ValidationError("--units, --list-units and --collect exclude one another.")
    }
  }

  /// The units as a table.
  static func table(_ units: [UnitOverview]) -> String {
    "unit,length,needs,finished\n"
      + units.map { unit in
        let needs = unit.needs.isEmpty ? "" : "\"\(UnitNumbers(unit.needs))\""
        return "\(unit.number),\(unit.length),\(needs),\(unit.isFinished)\n"
      }.joined()
  }
}

extension UnitNumbers {
  /// The numbers of an argument.
  ///
  /// - Throws: What is allowed.
  static func argument(_ text: String) throws -> UnitNumbers {
    guard let numbers = UnitNumbers(text) else {
      throw ValidationError("expected numbers from 1 and ascending ranges, such as 1-4,7")
    }
    return numbers
  }
}
