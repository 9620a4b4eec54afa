public import ScoreCore

/// Something that is measured on a run while it trains, in short units of work.
///
/// A member of ``MeasurementCatalog``. It reads weights and never writes them, so what it does and
/// when cannot change a run. A pass works on one copy of the weights from its start to its end.
/// Conforming types are values, so a copy of a session goes on by itself.
public protocol Measurement: Sendable {
  associatedtype Value: Sendable, Equatable
  /// The name, which no other has, in snake_case.
  static var name: String { get }
  /// What it is measured again for, besides a new run.
  static var dependencies: [MeasurementDependency] { get }
  /// How many of its passes belong to the first pictures, which come with a larger share of the
  /// time; at least 1.
  static var firstPasses: Int { get }
  /// Whether it is measured where nobody has said what to measure; false for what takes long.
  static var isTakenUnasked: Bool { get }

  /// Prepares to measure a run from its start.
  init(of subject: MeasurementSubject)
  /// The points of one unit of work over the measurement's share of the time; 0 goes before all.
  var unitCost: Double { get }
  /// Starts a pass, and drops one that is under way.
  mutating func begin(_ input: MeasurementInput)
  /// Does one unit of the pass, a few milliseconds.
  ///
  /// - Returns: Whether the pass is over.
  mutating func step() -> Bool
  /// What is known so far.
  var reading: Reading<Value> { get }
  /// Forgets what was measured of weights after a step, which a divergence has undone.
  ///
  /// Called only where weights are among the ``dependencies``.
  mutating func forget(after step: Int)
}

extension Measurement {
  public static var firstPasses: Int { 1 }
  public static var isTakenUnasked: Bool { true }
  public mutating func forget(after step: Int) {}
}

/// What a measurement depends on that changes during a run.
public enum MeasurementDependency: Sendable {
  /// The averaged weights, which change with every step.
  case weights
  /// The sampler, which can be changed live.
  case sampler
  /// The particle that a person has put down.
  case placedParticle
  /// Which sample metrics a person has chosen.
  case metrics
  /// The newest value of another measurement, which stands before this one in the catalog.
  case value(of: any Measurement.Type)
}

/// What a measurement has found, or why there is nothing new.
public struct Reading<Value: Sendable & Equatable>: Sendable, Equatable {
  /// The newest value that is fit to be shown; nil before the first.
  public var value: Value?
  /// The newest pass, if numbers of it are not finite; an older value still stands then.
  public var dropped: DroppedPass?

  public init(value: Value? = nil, dropped: DroppedPass? = nil) {
    self.value = value
    self.dropped = dropped
  }

  /// Ends a pass: its value takes the place of the older one if all its numbers are finite, and
  /// otherwise the pass is dropped and the older value stands.
  ///
  /// - Parameters:
  ///   - value: What the pass has found; only asked for where it is fit to be shown.
  ///   - step: The training step whose averaged weights it was of.
  ///   - brokenCount: How many of its parts have a number that is not finite.
  ///   - count: How many parts it has.
  /// - Returns: Whether the value is fit to be shown.
  @discardableResult
  public mutating func end(
    with value: @autoclosure () -> Value, step: Int, brokenCount: Int, of count: Int
  ) -> Bool {
    guard brokenCount == 0 else {
      dropped = DroppedPass(step: step, brokenCount: brokenCount, count: count)
      return false
    }
    dropped = nil
    self.value = value()
    return true
  }

  /// Forgets what was measured of weights after a step.
  ///
  /// - Parameters:
  ///   - step: The last step that stands.
  ///   - rest: What is left of a value without what was measured after the step.
  public mutating func forget(after step: Int, keeping rest: (Value) -> Value?) {
    value = value.flatMap(rest)
    if let dropped, dropped.step > step { self.dropped = nil }
  }
}

/// A pass that is over and not shown, because numbers of it are not finite.
public struct DroppedPass: Sendable, Equatable {
  /// The training step whose averaged weights it was of.
  public var step: Int
  /// How many of its parts have a number that is not finite: points of a sample, levels of a probe.
  public var brokenCount: Int
  public var count: Int

  public init(step: Int, brokenCount: Int, count: Int) {
    self.step = step
    self.brokenCount = brokenCount
    self.count = count
  }
}

/// What is known of a run from its start: everything but its weights.
public struct MeasurementSubject: Sendable {
  public let distribution: any KnownScoreDistribution
  public let process: any ForwardProcess
  public let objective: Objective
  /// The points that are trained on; nil where every draw is fresh.
  public var trainingPoints: Points?
  /// The configuration now; of the measured keys only those of the sampler change during a run.
  public internal(set) var configuration: RunConfiguration
  /// What a person has put down to be followed.
  public internal(set) var placed: PlacedParticle?
  /// The sample metrics that a person has chosen, by name; nil for the standard ones.
  public internal(set) var metrics: [String]?
}

/// What a pass starts from.
public struct MeasurementInput {
  /// The training step of the weights.
  public let step: Int
  private let makeScore: () -> any ScoreFunction
  private let sources: [any Measurement]

  init(step: Int, score: @escaping () -> any ScoreFunction, sources: [any Measurement] = []) {
    self.step = step
    makeScore = score
    self.sources = sources
  }

  /// The score estimate of the averaged weights, or the score that is judged in their place.
  public func score() -> any ScoreFunction { makeScore() }

  /// A measurement that this one depends on, as it stands.
  public func measurement<Other: Measurement>(_: Other.Type) -> Other? {
    sources.lazy.compactMap { $0 as? Other }.first
  }
}
