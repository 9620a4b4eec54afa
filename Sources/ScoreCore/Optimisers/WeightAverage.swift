import Glibc

/// The running average of the weights that samples and errors are measured with.
public struct WeightAverage: Sendable, Equatable {
  public enum Profile: String, Sendable, CaseIterable {
    /// A constant decay a step, after a short warm-up.
    case exponential
    /// Weights in proportion to `step^exponent`: the average forgets a fixed share of its past.
    ///
    /// Source: Karras et al. 2024 (arXiv:2312.02696), eq. 1.
    case power
  }

  public var profile: Profile
  /// The decay a step of the exponential profile, in `0..<1`; 0 for no average.
  public var decay: Double
  /// The exponent of the power profile, at least 0; 6.94 keeps a width of 10 % of the run.
  public var exponent: Double

  public init(profile: Profile = .exponential, decay: Double = 0.999, exponent: Double = 6.94) {
    precondition((0..<1).contains(decay) && exponent >= 0, "An average needs a decay below 1.")
    self.profile = profile
    self.decay = decay
    self.exponent = exponent
  }

  /// How much of the average is kept at a step, from 1.
  ///
  /// A young exponential average must forget its start, so it keeps at most
  /// `(1 + step) / (10 + step)`.
  public func decay(step: Int) -> Double {
    switch profile {
    case .exponential: min(decay, Double(1 + step) / Double(10 + step))
    case .power: pow(1 - 1 / Double(step), exponent + 1)
    }
  }
}
