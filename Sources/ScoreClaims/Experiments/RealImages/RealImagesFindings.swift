import ScoreCore
import ScoreLab

/// What the errors and the samples say of the claim.
struct RealImagesFindings: ExperimentFindings {
  typealias Source = RealImagesPlan.Source

  let values: RealImages
  let run: RunConfiguration
  let split: ImageSplit
  var levels: [ImageErrors]
  /// The largest relative gap between the exact score and differences of the log density.
  private(set) var differenceError: Double?
  /// Finished samples, in model coordinates.
  private(set) var samples: [Source: Points] = [:]
  /// Nil for a sample that is not finite.
  private(set) var copies: [Source: RealImagesPlan.Copies?] = [:]

  init(_ plan: RealImagesPlan, _ records: RealImagesPlan.Records) {
    (values, run, split) = (plan.values, plan.run, plan.split)
    levels = plan.places.map { ImageErrors(time: $0.time, level: $0.level) }
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (_, .differences(let gap)): differenceError = gap
      case (.atTraining(let level), .atTraining(let found)): levels[level].training = found
      case (.atHeldOut(let level), .atHeldOut(let found)): levels[level].heldOut = found
      case (.sample(let source), .sample(let points)): samples[source] = points.points
      case (.copies(let source), .copies(let found)): copies[source] = .some(found)
      case (_, .trained), (_, .atTraining), (_, .atHeldOut), (_, .sample), (_, .copies): break
      }
    }
  }
}

// MARK: - Checks

extension RealImagesFindings {
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
        : "a network that has learned more than mean and covariance; 95% interval of the same "
          + "points"
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
      .near(1, tolerance: 0.1),
      basis: "only the means are left of two distributions under such noise")
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
