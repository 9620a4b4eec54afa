import Glibc
import NumberFormatting

/// The share of points that are much nearer to one training point than to any other.
///
/// A point counts if `d_1 / d_2 < c`, with `d_i` its distance to the i-th nearest training point.
/// Chance alone gives `c^dim` for points spread in dim dimensions, not 0; so the null is a control
/// of fresh data. It consists of fresh draws of a known distribution, or of permutations with a
/// reference sample that was not trained on. Where there is only the training set, it is split anew
/// together with the sample, as many points against as many as the value has: exact when the sample
/// is fresh data of the training set's distribution. Copies stay in the pool, so this null lies
/// higher the more there are of them, up to one half when every point of as many is a copy.
///
/// Source: Yoon, Choi, Kwon and Ryu 2023, "Diffusion probabilistic models generalize when they fail
/// to memorize" (ICML workshop), the distance ratio with c = 1/3.
public struct Memorization: SampleMetric {
  /// The ratio c below which a point counts, in (0, 1).
  public var ratio: Double

  public init(ratio: Double = 1.0 / 3) {
    precondition(ratio > 0 && ratio < 1, "The ratio is between 0 and 1.")
    self.ratio = ratio
  }

  public var pointLimit: Int { 100_000 }

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    if case .distribution = reference.kind, reference.training == nil {
      return "needs the training points"
    }
    return nil
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    let c = ratio
    let chance = NumberText.plain(pow(c, Double(sample.dimension)))
    let note = "by chance about \(chance) in \(sample.dimension) dimensions"
    switch (reference.kind, reference.training) {
    case (.distribution(let distribution), let training?):
      let tree = NeighborTree(training)
      return settings.evaluate(sample, against: distribution, note: note) {
        Memorization.share(of: $0, near: tree, ratio: c)
      }
    case (.sample(let points), let training?):
      let tree = NeighborTree(training)
      return settings.permuted(sample, points, note: note) { first, _ in
        Memorization.share(of: first, near: tree, ratio: c)
      }
    case (.sample(let training), nil):
      return settings.permuted(
        sample, training, note: note + "; taking the reference as the training set"
      ) { Memorization.share(of: $0, training: $1, ratio: c) }
    case (.distribution, nil): throw MetricError(message: "needs the training points")
    }
  }

  /// The share of points with `d_1 < ratio d_2`.
  public static func share(of x: Points, training: Points, ratio: Double) -> Double {
    share(of: x, near: NeighborTree(training), ratio: ratio)
  }

  private static func share(of x: Points, near tree: NeighborTree, ratio: Double) -> Double {
    let hits = tree.map(x, count: 2) { _, neighbors in
      // On top of two equal training points the ratio is 0 / 0, and the point is a copy.
      neighbors.squared[0] < ratio * ratio * neighbors.squared[1] || neighbors.squared[1] == 0
    }
    return hits.reduce(0) { $1 ? $0 + 1 : $0 } / Double(x.count)
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var memorization: Self {
    Self(
      name: "memorization",
      summary: "share of points much nearer to one training point than to others",
      source:
        "Yoon et al. 2023, Diffusion probabilistic models generalize when they fail to memorize",
      parameters: [
        ParameterDescription(
          "ratio", "largest ratio of first to second distance",
          .number(default: 1.0 / 3, range: 0.001...0.999))
      ]
    ) { Memorization(ratio: $0.number("ratio")) }
  }
}
