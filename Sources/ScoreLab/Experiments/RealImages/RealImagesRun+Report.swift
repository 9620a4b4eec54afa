import ScoreCore

extension RealImagesRun {
  var report: ExperimentReport {
    ExperimentReport(
      title: "Score error on real images",
      claim: "A network trained on images follows the exact score of the smoothed training part, "
        + "which memorises, at noisy training images; at low noise it does not at held-out ones, "
        + "where it is nearer to the score of the images it never saw.",
      source: "Vincent 2011; Yoon et al. 2023 for memorising; Gupta et al. 2024 (arXiv:2311.13745) "
        + "for D_delta",
      caveats: [
        "The exact score is that of a kernel estimate with bandwidth \(split.bandwidth), not of the "
          + "population of images, which nobody knows. The law of the held-out part stands for it, "
          + "and has its own memory of \(split.heldOut.count) images.",
        "In \(split.training.dimension) dimensions chance gives no near copies at all, so a "
          + "memorisation ratio near 0 says little; compare it with that of the exact score.",
      ],
      figures: [l2Figure, quantileFigure, generalizationFigure] + imageFigures,
      tables: [errorTable, lossTable, memorizationTable], checks: checks)
  }

  private var trained: [(place: ImageErrors, found: ImageErrors.Training)] {
    levels.compactMap { place in place.training.map { (place, $0) } }
  }

  private var heldOut: [(place: ImageErrors, found: ImageErrors.HeldOut)] {
    levels.compactMap { place in place.heldOut.map { (place, $0) } }
  }

  /// What is measured, for captions.
  private var setting: String {
    "\(split.training.count) images to learn and \(split.heldOut.count) held out, each smoothed by "
      + "\(split.bandwidth); \(values.steps) steps on fresh draws of the smoothed training part. "
      + "\(run.probe.points) points a level; all errors times sigma."
  }
}

// MARK: - Figures

extension RealImagesRun {
  private func trainedSeries(
    _ label: String, _ role: Plot.Role, _ value: (ImageErrors.Training) -> Double
  ) -> Plot.Series {
    .init(
      label, role, x: trained.map(\.place.level.noiseRatio), y: trained.map { value($0.found) })
  }

  private func heldOutSeries(
    _ label: String, _ role: Plot.Role, _ value: (ImageErrors.HeldOut) -> Double
  ) -> Plot.Series {
    .init(
      label, role, x: heldOut.map(\.place.level.noiseRatio), y: heldOut.map { value($0.found) })
  }

  private func plot(_ error: String, _ series: [Plot.Series]) -> Figure.Content {
    .plot(
      Plot(
        x: .init("noise level sigma / alpha, pixels' deviations", isLogarithmic: true),
        y: .init("sigma \(error)", isLogarithmic: true), series: series))
  }

  private var l2Figure: Figure {
    Figure(
      "l2", title: "L2 error against noise level",
      caption: "Network against the exact score of the smoothed training part. \(setting)",
      plot(
        "L2",
        [
          trainedSeries("at noisy training images", .measured, \.network.l2),
          heldOutSeries("at noisy held-out images", .comparison, \.network.l2),
        ]))
  }

  private var quantileFigure: Figure {
    Figure(
      "d_delta", title: "D_delta error against noise level",
      caption: "Network against the exact score of the smoothed training part, delta = "
        + "\(run.probe.delta). \(setting)",
      plot(
        "D_delta",
        [
          trainedSeries("at noisy training images", .measured, \.network.quantile),
          heldOutSeries("at noisy held-out images", .comparison, \.network.quantile),
        ]))
  }

  private var generalizationFigure: Figure {
    Figure(
      "generalization", title: "Who knows images that were never seen",
      caption: "L2 at noisy held-out images against the exact score of the smoothed held-out part, "
        + "which is the square root of the denoising loss there above its floor. \(setting)",
      plot(
        "L2",
        [
          heldOutSeries("network", .measured, \.generalization.l2),
          heldOutSeries("exact score of the training part", .comparison, \.memorizing.l2),
        ]))
  }

  private var imageFigures: [Figure] {
    guard let side = split.side else { return [] }
    let columns = min(10, run.sampler.count)
    func first(_ points: Points) -> Points { points.rows(0..<columns) }
    var rows: [(label: String, points: Points)] = [
      ("training images", first(split.training)), ("held-out images", first(split.heldOut)),
    ]
    for (source, label) in [(Source.network, "network"), (.exact, "exact score")] {
      guard let sample = samples[source].map(first), sample.values.allSatisfy(\.isFinite) else {
        continue
      }
      rows.append(("samples, \(label)", sample))
      rows.append(("their nearest training images", split.nearest(to: sample)))
    }
    return [
      Figure(
        "images", title: "Images and samples",
        caption: "The first \(columns) of each kind; both samplers are driven by the same noise. "
          + "Samples stop at time \(ConfigurationText.number(levels[0].time)).",
        .images(
          ImageGrid(
            width: side, height: side, columns: columns,
            values: rows.flatMap { split.pixels($0.points) }, rowLabels: rows.map(\.label))))
    ]
  }
}

// MARK: - Tables

extension RealImagesRun {
  private var errorTable: ReportTable {
    ReportTable(
      "errors", title: "Errors at every level",
      columns: [
        "time", "sigma/alpha", "L2 at training images", "D_delta there", "L2 at held-out images",
        "D_delta there", "L2 to held-out law, network", "L2 to held-out law, memorising score",
      ],
      rows: levels.filter { $0.heldOut != nil }.map { place in
        let (a, b) = (place.training, place.heldOut)
        return [
          place.time, place.level.noiseRatio, a?.network.l2, a?.network.quantile, b?.network.l2,
          b?.network.quantile, b?.generalization.l2, b?.memorizing.l2,
        ].map { ReportTable.Cell($0) }
      },
      note: "The first four errors are against the exact score of the training part; delta = "
        + "\(run.probe.delta). \(setting)")
  }

  private var lossTable: ReportTable {
    ReportTable(
      "losses", title: "Denoising loss at noisy training images",
      columns: [
        "time", "loss of the network", "loss of the exact score", "difference", "standard error",
        "L2^2",
      ],
      rows: trained.map { place, found in
        [
          .number(place.time), .number(found.loss), .number(found.floor),
          .number(found.excess.value), .number(found.excess.standardError),
          .number(found.network.l2 * found.network.l2),
        ]
      },
      note:
        "Mean squared error of the predicted noise, summed over pixels, at the same points; the "
        + "exact score's is the Bayes floor. \(setting)")
  }

  private var memorizationTable: ReportTable {
    ReportTable(
      "memorization", title: "Memorisation ratio",
      columns: ["sample", "share", "null mean", "null 5%", "null 95%", "verdict"],
      rows: Source.allCases.compactMap { source in
        memorization[source].map { report in
          [
            .text(source.rawValue), .number(report.value), .number(report.nullMean),
            .number(report.nullLow), .number(report.nullHigh), .text(report.verdict.rawValue),
          ]
        }
      },
      note: "Share of \(run.sampler.count) points with d_1/d_2 < 1/3, the distances to the two "
        + "nearest training images. The null splits sample and fresh data at random, 19 times.")
  }

  // MARK: - Checks

  private var checks: [Check] {
    let isMeasured = trained.count == levels.count && heldOut.count == levels.count
    let errors =
      trained.map(\.found.network)
      + heldOut.flatMap { [$0.found.network, $0.found.generalization, $0.found.memorizing] }
    let ratios = errors.map(\.markovRatio)
    let excesses = trained.map { $0.found.excess.value / $0.found.excess.standardError }
    let remainders = trained.map {
      abs($0.found.remainder.value) / $0.found.remainder.standardError
    }
    func largest(_ values: [Double]) -> Double? {
      isMeasured ? values.contains(where: \.isNaN) ? .nan : values.max() : nil
    }
    return [
      Check(
        .agreement, "score_by_differences",
        "exact score against central differences of its log density, relative",
        measured: differenceError, .atMost(1e-5), basis: "8 points; truncation and rounding"),
      Check(
        .identity, "markov",
        "largest D_delta sqrt(delta) / L2 over levels and points", measured: largest(ratios),
        .atMost(1 + 1e-6), basis: "Markov's inequality on the same points, rounding of float32"),
      Check(
        .identity, "loss_above_floor",
        "least loss above the floor over levels, in standard errors",
        measured: largest(excesses.map { -$0 }).map { -$0 }, .atLeast(-4),
        basis: "no score has a smaller loss than the exact one, 4 standard errors"),
      Check(
        .agreement, "excess_is_l2",
        "largest gap of loss minus floor to L2^2 over levels, in standard errors",
        measured: largest(remainders), .atMost(4.5), basis: "Vincent 2011, 4.5 standard errors"),
      Check(
        .claim, "training_below_held_out",
        "L2 at training images over L2 at held-out ones, at the least noise",
        measured: isMeasured
          ? levels[0].training.flatMap { a in
            levels[0].heldOut.map { a.network.l2 / $0.network.l2 }
          } : nil, .atMost(1), basis: "the network never saw held-out images"),
      Check(
        .agreement, "memorising_samples",
        "memorisation ratio of the exact score's samples minus the upper end of its null",
        measured: memorization[.exact].map { $0.value - $0.nullHigh }, .atLeast(0),
        basis: "the exact score of the training part draws its images, smoothed"),
    ]
  }
}
