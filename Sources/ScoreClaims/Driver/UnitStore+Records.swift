import FoundationEssentials
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
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let kept = try? decoder.decode(KeptUnit<Unit, Record>.self, from: Data(bytes))
    return kept?.unit == unit ? kept?.record : nil
  }

  /// Keeps the record of a unit.
  func keep<Unit: Codable, Record: Codable>(
    _ record: Record, of unit: Unit, as key: String
  ) throws(FileError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(KeptUnit(unit: unit, record: record)) else {
      preconditionFailure("Units and records are plain values.")
    }
    try save(data + [0x0A], as: key)
  }
}

private struct KeptUnit<Unit: Codable, Record: Codable>: Codable {
  var unit: Unit
  var record: Record
}
