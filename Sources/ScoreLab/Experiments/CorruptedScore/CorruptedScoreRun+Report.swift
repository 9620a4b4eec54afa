import ScoreCore

extension CorruptedScoreRun {
  var report: ExperimentReport {
    ExperimentReport(
      title: "Corrupted score",
      claim: "A score that is wrong by any amount on an event of mass delta / N at each of N steps "
        + "costs at most about delta in total variation, where the L2 bound says nothing.",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 1.3, Theorem B.7 and Lemma 4.1",
      caveats: [
        "The paper's bounds hide constants and logarithms; those here have explicit constants and "
          + "are derived, not quoted.",
        "A point counts as hit if it differs from the one that the exact score makes of the same "
          + "noise. The share of hit points bounds the total variation between the two samples; "
          + "the histogram sees bins only.",
        "On the pair the path-wise certificate is far above eta: while the parts are a few "
          + "deviations apart, many paths of the bulk gather small errors, and Pinsker's square "
          + "root makes them count. It is still below the L2 route and the union bound.",
      ],
      figures: [trajectories, bounds], tables: [table, baselineTable, pairTable], checks: checks)
  }

  var sampled: Int { exactOutput.count }

  func hitShare(_ place: Case) -> Double {
    sampled == 0 ? .nan : Double(place.hitCount) / Double(sampled)
  }

  private func hitError(_ place: Case) -> Double {
    let p = hitShare(place)
    return (p * (1 - p) / Double(sampled)).squareRoot()
  }

  /// `sqrt(sum_k h_k K^2 delta / N / 2)`.
  private func l2Route(_ place: Case) -> Double {
    let length = paths.process.horizon - paths.process.stop
    let perStep = bench.kick * bench.kick * place.delta / Double(paths.stepCount)
    return PathCertificate.pinsker(length * perStep)
  }
}

// MARK: - Figures

extension CorruptedScoreRun {
  /// Some paths that a kick hits among others that none does.
  private var trajectories: Figure {
    let place = cases[tracedCase]
    let distances = place.regions.values.map(\.distance)
    let reach = 2 * (distances.max() ?? 1) + abs(projection.mean)
    let share = hitShare(place)
    return Figure(
      "trajectories", title: "Paths that are hit, among others",
      caption:
        "\(traces.hit.count) of the paths that are hit (\(Caption.number(100 * share))% of "
        + "\(sampled), delta = \(place.delta)) and \(traces.other.count) of those that are not. "
        + "A kick of \(Caption.number(bench.kick)) throws a path out of the picture.",
      .plot(
        Plot(
          x: .init("time since the start, T - t", lower: 0, upper: paths.process.horizon),
          y: .init(
            "coordinate along the direction, data units", lower: -reach, upper: reach),
          series: [
            series("not hit", .muted, traces.other), series("hit", .measured, traces.hit),
          ] + edges(place))))
  }

  private func series(_ label: String, _ role: Plot.Role, _ tracks: [[Double]]) -> Plot.Series {
    let x = paths.times.map { paths.process.horizon - $0 }
    // A gap after each path keeps them apart.
    return .init(
      label, role, x: tracks.flatMap { _ in x + [x[x.count - 1]] },
      y: tracks.flatMap { $0 + [.nan] })
  }

  private func edges(_ place: Case) -> [Plot.Series] {
    let known = paths.times.compactMap { time in
      place.regions[paths.process.level(at: time)].map { (paths.process.horizon - time, $0) }
    }
    return [-1.0, 1].map { side in
      .init(
        "edge of the region", .exact, x: known.map(\.0),
        y: known.map { $0.1.centre + side * $0.1.distance })
    }
  }

  private var bounds: Figure {
    let x = cases.map(\.delta)
    let shares = cases.map { hitShare($0) }
    let certificates = cases.map(\.certificate)
    let hitErrors = cases.map { hitError($0) }
    return Figure(
      "bounds", title: "What the corruption costs, and what bounds say",
      caption: "\(sampled) points; intervals of 2 standard errors. The L2 route is beyond 1, where "
        + "it says nothing, unless the kick is small. Total variation by 64 bins includes "
        + "discretisation and the bins' noise.",
      .plot(
        Plot(
          x: .init("delta = steps x mass of the region", isLogarithmic: true),
          y: .init("total variation distance", isLogarithmic: true),
          series: [
            .init("union bound", .claimed, x: x, y: x),
            .init(
              "share of points hit", .measured, x: x, y: shares,
              lower: zip(shares, hitErrors).map { max(0, $0 - 2 * $1) },
              upper: zip(shares, hitErrors).map { $0 + 2 * $1 }),
            .init(
              "whole certificate", .exact, x: x, y: cases.map { whole($0) ?? .nan }),
            .init(
              "its score term", .exact, .points, x: x,
              y: certificates.map { $0?.bound ?? .nan }),
            .init(
              "total variation by histogram", .comparison, .points, x: x,
              y: cases.map { $0.variation?.value ?? .nan }),
            .init("L2 route", .muted, x: x, y: cases.map { l2Route($0) }),
          ],
          marks: exactVariation.map {
            [.init("histogram, exact score", at: $0.value, isVertical: false)]
          } ?? [])))
  }
}

// MARK: - Tables

extension CorruptedScoreRun {
  private var table: ReportTable {
    ReportTable(
      "corruption",
      title: "A kick of \(Caption.number(bench.kick)) on a region of mass delta / N",
      columns: [
        "delta (union bound)", "cost in TV, over bins", "cost, low", "cost, high",
        "hit by the sampler", "standard error", "hit under exact paths",
        "path-wise certificate of the score", "its 95% margin",
        "whole certificate: score, discretisation and start", "TV to the law by histogram",
        "TV null, 95%", "L2 route", "L2^2 a step",
      ],
      rows: cases.map { row($0) },
      note:
        "\(sampled) points in \(paths.stepCount) steps. The cost is the distance of the samples "
        + "from those of the exact score; low and high hold it with 95%. The distance to the law has "
        + "discretisation and start in it, so only the whole certificate bounds it. "
        + variationNote + " " + discretizationNote
        + (projection.isExact
          ? "" : " Regions from \(ProjectedLaw.drawCount) draws of the law, exact in the noise."))
  }

  private var baselineTable: ReportTable {
    func row(
      _ name: String, _ squares: Double?, _ accumulated: [Double], _ report: MetricReport?
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
        "score", "L2^2 a step", "L2 route", "path-wise certificate", "TV to the law by histogram",
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
            bench.kick * bench.kick * largest.delta / Double(paths.stepCount),
            largest.accumulated, largest.variation)
        ],
      note:
        "\(sampled) points. A small error everywhere costs more than a huge one on a small event, "
        + "which L2 orders the other way round. One Gaussian has the law's mean and covariance.")
  }

  private var variationNote: String {
    guard let exactVariation else { return "Histograms are for 1 or 2 dimensions." }
    return
      "With the exact score on the same noise the histogram gives \(Caption.number(exactVariation.value)) "
      + "(null mean \(Caption.number(exactVariation.nullMean)))."
  }

  private var discretizationNote: String {
    guard let freezing, let start else { return "" }
    return
      "Discretisation is bounded by 2 sqrt(\(Caption.number(freezing.value)) / 2), the start by \(Caption.number(start.value)) "
      + "(standard error \(Caption.number(start.standardError))); the sampler's true discretisation is far less."
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
      .number(bench.kick * bench.kick * place.delta / Double(paths.stepCount)),
    ]
  }

  /// Score, discretisation and start together: a bound on the distance to the law.
  func whole(_ place: Case) -> Double? {
    guard let certificate = place.certificate, let freezing, let start else { return nil }
    return certificate.bound + 2 * PathCertificate.pinsker(freezing.value) + start.value
  }

  private var pairTable: ReportTable {
    let rows: [(String, Double?)] = [
      (
        "TV(p_1, p_2) = eta (2 Phi(R) - 1) at the stop, closed form",
        pair.pair.totalVariation(time: pair.process.stop)
      ),
      ("the same over three cells, closed form", pair.exactVariation),
      ("sampled with the score of p_2, three cells", pair.isFinished ? pair.wrongVariation : nil),
      ("sampled with the score of p_1, three cells", pair.isFinished ? pair.rightVariation : nil),
      ("path-wise certificate of the wrong score", pair.bounds?.certificate.bound),
      ("its 95% margin", pair.bounds?.certificate.margin),
      ("union bound with delta = 2 eta a step", pair.bounds?.union),
      ("L2 route, sqrt(sum h L2^2 / 2)", pair.bounds?.l2Route),
      ("its limit sqrt(KL(p_1 || p_2) / 2)", pair.bounds?.l2Limit),
    ]
    return ReportTable(
      "pair", title: "Sampling with the wrong candidate of the pair",
      columns: ["total variation distance to p_1, or a bound", "value"],
      rows: rows.map { [.text($0.0), .init($0.1)] },
      note:
        "R = \(Caption.number(pair.pair.separation)), eta = \(Caption.number(pair.pair.eta)), \(pair.sampled) points in "
        + "\(pair.times.count - 1) steps of exponential_decay; a standard error of the sampled "
        + "distances is about \(Caption.number(pair.standardError)), and chance alone gives about as much."
    )
  }
}
