/// The denoising loss on fresh points that training never sees, with the exact score as control
/// variate.
///
/// The same draws are used for the network and for the exact score, and their difference is
/// added to the Bayes floor:
/// ```
/// floor + mean(||network - z||^2 - ||exact - z||^2)
/// ```
/// The expectation is that of the plain loss at the middles of 64 strata of the level draw, and most
/// of the noise of the draws cancels, so a curve approaches the floor instead of scattering about it.
public struct HeldOutLoss: Sendable {
  private struct Stratum: Sendable {
    let level: NoiseLevel
    let points: Points
    let noise: Points
    /// `||exact - z||^2` summed over the stratum.
    let exactLoss: Double
  }

  private static let strata = 64
  private let strata: [Stratum]
  private let count: Int

  /// Draws `perStratum` points, at least 1, at each of 64 stratified levels.
  public init(
    distribution: any KnownScoreDistribution, process: any ForwardProcess, levels: LevelDraw,
    seed: UInt64, perStratum: Int = 64
  ) {
    precondition(perStratum >= 1, "A held-out loss needs points.")
    var stream = RandomStream(seed: seed, purpose: .heldOut)
    strata = (0..<Self.strata).map { stratum in
      let u = (Double(stratum) + 0.5) / Double(Self.strata)
      let level = levels.level(atQuantile: u, of: process)
      var points = distribution.sample(count: perStratum, using: &stream)
      let noise = stream.normals(count: perStratum, dimension: points.dimension)
      for i in points.values.indices {
        points.values[i] = level.alpha * points.values[i] + level.sigma * noise.values[i]
      }
      let s = distribution.score(at: points, level: level)
      var exact = 0.0
      for i in s.values.indices {
        let gap = -level.sigma * s.values[i] - noise.values[i]
        exact += gap * gap
      }
      return Stratum(level: level, points: points, noise: noise, exactLoss: exact)
    }
    count = Self.strata * perStratum
  }

  /// The mean loss above the exact score's on the same draws; 0 for the exact score itself.
  public func excess(of score: any ScoreFunction) -> Double {
    var sum = 0.0
    for stratum in strata {
      let s = score.score(at: stratum.points, level: stratum.level)
      for i in s.values.indices {
        let gap = -stratum.level.sigma * s.values[i] - stratum.noise.values[i]
        sum += gap * gap
      }
      sum -= stratum.exactLoss
    }
    return sum / Double(count)
  }
}
