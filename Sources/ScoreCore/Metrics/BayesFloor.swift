/// The loss of the exact score over the levels drawn: for a squared loss, the least that any
/// network can reach.
///
/// The best prediction of the noise is `E[z | x_t] = -sigma s(x_t)`, which leaves `d - sigma^2
/// E||s||^2` of it unexplained at a level; `I(q_t) = E||s||^2` is the Fisher information. The loss
/// of any target is that of the noise times ``Objective/noiseErrorWeight(at:process:)``, the w of
/// `E [w (d - sigma^2 I(q_t))]`. The loss minus this floor is the squared L2 score error times `w
/// sigma^2`.
///
/// With a finite ``Objective/huberLength`` the value is Huber's loss of the exact score. The least
/// Huber loss is then at most that, and is not known: where the target's distribution given the
/// noisy point is skew, another prediction than its mean loses less.
///
/// Source: Vincent 2011, "A connection between score matching and denoising autoencoders", for
/// the identity behind it; Efron 2011, "Tweedie's formula and selection bias".
public struct BayesFloor: Sendable, Equatable {
  /// How the value was found.
  public enum Method: Sendable, Equatable {
    /// The distribution's own closed form or quadrature at each level, adaptive quadrature over log
    /// SNR.
    case exact
    /// Monte Carlo on the exact score, with this many draws.
    case monteCarlo(draws: Int)
  }

  /// The floor, in the units of the loss (a sum over coordinates).
  public var value: Double
  /// One standard error of Monte Carlo; for the exact method a bound that includes the rounding of
  /// the Fisher information.
  public var error: Double
  public var method: Method
  /// Whether no prediction has a smaller loss; not so for Huber's.
  public var isLeast = true

  public init(value: Double, error: Double, method: Method, isLeast: Bool = true) {
    self.value = value
    self.error = error
    self.method = method
    self.isLeast = isLeast
  }
}
