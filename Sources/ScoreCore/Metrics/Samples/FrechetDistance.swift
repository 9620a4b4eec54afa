/// The Wasserstein distance of order 2 between the Gaussians of the same mean and covariance.
///
/// ```
/// d^2 = ||m_1 - m_2||^2 + tr(S_1 + S_2 - 2 (S_1^1/2 S_2 S_1^1/2)^1/2)
/// ```
/// In the units of the points; its square on features of a network is the Frechet inception
/// distance. Blind to everything beyond second moments. A known distribution stands as its own mean
/// and covariance, exactly; one of which they are not known as 20,000 to 200,000 draws.
///
/// Source: Dowson and Landau 1982, J. Multivar. Anal. 12; Heusel et al. 2017 (arXiv:1706.08500).
public struct FrechetDistance: StatisticMetric {
  public init() {}

  public var pointLimit: Int { 100_000 }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    dimension > 64 ? "covariances are for up to 64 dimensions" : nil
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    switch reference.kind {
    case .distribution(let distribution):
      return settings.evaluate(
        sample, against: distribution,
        try statistic(against: distribution, count: sample.count, settings: settings))
    case .sample(let points):
      return settings.permuted(sample, points) {
        FrechetDistance.squared(Moments($0), Moments($1)).squareRoot()
      }
    }
  }

  public func statistic(
    against distribution: NoisyDistribution, count: Int, settings: MetricSettings
  ) throws(MetricError) -> MetricStatistic {
    let moments =
      Moments(exact: distribution)
      ?? Moments(settings.reference(distribution, count: MetricSettings.plenty(besides: count)))
    return MetricStatistic { FrechetDistance.squared(Moments($0), moments).squareRoot() }
  }

  /// A mean and a covariance; of points with divisor n.
  struct Moments: Sendable, Equatable {
    var mean: [Double]
    var covariance: [[Double]]

    init(mean: [Double], covariance: [[Double]]) {
      self.mean = mean
      self.covariance = covariance
    }

    /// Those of a noisy distribution in its units, `alpha^2 C + sigma^2 I` before them; nil if not
    /// known.
    init?(exact distribution: NoisyDistribution) {
      guard let moments = distribution.distribution.moments,
        let covariance = distribution.distribution.covariance
      else { return nil }
      let (level, units) = (distribution.level, distribution.units)
      mean = moments.mean.indices.map {
        units.offset[$0] + units.scale[$0] * level.alpha * moments.mean[$0]
      }
      self.covariance = covariance.indices.map { i in
        covariance.indices.map { j in
          let noise = i == j ? level.sigma * level.sigma : 0
          return units.scale[i] * units.scale[j]
            * (level.alpha * level.alpha * covariance[i][j] + noise)
        }
      }
    }

    /// Those of points.
    init(_ points: Points) {
      let (n, d) = (points.count, points.dimension)
      mean = (0..<d).map { points.column($0).reduce(0, +) / Double(n) }
      var sums = Array(repeating: 0.0, count: d * d)
      for row in 0..<n {
        for i in 0..<d {
          let gap = points.values[row * d + i] - mean[i]
          for j in 0...i {
            sums[i * d + j] += gap * (points.values[row * d + j] - mean[j])
          }
        }
      }
      covariance = (0..<d).map { i in
        (0..<d).map { j in sums[max(i, j) * d + min(i, j)] / Double(n) }
      }
    }
  }

  /// The squared distance of two Gaussians.
  static func squared(_ a: Moments, _ b: Moments) -> Double {
    let d = a.mean.count
    let shift = zip(a.mean, b.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let trace = (0..<d).reduce(0) { $0 + a.covariance[$1][$1] + b.covariance[$1][$1] }
    // With S_1 = U^T L U the product has the eigenvalues of L^1/2 U S_2 U^T L^1/2.
    let eigen = SymmetricEigen(a.covariance)
    let rotated = (0..<d).map { i in
      (0..<d).map { j in
        var sum = 0.0
        for k in 0..<d {
          for l in 0..<d {
            sum += eigen.vectors[i * d + k] * b.covariance[k][l] * eigen.vectors[j * d + l]
          }
        }
        return (max(0, eigen.values[i]) * max(0, eigen.values[j])).squareRoot() * sum
      }
    }
    let cross = SymmetricEigen(rotated).values.reduce(0) { $0 + max(0, $1).squareRoot() }
    // Equal Gaussians leave rounding of either sign.
    return max(0, shift + trace - 2 * cross)
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var frechet: Self {
    Self(
      name: "frechet", summary: "distance between the Gaussians of equal mean and covariance",
      source: "Dowson and Landau 1982, J. Multivar. Anal. 12; Heusel et al. 2017 (arXiv:1706.08500)"
    ) { _ in FrechetDistance() }
  }
}
