package import ScoreClaims

/// The units of an experiment as CSV.
package enum UnitTable {
  /// The units as a table.
  package static func table(_ units: [UnitOverview]) -> String {
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
  package static func argument(_ text: String) throws -> UnitNumbers {
    guard let numbers = UnitNumbers(text) else {
      throw Failure.Usage("expected numbers from 1 and ascending ranges, such as 1-4,7")
    }
    return numbers
  }
}
