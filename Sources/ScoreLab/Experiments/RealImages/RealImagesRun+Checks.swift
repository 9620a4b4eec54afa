import ScoreCore

// MARK: - Tables

extension RealImagesRun {
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

// MARK: - Checks

extension RealImagesRun {
  /// The level sigma/alpha from which the network need not win against one Gaussian: ten times the
  /// deviation of a pixel, where nothing but the mean is left to know.
  private static let highNoise = 10.0
  /// How much worse it may be there.
  private static let allowance = 1.2
  /// The share of near copies that is no sign of memorising.
  private static let fewCopies = 0.05

  var checks: [Check] {
    levels.indices.map(gaussianCheck)
      + [memorizingCheck, copyCheck(.network), copyCheck(.heldOut), exactCopies]
      + [floorCheck] + selfTests
  }

  private func gaussianCheck(_ index: Int) -> Check {
    let place = levels[index]
    let ratio = place.heldOut?.ratios[.gaussian]
    let isHigh = place.level.noiseRatio > Self.highNoise
    return Check(
      .claim, "network_over_gaussian",
      "L2 of the network over that of one Gaussian at held-out images, sigma/alpha = "
        + Caption.number(place.level.noiseRatio),
      measured: ratio?.value, interval: ratio?.interval, .atMost(isHigh ? Self.allowance : 1),
      basis: isHigh
        ? "the floor is the distance of the means, which both have; 20% for the network's own error"
        : "a network that has learned more than mean and covariance; 95% interval of the same points"
    )
  }

  private var memorizingCheck: Check {
    let ratio = levels[0].heldOut?.ratios[.memorizing]
    return Check(
      .claim, "network_over_memorizing",
      "L2 of the network over that of the memorising score at held-out images, at the least noise",
      measured: ratio?.value, interval: ratio?.interval, .atMost(0.5),
      basis: "a score that memorises has 1; 95% interval of the same points")
  }

  private func copyCheck(_ source: Source) -> Check {
    let isNetwork = source == .network
    return Check(
      isNetwork ? .claim : .agreement, isNetwork ? "network_copies" : "fresh_copies",
      "share of near copies of training images, \(source.rawValue)",
      measured: copies[source].map { $0?.share ?? .nan },
      interval: copies[source]??.interval, .atMost(Self.fewCopies),
      basis: isNetwork
        ? "a score that memorises gives nearly all; Clopper and Pearson"
        : "images of which no training image is the source; Clopper and Pearson")
  }

  private var exactCopies: Check {
    Check(
      .agreement, "exact_copies",
      "share of near copies of training images, \(Source.exact.rawValue)",
      measured: copies[.exact].map { $0?.share ?? .nan },
      interval: copies[.exact]??.interval, .atLeast(0.5),
      basis: "it draws the training images, smoothed; Clopper and Pearson")
  }

  private var floorCheck: Check {
    let place = levels[levels.count - 1]
    return Check(
      .agreement, "gaussian_at_floor",
      "L2 of one Gaussian at held-out images over the distance of the means / level, most noise",
      measured: place.heldOut.map { ($0.baselines[.gaussian]?.l2 ?? .nan) / floor(place) },
      .near(1, tolerance: 0.1), basis: "only the means are left of two laws under such noise")
  }

  private var selfTests: [Check] {
    let isMeasured = trained.count == levels.count && heldOut.count == levels.count
    let errors =
      trained.map(\.found.network)
      + heldOut.flatMap {
        [$0.found.network, $0.found.generalization] + Array($0.found.baselines.values)
      }
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
        .agreement, "excess_is_l2",
        "largest gap of loss minus floor to L2^2 over levels, in standard errors",
        measured: largest(remainders), .atMost(4.5), basis: "Vincent 2011, 4.5 standard errors"),
      Check(
        .identity, "markov",
        "largest D_delta sqrt(delta) / L2 over levels and points",
        measured: largest(errors.map(\.markovRatio)), .atMost(1 + 1e-6),
        basis: "Markov's inequality on the same points, rounding of float32"),
    ]
  }
}
