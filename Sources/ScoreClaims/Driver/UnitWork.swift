import ScoreLab

/// The work on one unit of an experiment, a fraction of a second at a time.
protocol UnitWork<Record>: Sendable {
  associatedtype Record: Sendable

  /// How much of the unit is done, from 0 to 1.
  var progress: Double { get }
  /// What is being done, such as `step 20 of 50`; nil where the unit says it all.
  var detail: String? { get }
  /// Works for a fraction of a second, always the same amount after the same calls.
  ///
  /// - Returns: The record of the unit once it is finished; no call follows.
  mutating func step() throws -> Record?
}

extension UnitWork {
  var detail: String? { nil }
}

/// A unit that takes a fraction of a second in all.
struct SingleStep<Record: Sendable>: UnitWork {
  private let body: @Sendable () throws -> Record

  /// Does all of the work in one step.
  init(_ body: @escaping @Sendable () throws -> Record) { self.body = body }

  var progress: Double { 0 }
  mutating func step() throws -> Record? { try body() }
}
