import Glibc
import NumberFormatting

/// Whether every part of a mixture is found, and in its share.
///
/// Each point counts towards the parts by its responsibilities `r_k(x) = w_k q_k(x) / q(x)`, whose
/// mean under the distribution is the weight `w_k`:
/// ```
/// chi^2 = sum_k (sum_i r_k(x_i) - N w_k)^2 / (N w_k)
/// ```
/// For parts that lie apart this is Pearson's statistic with K - 1 degrees of freedom. Overlapping
/// parts make it smaller; the simulated null is right for them too.
///
/// Source: Pearson 1900; responsibilities: Bishop 2006, *Pattern Recognition and Machine Learning*,
/// eq. 9.13.
public struct ModeCoverage: SampleMetric {
  /// The most parts that still count as modes.
  static let partLimit = 512

  public init() {}

  public var pointLimit: Int { 100_000 }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    guard case .distribution(let distribution) = reference.kind else {
      return "needs a configuration of a mixture"
    }
    guard let mixture = distribution.distribution as? any MixtureDistribution, mixture.partCount > 1
    else {
      return "the distribution is not a mixture of several parts"
    }
    if mixture.partCount > Self.partLimit {
      return "\(mixture.partCount) parts are too many to be modes (at most \(Self.partLimit))"
    }
    return distribution.densityObstacle
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    guard case .distribution(let distribution) = reference.kind,
      let mixture = distribution.distribution as? any MixtureDistribution
    else {
      throw MetricError(message: "needs a configuration of a mixture")
    }
    let parts = mixture.parts
    let counts = ModeCounts(sample, under: distribution, parts: parts)
    var note =
      counts.judged == 0
      ? "no part judged, each expects fewer than 5 points"
      : "\(counts.judged - counts.missing) of \(counts.judged) parts found"
    if counts.judged < parts.count && counts.judged > 0 {
      note += "; \(counts.judged) of \(parts.count) judged"
    }
    note +=
      "; \(counts.degreesOfFreedom) degrees of freedom, "
      + "p \(NumberText.plain(counts.tail, digits: 2))"
    if counts.outside > 0 { note += "; \(counts.outside) points in no part" }
    return settings.evaluate(sample, against: distribution, note: note) {
      ModeCounts($0, under: distribution, parts: parts).chiSquare
    }
  }
}

/// How the points of a sample share out among the parts of a mixture.
public struct ModeCounts: Sendable, Equatable {
  /// The sum of the responsibilities of each part, `[parts]`.
  public let observed: [Double]
  /// The number of points times each weight, `[parts]`.
  public let expected: [Double]
  /// The points that no part could have produced.
  public let outside: Int

  /// Counts the points of a sample.
  ///
  /// - Parameters:
  ///   - sample: The points, in the units of `distribution`.
  ///   - distribution: The mixture at its noise level.
  ///   - parts: The parts of the mixture, in its own coordinates.
  public init(_ sample: Points, under distribution: NoisyDistribution, parts: [MixturePart]) {
    let x = distribution.units.modelCoordinates(sample)
    var sums = Sums(parts)
    if let gaussians = SingleGaussians(parts.map(\.distribution), level: distribution.level) {
      gaussians.forEachRow(of: x) { sums.add($1) }
    } else {
      let densities = parts.map { $0.distribution.logDensity(at: x, level: distribution.level) }
      var terms = Array(repeating: 0.0, count: parts.count)
      for row in 0..<x.count {
        for part in parts.indices { terms[part] = densities[part][row] }
        terms.withUnsafeMutableBufferPointer { sums.add($0) }
      }
    }
    observed = sums.observed
    expected = parts.map { $0.share * Double(sample.count) }
    outside = sums.outside
  }

  /// The sums of responsibilities, point after point.
  private struct Sums {
    private(set) var observed: [Double]
    private(set) var outside = 0
    private let logShares: [Double]

    init(_ parts: [MixturePart]) {
      observed = Array(repeating: 0, count: parts.count)
      logShares = parts.map { log($0.share) }
    }

    /// Adds a point, whose log density under each part is replaced by its responsibilities.
    mutating func add(_ terms: UnsafeMutableBufferPointer<Double>) {
      var largest = -Double.infinity
      logShares.withUnsafeBufferPointer { logShares in
        for part in terms.indices {
          terms[part] += logShares[part]
          largest = max(largest, terms[part])
        }
      }
      guard largest > -.infinity else {
        outside += 1
        return
      }
      observed.withUnsafeMutableBufferPointer { observed in
        var total = 0.0
        for part in terms.indices {
          let gap = terms[part] - largest
          // Most parts are far away; beyond this none changes a digit of a sum of at least 1e-20.
          terms[part] = gap < ModeCounts.negligible && observed[part] > 1e-20 ? 0 : exp(gap)
          total += terms[part]
        }
        for part in terms.indices { observed[part] += terms[part] / total }
      }
    }
  }

  /// Pearson's statistic.
  public var chiSquare: Double {
    zip(observed, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
  }

  public var degreesOfFreedom: Int { observed.count - 1 }

  /// The probability of a statistic as large, for parts that lie apart.
  public var tail: Double { ChiSquare.tail(chiSquare, degreesOfFreedom: degreesOfFreedom) }

  /// The parts that should have 5 points or more; to have none of fewer can be chance.
  public var judged: Int { expected.count(where: ModeCounts.isJudged) }

  /// The judged parts with less than a tenth of the points they should have.
  public var missing: Int {
    zip(observed, expected).count { ModeCounts.isJudged($1) && $0 < $1 / 10 }
  }

  /// The log of what is nothing next to 1, and next to any sum that a part has once it has met a point.
  private static let negligible = -100.0

  private static func isJudged(_ expected: Double) -> Bool { expected >= 5 }
}

extension CatalogEntry where Member == any SampleMetric {
  static var modeCoverage: Self {
    Self(
      name: "mode_coverage", summary: "chi-square of a mixture's parts against their weights",
      source: "Pearson 1900; responsibilities: Bishop 2006, eq. 9.13"
    ) { _ in ModeCoverage() }
  }
}
