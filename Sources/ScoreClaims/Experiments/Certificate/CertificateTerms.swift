import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// The terms of the bounds, put together from what is measured.
struct CertificateTerms {
  /// A term of the certificate, the limit that it is below with its share of the confidence, and
  /// what it is a bound of, where that can be had.
  struct Term {
    let name: String
    let value: Double?
    var limit: Double?
    var measured: Double?
    let note: String

    /// How many times larger the term is than what it bounds.
    var looseness: Double? {
      guard let value, let measured, measured > 0 else { return nil }
      return value / measured
    }
  }

  let found: CertificateFindings
  private var bounds: CertificatePlan.Bounds? { found.bounds }

  /// The score's term.
  var certificate: PathCertificate? { bounds?.certificate }

  /// The terms with every constant.
  private var bound: ExplicitBound? {
    bounds.map {
      ExplicitBound(score: $0.certificate, freezing: $0.freezing, start: $0.start.variation)
    }
  }

  /// `2 TV(Q, Q_dis)` by Pinsker.
  var discretization: Double? { bound?.steps }
  var discretizationLimit: Double? { bound?.stepsLimit }

  /// All terms of the certificate together.
  var certified: Double? { bound?.sum }

  /// What they are below with 95% confidence.
  var certifiedLimit: Double? { bound?.limit }

  /// Pinsker's bound from start, score and steps at once, and its 95% upper limit.
  var girsanov: (value: Double, limit: Double)? {
    guard !found.totals.isEmpty, let start = bounds?.start.divergence else { return nil }
    let total = Estimate(found.totals)
    let divergence = start.value + total.value
    // Each of the two has half of what may go wrong.
    let reach = StandardNormal.quantile(0.975)
    let error = reach * (start.standardError + total.standardError)
    return (PathCertificate.pinsker(divergence), PathCertificate.pinsker(divergence + error))
  }

  /// `sqrt(sum_k h_k L2_k^2 / 2)`.
  static func l2Route(_ scoreErrors: [Double]) -> Double? {
    scoreErrors.isEmpty ? nil : PathCertificate.pinsker(Estimate(scoreErrors).value)
  }

  /// The W2 distance that stopping early costs at most, `x_t` being coupled with its `x_0`.
  var earlyStop: Double? {
    bounds.map { bounds in
      let level = found.paths.process.level(at: found.paths.process.stop)
      let shrunk = (1 - level.alpha) * (1 - level.alpha) * bounds.secondMoment
      return (shrunk + level.sigma * level.sigma * Double(found.paths.distribution.dimension))
        .squareRoot()
    }
  }

  /// The largest `sigma_k D_k` with share delta / N, the eps of Corollary B.6.
  private var epsilon: Double? {
    guard found.stepErrors.count == found.paths.stepCount else { return nil }
    return found.stepErrors.compactMap(\.quantile.value).max()
  }

  private var epsilonNote: String {
    guard let quantile = found.stepErrors.first?.quantile else { return "open" }
    if case .unknown(let needed) = quantile.standing {
      return "eps is unknown: a share of delta / N needs \(needed) paths"
    }
    let intervals = found.stepErrors.map(\.quantile.interval)
    return "eps = \(Caption.number(epsilon)), the largest sigma D over the steps, with 95% from "
      + "\(Caption.number(intervals.map(\.lowerBound).max())) to "
      + Caption.number(intervals.map(\.upperBound).max())
      + (quantile.standing == .few ? "; few points" : "")
  }

  // MARK: What the terms are bounds of, on the line

  private func distance(
    _ first: CertificatePlan.Chain, _ second: CertificatePlan.Chain
  ) -> Double? {
    guard let first = found.chains[first], let second = found.chains[second] else { return nil }
    return first.density.totalVariation(to: second.density.values)
  }

  /// What following the estimate instead of the exact score changes.
  var scoreDistance: Double? {
    found.isExact
      ? found.distances[.exact].map { _ in 0 }
      : distance(.followedFromDistribution, .exactFromDistribution)
  }
  /// What the steps alone change.
  var discretizationDistance: Double? { found.distances[.exactFromDistribution] }
  /// What the start changes in the samples of the exact score.
  private var startDistance: Double? { distance(.exact, .exactFromDistribution) }
  /// How far the samples are from `q_gamma`.
  var totalDistance: Double? { found.distances[found.isExact ? .exact : .followed] }

  // MARK: Terms

  var explicit: [Term] {
    let along = found.discretizations.isEmpty ? nil : Estimate(found.discretizations)
    return [
      Term(
        name: "score", value: certificate?.bound, limit: certificate?.upperLimit,
        measured: scoreDistance,
        note: "P[A > e^2] + sqrt(e^2 / 2), e^2 = \(Caption.number(certificate?.threshold))"),
      Term(
        name: "discretisation", value: discretization, limit: discretizationLimit,
        measured: discretizationDistance,
        note: "2 sqrt(KL / 2), KL = \(Caption.number(bounds?.freezing.value)) from the Fisher "
          + "information, \(Caption.number(along?.value)) (s.e. "
          + "\(Caption.number(along?.standardError))) along paths"),
      Term(
        name: "start", value: bounds?.start.variation.value, limit: bound?.startLimit,
        measured: startDistance,
        note: "TV(q_T, N(0, I)), s.e. \(Caption.number(bounds?.start.variation.standardError)); "
          + "by Pinsker "
          + Caption.number((bounds?.start.divergence.value).map { PathCertificate.pinsker($0) })),
      Term(
        name: "sum", value: certified, limit: certifiedLimit, measured: totalDistance,
        note: "the certificate; beyond 1 it says nothing"),
      Term(
        name: "Pinsker at once", value: girsanov?.value, limit: girsanov?.limit,
        measured: totalDistance,
        note: "sqrt((KL(q_T || N) + KL(Q || Q_hat)) / 2); without its steps and start, the L2 "
          + "route: \(Caption.number(Self.l2Route(found.scoreErrors)))"),
    ]
  }

  /// The terms of Corollary B.6 up to constants that the paper does not give.
  var corollary: [Term] {
    let paths = found.paths
    // Without the second moment only the start is open, which then has no value below.
    let terms = SamplingTerms(
      delta: found.values.delta, epsilon: epsilon, dimension: paths.distribution.dimension,
      stepCount: paths.stepCount, process: paths.process, secondMoment: bounds?.secondMoment ?? 0)
    return [
      Term(
        name: "delta", value: terms.share,
        note: "share of large errors, all steps "
          + "together"),
      Term(name: "eps sqrt(T + log 1/gamma)", value: terms.score, note: epsilonNote),
      Term(
        name: "sqrt(d/N) (T + log 1/gamma)", value: terms.steps,
        note: "N = \(found.paths.stepCount)"),
      Term(
        name: "(sqrt d + m_2) e^-T", value: bounds.map { _ in terms.start },
        note: "m_2^2 = \(Caption.number(bounds?.secondMoment))"),
    ]
  }
}
