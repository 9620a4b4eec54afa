import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// What networks of every width say of their coupling to the kernel.
struct KernelCouplingFindings: ExperimentFindings {
  let plan: KernelCouplingPlan
  let isDone: Bool
  /// The records of each variant and width, one a data set that is finished.
  private let found: [Key: [KernelCouplingPlan.Record]]

  private struct Key: Hashable {
    var width: Int
    var variant: KernelCouplingPlan.Variant
  }

  init(_ plan: KernelCouplingPlan, _ records: KernelCouplingPlan.Records) {
    self.plan = plan
    isDone = records.isComplete
    var found: [Key: [KernelCouplingPlan.Record]] = [:]
    for (unit, record) in records.finished {
      found[Key(width: unit.width, variant: unit.variant), default: []].append(record)
    }
    self.found = found
  }

  var values: KernelCoupling { plan.values }

  /// The records of a width in the order of the data sets.
  func records(
    width: Int, _ variant: KernelCouplingPlan.Variant = .standard
  ) -> [KernelCouplingPlan.Record] {
    found[Key(width: width, variant: variant)] ?? []
  }

  func records(_ variant: KernelCouplingPlan.Variant) -> [KernelCouplingPlan.Record] {
    records(width: values.sweepWidth, variant)
  }

  /// The power of the width with which a number falls, in each data set.
  func slopes(_ number: (KernelCouplingPlan.Record) -> Double) -> [Double] {
    (0..<values.repeats).map { set in
      let numbers = values.widths.map { width in
        let records = records(width: width)
        return set < records.count ? number(records[set]) : .nan
      }
      return LineFit.powerLaw(x: values.widths.map { Double($0) }, y: numbers)?.slope ?? .nan
    }
  }

  var checks: [Check] {
    let found = isDone ? self : nil
    return [
      Check(
        .claim, "gap_slope", "power of the width with which the largest gap falls",
        meanOf: found?.slopes(\.largestGap), .near(-0.5, tolerance: 0.1),
        basis: "width^-1/2; a fifth of the power"),
      Check(
        .claim, "movement_slope", "power of the width with which the relative movement falls",
        meanOf: found?.slopes(\.relativeMovement), .near(-0.5, tolerance: 0.05),
        basis: "a movement of order 1 over weights of length width^1/2; a tenth of the power"),
      Check(
        .claim, "ball_ends",
        "log2 of the largest gap in a ball of half the kernel's movement over that of free weights",
        meanOf: found?.ratios(.ball(0.5), to: .ball(1.5)), .atLeast(1), basis: "twice the gap"),
      Check(
        .claim, "step_ends",
        "log2 of the largest gap at step size 2.2 over that at 1, over the inverse eigenvalue",
        meanOf: found?.ratios(.stepSize(2.2), to: .stepSize(1)), .atLeast(1), basis: "twice the gap"
      ),
      movementCheck(found), kernelCheck(found),
    ]
  }

  /// log2 of the largest gaps of one variant over another's, data set by data set.
  private func ratios(
    _ variant: KernelCouplingPlan.Variant, to other: KernelCouplingPlan.Variant
  ) -> [Double] {
    zip(records(variant), records(other)).map { log2($0.largestGap / $1.largestGap) }
  }

  private func movementCheck(_ found: Self?) -> Check {
    let width = values.widths[values.widths.count - 1]
    return Check(
      .agreement, "movement",
      "movement of the weights of \(width) neurons over that of the kernel's closed form",
      measured: found.map { found in
        Estimate(found.records(width: width).map { $0.movement / $0.kernelMovement }).value
      }, .near(1, tolerance: 8 / Double(width).squareRoot()),
      basis: "closed form from eigenvalues; its limit errs by the order of width^-1/2, here eight")
  }

  private func kernelCheck(_ found: Self?) -> Check {
    let gaps = found.map { found in
      Estimate(
        (0..<values.repeats).map { set in
          Estimate(values.widths.map { found.records(width: $0)[set].kernelGap }).value
        })
    }
    return Check(
      .agreement, "empirical_kernel",
      "mean squared gap of the empirical kernel at the start over its binomial variance, from 1, in "
        + "standard errors",
      measured: gaps.map { abs($0.value - 1) / $0.standardError }, .atMost(4.5),
      basis:
        "share of neurons that are active at both inputs; mean over pairs and widths, one a data "
        + "set")
  }
}
