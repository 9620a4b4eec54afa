import ScoreCore
import ScoreLab

extension RealImagesFindings {
  /// What the distance of the parts' means leaves of the error at a level of high noise.
  func floor(_ place: ImageErrors) -> Double { split.meanDistance / place.level.noiseRatio }

  var errorTable: ReportTable {
    ReportTable(
      "errors", title: "Errors of the network at every level",
      columns: [
        "time", "sigma/alpha", "L2 at training images", "D_delta at training images",
        "D_delta at training images: 95% low", "D_delta at training images: 95% high",
        "L2 at held-out images", "D_delta at held-out images",
        "D_delta at held-out images: 95% low", "D_delta at held-out images: 95% high",
      ],
      rows: levels.filter { $0.heldOut != nil }.map { place in
        let found = [place.training?.network, place.heldOut?.network]
        return
          ([place.time, place.level.noiseRatio]
          + found.flatMap { error in
            [
              error?.l2, error?.quantile.value, error?.quantile.interval.lowerBound,
              error?.quantile.interval.upperBound,
            ]
          }).map { ReportTable.Cell($0) }
      },
      note: "Against the exact score of the training part; delta = \(run.probe.delta), with 95% "
        + "intervals by ranks. \(setting)")
  }

  var baselineTable: ReportTable {
    let baselines = ImageErrors.Baseline.allCases
    return ReportTable(
      "baselines", title: "Who knows images that were never seen",
      columns: ["sigma/alpha", "network"] + baselines.map(\.rawValue) + [
        "floor", "network / Gaussian", "95% low", "95% high",
      ],
      rows: heldOut.map { place, found in
        let ratio = found.ratios[.gaussian]
        return
          ([place.level.noiseRatio, found.generalization.l2]
          + baselines.map { found.baselines[$0]?.l2 } + [
            floor(place), ratio?.value, ratio?.interval?.lowerBound, ratio?.interval?.upperBound,
          ]).map { ReportTable.Cell($0) }
      },
      note: "sigma L2 at noisy held-out images against the exact score of the smoothed held-out "
        + "part. The Gaussian has mean and covariance of the smoothed training part. The floor is "
        + "the distance of the parts' means, \(Caption.number(split.meanDistance)), over "
        + "sigma/alpha; it says something where noise covers all else. The ratio has a 95% "
        + "interval of the same points. \(setting)")
  }

  var lossTable: ReportTable {
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

  var copyTable: ReportTable {
    ReportTable(
      "copies", title: "Near copies of training images",
      columns: ["sample", "points", "near copies", "share", "95% low", "95% high"],
      rows: Source.allCases.compactMap { source in
        copies[source].map { found in
          [
            .text(source.rawValue), .integer(run.sampler.count),
            found.map { .integer($0.count) } ?? .none, ReportTable.Cell(found?.share),
            ReportTable.Cell(found?.interval.lowerBound),
            ReportTable.Cell(found?.interval.upperBound),
          ]
        }
      },
      note: "Points with d_1/d_2 < 1/3, the distances to the two nearest training images, and the "
        + "95% interval of Clopper and Pearson. Nothing is counted in a sample that is not finite.")
  }
}
