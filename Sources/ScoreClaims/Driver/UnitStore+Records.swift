import ScoreLab

/// Records of units as JSON, each next to the unit it is of.
extension UnitStore {
  /// The record of a unit; nil when none is kept.
  ///
  /// - Throws: ``FileError`` when one is there and cannot be read.
  func record<Unit: Codable & Equatable, Record: Codable>(
    of unit: Unit, as key: String
  ) throws(FileError) -> Record? {
    guard let bytes = try load(key) else { return nil }
    let kept: KeptUnit<Unit, Record>? = RecordCoding.decode(bytes)
    return kept?.unit == unit ? kept?.record : nil
  }

  /// Keeps the record of a unit.
  func keep<Unit: Codable, Record: Codable>(
    _ record: Record, of unit: Unit, as key: String
  ) throws(FileError) {
    try save(RecordCoding.encode(KeptUnit(unit: unit, record: record)), as: key)
  }
}

private struct KeptUnit<Unit: Codable, Record: Codable>: Codable {
  var unit: Unit
  var record: Record
}
