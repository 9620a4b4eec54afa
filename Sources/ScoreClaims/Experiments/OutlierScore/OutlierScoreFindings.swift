import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

/// What the data sets say of the claim.
struct OutlierScoreFindings: ExperimentFindings {
  /// A wrong score with what was found of it.
  @dynamicMemberLookup
  struct Candidate {
    let planned: OutlierScorePlan.Candidate
    /// The empirical squared gap of each repeat.
    var gaps: [Double] = []
    /// The sum over all samples of `min(error, cap)^2`.
    var cappedSum = 0.0
    /// `D_delta` over points of its own.
    var quantile: ErrorQuantile?

    subscript<Value>(dynamicMember path: KeyPath<OutlierScorePlan.Candidate, Value>) -> Value {
      planned[keyPath: path]
    }
  }

  /// The error of a score that needs no training at all, and of one Gaussian fitted to the samples.
  struct Baseline {
    let name: String
    /// `L2^2` of each repeat.
    var l2Squared: [Double] = []
    var gaps: [Double] = []
    var quantile: ErrorQuantile?
  }

  let values: OutlierScoreExperiment
  let isDone: Bool
  /// The mixture and the ramp.
  private(set) var candidates: [Candidate]
  private(set) var baselines = [Baseline(name: "zero"), Baseline(name: "one Gaussian")]
  /// Repeats without a sample beyond the switch point, and all samples beyond it.
  private(set) var unseenCount = 0
  private(set) var beyondCount = 0

  init(_ plan: OutlierScorePlan, _ records: OutlierScorePlan.Records) {
    values = plan.values
    isDone = records.isComplete
    candidates = plan.candidates.map { Candidate(planned: $0) }
    for (_, record) in records.finished {
      switch record {
      case .quantiles(let ours, let others):
        for place in ours.indices { candidates[place].quantile = ours[place] }
        for place in others.indices { baselines[place].quantile = others[place] }
      case .repeats(let repeats): for found in repeats { add(found) }
      }
    }
  }

  private mutating func add(_ found: OutlierScorePlan.Repeat) {
    for place in candidates.indices {
      candidates[place].gaps.append(found.gaps[place])
      candidates[place].cappedSum += found.capped[place]
    }
    for place in baselines.indices {
      baselines[place].gaps.append(found.baselineGaps[place])
      baselines[place].l2Squared.append(found.baselineL2[place])
    }
    beyondCount += found.beyond
    if found.beyond == 0 { unseenCount += 1 }
  }

  /// Repeats done.
  var repeatsDone: Int { baselines[0].gaps.count }

  /// The share of the population's gap below which a data set does not notice it.
  static let noticedShare = 0.01

  /// Data sets that see less than ``noticedShare`` of the gap.
  func unnoticedCount(_ gaps: [Double], _ l2Squared: Double) -> Int {
    gaps.count { $0 < Self.noticedShare * l2Squared }
  }
}

// MARK: - Checks

extension OutlierScoreFindings {
  var checks: [Check] { claims + shareChecks + candidates.flatMap(checks(of:)) }

  private var mixture: Candidate { candidates[0] }

  private var claims: [Check] {
    let count = unnoticedCount(mixture.gaps, mixture.l2Squared)
    let l2 = mixture.l2Squared.squareRoot()
    return [
      Check(
        .claim, "unnoticed",
        "share of data sets that see less than 1% of the mixture's L2^2",
        measured: isDone ? Double(count) / Double(values.repeats) : nil,
        interval: isDone ? .share(count, of: values.repeats) : nil, .atLeast(0.5),
        basis: "most data sets; Clopper-Pearson interval"),
      Check(
        .claim, "population_error",
        "L2^2 of the mixture over that of the zero score, which is 1", measured: mixture.l2Squared,
        .atLeast(0.5), basis: "quadrature, no estimate; a half for as large as no score"),
      Check(
        .claim, "quantile_error", "D_\(NumberText.plain(values.delta)) of the mixture over its L2",
        measured: mixture.quantile.map { $0.value / l2 },
        interval: mixture.quantile.map {
          $0.interval.lowerBound / l2...$0.interval.upperBound / l2
        }, .atMost(0.01),
        basis: "order statistic of \(values.errorDrawCount) points, interval from binomial ranks"),
    ]
  }

  private var shareChecks: [Check] {
    let (n, m) = (values.repeats, values.sampleCount)
    let p = values.mixture.unseenProbability(sampleCount: m)
    let bound = values.mixture.unnoticedBound(share: Self.noticedShare, sampleCount: m)
    let q = StandardNormal.tail(values.mixture.switchPoint)
    let unnoticed = unnoticedCount(mixture.gaps, mixture.l2Squared)
    let basis = "exact binomial range, one miss in 10,000"
    return [
      Check(
        .agreement, "unseen_share", "share of data sets without a sample beyond b",
        measured: isDone ? Double(unseenCount) / Double(n) : nil,
        .near(p, tolerance: BinomialDistribution.shareTolerance(of: p, count: n)),
        basis: "Phi(b)^m; \(basis)"),
      Check(
        .agreement, "unnoticed_bound",
        "share of data sets that see less than 1% of the mixture's L2^2, against its bound",
        measured: isDone ? Double(unnoticed) / Double(n) : nil,
        .atMost(bound + BinomialDistribution.shareTolerance(of: bound, count: n)),
        basis: "Phi(x_1)^m with S^2 r(x_1)^2 / m = 1% of L2^2; \(basis)"),
      Check(
        .agreement, "beyond_share", "share of all samples beyond b",
        measured: isDone ? Double(beyondCount) / Double(n * m) : nil,
        .near(q, tolerance: BinomialDistribution.shareTolerance(of: q, count: n * m)),
        basis: "Q(b); \(basis)"),
    ]
  }

  private func checks(of candidate: Candidate) -> [Check] {
    let N = Double(values.repeats * values.sampleCount)
    let (mean, square) = candidate.capped
    // Bernstein's inequality, which holds for any N: the summands are in 0...cap^2.
    let L = log(2 / 1e-4)
    let variance = max(0, square - mean * mean)
    let tolerance =
      (2 * variance * L / N).squareRoot() + candidate.cap * candidate.cap * L / (3 * N)
    return [
      Check(
        .agreement, "\(candidate.name)_gap",
        "mean over all samples of min(error, \(NumberText.plain(candidate.cap)))^2, "
          + "\(candidate.name)",
        measured: isDone ? candidate.cappedSum / N : nil, .near(mean, tolerance: tolerance),
        basis: "quadrature of mean and variance; Bernstein's inequality, one miss in 10,000"),
      Check(
        .agreement, "\(candidate.name)_quantile",
        "miss of D_\(NumberText.plain(values.delta)) by draws in standard errors, "
          + "\(candidate.name)",
        measured: candidate.quantile?.deviation, .atMost(4),
        basis: "closed form; the share of draws above it is binomial"),
    ]
  }
}
