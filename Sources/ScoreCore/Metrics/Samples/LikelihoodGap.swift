/// How much less likely the sample is under the law than the law's own points are, in nats.
///
/// ```
/// gap = -mean log q(x_i) - H(q),    H(q) = -E_q log q
/// ```
/// Below its null the sample keeps to the most likely places; above it some points lie where the
/// law has little mass. It is infinite when a point lies where the law has none. The entropy is by
/// quadrature on the line and the mean over 20,000 to 200,000 draws in more dimensions.
///
/// Source: the cross entropy less the entropy; Cover and Thomas 2006, *Elements of Information
/// Theory*, chapter 8.
public struct LikelihoodGap: SampleMetric {
  public init() {}

  public var pointLimit: Int { 100_000 }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    guard case .law(let law) = reference.kind else {
      return "the density of a sample is not known; needs a configuration"
    }
    return law.densityObstacle
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    guard case .law(let law) = reference.kind else {
      throw MetricError(message: "the density of a sample is not known; needs a configuration")
    }
    let entropy = LikelihoodGap.entropy(
      of: law, settings: settings, draws: MetricSettings.plenty(besides: sample.count))
    let outside = law.logDensity(at: sample).reduce(0) { $1 == -.infinity ? $0 + 1 : $0 }
    let note =
      "entropy \(ShortNumber.text(entropy))"
      + (outside > 0 ? "; \(outside) points where the law has no mass" : "")
    return settings.evaluate(sample, against: law, note: note) {
      -LikelihoodGap.mean(law.logDensity(at: $0)) - entropy
    }
  }

  /// The entropy of a law that has a density, in nats.
  public static func entropy(
    of law: NoisyLaw, settings: MetricSettings = .init(), draws: Int = 200_000
  ) -> Double {
    if law.dimension == 1 { return LineLaw(law, settings: settings).entropy }
    return -mean(law.logDensity(at: settings.reference(law, count: draws)))
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
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
