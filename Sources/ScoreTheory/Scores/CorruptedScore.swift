public import ScoreCore

/// A score that is right but for a kick of fixed size, outward, on a region of small mass.
///
/// With a region of mass delta under the noisy distribution and a kick of size K the error is
/// ```
/// E ||s_hat - s||^2 = K^2 delta,        D_delta' = 0 for delta' >= delta
/// ```
/// so L2 sees a large error where `D_delta` sees none.
///
/// Source: the demonstration behind Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745),
/// Lemma 1.3: what a score does on an event of small mass harms few samples.
public struct CorruptedScore: ScoreFunction {
  public let base: any ScoreFunction
  /// The size K of the error, in the score's units.
  public let kick: Double
  /// Where it is made, for each noise level; other levels are left alone.
  public let regions: [NoiseLevel: OutlierRegion]

  public init(_ base: any ScoreFunction, kick: Double, regions: [NoiseLevel: OutlierRegion]) {
    self.base = base
    self.kick = kick
    self.regions = regions
  }

  public var dimension: Int { base.dimension }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    var score = base.score(at: x, level: level)
    guard let region = regions[level] else { return score }
    let projections = OutlierRegion.projections(of: x, on: region.direction)
    for (row, projection) in projections.enumerated() {
      let side = region.side(of: projection)
      guard side != 0 else { continue }
      for axis in 0..<x.dimension { score[row, axis] += side * kick * region.direction[axis] }
    }
    return score
  }
}
