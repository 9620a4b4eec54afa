/// The Fisher information `I(t) = E ||s_t||^2` of the noisy law at any time.
///
/// By the law's closed form or quadrature where it has one; else a mean over fixed draws of clean
/// points and noise, the same at every time, so that the curve is smooth in t.
public struct FisherCurve: Sendable {
  public let law: any KnownScoreDistribution
  public let process: OrnsteinUhlenbeck
  /// The draws of the mean; 0 where it is not needed.
  public let drawCount: Int
  private let clean: Points
  private let noise: Points

  /// Prepares the curve.
  public init(
    law: any KnownScoreDistribution, process: OrnsteinUhlenbeck, draws: Int,
    using stream: inout RandomStream
  ) {
    self.law = law
    self.process = process
    let isExact = [process.horizon, process.stop].allSatisfy {
      law.fisherInformation(at: process.level(at: $0)) != nil
    }
    drawCount = isExact ? 0 : draws
    clean = law.sample(count: drawCount, using: &stream)
    noise = stream.normals(count: drawCount, dimension: law.dimension)
  }

  /// The value at a time of the process; NaN where a law that has it at both ends has it not.
  public func value(at time: Double) -> Double {
    let level = process.level(at: time)
    guard drawCount > 0 else { return law.fisherInformation(at: level) ?? .nan }
    let scores = law.score(at: level.noisy(clean, noise: noise), level: level)
    return scores.squaredNorms().reduce(0, +) / Double(drawCount)
  }
}
