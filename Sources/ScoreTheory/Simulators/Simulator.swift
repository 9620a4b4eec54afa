public import ScoreCore

/// A simulator of observations x from parameters theta with a prior, whose posterior is known.
///
/// What simulation-based inference learns from pairs `(theta, x)` can be compared with draws from the
/// posterior itself.
public protocol Simulator: Sendable {
  /// The number of parameters, at least 1.
  var parameterCount: Int { get }
  /// The number of values of an observation, at least 1.
  var observationCount: Int { get }
  /// Parameters from the prior, `[count, parameterCount]`.
  func drawPrior(count: Int, using stream: inout RandomStream) -> Points
  /// One observation for each row of parameters, `[count, observationCount]`.
  func simulate(_ parameters: Points, using stream: inout RandomStream) -> Points
  /// Exact draws of the parameters given an observation, `[count, parameterCount]`.
  func drawPosterior(
    given observation: [Double], count: Int, using stream: inout RandomStream
  ) -> Points
  /// The posterior with its score at every noise level; nil where only draws are known.
  func posterior(given observation: [Double]) -> (any KnownScoreDistribution)?
}

extension Simulator {
  /// Parameters from the prior, each with an observation.
  public func drawPairs(
    count: Int, using stream: inout RandomStream
  ) -> (parameters: Points, observations: Points) {
    let parameters = drawPrior(count: count, using: &stream)
    return (parameters, simulate(parameters, using: &stream))
  }
}
