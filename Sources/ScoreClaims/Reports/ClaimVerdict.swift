import ScoreLab

/// Whether a claim held, from the claim checks of a report alone.
public struct ClaimVerdict: Sendable, Equatable {
  public enum Answer: String, Sendable {
    case held
    case didNotHold = "did not hold"
    case notTested = "not tested"
  }

  public var answer: Answer
  /// The claim check that decided: the first that failed, else the first that is not decided, else
  /// the first; nil without a claim check.
  public var deciding: Check?

  /// It held if every claim check passed and there is one; it did not if one failed.
  public init(_ checks: [Check]) {
    let claims = checks.filter { $0.kind == .claim }
    if let failed = claims.first(where: { $0.outcome == .failed }) {
      (answer, deciding) = (.didNotHold, failed)
    } else if let open = claims.first(where: { $0.outcome != .passed }) {
      (answer, deciding) = (.notTested, open)
    } else {
      (answer, deciding) = (claims.isEmpty ? .notTested : .held, claims.first)
    }
  }
}
