import ScoreCore
import ScoreLab
import ScoreTheory

/// A wrong score that hardly any set of samples tells from the truth: large in L2, nothing in
/// `D_delta`.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma 4.2 and Figure 2.
struct OutlierScoreExperiment: ClaimExperiment {
  static let claim = Claim(
    "outlier_score", title: "Outlier score bench",
    summary: "a wrong score that few data sets tell from the truth: L2 is large, D_delta is zero",
    statement:
      "A score that is wrong only where few data sets have a sample passes for right: most "
      + "data sets see less than 1% of its squared L2 error, which is as large as that of no score "
      + "at all, and its D_delta is zero.",
    source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 4.2 and Figure 2", .stated)

  static let parameters: [ExperimentParameter<Self>] = [
    .number(
      "switch_point",
      "b, where the wrong score turns, in standard deviations; sqrt(2 log m) for m = 1000",
      \.switchPoint, in: 0.1...30),
    .number(
      "separation", "S, the error far beyond b in the mixture's candidate", \.separation,
      in: 1...10_000),
    .number(
      "slope", "A, the slope beyond b of the candidate with one ReLU", \.slope,
      in: 0.01...1_000_000),
    .integer(
      "samples", "m, the samples that are to tell the scores apart", \.sampleCount,
      in: 2...100_000),
    .number("delta", "share of the samples that may have larger errors", \.delta, in: 1e-4...0.5),
    .integer("repeats", "how many times m samples are drawn", \.repeats, in: 100...100_000),
  ]

  /// b, in standard deviations.
  var switchPoint = 3.7169
  /// S of the mixture.
  var separation = 100.0
  /// A of the ramp.
  var slope = 1000.0
  /// m, the samples of the empirical gap.
  var sampleCount = 1000
  var delta = 0.025
  /// How many times m samples are drawn.
  var repeats = 2000

  func check() throws(ParameterError) {
    guard switchPoint < separation else {
      throw ParameterError(
        path: ["switch_point"],
        message: "must be below the separation \(separation), found \(switchPoint)")
    }
  }

  func makePlan(_ setup: ExperimentSetup) -> OutlierScorePlan {
    OutlierScorePlan(values: self, seed: setup.seed)
  }
}

extension OutlierScoreExperiment {
  var mixture: OutlierScore {
    OutlierScore(.mixture(separation: separation), switchPoint: switchPoint)
  }
  var ramp: OutlierScore { OutlierScore(.ramp(slope: slope), switchPoint: switchPoint) }

  /// The points that `D_delta` is measured at: at least 100 are expected above it.
  var errorDrawCount: Int { max(200_000, Int((100 / delta).rounded(.up))) }
}
