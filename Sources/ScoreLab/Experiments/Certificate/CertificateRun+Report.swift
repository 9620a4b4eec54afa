import ScoreCore

extension CertificateRun {
  var report: ExperimentReport {
    let terms = CertificateTerms(run: self)
    return ExperimentReport(
      title: "Certificate",
      claim: "The samples' total variation distance is at most a sum of a score term, a "
        + "discretisation term and a start term, and the steps' part grows no faster than "
        + "sqrt(d / N).",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Corollary B.6 and eq. 14",
      caveats: caveats,
      figures: [
        explicitFigure(terms), sweepFigure, corollaryFigure(terms.corollary), errorFigure,
      ],
      tables: [
        explicitTable(terms), distanceTable(terms), sweepTable, corollaryTable(terms.corollary),
      ], checks: checks)
  }

  private typealias Term = CertificateTerms.Term

  private var caveats: [String] {
    var caveats = [
      "The terms of Corollary B.6 are up to constants that the paper does not give (<~); their sum "
        + "is no bound, and only the explicit certificate may be compared with a measurement.",
      "The certificate with constants is derived from the paper's argument, not quoted; its "
        + "discretisation term uses Pinsker on path laws, which is far from tight because late "
        + "steps forget what early ones did.",
    ]
    if let limit = CertificateTerms(run: self).certifiedLimit, limit >= 1 {
      caveats.append(
        "The certificate's upper limit is \(Caption.number(limit)): it says nothing, and is no check."
      )
    }
    if isExact { caveats.append("training_steps = 0: the exact score is followed.") }
    if let divergence = session?.divergence {
      caveats.append(
        "Training diverged at step \(divergence.step); the last good weights are used.")
    }
    if let bounds, bounds.curveDraws > 0 {
      caveats.append(
        "The Fisher information is a mean over \(bounds.curveDraws) draws of the law.")
    }
    return caveats
  }

  private var sizes: String {
    "\(scoreErrors.count) exact paths, \(paths.count) samples, \(paths.stepCount) steps; "
      + (isExact ? "the exact score." : "a network after \(session?.step ?? 0) training steps.")
  }
}

// MARK: - Figures

extension CertificateRun {
  private func bars(
    _ name: String, _ title: String, caption: String,
    _ groups: [(label: String, role: Plot.Role, bars: [(String, Double?)])]
  ) -> Figure {
    var (series, categories): ([Plot.Series], [String]) = ([], [])
    for group in groups {
      let x = group.bars.indices.map { Double(categories.count + $0) }
      series.append(
        .init(group.label, group.role, .bars, x: x, y: group.bars.map { $0.1 ?? .nan }))
      categories += group.bars.map(\.0)
    }
    return Figure(
      name, title: title, caption: caption,
      .plot(
        Plot(
          x: .init(""), y: .init("total variation distance", lower: 0), series: series,
          categories: categories)))
  }

  private func explicitFigure(_ terms: CertificateTerms) -> Figure {
    let explicit = terms.explicit
    var measured = explicit.prefix(3).filter { $0.measured != nil }.map {
      ("\($0.name), measured", $0.measured)
    }
    measured.append(
      ("samples", terms.totalDistance ?? (isExact ? exactVariation : variation)?.value))
    return bars(
      "certificate", "The certificate term by term",
      caption: sizes + " Stopping at gamma = \(Caption.number(paths.process.stop)) costs at most "
        + "\(Caption.number(terms.earlyStop)) in W2 to q_0, in data units, which no total variation "
        + "distance can express.",
      [
        ("bound", .claimed, explicit.map { ($0.name, $0.value) }),
        ("measured", .measured, measured),
      ])
  }

  private func corollaryFigure(_ terms: [CertificateTerms.Term]) -> Figure {
    bars(
      "corollary", "Corollary B.6 term by term, constants unknown",
      caption: sizes + " Up to constants: not to be added or compared with a measurement.",
      [("term (<~)", .claimed, terms.map { ($0.name, $0.value) })])
  }

  private var sweepFigure: Figure {
    let (law, steps) = (sweep.law, sweep.steps)
    func line(
      _ label: String, _ role: Plot.Role, _ rows: [CertificateSweep.Row],
      _ y: (CertificateSweep.Row) -> Double
    ) -> Plot.Series {
      .init(label, role, x: rows.map { Double($0.steps) }, y: rows.map(y))
    }
    return Figure(
      "steps", title: "What the steps cost against their number",
      caption: "The exact score, started from q_T: exact distances. The bound falls like N^(-1/2), "
        + "the distance like N^(-1).",
      .plot(
        Plot(
          x: .init("steps N", isLogarithmic: true),
          y: .init("total variation distance", isLogarithmic: true),
          series: [
            line("distance", .measured, law) { $0.distance },
            line("sqrt(KL / 2)", .exact, law) { $0.bound },
            line("distance on N(0, v)", .comparison, steps) { $0.distance },
            line("sqrt(1/N) (T + log 1/gamma), <~", .claimed, law.isEmpty ? steps : law) {
              paperRate($0)
            },
          ])))
  }

  /// `sqrt(d / N) (T + log 1 / gamma)`.
  private func paperRate(_ row: CertificateSweep.Row) -> Double {
    (Double(row.dimension) / Double(row.steps)).squareRoot() * paths.logTime
  }

  private var errorFigure: Figure {
    let x = Array(paths.times.prefix(stepErrors.count))
    let quantiles = stepErrors.map(\.quantile)
    return Figure(
      "errors", title: "The score's error at each step",
      caption: sizes + " Both times sigma; D at the share delta / N = "
        + "\(Caption.number(bench.delta / Double(paths.stepCount))), with 95% intervals.",
      .plot(
        Plot(
          x: .init("noise time t", isLogarithmic: true), y: .init("sigma times error", lower: 0),
          series: [
            .init("L2", .measured, x: x, y: stepErrors.map(\.l2)),
            .init(
              "D", .comparison, x: x, y: quantiles.map { $0.value ?? .nan },
              lower: quantiles.map { $0.value == nil ? .nan : $0.interval.lowerBound },
              upper: quantiles.map { $0.value == nil ? .nan : $0.interval.upperBound }),
          ])))
  }
}

// MARK: - Tables

extension CertificateRun {
  private func explicitTable(_ terms: CertificateTerms) -> ReportTable {
    ReportTable(
      "certificate", title: "The certificate, with every constant",
      columns: ["term", "value", "upper limit", "what it bounds", "times too large", "how"],
      rows: terms.explicit.map {
        [
          .text($0.name), .init($0.value), .init($0.limit), .init($0.measured),
          .init($0.looseness), .text($0.note),
        ]
      } + [
        [
          .text("early stop, W2 in data units"), .init(terms.earlyStop), .none, .none, .none,
          .text("(1 - alpha)^2 m_2^2 + sigma^2 d, root"),
        ]
      ],
      note: sizes + " The limits hold together with 95%. "
        + (range == nil
          ? "What each term bounds can be had on the line only."
          : "What the terms bound is exact: distances of the samples' density, by quadrature. The "
            + "estimate against the exact score, the steps from q_T, and the start after all steps.")
    )
  }

  private func distanceTable(_ terms: CertificateTerms) -> ReportTable {
    var rows: [[ReportTable.Cell]] = []
    func add(
      _ name: String, _ chain: Chain, _ report: MetricReport?, _ errors: [Double]?,
      _ certificate: PathCertificate?
    ) {
      rows.append([
        .text(name), .init(distances[chain]), .init(report?.value), .init(report?.nullMean),
        .init(report?.nullHigh), .init(certificate?.bound),
        .init(errors.flatMap { CertificateTerms.l2Route($0) }),
      ])
    }
    if !isExact { add("the network", .followed, variation, scoreErrors, bounds?.certificate) }
    add("exact", .exact, exactVariation, nil, PathCertificate(accumulated: [0]))
    for baseline in baselines {
      add(
        baseline.name, baseline.chain, nil, baseline.scoreErrors,
        baseline.scoreErrors.isEmpty ? nil : PathCertificate(accumulated: baseline.scoreErrors))
    }
    return ReportTable(
      "distances", title: "The samples of each score",
      columns: [
        "score", "TV, exact", "TV by histogram", "TV null mean", "TV null, 95%", "score term",
        "L2 route",
      ], rows: rows,
      note: sizes + " One Gaussian has the law's mean and covariance. Exact distances are on the "
        + "line; those of the histogram include its noise, whose mean is the null's.")
  }

  private var sweepTable: ReportTable {
    let groups = [
      ("the law", sweep.law), ("N(0, \(Caption.number(bench.variance)) I)", sweep.steps),
      ("N(0, \(Caption.number(bench.variance)) I)", sweep.dimensions),
    ]
    return ReportTable(
      "steps", title: "What the steps alone cost, and their bounds",
      columns: [
        "data", "N", "d", "TV of the steps", "sqrt(KL / 2)", "times too large",
        "sqrt(d/N) (T + log 1/gamma), <~",
      ],
      rows: groups.flatMap { name, rows in
        rows.map { row in
          [
            .text(name), .integer(row.steps), .integer(row.dimension), .number(row.distance),
            .number(row.bound), .number(row.bound / row.distance), .number(paperRate(row)),
          ]
        }
      },
      note: "The exact score, started from q_T; exact, no sampling error. Exponents: "
        + "\(Caption.number(sweep.lawExponent)) in N on the law, "
        + "\(Caption.number(sweep.stepExponent)) in N and \(Caption.number(sweep.dimensionExponent)) in d on "
        + "the Gaussian; the bounds have -1/2 and 1/2. The certificate takes the bound twice.")
  }

  private func corollaryTable(_ terms: [CertificateTerms.Term]) -> ReportTable {
    ReportTable(
      "corollary", title: "Corollary B.6, constants unknown", columns: ["term", "value", "how"],
      rows: terms.map { [.text($0.name), .init($0.value), .text($0.note)] },
      note: sizes + " Each term holds up to a constant that the paper does not give.")
  }
}
