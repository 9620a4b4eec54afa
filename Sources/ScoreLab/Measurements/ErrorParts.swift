package import ScoreCore
package import ScoreTheory

/// What the error of a run is made of at every noise level: what its class cannot express, what its
/// training set does not say, and what its descent leaves.
///
/// Source: Gaur et al. 2025 (arXiv:2505.18344).
package struct ErrorParts: Sendable, Equatable {
  /// Distances between the scores at one level, under the noisy distribution.
  package struct Level: Sendable, Equatable {
    /// The exact score and the run.
    package var whole: ScoreErrorDistribution
    /// The exact score and s^a; nil before there is one.
    package var approximation: ScoreErrorDistribution?
    /// s^a and s^b; nil without either.
    package var statistical: ScoreErrorDistribution?
    /// s^b and the run; nil without it.
    package var optimization: ScoreErrorDistribution?
    /// s^a and the run, which is what is left where there is no s^b.
    package var rest: ScoreErrorDistribution?

    /// The parts that add up to the whole; empty before s^a is there.
    package var parts: [ScoreErrorDistribution] {
      let three = [approximation, statistical, optimization].compactMap { $0 }
      return three.count == 3 ? three : [approximation, rest].compactMap { $0 }
    }

    /// L2 of the whole next to that of its parts; nil before s^a is there.
    package var l2: PartSum? {
      parts.isEmpty ? nil : PartSum(whole: whole.l2, parts: parts.map(\.l2))
    }

    /// The same of squares.
    package var squares: PartSum? {
      parts.isEmpty
        ? nil : PartSum(whole: whole.l2 * whole.l2, parts: parts.map { $0.l2 * $0.l2 })
    }

    /// D of the whole at as many times delta as there are parts, next to theirs at delta; nil before
    /// s^a is there, where so many times delta is no share, or where the points are too few.
    package func quantiles(delta: Double) -> PartSum? {
      let share = Double(parts.count) * delta
      guard !parts.isEmpty, share < 1,
        let whole = whole.quantileEstimate(delta: share).value
      else { return nil }
      let values = parts.compactMap { $0.quantileEstimate(delta: delta).value }
      return values.count == parts.count ? PartSum(whole: whole, parts: values) : nil
    }
  }

  /// The training step whose averaged weights were measured.
  package var step: Int
  /// How far the minimisers were.
  package var minimisers: Minimisers
  /// From the least noise to the most.
  package var levels: [Level]
}
