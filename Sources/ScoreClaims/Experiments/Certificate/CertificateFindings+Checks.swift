import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

extension Check {
  /// Whether the bound on a distance is below 1, which every distance is.
  var saysSomething: Bool {
    if case .atMost(let bound) = requirement { bound < 1 } else { true }
  }
}

extension CertificateFindings {
  var checks: [Check] {
    let terms = CertificateTerms(found: self)
    var checks = claims(terms) + agreements
    if isExact { checks.append(Self.exactScoreTerm(bounds?.certificate.bound)) }
    return checks
  }

  /// The exact score has no error, whatever the paths.
  static func exactScoreTerm(_ bound: Double?) -> Check {
    Check(
      .identity, "exact_score_term", "score term of the exact score", measured: bound,
      .near(0, tolerance: 0), basis: "no error")
  }

  // MARK: Claims

  private func claims(_ terms: CertificateTerms) -> [Check] {
    totals(terms) + scoreTerm(terms) + [
      Check(
        .claim, "discretisation_holds",
        "largest share of its bound that the steps' distance takes, over steps and dimensions",
        measured: isFinished ? sweep.largestShare : nil, .atMost(1),
        basis: "TV(q_gamma, samples from q_T) against sqrt(KL / 2); exact, no sampling error")
    ] + rates
  }

  private func totals(_ terms: CertificateTerms) -> [Check] {
    guard paths.distribution.dimension <= 2 else { return [] }
    let found = distance(terms)
    let checks = [
      Check(
        .claim, "certificate_holds", "distance of the samples against the certificate",
        measured: found.value, interval: found.interval, .atMost(terms.certifiedLimit ?? 0),
        basis: "the 95% upper limit of the three terms; \(distanceBasis)"),
      Check(
        .claim, "pinsker_holds", "distance of the samples against Pinsker at once",
        measured: found.value, interval: found.interval, .atMost(terms.girsanov?.limit ?? 0),
        basis: "Girsanov and Pinsker, the 95% upper limit; \(distanceBasis)"),
    ]
    return checks.filter(\.saysSomething)
  }

  private var distanceBasis: String {
    range != nil
      ? "distance by quadrature of the samples' density"
      : "distance over bins, with 95% of the null on either side"
  }

  /// The samples' distance: exact on the line; in the plane over bins, whose distance is off by at
  /// most that of perfect points with 95% (triangle inequality).
  private func distance(
    _ terms: CertificateTerms
  ) -> (value: Double?, interval: ClosedRange<Double>?) {
    guard bounds != nil else { return (nil, nil) }
    if range != nil { return (terms.totalDistance, nil) }
    guard let report = isExact ? exactVariation : variation else { return (nil, nil) }
    let (low, high) = (max(0, report.value - report.nullHigh), report.value + report.nullHigh)
    return (report.value, low...high)
  }

  private func scoreTerm(_ terms: CertificateTerms) -> [Check] {
    guard !isExact, range != nil else { return [] }
    let limit = terms.certificate.flatMap { certificate in
      terms.discretizationLimit.map { certificate.upperLimit + $0 / 2 }
    }
    return [
      Check(
        .claim, "score_term_holds", "what the estimate changes in the samples, against its term",
        measured: bounds == nil ? nil : terms.scoreDistance, .atMost(limit ?? 0),
        basis: "the score term's upper limit, and TV(Q, Q_dis) for the change of paths; distance "
          + "by quadrature of the samples' density")
    ].filter(\.saysSomething)
  }

  private var rates: [Check] {
    let N = paths.timesOfSweep.map { $0.count - 1 }
    guard let first = N.first, let last = N.last, first < last else { return [dimensionRate] }
    let exponents = [
      ("the distribution", sweep.distributionExponent), ("N(0, v)", sweep.stepExponent),
    ]
    return exponents.filter { $0.0 != "the distribution" || range != nil }.map { name, value in
      Check(
        .claim, "steps_rate", "exponent of the steps' distance in N on \(name)",
        measured: isFinished ? value : nil, .atMost(-0.5),
        basis: "Corollary B.6 says N^(-1/2); N = \(first) to \(last), exact distances")
    } + [dimensionRate]
  }

  private var dimensionRate: Check {
    Check(
      .claim, "dimension_rate", "exponent of the steps' distance in d on N(0, v I)",
      measured: isFinished ? sweep.dimensionExponent : nil, .atMost(0.55),
      basis: "Corollary B.6 says d^(1/2); E |chi^2_d - d| / sqrt(d) rises from 0.97 to 1.13, which "
        + "adds up to 0.04; exact distances")
  }

  // MARK: Agreements

  private var agreements: [Check] {
    let found = discretizations.count == values.pathCount ? Estimate(discretizations) : nil
    let known = bounds?.freezing ?? Estimate(value: .nan, standardError: .nan)
    var checks = [
      Check(
        .agreement, "divergence_along_paths", "discretisation's divergence along paths",
        measured: bounds == nil ? nil : found?.value,
        .near(
          known.value,
          tolerance: 4 * ((found?.standardError ?? 0) + known.standardError) + 2e-3 * known.value),
        basis: "Fisher information identity, 4 standard errors and 0.2% for four nodes a step"),
      gaussianRecursion,
    ]
    guard range != nil else { return checks }
    for (name, sampled) in [("the estimate", sampled), ("the exact score", exactSampled)]
    where name != "the estimate" || !isExact {
      checks.append(
        Check(
          .agreement, "sampled_density", "samples of \(name) against their density, deviations",
          measured: sampled?.excess, .atMost(5),
          basis: "total variation over \(SampledDensity.binCount) bins beyond that of perfect "
            + "points; the density by quadrature"))
    }
    return checks
  }

  /// Holds the sampler's code to the method's formula, in any dimension.
  private var gaussianRecursion: Check {
    let v0 = values.variance
    let recursion = GaussianRecursion(
      of: sampler, times: paths.times, process: paths.process, dataVariance: v0)
    var variance = 1.0
    for (t, s) in zip(paths.times, paths.times.dropFirst()) {
      let level = paths.process.level(at: t)
      let factor =
        exp(t - s) - 2 * expm1(t - s) / (level.alpha * level.alpha * v0 + level.sigma * level.sigma)
      variance = factor * factor * variance + expm1(2 * (t - s))
    }
    return Check(
      .agreement, "gaussian_recursion",
      "the sampler's output variance on N(0, \(Caption.number(v0)))",
      measured: recursion.variance(startingAt: 1), .near(variance, tolerance: 1e-9 * variance),
      basis: "the closed step e^h x + 2 (e^h - 1) s + sqrt(e^2h - 1) xi")
  }
}
