import ScoreCore
import ScoreLab
import ScoreTheory

extension CorruptedScoreFindings {
  var table: ReportTable {
    ReportTable(
      "corruption",
      title: "A kick of \(Caption.number(values.kick)) on a region of mass delta / N",
      columns: [
        "delta (union bound)", "cost in TV, over bins", "cost, low", "cost, high",
        "hit by the sampler", "standard error", "hit under exact paths",
        "path-wise certificate of the score", "its 95% margin",
        "whole certificate: score, discretisation and start", "TV to the distribution by histogram",
        "TV null, 95%", "L2 route", "L2^2 a step",
      ],
      rows: cases.map { row($0) },
      note:
        "\(sampled) points in \(paths.stepCount) steps. The cost is the distance of the samples "
        + "from those of the exact score; low and high hold it with 95%. The distance to the "
        + "distribution has "
        + "discretisation and start in it, so only the whole certificate bounds it. "
        + variationNote + " " + discretizationNote
        + (projection.isExact
          ? ""
          : " Regions from \(ProjectedDistribution.drawCount) draws of the distribution, exact in "
            + "the noise.")
    )
  }

  var baselineTable: ReportTable {
    func row(
      _ name: String, _ squares: Double?, _ accumulated: [Double], _ report: MetricResult?
    ) -> [ReportTable.Cell] {
      [
        .text(name), .init(squares),
        .init(
          accumulated.isEmpty ? nil : PathCertificate.pinsker(Estimate(accumulated).value)),
        .init(accumulated.isEmpty ? nil : PathCertificate(accumulated: accumulated).bound),
        .init(report?.value), .init(report?.nullHigh),
      ]
    }
    let largest = cases[tracedCase]
    return ReportTable(
      "baselines", title: "Scores that are off everywhere",
      columns: [
        "score", "L2^2 a step", "L2 route", "path-wise certificate",
        "TV to the distribution by histogram",
        "TV null, 95%",
      ],
      rows: [row("exact", 0, [0], exactVariation)]
        + baselines.map {
          row(
            $0.name, $0.squares.isEmpty ? nil : Estimate($0.squares).value, $0.accumulated,
            $0.variation)
        } + [
          row(
            "corrupted, delta = \(largest.delta)",
            values.kick * values.kick * largest.delta / Double(paths.stepCount),
            largest.accumulated, largest.variation)
        ],
      note:
        "\(sampled) points. A small error everywhere costs more than a huge one on a small event, "
        + "which L2 orders the other way round. One Gaussian has the distribution's mean and "
        + "covariance."
    )
  }

  private var variationNote: String {
    guard let exactVariation else { return "Histograms are for 1 or 2 dimensions." }
    return
      "With the exact score on the same noise the histogram gives "
      + "\(Caption.number(exactVariation.value)) "
      + "(null mean \(Caption.number(exactVariation.nullMean)))."
  }

  private var discretizationNote: String {
    guard let freezing, let start else { return "" }
    return
      "Discretisation is bounded by 2 sqrt(\(Caption.number(freezing.value)) / 2), the start by "
      + "\(Caption.number(start.value)) "
      + "(standard error \(Caption.number(start.standardError))); the sampler's true "
      + "discretisation is far less."
  }

  private func row(_ place: Case) -> [ReportTable.Cell] {
    let certificate = place.certificate
    return [
      .number(place.delta), .init(place.cost?.variation), .init(place.cost?.interval.lowerBound),
      .init(place.cost?.interval.upperBound), .number(hitShare(place)), .number(hitError(place)),
      .init(
        place.accumulated.isEmpty ? nil : Estimate(place.accumulated.map { $0 > 0 ? 1 : 0 }).value),
      .init(certificate?.bound), .init(certificate?.margin), .init(whole(place)),
      .init(place.variation?.value), .init(place.variation?.nullHigh), .number(l2Route(place)),
      .number(values.kick * values.kick * place.delta / Double(paths.stepCount)),
    ]
  }

  /// Score, discretisation and start together: a bound on the distance to the distribution.
  func whole(_ place: Case) -> Double? {
    guard let certificate = place.certificate, let freezing, let start else { return nil }
    return certificate.bound + 2 * PathCertificate.pinsker(freezing.value) + start.value
  }

  var pairTable: ReportTable {
    let rows: [(String, Double?)] = [
      (
        "TV(p_1, p_2) = eta (2 Phi(R) - 1) at the stop, closed form",
        pair.pair.totalVariation(time: pair.process.stop)
      ),
      ("the same over three cells, closed form", pair.exactVariation),
      ("sampled with the score of p_2, three cells", pair.isFinished ? pair.wrongVariation : nil),
      ("sampled with the score of p_1, three cells", pair.isFinished ? pair.rightVariation : nil),
      ("path-wise certificate of the wrong score", pairBounds?.certificate.bound),
      ("its 95% margin", pairBounds?.certificate.margin),
      ("union bound with delta = 2 eta a step", pairBounds?.union),
      ("L2 route, sqrt(sum h L2^2 / 2)", pairBounds?.l2Route),
      ("its limit sqrt(KL(p_1 || p_2) / 2)", pairBounds?.l2Limit),
    ]
    return ReportTable(
      "pair", title: "Sampling with the wrong candidate of the pair",
      columns: ["total variation distance to p_1, or a bound", "value"],
      rows: rows.map { [.text($0.0), .init($0.1)] },
      note:
        "R = \(Caption.number(pair.pair.separation)), eta = \(Caption.number(pair.pair.eta)), "
        + "\(pair.sampled) points in "
        + "\(pair.times.count - 1) steps of exponential_decay; a standard error of the sampled "
        + "distances is about \(Caption.number(pair.standardError)), and chance alone gives about "
        + "as much."
    )
  }
}
