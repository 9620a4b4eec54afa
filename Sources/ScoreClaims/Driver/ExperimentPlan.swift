import ScoreLab

/// How a claim is measured at given values: units of work as plain values, the work on one, and what
/// the records of all of them say.
///
/// A unit's record depends on the plan, the unit and the records it needs alone: not on the threads,
/// on what was done before it, nor on which machine did it.
protocol ExperimentPlan: Sendable {
  associatedtype Unit: Codable & Hashable & Sendable
  associatedtype Record: Codable & Sendable
  associatedtype Findings: ExperimentFindings

  typealias Records = UnitRecords<Unit, Record>

  /// How many units are worked on at the same time, a thread each; with 1, the unit under way has all
  /// threads.
  ///
  /// A fixed number, so that what is known after a number of steps does not depend on the threads.
  static var lanes: Int { get }
  /// Every unit, in the order in which they are begun; a unit comes after those it needs.
  var units: [Unit] { get }
  /// How long a unit takes, in parts of roughly equal length, at least 1.
  func length(of unit: Unit) -> Int
  /// The units whose records a unit needs.
  func needs(of unit: Unit) -> [Unit]
  /// The name that the record of a unit is kept under, of letters, digits, `_`, `-` and `.`.
  func key(of unit: Unit, at place: Int) -> String
  /// What is being done, in a few words such as `memorising, data set 3 of 20`.
  func activity(of unit: Unit) -> String
  /// Begins the work on a unit.
  ///
  /// - Parameters:
  ///   - unit: One of ``units``.
  ///   - records: Those of ``needs(of:)`` are there.
  ///   - threads: How many threads may work; they change no bit.
  /// - Returns: The work, of which no step has been taken.
  /// - Throws: What makes the unit impossible.
  func work(
    on unit: Unit, given records: Records, threads: Int
  ) throws -> any UnitWork<Record>
  /// What the records say so far; figures and checks that need more are empty or open.
  func findings(_ records: Records) -> Findings
}

extension ExperimentPlan {
  static var lanes: Int { 1 }
  func length(of unit: Unit) -> Int { 1 }
  func needs(of unit: Unit) -> [Unit] { [] }
  func key(of unit: Unit, at place: Int) -> String { "unit-\(place + 1)" }
}

/// What the records of an experiment say of its claim.
protocol ExperimentFindings {
  var checks: [Check] { get }
  /// What must be known before quoting, where it depends on the values.
  var caveats: [String] { get }
  /// Figures and tables, in the order in which they are shown.
  var exhibits: [Exhibit] { get }
}

extension ExperimentFindings {
  var caveats: [String] { [] }
}

/// A figure or a table, made when it is asked for.
struct Exhibit {
  enum Content: Sendable {
    case figure(Figure)
    case table(ReportTable)
  }

  /// Whether it depends on the values alone, so that it is made once.
  let isFixed: Bool
  let make: () -> Content

  static func figure(_ make: @autoclosure @escaping () -> Figure) -> Self {
    Self(isFixed: false) { .figure(make()) }
  }

  static func table(_ make: @autoclosure @escaping () -> ReportTable) -> Self {
    Self(isFixed: false) { .table(make()) }
  }

  /// A figure that depends on the values alone, not on records.
  static func fixedFigure(_ make: @autoclosure @escaping () -> Figure) -> Self {
    Self(isFixed: true) { .figure(make()) }
  }

  /// A table that depends on the values alone, not on records.
  static func fixedTable(_ make: @autoclosure @escaping () -> ReportTable) -> Self {
    Self(isFixed: true) { .table(make()) }
  }
}
