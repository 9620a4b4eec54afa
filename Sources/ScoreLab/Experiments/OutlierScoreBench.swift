import Glibc
public import ScoreCore

/// A wrong score that no sample tells from the truth: huge in L2, nothing in `D_delta`.
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
}

extension CatalogEntry where Member == any Experiment {
  static var outlierScore: Self {
    Self(
      name: "outlier_score",
      summary: "a wrong score that no sample tells from the truth: L2 is huge, D_delta is zero",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 4.2 and Figure 2",
      parameters: [
        ParameterDescription(
          "switch_point", "b, where the wrong score turns, in standard deviations",
          .number(default: 3.0902, range: 0.1...30)),
        ParameterDescription(
          "separation", "S, the error far beyond b in the mixture's candidate",
          .number(default: 100, range: 1...10_000)),
        ParameterDescription(
          "slope", "A, the slope beyond b of the candidate with one ReLU",
          .number(default: 1000, range: 0.01...1_000_000)),
        ParameterDescription(
          "samples", "m, the samples that are to tell the scores apart",
          .integer(default: 1000, range: 1...100_000)),
        ParameterDescription(
          "delta", "share of the samples that may have larger errors",
          .number(default: 0.025, range: 1e-6...0.5)),
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

/// Draws m samples again and again and compares with closed forms.
struct OutlierScoreRun: ExperimentRun {
  private static let repeatsPerUnit = 20

  let bench: OutlierScoreBench
  let seed: UInt64
  private(set) var unitsDone = 0
  /// The empirical squared gap `(1/m) sum (s_hat - s)^2` of each repeat, mixture and ramp.
  private var gaps: [(mixture: Double, ramp: Double)] = []
  private var unseenCount = 0
  /// How many of all samples lie beyond the switch point.
  private var beyondCount = 0

  init(bench: OutlierScoreBench, seed: UInt64) {
    self.bench = bench
    self.seed = seed
  }

  var unitCount: Int { (bench.repeats + Self.repeatsPerUnit - 1) / Self.repeatsPerUnit }
  var activity: String { "drawing \(bench.sampleCount) samples, \(gaps.count) times" }

  mutating func step() {
    let m = Double(bench.sampleCount)
    for index in gaps.count..<min(bench.repeats, gaps.count + Self.repeatsPerUnit) {
      var stream = RandomStream(seed: seed, purpose: .experiment, index: UInt64(index))
      let x = stream.normals(count: bench.sampleCount, dimension: 1).values
      var (mixture, ramp, beyond) = (0.0, 0.0, 0)
      for x in x {
        let (e, f) = (bench.mixture.error(at: x), bench.ramp.error(at: x))
        mixture += e * e / m
        ramp += f * f / m
        if x > bench.mixture.switchPoint { beyond += 1 }
      }
      gaps.append((mixture, ramp))
      beyondCount += beyond
      if beyond == 0 { unseenCount += 1 }
    }
    unitsDone += 1
  }

  var report: ExperimentReport {
    ExperimentReport(
      title: "Outlier score bench",
      claim: "Samples cannot tell a score from one that is wrong only where none of them is: the "
        + "empirical gap is near 0 while the population's L2 error is huge and D_delta is zero.",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 4.2 and Figure 2",
      caveats: [
        "The paper's switch point 10 sqrt(log m) makes the population gap about S^2 m^-50, not the "
          + "S^2/m it claims (derived and checked numerically here, against the OCR of the paper); "
          + "S^2/m needs b near the 1 - 1/m quantile, and all m samples then miss the switch with "
          + "probability about 1/e only. The figure of the trade-off shows both."
      ],
      figures: [scores, tradeOff, gapsFound], tables: [table], checks: checks)
  }
}

// MARK: - Figures

extension OutlierScoreRun {
  private var scores: Figure {
    let b = bench.mixture.switchPoint
    let x = (0...400).map { -4 + (b + 6) * Double($0) / 400 }
    let wrong = [("mixture", bench.mixture, Plot.Role.measured), ("ramp", bench.ramp, .comparison)]
    return Figure(
      "scores", title: "True and wrong scores of N(0, 1)",
      caption: "Closed forms. Beyond b = \(ShortNumber.text(b, digits: 5)) lies a share "
        + "\(ShortNumber.text(StandardNormal.tail(b))) of all samples. The wrong scores go on far "
        + "beyond the top.",
      .plot(
        Plot(
          x: .init("x, standard deviations"),
          y: .init("score, 1 / standard deviation", lower: -b - 2, upper: 2 * b + 4),
          series: [.init("exact", .exact, x: x, y: x.map { -$0 })]
            + wrong.map { name, score, role in
              .init(name, role, x: x, y: x.map { score.error(at: $0) - $0 })
            },
          marks: [.init("b", at: b, isVertical: true)])))
  }

  /// The claim's rate against what the switch point allows.
  private var tradeOff: Figure {
    let m = bench.sampleCount
    let points = (0...200).map { 1 + 5 * Double($0) / 200 }
    let S: Double = if case .mixture(let S) = bench.mixture.shape { S } else { 0 }
    let valid = points.filter { $0 < S }
    let gap = valid.map { OutlierScore(.mixture(separation: S), switchPoint: $0).l2Squared }
    let unseen = valid.map {
      OutlierScore(.mixture(separation: S), switchPoint: $0).unseenProbability(sampleCount: m)
    }
    return Figure(
      "trade_off", title: "What a switch point buys",
      caption:
        "Closed forms for m = \(m), S = \(ShortNumber.text(S)). Where the first curve is at 1 the gap is "
        + "S^2/m; the second says how likely it is that m samples do not see it.",
      .plot(
        Plot(
          x: .init("switch point b, standard deviations"),
          y: .init("L2^2 m / S^2, and P(no sample beyond b)", lower: 0, upper: 2),
          series: [
            .init(
              "L2^2 relative to S^2/m", .measured, x: valid,
              y: gap.map { $0 * Double(m) / (S * S) }),
            .init("P(all m samples below b)", .comparison, x: valid, y: unseen),
          ],
          marks: [
            .init("claimed S^2/m", at: 1, isVertical: false),
            .init("b", at: bench.mixture.switchPoint, isVertical: true),
          ])))
  }

  private var gapsFound: Figure {
    let sorted = gaps.map(\.mixture).sorted()
    let shares = sorted.indices.map { Double($0 + 1) / Double(sorted.count) }
    return Figure(
      "empirical_gap", title: "The gap that m samples see",
      caption: "\(gaps.count) repeats of m = \(bench.sampleCount) samples.",
      .plot(
        Plot(
          x: .init("empirical squared gap, 1 / variance"),
          y: .init("share of repeats below", lower: 0, upper: 1),
          series: [.init("mixture", .measured, .steps, x: sorted, y: shares)],
          marks: [.init("population L2^2", at: bench.mixture.l2Squared, isVertical: true)])))
  }
}

// MARK: - Numbers

extension OutlierScoreRun {
  private var table: ReportTable {
    let rows =
      [("mixture", bench.mixture, \(mixture: Double, ramp: Double).mixture)]
      + [("ramp", bench.ramp, \(mixture: Double, ramp: Double).ramp)]
    return ReportTable(
      "gaps", title: "Two wrong scores in numbers",
      columns: [
        "candidate", "L2^2", "median empirical gap", "mean empirical gap", "standard error",
        "D_delta", "Markov bound L2/sqrt(delta)",
      ],
      rows: rows.map { name, score, value in
        let found = gaps.map { $0[keyPath: value] }.sorted()
        let mean = Estimate(found)
        return [
          .text(name), .number(score.l2Squared),
          found.isEmpty ? .none : .number(found[found.count / 2]),
          found.isEmpty ? .none : .number(mean.value),
          found.isEmpty ? .none : .number(mean.standardError),
          .number(score.quantileError(delta: bench.delta)),
          .number((score.l2Squared / bench.delta).squareRoot()),
        ]
      },
      note: "m = \(bench.sampleCount), \(gaps.count) repeats, delta = \(bench.delta); closed forms "
        + "but for the empirical gaps.")
  }

  private var checks: [Check] {
    let (n, m) = (Double(gaps.count), Double(bench.sampleCount))
    let q = StandardNormal.tail(bench.ramp.switchPoint)
    let p = bench.mixture.unseenProbability(sampleCount: bench.sampleCount)
    let isDone = unitsDone == unitCount
    let ramp = Estimate(gaps.map(\.ramp))
    return [
      Check(
        .agreement, "unseen_share",
        "share of repeats without a sample beyond b",
        measured: isDone ? Double(unseenCount) / n : nil,
        .near(p, tolerance: 4 * (p * (1 - p) / n).squareRoot() + 1 / n),
        basis: "Phi(b)^m, 4 standard errors"),
      Check(
        .agreement, "ramp_gap",
        "mean empirical gap of the ramp, which estimates its L2^2",
        measured: isDone ? ramp.value : nil,
        .near(bench.ramp.l2Squared, tolerance: 5 * ramp.standardError),
        basis: "closed form, 5 standard errors (a heavy tail)"),
      Check(
        .agreement, "ramp_wrong_share",
        "share of all samples where the ramp is wrong at all; D_delta is 0 for any delta above it",
        measured: isDone ? Double(beyondCount) / (n * m) : nil,
        .near(q, tolerance: 4 * (q * (1 - q) / (n * m)).squareRoot() + 1 / (n * m)),
        basis: "Q(b), 4 standard errors"),
    ]
  }
}
