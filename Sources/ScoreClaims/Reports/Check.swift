import ScoreCore
import ScoreLab

/// A number that was measured, what it must be, and what it is evidence of.
public struct Check: Sendable, Equatable {
  /// What a passed check is worth.
  public enum Kind: String, Sendable, CaseIterable {
    /// It could have come out otherwise and bears on the claim; only these decide a claim.
    case claim
    /// A measurement against a closed form or another method.
    case agreement
    /// True by construction: a self-test of the code, never evidence.
    case identity
  }

  public enum Outcome: String, Sendable, CaseIterable {
    case passed, failed
    /// The interval holds values that meet the requirement and values that do not.
    case undecided
    /// Not measured yet, or not measured at these values.
    case open
  }

  public enum Requirement: Sendable, Equatable {
    /// The expected value and the largest difference allowed.
    case near(Double, tolerance: Double)
    case atMost(Double)
    case atLeast(Double)

    /// Whether a value meets it; no number never does.
    func holds(for value: Double) -> Bool {
      switch self {
      case .near(let expected, let tolerance): abs(value - expected) <= tolerance
      case .atMost(let bound): value <= bound
      case .atLeast(let bound): value >= bound
      }
    }

    /// Whether no value of an interval meets it.
    func excludes(_ interval: ClosedRange<Double>) -> Bool {
      switch self {
      case .near(let expected, let tolerance):
        interval.upperBound < expected - tolerance || interval.lowerBound > expected + tolerance
      case .atMost(let bound): interval.lowerBound > bound
      case .atLeast(let bound): interval.upperBound < bound
      }
    }
  }

  public var kind: Kind
  /// A name of small letters, digits and underscores; checks of one thing at several values share it.
  public var name: String
  /// What is compared, such as `L2^2 at t = 0 against quadrature`.
  public var statement: String
  /// Nil until it is measured.
  public var measured: Double?
  /// A 95% interval of what is measured, where there is one.
  ///
  /// With one, the check passes if all of it meets the requirement, fails if none of it does, and
  /// is undecided otherwise.
  public var interval: ClosedRange<Double>?
  public var requirement: Requirement
  /// Where expectation, tolerance and interval come from, such as `closed form, 4 standard errors`.
  public var basis: String

  public init(
    _ kind: Kind, _ name: String, _ statement: String, measured: Double?,
    interval: ClosedRange<Double>? = nil, _ requirement: Requirement, basis: String
  ) {
    self.kind = kind
    self.name = name
    self.statement = statement
    self.measured = measured
    self.interval = interval
    self.requirement = requirement
    self.basis = basis
  }

  /// A check of the mean over repeats, with its Student interval.
  ///
  /// - Parameters:
  ///   - kind: What a passed check is worth.
  ///   - name: The name, as in ``name``.
  ///   - statement: What is compared.
  ///   - repeats: One number a repeat; nil before all are there.
  ///   - requirement: What the mean must be.
  ///   - basis: Where expectation and tolerance come from.
  init(
    _ kind: Kind, _ name: String, _ statement: String, meanOf repeats: [Double]?,
    _ requirement: Requirement, basis: String
  ) {
    self.init(
      kind, name, statement, measured: repeats.map { Estimate($0).value },
      interval: repeats.flatMap { Estimate.meanInterval(of: $0) }, requirement, basis: basis)
  }

  /// A measurement that is no number fails.
  public var outcome: Outcome {
    guard let measured else { return .open }
    guard let interval, !measured.isNaN else {
      return requirement.holds(for: measured) ? .passed : .failed
    }
    if requirement.holds(for: interval.lowerBound), requirement.holds(for: interval.upperBound) {
      return .passed
    }
    return requirement.excludes(interval) ? .failed : .undecided
  }
}
