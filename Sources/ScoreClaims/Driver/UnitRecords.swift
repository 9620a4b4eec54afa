import ScoreLab

/// What the finished units of an experiment left, in the order of the units.
struct UnitRecords<Unit: Hashable & Sendable, Record: Sendable>: Sendable {
  /// Every unit of the experiment, finished or not.
  let units: [Unit]
  private let places: [Unit: Int]
  private var records: [Record?]
  /// How many units are finished.
  private(set) var count = 0

  /// No unit is finished.
  ///
  /// - Precondition: No two units are equal.
  init(_ units: [Unit]) {
    self.units = units
    places = Dictionary(uniqueKeysWithValues: zip(units, units.indices))
    records = Array(repeating: nil, count: units.count)
  }

  var isComplete: Bool { count == units.count }

  /// The place of a unit among all of them.
  ///
  /// - Precondition: It is one of them.
  func place(of unit: Unit) -> Int {
    guard let place = places[unit] else { preconditionFailure("The unit is one of the plan's.") }
    return place
  }

  /// The record of the unit at a place; nil until it is finished.
  subscript(place: Int) -> Record? { records[place] }

  /// The record of a unit; nil until it is finished.
  subscript(unit: Unit) -> Record? { records[place(of: unit)] }

  /// The finished units with their records, in the order of the units.
  var finished: [(unit: Unit, record: Record)] {
    zip(units, records).compactMap { unit, record in record.map { (unit, $0) } }
  }

  /// Keeps the record of the unit at a place.
  mutating func finish(_ place: Int, _ record: Record) {
    if records[place] == nil { count += 1 }
    records[place] = record
  }
}
