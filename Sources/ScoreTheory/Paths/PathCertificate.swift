import Glibc
import ScoreCore

/// What the score's error along exact reverse paths can add to the total variation distance.
///
/// With `A = sum_k h_k ||s_hat - s||^2` along a path of the exact reverse process, for every e
/// ```
/// TV <= P[A > e^2] + sqrt(e^2 / 2)
/// ```
/// next to what discretisation and initialisation add: stop following the estimate where A would
/// pass `e^2`, and apply Girsanov and Pinsker to what is left. The union bound
/// `N delta + sqrt(sum_k h_k (D_delta,k)^2 / 2)` and the L2 route `sqrt(E[A] / 2)` are no smaller
/// in the cases that matter; the first needs only quantiles at each step.
///
/// Source: the argument of Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Theorem B.7,
/// with explicit constants and along paths (derived).
public struct PathCertificate: Codable, Sendable, Equatable {
  /// The smallest bound over e, at most 1.
  public let bound: Double
  /// The `e^2` that gives it.
  public let threshold: Double
  /// The share of paths with A above the threshold.
  public let exceedance: Double
  /// How much larger the bound must be to hold with the confidence asked for, for every e at once.
  ///
  /// Source: Massart 1990, Ann. Probab. 18: the one-sided Dvoretzky-Kiefer-Wolfowitz inequality.
  public let margin: Double

  /// Finds the best threshold for A as measured on some paths.
  ///
  /// - Precondition: At least one path, and a confidence between 0 and 1.
  public init(accumulated: [Double], confidence: Double = 0.95) {
    precondition(!accumulated.isEmpty, "A share needs paths.")
    precondition(confidence > 0 && confidence < 1, "A confidence is between 0 and 1.")
    // A NaN is as bad as an infinite error.
    let sorted = accumulated.map { $0.isNaN ? .infinity : $0 }.sorted()
    let n = Double(sorted.count)
    let positive = sorted.count { $0 > 0 }
    var best = (bound: Double(positive) / n, threshold: 0.0, exceedance: Double(positive) / n)
    for (rank, value) in sorted.enumerated() where value > 0 && value.isFinite {
      // With ties the last of them counts, which is also the smallest bound.
      let exceedance = Double(sorted.count - rank - 1) / n
      let bound = exceedance + (value / 2).squareRoot()
      if bound < best.bound { best = (bound, value, exceedance) }
    }
    bound = min(1, best.bound)
    threshold = best.threshold
    exceedance = best.exceedance
    margin = (log(1 / (1 - confidence)) / (2 * n)).squareRoot()
  }

  /// The bound with its margin, at most 1.
  public var upperLimit: Double { min(1, bound + margin) }

  /// Pinsker's bound `sqrt(KL / 2)` on the total variation distance; above 1 it says nothing.
  public static func pinsker(_ divergence: Double) -> Double { (divergence / 2).squareRoot() }
}
