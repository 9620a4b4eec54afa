import ScoreCore
import ScoreLab

extension RealImagesFindings {
  var caveats: [String] {
    [
      "The exact score is that of a kernel estimate with bandwidth \(split.bandwidth), not of the "
        + "population of images, which nobody knows. The distribution of the held-out part stands "
        + "for it, "
        + "and has its own memory of \(split.heldOut.count) images.",
      "At high noise the distribution is its mean: the means of the two parts are "
        + "\(Caption.number(split.meanDistance)) apart, and that over sigma/alpha is the floor of "
        + "the error at held-out images for whatever was learned of the training images.",
      "In \(split.training.dimension) dimensions chance gives no near copies at all, so a "
        + "share near 0 says little; compare it with that of the exact score.",
    ]
  }

  var exhibits: [Exhibit] {
    [
      .figure(l2Figure), .figure(quantileFigure), .figure(generalizationFigure),
      .figure(generalizationQuantileFigure),
    ]
      + imageFigures.map { figure in .figure(figure) }
      + [.table(errorTable), .table(baselineTable), .table(lossTable), .table(copyTable)]
  }

  var trained: [(place: ImageErrors, found: ImageErrors.Training)] {
    levels.compactMap { place in place.training.map { (place, $0) } }
  }

  var heldOut: [(place: ImageErrors, found: ImageErrors.HeldOut)] {
    levels.compactMap { place in place.heldOut.map { (place, $0) } }
  }

  /// What is measured, for captions.
  var setting: String {
    "\(split.training.count) images to learn and \(split.heldOut.count) held out, each smoothed by "
      + "\(split.bandwidth); \(values.steps) steps on fresh draws of the smoothed training part. "
      + "\(run.probe.points) points a level; all errors times sigma."
  }
}

// MARK: - Figures

extension RealImagesFindings {
  private func trainedSeries(
    _ label: String, _ role: Plot.Role, _ value: (ImageErrors.Training) -> Double
  ) -> Plot.Series {
    .init(
      label, role, x: trained.map(\.place.level.noiseRatio), y: trained.map { value($0.found) })
  }

  private func trainedSeries(
    _ label: String, _ role: Plot.Role, interval value: (ImageErrors.Training) -> QuantileEstimate
  ) -> Plot.Series {
    quantileSeries(label, role, trained.map { ($0.place, value($0.found)) })
  }

  private func heldOutSeries(
    _ label: String, _ role: Plot.Role, _ value: (ImageErrors.HeldOut) -> Double
  ) -> Plot.Series {
    .init(
      label, role, x: heldOut.map(\.place.level.noiseRatio), y: heldOut.map { value($0.found) })
  }

  private func heldOutSeries(
    _ label: String, _ role: Plot.Role, interval value: (ImageErrors.HeldOut) -> QuantileEstimate
  ) -> Plot.Series {
    quantileSeries(label, role, heldOut.map { ($0.place, value($0.found)) })
  }

  private func quantileSeries(
    _ label: String, _ role: Plot.Role, _ found: [(place: ImageErrors, value: QuantileEstimate)]
  ) -> Plot.Series {
    .init(
      label, role, x: found.map(\.place.level.noiseRatio),
      y: found.map { $0.value.value ?? .nan }, lower: found.map(\.value.interval.lowerBound),
      upper: found.map(\.value.interval.upperBound))
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
        + "\(run.probe.delta); 95% intervals by ranks. \(setting)",
      plot(
        "D_delta",
        [
          trainedSeries("at noisy training images", .measured, interval: \.network.quantile),
          heldOutSeries("at noisy held-out images", .comparison, interval: \.network.quantile),
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
          heldOutSeries("network", .measured, \.generalization.l2)
        ]
          + zip(ImageErrors.Baseline.allCases, [Plot.Role.muted, .comparison, .null]).map {
            baseline, role in
            heldOutSeries(baseline.rawValue, role) { $0.baselines[baseline]?.l2 ?? .nan }
          } + [
            .init(
              "floor, distance of the means over the level", .exact,
              x: heldOut.map(\.place.level.noiseRatio), y: heldOut.map { floor($0.place) })
          ]))
  }

  private var generalizationQuantileFigure: Figure {
    Figure(
      "generalization_d_delta", title: "The same in D_delta",
      caption: "D_delta at noisy held-out images against the exact score of the smoothed held-out "
        + "part, delta = \(run.probe.delta); 95% intervals by ranks. \(setting)",
      plot(
        "D_delta",
        [heldOutSeries("network", .measured, interval: \.generalization.quantile)]
          + zip(ImageErrors.Baseline.allCases, [Plot.Role.muted, .comparison, .null]).map {
            baseline, role in
            quantileSeries(
              baseline.rawValue, role,
              heldOut.compactMap { place, found in
                found.baselines[baseline].map { (place, $0.quantile) }
              })
          }))
  }

  private var imageFigures: [Figure] {
    guard let images = split.images else { return [] }
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
            width: images.width, height: images.height, columns: columns,
            values: rows.flatMap { images.pixels(split.frame.userUnits($0.points)) },
            rowLabels: rows.map(\.label))))
    ]
  }
}
