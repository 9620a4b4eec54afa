public import ScoreCore

/// The score of classifier-free guidance, `(1 + w) s(x|y) - w s(x)`.
///
/// Source: Ho and Salimans 2022 (arXiv:2207.12598), eq. 6 (number from memory).
public struct GuidedScore: ScoreFunction {
  public let conditional: any ScoreFunction
  public let marginal: any ScoreFunction
  /// The weight w; 0 is the conditional score.
  public let weight: Double

  public init(
    conditional: any ScoreFunction, marginal: any ScoreFunction, weight: Double
  ) {
    self.conditional = conditional
    self.marginal = marginal
    self.weight = weight
  }

  public var dimension: Int { conditional.dimension }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    var score = conditional.score(at: x, level: level)
    let marginal = marginal.score(at: x, level: level)
    for place in score.values.indices {
      score.values[place] = (1 + weight) * score.values[place] - weight * marginal.values[place]
    }
    return score
  }
}
