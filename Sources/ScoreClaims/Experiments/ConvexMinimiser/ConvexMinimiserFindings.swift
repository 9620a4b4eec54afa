import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// What minimisers, descents and samples say of the convex program.
struct ConvexMinimiserFindings: ExperimentFindings {
  typealias Plan = ConvexMinimiserPlan

  let plan: Plan
  private(set) var paths: [KinkLoss: [Plan.PathPlace]] = [:]
  /// In the order in which data sets were finished.
  private(set) var descents: [KinkLoss: [[Plan.DescentEnd]]] = [:]
  private(set) var laws: [KinkLoss: [Plan.LangevinLaws]] = [:]
  private(set) var splits: [Plan.ErrorSplit] = []
  private var errors: [Int: [Int: [Double]]] = [:]

  init(_ plan: Plan, _ records: Plan.Records) {
    self.plan = plan
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.path(let loss), .path(let found)): paths[loss] = found
      case (.descent(let loss, _), .descent(let found)): descents[loss, default: []].append(found)
      case (.langevin(let loss, _), .langevin(let found)): laws[loss, default: []].append(found)
      case (.statistical(let n, let batch), .statistical(let found)):
        errors[n, default: [:]][batch] = found
      case (.split, .split(let found)): splits.append(found)
      case (_, .path), (_, .descent), (_, .langevin), (_, .statistical), (_, .split):
        preconditionFailure("A record is that of its unit.")
      }
    }
  }

  var values: ConvexMinimiser { plan.values }

  /// The errors of the data sets of n points that are finished.
  func statistical(_ n: Int) -> [Double] {
    (errors[n] ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value)
  }

  /// A list of the data sets, once all are there.
  func whole<Item>(_ items: [Item]?) -> [Item]? {
    items.flatMap { $0.count == values.repeats ? $0 : nil }
  }

  /// One width of all data sets.
  func ends(_ loss: KinkLoss, width: Int) -> [Plan.DescentEnd]? {
    whole(descents[loss])?.compactMap { set in set.first { $0.width == width } }
  }

  /// The power of n in each batch of data sets.
  var slopes: [Double]? {
    let batches = (0..<ConvexMinimiser.batchCount).map { batch in
      values.counts.compactMap { errors[$0]?[batch].map { Estimate($0).value } }
    }
    guard batches.allSatisfy({ $0.count == values.counts.count }) else { return nil }
    return batches.map {
      LineFit.powerLaw(x: values.counts.map { Double($0) }, y: $0)?.slope ?? .nan
    }
  }
}

// MARK: - Checks

extension ConvexMinimiserFindings {
  var checks: [Check] {
    descentChecks + KinkLoss.allCases.map(lineCheck) + KinkLoss.allCases.map(lawCheck)
      + [rateCheck, convergenceCheck, gapCheck, boundCheck, lineFormulaCheck, samplesCheck]
      + [splitCheck]
  }

  private var descentChecks: [Check] {
    let wide = ends(.denoising, width: values.width)
    let narrow = ends(.denoising, width: values.widths[0])
    // Below 1e-9 of it the gap is rounding.
    let gains = wide.flatMap { wide in
      narrow.map { zip($0, wide).map { log10(max($0.gap, 1e-9) / max($1.gap, 1e-9)) } }
    }
    return [
      .medianClaim(
        "wide_gap",
        "what the widest network is above the minimum, of what the line is, denoising",
        wide.map { $0.map(\.gap) }, .atMost(0.05), "derived; a twentieth"),
      Check(
        .claim, "width_gain",
        "logarithm to 10 of the gap of the narrowest network over that of the widest, denoising",
        meanOf: gains, .atLeast(0.5), basis: "the gap falls with the width; by a factor of 3"),
      .medianClaim(
        "kinks_at_points",
        "share of the widest network's changes of slope next to an exact kink, denoising",
        wide.map { $0.map(\.nearKinks) }, .atLeast(0.9), "kinks at points; nine tenths"),
    ]
  }

  private func lineCheck(_ loss: KinkLoss) -> Check {
    .medianClaim(
      "line_above",
      "distance of the widest network from the line above the line's penalty, \(loss.name)",
      ends(loss, width: values.width).map { $0.map(\.fromLine) }, .atMost(0.01),
      "the line is the minimiser; a hundredth of its size")
  }

  private func lawCheck(_ loss: KinkLoss) -> Check {
    Check(
      .claim, "kinks_help",
      "Kolmogorov distance to the law, above the line's penalty less below it, \(loss.name)",
      meanOf: whole(laws[loss])?.map { $0.aboveLaw - $0.belowLaw }, .atLeast(0),
      basis: "one Gaussian is not the law; \(values.chains) samples")
  }

  private var rateCheck: Check {
    Check(
      .claim, "statistical_rate", "power of n of the squared statistical error",
      meanOf: slopes, .atMost(-0.8), basis: "-1 at a fixed penalty; batches of data sets")
  }

  private var convergenceCheck: Check {
    Check(
      .claim, "descent_converges",
      "logarithm to 10 of the squared optimisation error after the first steps over the last",
      meanOf: whole(splits)?.map { split in
        log10(
          (split.optimisation.first?.squared ?? .nan) / (split.optimisation.last?.squared ?? .nan))
      }, .atLeast(1), basis: "descent goes to the exact minimiser; a factor of ten")
  }

  private var gapCheck: Check {
    let found = KinkLoss.allCases.compactMap { paths[$0] }
    return agreement(
      "relative_gap", "relative gap of objective and dual bound",
      found.count == 2 ? found.flatMap { $0.map(\.relativeGap) } : nil, .atMost(1e-8),
      basis: "the largest over both paths")
  }

  private var boundCheck: Check {
    let found = KinkLoss.allCases.compactMap { whole(descents[$0]) }
    return agreement(
      "below_bound", "how far a network is below the lower bound, over the minimum",
      found.count == 2
        ? found.joined().joined().map { ($0.bound - $0.objective) / abs($0.exact) } : nil,
      .atMost(1e-9), basis: "no network is; the largest of all descents")
  }

  private var lineFormulaCheck: Check {
    let found = KinkLoss.allCases.compactMap { whole(laws[$0]) }
    return agreement(
      "line_exact", "distance of the minimiser above the line's penalty from the line by moments",
      found.count == 2 ? found.joined().map(\.lineError) : nil, .atMost(1e-12),
      basis: "closed form; the largest of all data sets")
  }

  private var samplesCheck: Check {
    let found = KinkLoss.allCases.compactMap { whole(laws[$0]) }
    let root = Double(values.chains).squareRoot()
    return agreement(
      "gaussian_samples",
      "Kolmogorov distance of samples above the line's penalty to N(mean, v / (1 - e / (4 v))), "
        + "times the root of their number",
      found.count == 2 ? found.joined().map { root * $0.aboveGaussian } : nil, .atMost(2.2),
      basis: "closed form; 2.2 is exceeded with probability 1.2e-4 each; the largest")
  }

  private var splitCheck: Check {
    let ratios = whole(splits)?.flatMap { split in
      zip(split.total, split.optimisation).map { total, optimisation in
        total.squared
          / (3 * (split.approximation.squared + split.statistical.squared + optimisation.squared))
      }
    }
    return Check(
      .identity, "three_bound", "squared error over 3 times the sum of its parts",
      measured: ratios.map { $0.max() ?? .nan }, .atMost(1 + 1e-9),
      basis: "(a + b + c)^2 <= 3 (a^2 + b^2 + c^2); the largest")
  }

  private func agreement(
    _ name: String, _ statement: String, _ numbers: [Double]?, _ requirement: Check.Requirement,
    basis: String
  ) -> Check {
    Check(
      .agreement, name, statement,
      measured: numbers.map { $0.contains(where: \.isNaN) ? .nan : $0.max() ?? .nan },
      requirement, basis: basis)
  }
}
