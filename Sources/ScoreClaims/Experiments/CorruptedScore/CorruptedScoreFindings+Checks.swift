import ScoreCore
import ScoreLab
import ScoreTheory

extension CorruptedScoreFindings {
  /// The shares hit in the standard run, by the sampler and under exact paths: the density that has
  /// not yet left the slab, followed step by step at 600 Gauss-Legendre nodes.
  static let quadrature: [(delta: Double, sampler: Double, exact: Double)] = [
    (0.02, 0.0111737108, 0.0078878051), (0.05, 0.0244213520, 0.0180223701),
    (0.1, 0.0436160053, 0.0332837066), (0.2, 0.0768869709, 0.0606727722),
  ]

  var checks: [Check] { cases.flatMap { checks(of: $0) } + pairChecks }

  private func checks(of place: Case) -> [Check] {
    claims(of: place) + [regionMass(place)] + hitShares(of: place) + identities(of: place)
  }

  // MARK: Claims

  private func claims(of place: Case) -> [Check] {
    let label = "delta = \(place.delta)"
    var checks = [
      Check(
        .claim, "cost_below_delta", "what the corruption costs in total variation, \(label)",
        measured: place.cost?.variation, interval: place.cost?.interval, .atMost(place.delta),
        basis: "over bins on the same noise; the interval from the bins to the share of points "
          + "hit"),
      l2Check(of: place),
    ]
    if let report = place.variation {
      // The binned distance is off by at most that of perfect points (triangle inequality).
      let (low, high) = (max(0, report.value - report.nullHigh), report.value + report.nullHigh)
      checks.append(
        Check(
          .claim, "certificate_holds", "distance of the samples to the distribution, \(label)",
          measured: report.value, interval: low...high, .atMost(wholeLimit(place) ?? 0),
          basis: "the whole certificate with its 95% margin; 95% of the null on either side"))
    }
    // A certificate beyond 1 says nothing, so it is no check.
    return checks.filter { $0.name != "certificate_holds" || $0.saysSomething }
  }

  /// Whether L2 really says nothing: the mean of what is accumulated along exact paths.
  private func l2Check(of place: Case) -> Check {
    let isFollowed = place.accumulated.count == paths.count
    let found = isFollowed ? Estimate(place.accumulated) : nil
    let reach = StandardNormal.quantile(0.975) * (found?.standardError ?? 0)
    let interval = found.map {
      PathCertificate.pinsker(max(0, $0.value - reach))...PathCertificate.pinsker($0.value + reach)
    }
    return Check(
      .claim, "l2_says_nothing", "the L2 route sqrt(E A / 2), delta = \(place.delta)",
      measured: found.map { PathCertificate.pinsker($0.value) }, interval: interval, .atLeast(1),
      basis: "beyond 1 a bound on a total variation distance says nothing; 2 standard errors")
  }

  /// The whole certificate with everything that is estimated at its upper limit.
  private func wholeLimit(_ place: Case) -> Double? {
    guard let certificate = place.certificate, let freezing, let start else { return nil }
    let reach = StandardNormal.quantile(0.975)
    let divergence = freezing.value + reach * freezing.standardError
    // A quadrature is right to 1e-7 of the divergence.
    return certificate.upperLimit + 2 * PathCertificate.pinsker(divergence * (1 + 1e-6))
      + start.value + reach * start.standardError
  }

  // MARK: Agreements

  private func regionMass(_ place: Case) -> Check {
    let shares = Estimate(place.regionShares)
    let mass = place.delta / Double(paths.stepCount)
    return Check(
      .agreement, "region_mass", "mean mass of the regions, delta = \(place.delta)",
      measured: place.accumulated.count == paths.count ? shares.value : nil,
      .near(mass, tolerance: 4 * shares.standardError + (projection.isExact ? 0 : mass / 2)),
      basis: "delta / N by bisection, 4 standard errors over exact paths"
        + (projection.isExact ? "" : " and half of it for the distribution's draws"))
  }

  private func hitShares(of place: Case) -> [Check] {
    func tolerance(_ p: Double) -> Double { 4 * (p * (1 - p) / Double(paths.count)).squareRoot() }
    let basis = "quadrature of the chain's density, 4 standard errors"
    return Self.quadrature.filter { isStandard && $0.delta == place.delta }.flatMap { row in
      [
        Check(
          .agreement, "hit_by_sampler", "share of sampled points hit, delta = \(place.delta)",
          measured: sampled == paths.count ? hitShare(place) : nil,
          .near(row.sampler, tolerance: tolerance(row.sampler)), basis: basis),
        Check(
          .agreement, "hit_under_paths", "share of exact paths hit, delta = \(place.delta)",
          measured: place.accumulated.count == paths.count
            ? Estimate(place.accumulated.map { $0 > 0 ? 1 : 0 }).value : nil,
          .near(row.exact, tolerance: tolerance(row.exact)), basis: basis),
      ]
    }
  }

  // MARK: Identities

  private func identities(of place: Case) -> [Check] {
    var checks = [
      Self.unionBound(
        delta: place.delta,
        certificate: place.accumulated.count == paths.count ? place.certificate : nil)
    ]
    if paths.distribution.dimension <= 2 {
      checks.append(
        Self.variationBelowHits(
          delta: place.delta, variation: place.variation?.value,
          exact: exactVariation?.value ?? 0, hits: hitShare(place)))
    }
    return checks
  }

  /// The regions have mass delta / N each, so no more than delta of the paths can meet one.
  static func unionBound(delta: Double, certificate: PathCertificate?) -> Check {
    Check(
      .identity, "union_bound",
      "path-wise certificate against the union bound, delta = \(delta)",
      measured: certificate?.bound, .atMost(delta + (certificate?.margin ?? 0)),
      basis: "N delta' = delta, and the 95% margin")
  }

  /// On the same noise only points that are hit can change a bin.
  static func variationBelowHits(
    delta: Double, variation: Double?, exact: Double, hits: Double
  ) -> Check {
    Check(
      .identity, "variation_below_hits", "TV by histogram, delta = \(delta)",
      measured: variation, .atMost(exact + hits + 1e-12),
      basis: "the share hit and what the exact score's sample has on the same noise")
  }

  // MARK: The pair

  private var pairChecks: [Check] {
    let eta = pair.pair.eta
    let certificate = pairBounds?.certificate
    return [
      Check(
        .claim, "pair_cost", "TV of the pair's wrong candidate over three cells",
        measured: pair.isFinished ? pair.wrongVariation : nil,
        interval: pair.isFinished ? pair.wrongInterval : nil, .atMost(2 * eta),
        basis:
          "delta = 2 eta, where the wrong candidate's D_delta is small; exact binomial intervals"),
      Check(
        .agreement, "pair_variation", "the same against the distance of the two distributions",
        measured: pair.isFinished ? pair.wrongVariation : nil,
        .near(pair.exactVariation, tolerance: 4 * pair.standardError + 0.1 * eta),
        basis: "closed form, 4 standard errors and a tenth for discretisation"),
      Check(
        .agreement, "pair_certificate", "path-wise certificate of the wrong candidate",
        measured: certificate?.upperLimit, .atLeast(pair.exactVariation),
        basis: "with its 95% margin, against the distance that it bounds"),
    ]
  }
}
