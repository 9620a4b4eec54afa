public import ScoreCore

/// A wrong score that hardly any set of samples tells from the truth: large in L2, nothing in
/// `D_delta`.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma 4.2 and Figure 2.
public struct OutlierScoreBench: Experiment {
  public var mixture: OutlierScore
  public var ramp: OutlierScore
  /// m, the samples of the empirical gap.
  public var sampleCount: Int
  public var delta: Double
  /// How many times m samples are drawn.
  public var repeats: Int

  public func makeRun(_ setup: ExperimentSetup) -> any ExperimentRun {
    OutlierScoreRun(bench: self, seed: setup.seed)
  }

  /// S of the mixture.
  var separation: Double { if case .mixture(let S) = mixture.shape { S } else { .nan } }

  /// The points that `D_delta` is measured at: at least 100 are expected above it.
  var errorDrawCount: Int { max(200_000, Int((100 / delta).rounded(.up))) }
}

extension CatalogEntry where Member == any Experiment {
  static var outlierScore: Self {
    Self(
      name: "outlier_score",
      summary: "a wrong score that few data sets tell from the truth: L2 is large, D_delta is zero",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 4.2 and Figure 2",
      parameters: [
        ParameterDescription(
          "switch_point",
          "b, where the wrong score turns, in standard deviations; sqrt(2 log m) for m = 1000",
          .number(default: 3.7169, range: 0.1...30)),
        ParameterDescription(
          "separation", "S, the error far beyond b in the mixture's candidate",
          .number(default: 100, range: 1...10_000)),
        ParameterDescription(
          "slope", "A, the slope beyond b of the candidate with one ReLU",
          .number(default: 1000, range: 0.01...1_000_000)),
        ParameterDescription(
          "samples", "m, the samples that are to tell the scores apart",
          .integer(default: 1000, range: 2...100_000)),
        ParameterDescription(
          "delta", "share of the samples that may have larger errors",
          .number(default: 0.025, range: 1e-4...0.5)),
        ParameterDescription(
          "repeats", "how many times m samples are drawn",
          .integer(default: 2000, range: 100...100_000)),
      ]
    ) { (values) throws(ParameterError) in
      let (b, S) = (values.number("switch_point"), values.number("separation"))
      guard b < S else {
        throw ParameterError(
          path: ["switch_point"], message: "must be below the separation \(S), found \(b)")
      }
      return OutlierScoreBench(
        mixture: OutlierScore(.mixture(separation: S), switchPoint: b),
        ramp: OutlierScore(.ramp(slope: values.number("slope")), switchPoint: b),
        sampleCount: values.integer("samples"), delta: values.number("delta"),
        repeats: values.integer("repeats"))
    }
  }
}
