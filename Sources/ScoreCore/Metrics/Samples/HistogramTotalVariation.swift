import Glibc
import NumberFormatting

/// Total variation distance between histograms, on the line or in the plane.
///
/// ```
/// TV = 1/2 sum_k |p_hat_k - p_k|
/// ```
/// Bins hold equal shares of the reference along each axis (of the pooled points when it is a
/// sample); the outermost reach to infinity, so nothing falls outside. On the line the shares of a
/// known distribution are exact by quadrature of its density; in the plane they are those of 20,000
/// to 200,000 draws. The value is that of the binned distributions, a lower bound of the true
/// distance plus noise. In the plane cells are of unequal shares, and many may be empty. Against a
/// distribution the mean of the null is
/// ```
/// sum_k (1 - p_k) nu_k b(nu_k; N, p_k) / N,    nu_k = floor(N p_k) + 1
/// ```
/// with b the binomial distribution, which is near `sum_k sqrt(p_k (1 - p_k)) / sqrt(2 pi N)` where
/// cells expect several points, and near `sqrt(K / (2 pi N))` for K cells of one share. Between
/// samples of n and m points put `1 / n + 1 / m` for `1 / N`.
///
/// Source: Devroye and Gyorfi 1985, *Nonparametric Density Estimation: The L1 View*; de Moivre 1730
/// for the mean deviation of a binomial count (Diaconis and Zabell 1991, Statistical Science 6).
public struct HistogramTotalVariation: SampleMetric {
  /// The bins on the line.
  public var bins: Int
  /// The bins along each axis of the plane.
  public var cells: Int

  public init(bins: Int = 50, cells: Int = 10) {
    precondition(bins >= 2 && cells >= 2, "A histogram needs at least 2 bins an axis.")
    self.bins = bins
    self.cells = cells
  }

  public var pointLimit: Int { 1_000_000 }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    if dimension > 2 { return "histograms are for 1 or 2 dimensions" }
    if case .distribution(let distribution) = reference.kind, dimension == 1 {
      return distribution.densityObstacle
    }
    return nil
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    switch reference.kind {
    case .distribution(let distribution):
      let (histogram, shares) =
        distribution.dimension == 1
        ? line(distribution, settings)
        : plane(distribution, settings, count: MetricSettings.plenty(besides: sample.count))
      let chance = HistogramTotalVariation.chance(shares, count: sample.count)
      let note = "\(histogram.count) bins, \(NumberText.plain(chance)) by chance"
      return settings.evaluate(sample, against: distribution, note: note) {
        HistogramTotalVariation.distance(histogram.shares(of: $0), shares)
      }
    case .sample(let points):
      var pooled = sample
      pooled.append(points)
      let histogram = QuantileHistogram(pooled, bins: sample.dimension == 1 ? bins : cells)
      return settings.permuted(sample, points, note: "\(histogram.count) bins") {
        HistogramTotalVariation.distance(histogram.shares(of: $0), histogram.shares(of: $1))
      }
    }
  }

  private func line(
    _ distribution: NoisyDistribution, _ settings: MetricSettings
  ) -> (QuantileHistogram, shares: [Double]) {
    let table = LineDistribution(distribution, settings: settings)
    let edges = (1..<bins).map { table.quantile(Double($0) / Double(bins)) }
    let sums = edges.map { table.cdf($0) } + [1]
    return (QuantileHistogram(edges: [edges]), zip(sums, [0] + sums).map { $0 - $1 })
  }

  private func plane(
    _ distribution: NoisyDistribution, _ settings: MetricSettings, count: Int
  ) -> (QuantileHistogram, shares: [Double]) {
    let draws = settings.reference(distribution, count: count)
    let histogram = QuantileHistogram(draws, bins: cells)
    return (histogram, histogram.shares(of: draws))
  }

  /// The mean distance of the shares of `count` independent points from those of their
  /// distribution.
  static func chance(_ shares: [Double], count: Int) -> Double {
    let n = Double(count)
    return shares.reduce(0) { sum, p in
      guard p > 0 && p < 1 else { return sum }
      let place = min(count, Int(n * p) + 1)
      let mass = exp(BinomialDistribution(count: count, probability: p).logMass(place))
      return sum + (1 - p) * Double(place) / n * mass
    }
  }

  /// Half the sum of the absolute differences.
  static func distance(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }
}

/// Cells between quantiles along each axis, the outermost unbounded.
struct QuantileHistogram: Sendable, Equatable {
  /// The inner edges of each axis, ascending.
  let edges: [[Double]]

  init(edges: [[Double]]) { self.edges = edges }

  /// Places the edges so that the bins of each axis hold equal shares of the points.
  init(_ points: Points, bins: Int) {
    edges = (0..<points.dimension).map { axis in
      let sorted = points.column(axis).sorted()
      return (1..<bins).map { sorted[$0 * sorted.count / bins] }
    }
  }

  /// The number of cells.
  var count: Int { edges.reduce(1) { $0 * ($1.count + 1) } }

  /// The share of the points in each cell, the last axis fastest.
  func shares(of points: Points) -> [Double] {
    var counts = Array(repeating: 0, count: count)
    for row in 0..<points.count {
      var cell = 0
      for (axis, marks) in edges.enumerated() {
        cell =
          cell * (marks.count + 1)
          + LineDistribution.firstIndex(above: points[row, axis], in: marks)
      }
      counts[cell] += 1
    }
    return counts.map { Double($0) / Double(points.count) }
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var totalVariation: Self {
    Self(
      name: "total_variation", summary: "half the summed difference of histograms, 1 or 2 axes",
      source: "Devroye and Gyorfi 1985, Nonparametric Density Estimation: The L1 View",
      parameters: [
        ParameterDescription(
          "bins", "bins on the line", .integer(default: 50, range: 2...10_000)),
        ParameterDescription(
          "cells", "bins along each axis of the plane", .integer(default: 10, range: 2...200)),
      ]
    ) { HistogramTotalVariation(bins: $0.integer("bins"), cells: $0.integer("cells")) }
  }
}
