import Glibc
import ScoreCore

extension OutlierScoreRun {
  var checks: [Check] { claims + shareChecks + candidates.flatMap(checks(of:)) }

  private var isDone: Bool { unitsDone == unitCount }
  private var mixture: Candidate { candidates[0] }

  private var claims: [Check] {
    let count = unnoticedCount(mixture.gaps, mixture.l2Squared)
    let l2 = mixture.l2Squared.squareRoot()
    return [
      Check(
        .claim, "unnoticed",
        "share of data sets that see less than 1% of the mixture's L2^2",
        measured: isDone ? Double(count) / Double(bench.repeats) : nil,
        interval: isDone ? .share(count, of: bench.repeats) : nil, .atLeast(0.5),
        basis: "most data sets; Clopper-Pearson interval"),
      Check(
        .claim, "population_error",
        "L2^2 of the mixture over that of the zero score, which is 1", measured: mixture.l2Squared,
        .atLeast(0.5), basis: "quadrature, no estimate; a half for as large as no score"),
      Check(
        .claim, "quantile_error", "D_\(ShortNumber.text(bench.delta)) of the mixture over its L2",
        measured: mixture.quantile.map { $0.value / l2 },
        interval: mixture.quantile.map {
          $0.interval.lowerBound / l2...$0.interval.upperBound / l2
        }, .atMost(0.01),
        basis: "order statistic of \(bench.errorDrawCount) points, interval from binomial ranks"),
    ]
  }

  private var shareChecks: [Check] {
    let (n, m) = (bench.repeats, bench.sampleCount)
    let p = bench.mixture.unseenProbability(sampleCount: m)
    let bound = bench.mixture.unnoticedBound(share: Self.noticedShare, sampleCount: m)
    let q = StandardNormal.tail(bench.mixture.switchPoint)
    let unnoticed = unnoticedCount(mixture.gaps, mixture.l2Squared)
    let basis = "exact binomial range, one miss in 10,000"
    return [
      Check(
        .agreement, "unseen_share", "share of data sets without a sample beyond b",
        measured: isDone ? Double(unseenCount) / Double(n) : nil,
        .near(p, tolerance: BinomialLaw.shareTolerance(of: p, count: n)),
        basis: "Phi(b)^m; \(basis)"),
      Check(
        .agreement, "unnoticed_bound",
        "share of data sets that see less than 1% of the mixture's L2^2, against its bound",
        measured: isDone ? Double(unnoticed) / Double(n) : nil,
        .atMost(bound + BinomialLaw.shareTolerance(of: bound, count: n)),
        basis: "Phi(x_1)^m with S^2 r(x_1)^2 / m = 1% of L2^2; \(basis)"),
      Check(
        .agreement, "beyond_share", "share of all samples beyond b",
        measured: isDone ? Double(beyondCount) / Double(n * m) : nil,
        .near(q, tolerance: BinomialLaw.shareTolerance(of: q, count: n * m)),
        basis: "Q(b); \(basis)"),
    ]
  }

  private func checks(of candidate: Candidate) -> [Check] {
    let N = Double(bench.repeats * bench.sampleCount)
    let (mean, square) = candidate.capped
    // Bernstein's inequality, which holds for any N: the summands are in 0...cap^2.
    let L = log(2 / 1e-4)
    let variance = max(0, square - mean * mean)
    let tolerance =
      (2 * variance * L / N).squareRoot() + candidate.cap * candidate.cap * L / (3 * N)
    return [
      Check(
        .agreement, "\(candidate.name)_gap",
        "mean over all samples of min(error, \(ShortNumber.text(candidate.cap)))^2, \(candidate.name)",
        measured: isDone ? candidate.cappedSum / N : nil, .near(mean, tolerance: tolerance),
        basis: "quadrature of mean and variance; Bernstein's inequality, one miss in 10,000"),
      Check(
        .agreement, "\(candidate.name)_quantile",
        "miss of D_\(ShortNumber.text(bench.delta)) by draws in standard errors, \(candidate.name)",
        measured: candidate.quantile?.deviation, .atMost(4),
        basis: "closed form; the share of draws above it is binomial"),
    ]
  }
}
