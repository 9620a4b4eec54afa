import Glibc

/// The entropy `-E_q log q` of a distribution that has a density, and how far off the number may
/// be.
///
/// - On the line: by the quadrature of `LineDistribution`.
/// - In the plane: by the midpoint rule on even grids, each twice as fine as the last, until two
///   agree to 1e-5 nats and hold all mass to 1e-5. For smooth densities the rule gains digits
///   exponentially once cells are finer than the detail.
/// - In more dimensions, and in the plane for a density of edges or of too many scales: the mean
///   over draws. A distribution of one height, such as a uniform one, has no spread and its entropy
///   no error.
///
/// Source: Cover and Thomas 2006, *Elements of Information Theory*, chapter 8; Trefethen and
/// Weideman 2014, SIAM Review 56, for the rule on even grids.
public struct DistributionEntropy: Sendable, Equatable {
  /// In nats.
  public let value: Double
  /// One standard error over draws, or what the last doubling of a grid changed; in nats.
  public let error: Double

  private static let tolerance = 1e-5
  private static let gridSizes = [64, 128, 256, 512, 1024]

  /// Finds the entropy of a distribution.
  ///
  /// - Parameters:
  ///   - distribution: A distribution that has a density.
  ///   - settings: The seed of what is drawn.
  ///   - draws: How many, where it comes to that; at least 2.
  public init(
    of distribution: NoisyDistribution, settings: MetricSettings = .init(), draws: Int = 200_000
  ) {
    switch distribution.dimension {
    case 1: self = DistributionEntropy(line: LineDistribution(distribution, settings: settings))
    case 2:
      self =
        DistributionEntropy(plane: distribution, settings: settings)
        ?? DistributionEntropy(
          draws: settings.reference(distribution, count: draws), of: distribution)
    default:
      self = DistributionEntropy(
        draws: settings.reference(distribution, count: draws), of: distribution)
    }
  }

  private init(value: Double, error: Double) {
    self.value = value
    self.error = error
  }

  private init(line: LineDistribution) {
    // What the quadrature found of the mass is the only hint at its error.
    self.init(value: line.entropy, error: abs(line.mass - 1))
  }

  private init(draws: Points, of distribution: NoisyDistribution) {
    let mean = Estimate(distribution.logDensity(at: draws))
    self.init(value: -mean.value, error: mean.standardError)
  }

  /// By grids over the plane; nil where they do not come to agree.
  private init?(plane distribution: NoisyDistribution, settings: MetricSettings) {
    var stream = settings.stream(.line)
    let draws = distribution.sample(count: 2048, using: &stream)
    let box = (0..<2).map { axis in
      let column = draws.column(axis).sorted()
      // A 2048th of the mass is beyond the outermost draws, and a distribution's tail seldom
      // reaches further beyond them than they are from the middle.
      let margin = (column[2047] - column[0]) / 2
      return (low: column[0] - margin, high: column[2047] + margin)
    }
    guard box.allSatisfy({ $0.high > $0.low }) else { return nil }
    var last: (entropy: Double, isWhole: Bool)?
    for size in Self.gridSizes {
      let sums = DistributionEntropy.sums(of: distribution, over: box, size: size)
      let isWhole = abs(sums.mass - 1) < Self.tolerance
      if let last, last.isWhole && isWhole, abs(sums.entropy - last.entropy) < Self.tolerance {
        self.init(value: sums.entropy, error: abs(sums.entropy - last.entropy))
        return
      }
      last = (sums.entropy, isWhole)
    }
    return nil
  }

  /// Mass and entropy by the midpoint rule.
  private static func sums(
    of distribution: NoisyDistribution, over box: [(low: Double, high: Double)], size: Int
  ) -> (mass: Double, entropy: Double) {
    let widths = box.map { ($0.high - $0.low) / Double(size) }
    let cell = widths[0] * widths[1]
    var (mass, entropy) = (0.0, 0.0)
    for row in 0..<size {
      let x = box[0].low + (Double(row) + 0.5) * widths[0]
      let points = Points(
        values: (0..<size).flatMap { [x, box[1].low + (Double($0) + 0.5) * widths[1]] },
        dimension: 2)
      for value in distribution.logDensity(at: points) {
        let share = cell * exp(value)
        mass += share
        // 0 log 0 is 0.
        if share > 0 { entropy -= share * value }
      }
    }
    return (mass, entropy)
  }
}
