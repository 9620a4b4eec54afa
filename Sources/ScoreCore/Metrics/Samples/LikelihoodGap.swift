import NumberFormatting

/// How much less likely the sample is under the distribution than the distribution's own points
/// are, in nats.
///
/// ```
/// gap = -mean log q(x_i) - H(q),    H(q) = -E_q log q
/// ```
/// Below its null the sample keeps to the most likely places; above it some points lie where the
/// distribution has little mass. It is infinite when a point lies where the distribution has none.
/// The entropy is that of ``DistributionEntropy``; where it is the mean over 20,000 to 200,000
/// draws, the note has its standard error, which the value and the null share.
///
/// Source: the cross entropy less the entropy; Cover and Thomas 2006, *Elements of Information
/// Theory*, chapter 8.
public struct LikelihoodGap: SampleMetric {
  public init() {}

  public var pointLimit: Int { 100_000 }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    guard case .distribution(let distribution) = reference.kind else {
      return "the density of a sample is not known; needs a configuration"
    }
    return distribution.densityObstacle
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    guard case .distribution(let distribution) = reference.kind else {
      throw MetricError(message: "the density of a sample is not known; needs a configuration")
    }
    let entropy = DistributionEntropy(
      of: distribution, settings: settings, draws: MetricSettings.plenty(besides: sample.count))
    let outside = distribution.logDensity(at: sample).reduce(0) { $1 == -.infinity ? $0 + 1 : $0 }
    let note =
      "entropy \(NumberText.plain(entropy.value))"
      + (entropy.error > 5e-4 ? " +- \(NumberText.plain(entropy.error, digits: 2))" : "")
      + (outside > 0 ? "; \(outside) points where the distribution has no mass" : "")
    return settings.evaluate(sample, against: distribution, note: note) {
      -Estimate(distribution.logDensity(at: $0)).value - entropy.value
    }
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var likelihoodGap: Self {
    Self(
      name: "likelihood_gap", summary: "mean negative log density less the entropy, in nats",
      source: "Cover and Thomas 2006, Elements of Information Theory, chapter 8"
    ) { _ in LikelihoodGap() }
  }
}
