import Glibc

/// The rate of noise `beta(t) = minimum + t (maximum - minimum)` for t in [0, 1].
///
/// A process of this rate has `alpha = exp(-integral / 2)`, so it is the Ornstein-Uhlenbeck process
/// in the clock `integral / 2`.
struct LinearBeta: Sendable, Equatable {
  let minimum: Double
  let maximum: Double

  init(minimum: Double, maximum: Double) {
    precondition(minimum > 0 && maximum >= minimum, "A rate is positive and does not fall.")
    self.minimum = minimum
    self.maximum = maximum
  }

  func rate(at time: Double) -> Double { minimum + time * (maximum - minimum) }

  /// The integral of the rate from 0 to a time.
  func integral(to time: Double) -> Double {
    time * (minimum + time * (maximum - minimum) / 2)
  }

  /// The time at which the integral has a value; the inverse of ``integral(to:)``.
  func time(atIntegral integral: Double) -> Double {
    // The form of the quadratic's root that does not cancel.
    let root = (minimum * minimum + 2 * (maximum - minimum) * integral).squareRoot()
    return 2 * integral / (minimum + root)
  }

  static let parameters = [
    ParameterDescription(
      "beta_min", "rate of noise at time 0", .number(default: 0.1, range: 1e-4...20)),
    ParameterDescription(
      "beta_max", "rate of noise at time 1", .number(default: 20, range: 1e-3...200)),
    ParameterDescription(
      "horizon", "time the reverse process starts at", .number(default: 1, range: 0.01...1)),
    ParameterDescription(
      "stop", "time it stops at, below the horizon", .number(default: 0.001, range: 1e-6...0.5)),
  ]

  init(_ parameters: CatalogParameters) throws(ParameterError) {
    let (minimum, maximum) = try parameters.orderedNumbers("beta_min", below: "beta_max")
    self.init(minimum: minimum, maximum: maximum)
  }
}
