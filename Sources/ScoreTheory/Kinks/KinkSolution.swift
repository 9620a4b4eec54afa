/// The minimiser of a ``KinkProgram`` at one weight decay, with the proof of how good it is.
public struct KinkSolution: Sendable, Equatable {
  public let penalty: Double
  /// The minimiser: nodes at the outer points and at its kinks.
  public let score: PiecewiseLinearScore
  /// The objective there.
  public let objective: Double
  /// A lower bound of the minimum, from a function that obeys the bounds of the dual problem.
  public let bound: Double
  /// The linear systems that were solved.
  public let solves: Int

  /// What the objective can be above the minimum at most, as a share of its size.
  public var relativeGap: Double {
    max(0, objective - bound) / max(abs(objective), .leastNormalMagnitude)
  }
}

extension KinkProgram {
  /// Rounds without a lower objective after which a search ends.
  private static let patience = 20

  /// The minimiser at one weight decay; nil where there is none.
  ///
  /// The set of kinks grows by the point that gains most, as long as one gains; between two such
  /// steps the values at the nodes follow from a tridiagonal system, and a kink whose change of slope
  /// gets to 0 on the way is taken out. Values at nodes as unknowns keep the system's condition below
  /// n: each node is a point itself. A step costs O(n).
  ///
  /// Source: active sets for the lasso after Osborne, Presnell and Turlach 2000, IMA J. Numer. Anal. 20.
  ///
  /// - Parameters:
  ///   - penalty: The weight decay beta, positive.
  ///   - tolerance: The relative gap at which it ends; it also ends where no kink gains more than
  ///     rounding.
  ///   - start: The minimiser at another weight decay.
  /// - Returns: The best that was met, with its gap.
  public func minimiser(
    penalty: Double, tolerance: Double = 1e-12, from start: KinkSolution? = nil
  ) -> KinkSolution? {
    precondition(penalty > 0, "Weight decay is positive.")
    guard penalty >= leastPenalty else { return nil }
    var search = KinkSearch(self, penalty: penalty, start: start?.score)
    var (best, waiting) = (KinkSolution?.none, 0)
    // Each round lowers the objective until rounding hides it: a kink may then come and go for ever.
    while waiting < Self.patience {
      search.settle()
      let values = search.values
      let solution = solution(search, values)
      waiting = best.map { solution.objective >= $0.objective } ?? false ? waiting + 1 : 0
      if best.map({ solution.relativeGap < $0.relativeGap }) ?? true { best = solution }
      guard solution.relativeGap > tolerance, search.grow(by: correlations(of: values)) else {
        break
      }
    }
    return best
  }

  /// Minimisers along a path of weight decays, each from the one before.
  ///
  /// - Parameters:
  ///   - penalties: Descending, so that kinks come one by one.
  ///   - tolerance: The relative gap at which each ends.
  /// - Returns: A minimiser each; nil from where there is none.
  public func path(
    penalties: [Double], tolerance: Double = 1e-12
  ) -> [KinkSolution?] {
    var last: KinkSolution?
    return penalties.map { penalty in
      last = minimiser(penalty: penalty, tolerance: tolerance, from: last)
      return last
    }
  }

  /// Objective and bound of where a search is.
  ///
  /// The dual problem: for functions p at the points whose correlations are 0 with lines and at most
  /// `beta_k` in size with kinks, the minimum is at least `-sum m p^2 / 2`, plus the loss's constant.
  /// The targets themselves are such a p, so mixing p = s with a little of them obeys the bounds.
  private func solution(_ search: KinkSearch, _ values: [Double]) -> KinkSolution {
    let score = PiecewiseLinearScore(
      nodes: search.nodes.map { points[$0] }, values: search.nodes.map { values[$0] })
    let gains = correlations(of: values)
    var excess = 1.0
    for k in 1..<max(1, points.count - 1) where abs(gains[k]) > 0 {
      excess = max(excess, abs(gains[k]) / (search.penalty - discount(at: k)))
    }
    let share = 1 / excess
    // The residual y - p shrinks by the share; the squares of p follow.
    let residual = zip(pseudoTargets, values).map { $0 - $1 }
    var (cross, square) = (0.0, 0.0)
    for i in points.indices {
      cross += masses[i] * values[i] * residual[i]
      square += masses[i] * residual[i] * residual[i]
    }
    let own = Vectors.dot(masses, values.map { $0 * $0 })
    let bound: Double
    switch target {
    // In terms of the residual, as sizes of the targets would cancel.
    case .values: bound = share * (cross + square) - share * share * square / 2
    case .slope: bound = -own / 2 - (1 - share) * cross - (1 - share) * (1 - share) * square / 2
    }
    return KinkSolution(
      penalty: search.penalty, score: score,
      objective: objective(of: score, penalty: search.penalty), bound: bound,
      solves: search.solves)
  }

  /// The values y with which the loss is `sum m (s - y)^2 / 2` and a constant.
  private var pseudoTargets: [Double] {
    switch target {
    case .values(let y): return y
    case .slope(let below):
      return points.indices.map { i in
        let right =
          i + 1 < points.count ? (below[i + 1] - below[i]) / (points[i + 1] - points[i]) : 0
        let left = i > 0 ? (below[i] - below[i - 1]) / (points[i] - points[i - 1]) : 0
        return (right - left) / masses[i]
      }
    }
  }
}
