import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

/// What the descents say of the condition.
struct PolyakLojasiewiczFindings: ExperimentFindings {
  let plan: PolyakLojasiewiczPlan
  let isDone: Bool
  /// One a variance.
  private(set) var linear: [Descent] = []
  /// `[scales][draws]`.
  private(set) var networks: [[Descent]]
  private var minimum: NetworkMinimum?

  init(_ plan: PolyakLojasiewiczPlan, _ records: PolyakLojasiewiczPlan.Records) {
    self.plan = plan
    isDone = records.isComplete
    networks = plan.values.scales.map { _ in [] }
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (_, .least(let found)): minimum = found
      case (.linear, .descent(let descent)): linear.append(descent)
      case (.network(let scale, _), .descent(let descent)): networks[scale].append(descent)
      case (.least, .descent): preconditionFailure("A unit's record is of its kind.")
      }
    }
  }

  var values: PolyakLojasiewicz { plan.values }

  /// The least loss above the floor that is known of the network.
  var least: Double {
    let ends = networks.flatMap { $0 }.flatMap { [$0.end] + $0.places.map(\.loss) }
    return (ends + (minimum.map { [$0.loss] } ?? [])).min() ?? .nan
  }

  /// The variance of noisy normal data.
  func noisyVariance(_ place: Int) -> Double {
    let level = values.level
    return level.alpha * level.alpha * values.variances[place] + level.sigma * level.sigma
  }

  /// The ratio of a linear score of the two atoms.
  private var lineRatio: Double {
    let (level, reach) = (values.level, values.separation / 2)
    return 2 * (level.alpha * level.alpha * reach * reach + level.sigma * level.sigma)
  }

  /// The ratios along a descent with their steps, as long as the loss above its least is more than
  /// float32 rounding.
  func ratios(_ descent: Descent, least: Double) -> [(step: Int, ratio: Double)] {
    let first = descent.places.first?.loss ?? .nan
    return descent.places.compactMap { place in
      place.loss - least > 1e-6 * first ? (place.step, place.ratio(least: least)) : nil
    }
  }

  func leastRatio(_ descent: Descent) -> Double {
    ratios(descent, least: least).map(\.ratio).min() ?? .nan
  }

  func largestRatio(_ descent: Descent) -> Double {
    ratios(descent, least: least).map(\.ratio).max() ?? .nan
  }
}

// MARK: - Checks

extension PolyakLojasiewiczFindings {
  var checks: [Check] {
    [
      Check(
        .claim, "falls_along_descents",
        "largest ratio over the least along a descent from the usual first weights, logarithm to 10",
        meanOf: drawn { log10(largestRatio($0) / leastRatio($0)) }, .atLeast(1),
        basis: "a factor of ten; Student's t over first weights"),
      Check(
        .claim, "below_linear",
        "least ratio along a descent from the usual first weights over that of a line, logarithm to 10",
        meanOf: drawn { log10(leastRatio($0) / lineRatio) }, .atMost(-2),
        basis:
          "twice the noisy variance for a line; a hundredth at most; Student's t over first weights"
      ),
      Check(
        .agreement, "power_at_start", "power of the scale of the ratio at the first weights",
        measured: powers { descent in
          descent.places.first?.ratio(least: least) ?? .nan
        }.map { Estimate($0).value }, .near(2, tolerance: 0.01),
        basis: "output weights start at 0, so the gradient is in proportion to the hidden units"),
      Check(
        .agreement, "linear_ratio",
        "largest relative miss of a linear score's ratio from twice the variance",
        measured: isDone ? largestMiss : nil, .atMost(1e-3),
        basis: "L - L* = v (a - a*)^2; float32 passes"),
      Check(
        .agreement, "linear_contraction",
        "largest relative miss of a linear score's loss after 10 steps",
        measured: isDone ? largestContractionMiss : nil, .atMost(1e-3),
        basis: "(1 - 2 v rate)^(2 k); float32 passes"),
    ]
  }

  /// A number of each descent from the usual first weights; nil before all are there.
  private func drawn(_ number: (Descent) -> Double) -> [Double]? {
    isDone ? networks.first?.map(number) : nil
  }

  /// The power of the scale of a number of descents, draw by draw.
  private func powers(_ number: (Descent) -> Double) -> [Double]? {
    guard isDone else { return nil }
    return (0..<values.repeats).map { draw in
      LineFit.powerLaw(x: values.scales, y: networks.map { number($0[draw]) })?.slope ?? .nan
    }
  }

  private var largestMiss: Double {
    largest(
      linear.enumerated().flatMap { place, descent in
        ratios(descent, least: 0).map { abs($0.ratio / (2 * noisyVariance(place)) - 1) }
      })
  }

  private var largestContractionMiss: Double {
    largest(
      linear.enumerated().map { place, descent in
        guard let first = descent.places.first,
          let later = descent.places.last(where: { $0.step <= 10 })
        else { return .nan }
        let factor = 1 - 2 * noisyVariance(place) * values.rate
        return abs(later.loss / first.loss / pow(factor, Double(2 * later.step)) - 1)
      })
  }

  private func largest(_ numbers: [Double]) -> Double {
    numbers.isEmpty || numbers.contains(where: \.isNaN) ? .nan : numbers.max() ?? .nan
  }
}
