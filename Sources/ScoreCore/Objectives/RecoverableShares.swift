import Glibc

/// The share of a target's mean square that the noisy point tells, level by level:
/// `1 - floor / E||y||^2 = E||E[y | x_t]||^2 / E||y||^2`, from 0 to 1.
///
/// Exact on a grid of levels where the distribution knows its Fisher information and its moments; else
/// the second form over drawn points, the same at every level, so that neighbouring levels have nearly
/// the same error. Between levels the logarithm is interpolated, which is nearly a line where there is
/// hardly any noise or hardly any signal.
///
/// Source: the decomposition of the mean square by conditioning; Efron 2011, "Tweedie's formula and
/// selection bias", for the conditional mean.
public struct RecoverableShares: Sendable {
  private static let exactLevels = 129
  private static let drawnLevels = 33
  /// The most points, and the most coordinates of all points together.
  private static let (pointLimit, coordinateLimit) = (2048, 1 << 17)

  private let range: ClosedRange<Double>
  /// At levels evenly spaced in log SNR over the range, ascending.
  private let shares: [Double]
  /// Whether the values are the distribution's own rather than means over drawn points.
  public let isExact: Bool

  /// Finds the shares of a target at the levels of a process.
  ///
  /// - Parameters:
  ///   - target: The target y.
  ///   - distribution: The distribution of the clean points.
  ///   - process: The process whose levels are asked for.
  public init(
    of target: any TrainingTarget, distribution: any KnownScoreDistribution,
    process: any ForwardProcess
  ) {
    let range = process.logSNRRange
    self.range = range
    func levels(_ count: Int) -> [NoiseLevel] {
      (0..<count).map { k in
        let fraction = Double(k) / Double(count - 1)
        return process.level(
          atLogSNR: range.lowerBound + fraction * (range.upperBound - range.lowerBound))
      }
    }
    if let exact = Self.exact(target, distribution, levels(Self.exactLevels)) {
      (shares, isExact) = (exact, true)
    } else {
      (shares, isExact) = (Self.drawn(target, distribution, levels(Self.drawnLevels)), false)
    }
  }

  /// The share at a level, that of the nearest end beyond the process's range.
  public func share(atLogSNR logSNR: Double) -> Double {
    let width = range.upperBound - range.lowerBound
    let place = width > 0 ? (logSNR - range.lowerBound) / width * Double(shares.count - 1) : 0
    let index = min(max(0, Int(place.rounded(.down))), shares.count - 2)
    let fraction = min(max(0, place - Double(index)), 1)
    let (low, high) = (shares[index], shares[index + 1])
    guard low > 0, high > 0 else { return low + fraction * (high - low) }
    return exp(log(low) + fraction * (log(high) - log(low)))
  }

  /// From Fisher information and moments; nil where one of them is not known.
  private static func exact(
    _ target: any TrainingTarget, _ distribution: any KnownScoreDistribution,
    _ levels: [NoiseLevel]
  ) -> [Double]? {
    guard let moments = distribution.moments else { return nil }
    let d = Double(distribution.dimension)
    let secondMoment = moments.mean.reduce(d * moments.variance) { $0 + $1 * $1 }
    var shares: [Double] = []
    for level in levels {
      guard let information = distribution.fisherInformation(at: level) else { return nil }
      let y = target.coefficients(at: level)
      let error = ScoreConversion(y, at: level).targetErrorPerNoiseError
      let floor = error * error * (d - level.sigma * level.sigma * information)
      let square = y.data * y.data * secondMoment + y.noise * y.noise * d
      shares.append(min(max(0, 1 - floor / square), 1))
    }
    return shares
  }

  /// From the conditional means of the target at drawn points.
  private static func drawn(
    _ target: any TrainingTarget, _ distribution: any KnownScoreDistribution,
    _ levels: [NoiseLevel]
  ) -> [Double] {
    let d = distribution.dimension
    let count = max(2, min(pointLimit, coordinateLimit / d))
    var stream = RandomStream(seed: 0, purpose: .recoverableShare)
    let clean = distribution.sample(count: count, using: &stream)
    let noise = stream.normals(count: count, dimension: d)
    return levels.map { level in
      let y = target.coefficients(at: level)
      let x = level.noisy(clean, noise: noise)
      let score = distribution.score(at: x, level: level)
      var (told, square) = (0.0, 0.0)
      for i in x.values.indices {
        let z = -level.sigma * score.values[i]
        let mean = y.data * (x.values[i] - level.sigma * z) / level.alpha + y.noise * z
        let whole = y.data * clean.values[i] + y.noise * noise.values[i]
        told += mean * mean
        square += whole * whole
      }
      return square > 0 ? min(told / square, 1) : 0
    }
  }
}
