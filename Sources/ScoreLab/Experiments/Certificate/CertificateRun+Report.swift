import Glibc
import ScoreCore

/// The terms of the bounds, put together from what is measured.
extension CertificateRun {
  /// The score's term of the certificate.
  private var certificate: PathCertificate? { bounds?.certificate }

  /// `2 TV(Q, Q_dis)` by Pinsker.
  private var discretization: Double? {
    bounds.map { 2 * PathCertificate.pinsker($0.freezing) }
  }

  /// All terms of the certificate together.
  private var certified: Double? {
    guard let certificate, let discretization, let bounds else { return nil }
    return certificate.bound + discretization + bounds.startVariation.value
  }

  /// Pinsker's bound from start, score and steps at once, and its standard error.
  private var girsanov: (value: Double, standardError: Double)? {
    guard !totals.isEmpty, let bounds else { return nil }
    let total = Estimate(totals)
    let value = PathCertificate.pinsker(max(0, bounds.startDivergence.value) + total.value)
    let error = hypot(total.standardError, bounds.startDivergence.standardError)
    return (value, error / (4 * value))
  }

  /// `sqrt(sum_k h_k L2_k^2 / 2)`.
  private var l2Route: Double? {
    scoreErrors.isEmpty ? nil : PathCertificate.pinsker(Estimate(scoreErrors).value)
  }

  /// The W2 distance that stopping early costs at most, `x_t` being coupled with its `x_0`.
  private var earlyStop: Double? {
    bounds.map { bounds in
      let level = paths.process.level(at: paths.process.stop)
      let shrunk = (1 - level.alpha) * (1 - level.alpha) * bounds.secondMoment
      return (shrunk + level.sigma * level.sigma * Double(paths.law.dimension)).squareRoot()
    }
  }

  /// The largest `sigma_k D_k` with share delta / N, the eps of Corollary B.6.
  private var epsilon: Double? {
    guard stepErrors.count == paths.stepCount else { return nil }
    return zip(paths.times, stepErrors).map { paths.process.level(at: $0).sigma * $1.quantile }
      .max()
  }

  private typealias Term = (name: String, value: Double?, note: String)

  private var explicitTerms: [Term] {
    let divergence = discretizations.isEmpty ? nil : Estimate(discretizations)
    let start = bounds.map(\.startVariation)
    return [
      (
        "score", certificate?.bound,
        "P[A > e^2] + sqrt(e^2 / 2), e^2 = \(Caption.number(certificate?.threshold)); 95% margin "
          + Caption.number(certificate?.margin)
      ),
      (
        "discretisation", discretization,
        "2 sqrt(KL / 2), KL = \(Caption.number(bounds?.freezing)) from the Fisher information, "
          + "\(Caption.number(divergence?.value)) (s.e. \(Caption.number(divergence?.standardError))) along paths"
      ),
      (
        "start", start?.value,
        "TV(q_T, N(0, I)), s.e. \(Caption.number(start?.standardError)); by Pinsker "
          + Caption.number(
            (bounds?.startDivergence.value).map { PathCertificate.pinsker(max(0, $0)) })
      ),
      ("sum", certified, "the certificate; beyond 1 it says nothing"),
      (
        "Pinsker at once", girsanov?.value,
        "sqrt((KL(q_T || N) + KL(Q || Q_hat)) / 2), s.e. \(Caption.number(girsanov?.standardError)); "
          + "without its steps and start, the L2 route: \(Caption.number(l2Route))"
      ),
    ]
  }

  private var measuredTerms: [Term] {
    let estimate = isExact ? nil : variation
    return [
      (
        "measured", estimate?.value,
        "histogram, 95% of the null below \(Caption.number(estimate?.nullHigh))"
      ),
      (
        "measured, exact score", exactVariation?.value,
        "histogram, 95% of the null below \(Caption.number(exactVariation?.nullHigh))"
      ),
      ("null", exactVariation?.nullMean, "mean of the histogram distance of fresh draws"),
    ]
  }

  /// The terms of Corollary B.6 up to constants that the paper does not give.
  private var corollaryTerms: [Term] {
    let (N, d) = (Double(paths.stepCount), Double(paths.law.dimension))
    let time = paths.logTime
    return [
      ("delta", bench.delta, "share of large errors, all steps together"),
      (
        "eps sqrt(T + log 1/gamma)", epsilon.map { $0 * time.squareRoot() },
        "eps = \(Caption.number(epsilon)), the largest sigma D over the steps"
      ),
      ("sqrt(d/N) (T + log 1/gamma)", (d / N).squareRoot() * time, "N = \(paths.stepCount)"),
      (
        "(sqrt d + m_2) e^-T",
        bounds.map {
          (d.squareRoot() + $0.secondMoment.squareRoot()) * exp(-paths.process.horizon)
        }, "m_2^2 = \(Caption.number(bounds?.secondMoment))"
      ),
    ]
  }
}

extension CertificateRun {
  var report: ExperimentReport {
    ExperimentReport(
      title: "Certificate",
      claim: "The samples' total variation distance is at most a sum of a score term, a "
        + "discretisation term and a start term.",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Corollary B.6 and eq. 14",
      caveats: caveats, figures: [explicitFigure, corollaryFigure, errorFigure],
      tables: [explicitTable, corollaryTable], checks: checks)
  }

  private var caveats: [String] {
    var caveats = [
      "The terms of Corollary B.6 are up to constants that the paper does not give (<~); their sum "
        + "is no bound, and only the explicit certificate may be compared with a measurement.",
      "The certificate with constants is derived from the paper's argument, not quoted; its "
        + "discretisation term uses Pinsker on path laws, which is far from tight because late "
        + "steps forget what early ones did.",
    ]
    if isExact { caveats.append("training_steps = 0: the exact score is followed.") }
    if let divergence = session?.divergence {
      caveats.append(
        "Training diverged at step \(divergence.step); the last good weights are used.")
    }
    if let bounds, bounds.curveDraws > 0 {
      caveats.append(
        "The Fisher information is a mean over \(bounds.curveDraws) draws of the law.")
    }
    let rank = bench.delta / Double(paths.stepCount) * Double(bench.pathCount)
    if rank < 10 {
      caveats.append(
        "Only \(Caption.number(rank)) paths lie beyond the quantile at share delta / N; its value is rough."
      )
    }
    return caveats
  }

  private func bars(
    _ name: String, _ title: String, caption: String, _ groups: [(String, Plot.Role, [Term])]
  ) -> Figure {
    var (series, categories): ([Plot.Series], [String]) = ([], [])
    for (label, role, terms) in groups {
      let x = terms.indices.map { Double(categories.count + $0) }
      series.append(.init(label, role, .bars, x: x, y: terms.map { $0.value ?? .nan }))
      categories += terms.map(\.name)
    }
    return Figure(
      name, title: title, caption: caption,
      .plot(
        Plot(
          x: .init(""), y: .init("total variation distance", lower: 0), series: series,
          categories: categories)))
  }

  private var sizes: String {
    "\(scoreErrors.count) exact paths, \(paths.count) samples, \(paths.stepCount) steps; "
      + (isExact ? "the exact score." : "a network after \(session?.step ?? 0) training steps.")
  }

  private var explicitFigure: Figure {
    bars(
      "certificate", "The certificate term by term", caption: sizes + " " + stopNote,
      [("bound", .claimed, explicitTerms), ("measured", .measured, measuredTerms)])
  }

  private var corollaryFigure: Figure {
    bars(
      "corollary", "Corollary B.6 term by term, constants unknown",
      caption: sizes + " Up to constants: not to be added or compared with a measurement.",
      [("term (<~)", .claimed, corollaryTerms)])
  }

  private var stopNote: String {
    "Stopping at gamma = \(Caption.number(paths.process.stop)) costs at most \(Caption.number(earlyStop)) in W2 to q_0, in "
      + "data units, which no total variation distance can express."
  }

  private var errorFigure: Figure {
    let x = Array(paths.times.prefix(stepErrors.count))
    let sigma = x.map { paths.process.level(at: $0).sigma }
    return Figure(
      "errors", title: "The score's error at each step",
      caption: sizes + " Both times sigma; D at the share delta / N = "
        + "\(Caption.number(bench.delta / Double(paths.stepCount))).",
      .plot(
        Plot(
          x: .init("noise time t", isLogarithmic: true), y: .init("sigma times error", lower: 0),
          series: [
            .init("L2", .measured, x: x, y: zip(stepErrors, sigma).map { $0.l2 * $1 }),
            .init("D", .comparison, x: x, y: zip(stepErrors, sigma).map { $0.quantile * $1 }),
          ])))
  }

  private func table(_ name: String, _ title: String, _ terms: [Term], note: String) -> ReportTable
  {
    ReportTable(
      name, title: title, columns: ["term", "value", "how"],
      rows: terms.map { [.text($0.name), .init($0.value), .text($0.note)] }, note: note)
  }

  private var explicitTable: ReportTable {
    table(
      "certificate", "The certificate, with every constant",
      explicitTerms + measuredTerms
        + [("early stop, W2 in data units", earlyStop, "(1 - alpha)^2 m_2^2 + sigma^2 d, root")],
      note: sizes)
  }

  private var corollaryTable: ReportTable {
    table(
      "corollary", "Corollary B.6, constants unknown", corollaryTerms,
      note: sizes + " Each term holds up to a constant that the paper does not give.")
  }

  private var checks: [Check] {
    let found = discretizations.count == bench.pathCount ? Estimate(discretizations) : nil
    let frozen = bounds?.freezing ?? .nan
    let measured = isExact ? exactVariation : variation
    let noise = measured?.nullHigh ?? 0
    var checks = [
      Check(
        .agreement, "divergence_along_paths",
        "discretisation's divergence along paths",
        measured: bounds == nil ? nil : found?.value,
        .near(
          frozen,
          tolerance: 4 * (found?.standardError ?? 0)
            + (bounds?.curveDraws == 0 ? 5e-3 : 0.1) * frozen),
        basis: "Fisher information identity, 4 standard errors and the quadrature's or the draws' "
          + "share"),
      Check(
        .agreement, "start_pinsker",
        "start: total variation against Pinsker", measured: bounds?.startVariation.value,
        .atMost(
          PathCertificate.pinsker(
            max(0, bounds?.startDivergence.value ?? 0)
              + 4 * (bounds?.startDivergence.standardError ?? 0))),
        basis: "Pinsker's inequality, 4 standard errors of the divergence"),
    ]
    if variationIsPossible {
      checks += [
        Check(
          .claim, "certificate_holds",
          "measured total variation against the certificate",
          measured: certified == nil ? nil : measured?.value,
          .atMost((certified ?? 0) + (certificate?.margin ?? 0) + noise),
          basis: "the certificate, its 95% margin and 95% of the histogram's null"),
        Check(
          .claim, "pinsker_holds",
          "measured total variation against Pinsker at once",
          measured: girsanov == nil ? nil : measured?.value,
          .atMost((girsanov?.value ?? 0) + 4 * (girsanov?.standardError ?? 0) + noise),
          basis: "Girsanov and Pinsker, 4 standard errors and 95% of the histogram's null"),
      ]
    }
    if isExact {
      checks.append(
        Check(
          .identity, "exact_score_term",
          "score term of the exact score", measured: certificate?.bound,
          .near(0, tolerance: 0), basis: "no error"))
    }
    return checks
  }

  private var variationIsPossible: Bool { paths.law.dimension <= 2 }
}
