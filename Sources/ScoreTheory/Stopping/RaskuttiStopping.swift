import Glibc
import ScoreCore

/// The step at which the kernel's complexity overtakes what descent has gone, from eigenvalues and noise
/// alone.
///
/// With the eigenvalues `l_i` of K / n, the noise's deviation s and the sum `eta = rate k` of step sizes,
/// ```
/// R(eps) = sqrt(1/n sum_i min(l_i, eps^2)),    stop before the first k with R(1/sqrt(eta)) > 1/(2 e s eta)
/// ```
/// The rule is for a truth whose norm in the kernel's space is at most 1. No target is looked at.
///
/// Source: Raskutti, Wainwright and Yu 2014, "Early stopping and non-parametric regression", JMLR 15. The
/// formula is given here from memory; that it needs no hold-out and is minimax for kernel classes is in
/// the abstract.
public struct RaskuttiStopping: StoppingRule, Equatable {
  public init() {}

  public func place(in course: StoppingCourse) -> Int? {
    guard let eigenvalues = course.eigenvalues else { return nil }
    let step = Self.step(
      eigenvalues: eigenvalues, deviation: course.floor.squareRoot(), rate: course.rate)
    return course.steps.lastIndex { $0 <= step } ?? 0
  }

  /// The last step before the rule's inequality, at least 0.
  ///
  /// - Parameters:
  ///   - eigenvalues: Those of K / n, `[n]`.
  ///   - deviation: The standard deviation of the targets' noise, positive.
  ///   - rate: The step size.
  /// - Returns: The step; at most 2^52 where the noise is so small that none is too many.
  public static func step(eigenvalues: [Double], deviation: Double, rate: Double) -> Int {
    let n = Double(eigenvalues.count)
    func isTooFar(_ step: Int) -> Bool {
      let eta = rate * Double(step)
      let complexity = eigenvalues.reduce(0) { $0 + min($1, 1 / eta) } / n
      return complexity.squareRoot() > 1 / (2 * M_E * deviation * eta)
    }
    // R(1/sqrt(eta)) eta grows with eta, so the first step that is too far is found by halving.
    var (fine, tooFar) = (0, 1)
    while !isTooFar(tooFar) {
      guard tooFar < 1 << 52 else { return tooFar }
      (fine, tooFar) = (tooFar, 2 * tooFar)
    }
    while tooFar - fine > 1 {
      let middle = (fine + tooFar) / 2
      if isTooFar(middle) { tooFar = middle } else { fine = middle }
    }
    return fine
  }
}

extension CatalogEntry where Member == any StoppingRule {
  static let raskutti = Self(
    name: "raskutti",
    summary: "complexity of the kernel against the noise, without any data held out",
    source: "Raskutti, Wainwright and Yu 2014, JMLR 15 (from memory)"
  ) { _ in RaskuttiStopping() }
}
