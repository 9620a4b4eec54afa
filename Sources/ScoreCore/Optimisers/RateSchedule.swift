import Glibc

/// How the step size changes over training.
public protocol RateSchedule: Sendable {
  /// The factor on the step size at a step, from 1; at least 0.
  func factor(step: Int) -> Double
}

/// The same step size throughout.
public struct ConstantRate: RateSchedule, Equatable {
  public init() {}

  public func factor(step: Int) -> Double { 1 }
}

/// Half a cosine wave from 1 down to a last value that is then kept.
///
/// Source: Loshchilov and Hutter 2017 (arXiv:1608.03983), eq. 5, without restarts.
public struct CosineRate: RateSchedule, Equatable {
  /// The step at which the last value is reached, positive.
  public let steps: Int
  /// The last value, in 0...1.
  public let last: Double

  public init(steps: Int, last: Double = 0) {
    precondition(steps > 0 && (0...1).contains(last), "A cosine needs steps and an end.")
    self.steps = steps
    self.last = last
  }

  public func factor(step: Int) -> Double {
    let fraction = min(1, Double(step - 1) / Double(steps))
    return last + (1 - last) * (1 + cos(.pi * fraction)) / 2
  }
}

/// `1 / (1 + (step - 1) / half_step)`, the decay of stochastic approximation.
///
/// Source: Robbins and Monro 1951, "A stochastic approximation method".
public struct InverseTimeRate: RateSchedule, Equatable {
  /// The number of steps after which the step size has halved, positive.
  public let halfStep: Double

  public init(halfStep: Double) {
    precondition(halfStep > 0, "The step size halves after a positive time.")
    self.halfStep = halfStep
  }

  public func factor(step: Int) -> Double { 1 / (1 + Double(step - 1) / halfStep) }
}

/// Every step-size schedule on offer.
public enum RateScheduleCatalog: Catalog {
  public static let all: [CatalogEntry<any RateSchedule>] = [
    .constant,
    .cosine,
    .inverseTime,
  ]
}

extension CatalogEntry where Member == any RateSchedule {
  static let constant = Self(
    name: "constant", summary: "the same step size throughout", source: "standard"
  ) { _ in ConstantRate() }

  static let cosine = Self(
    name: "cosine", summary: "half a cosine wave down to a last value that is kept",
    source: "Loshchilov and Hutter 2017 (arXiv:1608.03983)",
    parameters: [
      ParameterDescription(
        "decay_steps", "steps until the last value",
        .integer(default: 20_000, range: 1...1_000_000_000)),
      ParameterDescription(
        "last_rate", "last value, as a share of the step size",
        .number(default: 0, range: 0...1)),
    ]
  ) { CosineRate(steps: $0.integer("decay_steps"), last: $0.number("last_rate")) }

  static let inverseTime = Self(
    name: "inverse_time", summary: "1 / (1 + step / half_step)", source: "Robbins and Monro 1951",
    parameters: [
      ParameterDescription(
        "half_step", "steps after which the step size has halved",
        .number(default: 1000, range: 1...1e9))
    ]
  ) { InverseTimeRate(halfStep: $0.number("half_step")) }
}
