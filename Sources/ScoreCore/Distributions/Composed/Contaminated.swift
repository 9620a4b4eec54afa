import Glibc

/// A distribution with a stated fraction of outliers: `(1 - epsilon) clean + epsilon outliers`.
///
/// Noise acts on each part alone, so at every level the log density is the log-sum-exp of two
/// known ones and the score their mean, weighted by the shares of the parts.
///
/// Source: Huber 1964, Annals of Mathematical Statistics 35(1), 73-101 (the contamination model).
public struct ContaminatedDistribution: KnownScoreDistribution {
  public let clean: any KnownScoreDistribution
  public let outliers: any KnownScoreDistribution
  /// The probability of an outlier, in (0, 1).
  public let fraction: Double

  public var dimension: Int { clean.dimension }
  public var coordinates: CoordinateFrame { clean.coordinates }
  public var isSingular: Bool { clean.isSingular || outliers.isSingular }

  public var moments: Moments? {
    guard let inner = clean.moments, let outer = outliers.moments else { return nil }
    return Moments(mixing: [(1 - fraction, inner), (fraction, outer)])
  }

  public var covariance: [[Double]]? {
    guard let centre = clean.moments?.mean, let away = outliers.moments?.mean,
      let inner = clean.covariance, let outer = outliers.covariance
    else { return nil }
    var mixing = CovarianceMixing(dimension: dimension)
    mixing.add(1 - fraction, mean: centre) { inner[$0][$1] }
    mixing.add(fraction, mean: away) { outer[$0][$1] }
    return mixing.covariance
  }

  public init(
    clean: any KnownScoreDistribution, outliers: any KnownScoreDistribution, fraction: Double
  ) {
    precondition(clean.dimension == outliers.dimension, "Both parts have the same dimension.")
    precondition(fraction > 0 && fraction < 1, "A fraction lies strictly between 0 and 1.")
    self.clean = clean
    self.outliers = outliers
    self.fraction = fraction
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    let isOutlier = (0..<count).map { _ in stream.uniform() < fraction }
    let outlierCount = isOutlier.count(where: { $0 })
    let inner = clean.sample(count: count - outlierCount, using: &stream)
    let outer = outliers.sample(count: outlierCount, using: &stream)
    var points = Points(zeros: count, dimension: dimension)
    var taken = (inner: 0, outer: 0)
    for row in 0..<count {
      let (source, place) = isOutlier[row] ? (outer, taken.outer) : (inner, taken.inner)
      for axis in 0..<dimension { points[row, axis] = source[place, axis] }
      if isOutlier[row] { taken.outer += 1 } else { taken.inner += 1 }
    }
    return points
  }

  public func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    let inner = clean.logDensity(at: x, level: level)
    let outer = outliers.logDensity(at: x, level: level)
    return zip(inner, outer).map { combined($0, $1).logDensity }
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    logDensityAndScore(at: x, level: level).score
  }

  public func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points) {
    let inner = clean.logDensityAndScore(at: x, level: level)
    let outer = outliers.logDensityAndScore(at: x, level: level)
    var score = inner.score
    var logDensity = inner.logDensity
    for row in 0..<x.count {
      let (value, share) = combined(inner.logDensity[row], outer.logDensity[row])
      logDensity[row] = value
      for axis in 0..<dimension {
        score[row, axis] = (1 - share) * inner.score[row, axis] + share * outer.score[row, axis]
      }
    }
    return (logDensity, score)
  }

  // The log density, and the share of the outliers in it.
  private func combined(
    _ inner: Double, _ outer: Double
  ) -> (logDensity: Double, outlierShare: Double) {
    let (a, b) = (log1p(-fraction) + inner, log(fraction) + outer)
    if a == -.infinity && b == -.infinity { return (-.infinity, 0) }
    let value = max(a, b) + log1p(exp(-abs(a - b)))
    return (value, 1 / (1 + exp(a - b)))
  }
}

/// Where outliers come from.
enum OutlierDistribution {
  /// Points in random directions, fixed by a seed, at one distance from the origin.
  static func shell(
    dimension: Int, radius: Double, deviation: Double, count: Int, seed: Int
  ) -> IsotropicMixture {
    var stream = RandomStream(seed: UInt64(seed), purpose: .distributionGeometry)
    var centres = stream.normals(count: count, dimension: dimension)
    let lengths = centres.squaredNorms().map { $0.squareRoot() }
    for row in 0..<count {
      for axis in 0..<dimension { centres[row, axis] *= radius / lengths[row] }
    }
    return IsotropicMixture(
      means: centres, deviations: Array(repeating: deviation, count: count))
  }

  static func gaussian(dimension: Int, deviation: Double) -> IsotropicMixture {
    IsotropicMixture(means: Points(zeros: 1, dimension: dimension), deviations: [deviation])
  }
}

extension DistributionCatalog.Entry {
  static let contaminated = DistributionCatalog.Entry(
    name: "contaminated",
    summary: "any distribution with a stated fraction of outliers, wide or far away",
    source: "Huber 1964; exact as a mixture of two known distributions",
    parameters: [
      .distribution,
      ParameterDescription(
        "fraction", "probability of an outlier", .number(default: 0.05, range: 1e-6...0.999)),
      ParameterDescription(
        "outliers", "one wide Gaussian, or points in random directions at one distance",
        .choice(default: "gaussian", of: ["gaussian", "shell"])),
      ParameterDescription(
        "deviation", "of the wide Gaussian, or of each far point",
        .number(default: 3, range: 0.001...1e6)),
      ParameterDescription(
        "radius", "distance of the far points", .number(default: 10, range: 0.001...1e6)),
      ParameterDescription("count", "how many far points", .integer(default: 32, range: 1...4096)),
      .geometrySeed,
    ],
    make: { parameters, source in
      let clean = try DistributionCatalog.distribution("base", in: parameters, reading: source)
      let deviation = parameters.number("deviation")
      let outliers =
        parameters.text("outliers") == "gaussian"
        ? OutlierDistribution.gaussian(dimension: clean.dimension, deviation: deviation)
        : OutlierDistribution.shell(
          dimension: clean.dimension, radius: parameters.number("radius"), deviation: deviation,
          count: parameters.integer("count"), seed: parameters.integer("seed"))
      return ContaminatedDistribution(
        clean: clean, outliers: outliers, fraction: parameters.number("fraction"))
    })
}
