/// The denoising loss on fresh points that training never sees, above the Bayes floor.
///
/// Given the noisy point, the expected loss is that of the exact score plus the squared distance
/// to it, so averaging over the noise first leaves
/// ```
/// loss - floor = E w ||sigma (s_hat - s)||^2
/// ```
/// over the levels drawn, w the objective's weight of the noise's squared error. The right side is what is estimated: it has the same mean as the plain
/// held-out loss, far less variance (Rao and Blackwell), and is never below the floor. Levels are
/// the middles of 64 strata of the draw: with levels uniform in time and a very narrow law the
/// smallest noise is hardly seen.
///
/// Source: Vincent 2011, "A connection between score matching and denoising autoencoders".
public struct HeldOutLoss: Sendable {
  private struct Stratum: Sendable {
    let level: NoiseLevel
    let points: Points
    let exact: Points
    /// The factor on the squared error of the score.
    let weight: Double
  }

  private static let strata = 64
  private let strata: [Stratum]
  private let count: Int

  /// Draws `perStratum` points, at least 1, at each of 64 stratified levels.
  public init(
    distribution: any KnownScoreDistribution, process: any ForwardProcess,
    objective: Objective, seed: UInt64, perStratum: Int = 64
  ) {
    precondition(perStratum >= 1, "A held-out loss needs points.")
    var stream = RandomStream(seed: seed, purpose: .heldOut)
    strata = (0..<Self.strata).map { stratum in
      let u = (Double(stratum) + 0.5) / Double(Self.strata)
      let level = objective.levels.level(atQuantile: u, of: process)
      let points = distribution.noisySample(count: perStratum, level: level, using: &stream)
      return Stratum(
        level: level, points: points, exact: distribution.score(at: points, level: level),
        weight: objective.noiseErrorWeight(at: level, process: process)
          * level.sigma * level.sigma)
    }
    count = Self.strata * perStratum
  }

  /// The mean loss above the Bayes floor; 0 for the exact score itself.
  public func excess(of score: any ScoreFunction) -> Double {
    var sum = 0.0
    for stratum in strata {
      let estimate = score.score(at: stratum.points, level: stratum.level)
      for i in estimate.values.indices {
        let gap = estimate.values[i] - stratum.exact.values[i]
        sum += stratum.weight * gap * gap
      }
    }
    return sum / Double(count)
  }
}
