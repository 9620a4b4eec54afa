import ScoreCore
import ScoreLab
import ScoreTheory

extension CertificateFindings {
  func explicitTable(_ terms: CertificateTerms) -> ReportTable {
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
            + "estimate against the exact score, the steps from q_T, and the start after all "
            + "steps.")
    )
  }

  func distanceTable(_ terms: CertificateTerms) -> ReportTable {
    var rows: [[ReportTable.Cell]] = []
    func add(
      _ name: String, _ chain: Chain, _ report: MetricResult?, _ errors: [Double]?,
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
      note: sizes
        + " One Gaussian has the distribution's mean and covariance. Exact distances are on the "
        + "line; those of the histogram include its noise, whose mean is the null's.")
  }

  var sweepTable: ReportTable {
    let groups = [
      ("the distribution", sweep.distribution),
      ("N(0, \(Caption.number(values.variance)) I)", sweep.steps),
      ("N(0, \(Caption.number(values.variance)) I)", sweep.dimensions),
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
        + "\(Caption.number(sweep.distributionExponent)) in N on the distribution, "
        + "\(Caption.number(sweep.stepExponent)) in N and "
        + "\(Caption.number(sweep.dimensionExponent)) in d on "
        + "the Gaussian; the bounds have -1/2 and 1/2. The certificate takes the bound twice.")
  }

  func corollaryTable(_ terms: [CertificateTerms.Term]) -> ReportTable {
    ReportTable(
      "corollary", title: "Corollary B.6, constants unknown", columns: ["term", "value", "how"],
      rows: terms.map { [.text($0.name), .init($0.value), .text($0.note)] },
      note: sizes + " Each term holds up to a constant that the paper does not give.")
  }
}
