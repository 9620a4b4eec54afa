import Glibc
import ScoreLab
import ScoreTheory

/// The errors that a trained network's splits into, within the radius R.
///
/// With f_H a function of the kernel's space near the truth f in ball and radius, labels y and noise
/// y - f(x) at the training points,
/// ```
/// network - f = (network - kernel(y))              coupling
///             + (kernel(y) - kernel(f_H + y - f))  label mismatch
///             + (kernel(f_H + y - f) - f_H)        early stopping
///             + (f_H - f)                          approximation
/// ```
/// where kernel(.) is descent on the kernel for as many steps.
///
/// Source: reconstructed from public reviews of Han, Razaviyayn and Xu 2024 (arXiv:2401.15604), which name
/// the four errors.
struct ErrorTerms: Codable, Sendable, Equatable {
  static let names = ["coupling", "label mismatch", "early stopping", "approximation"]

  /// The root of the mean squared error of each term, in their order.
  var rootMeanSquares: [Double]
  /// D_delta of each.
  var quantiles: [Double]
  /// Both of their sum, the error of the network as it is, and D_{4 delta} of it.
  var whole: Double
  var wholeQuantile: Double
  var wholeQuadrupleQuantile: Double
  /// The root of the mean squared error after the projection on the ball.
  var projected: Double
  /// The root of the mean square of the truth beyond R, where the prediction is 0.
  var outside: Double
  /// The largest difference of the terms' sum from the error of the network as it is.
  var sumGap: Double
  /// The step at which network and kernel stop, and the norm of f_H in the kernel's space.
  var step: Int
  var norm: Double

  /// The sum of the four sizes over the size of the whole.
  var looseness: Double { rootMeanSquares.reduce(0, +) / whole }
}
