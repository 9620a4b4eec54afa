import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// What regressions and runs say of shells, radius, ball and the four errors.
struct LocalisedRegressionFindings: ExperimentFindings {
  let plan: LocalisedRegressionPlan
  let isDone: Bool
  /// Those that are finished, in the order of the data sets.
  let shells: [LocalisedRegressionPlan.Shells]
  let runs: [ErrorTerms]

  init(_ plan: LocalisedRegressionPlan, _ records: LocalisedRegressionPlan.Records) {
    self.plan = plan
    isDone = records.isComplete
    shells = records.finished.compactMap {
      if case .shells(let shells) = $0.record { shells } else { nil }
    }
    runs = records.finished.compactMap {
      if case .run(let terms) = $0.record { terms } else { nil }
    }
  }

  var values: LocalisedRegression { plan.values }
}

// MARK: - Checks

extension LocalisedRegressionFindings {
  /// The shell beyond R.
  static let tail = 3

  var checks: [Check] {
    let (shells, runs) = (isDone ? shells : nil, isDone ? runs : nil)
    return [
      claim(
        "tail_holds_l2", "share of the excess of one regression for all that is from beyond R",
        shells?.map { $0.whole.byShell[Self.tail] / $0.whole.excess }, .atLeast(0.5),
        basis: "half of it"),
      claim(
        "tail_not_d_delta", "D_delta without the errors beyond R over D_delta",
        shells?.map { $0.whole.quantileWithout[Self.tail] / $0.whole.quantile }, .atLeast(0.75),
        basis: "three quarters"),
      claim(
        "localising_helps", "log2 of the excess of regressions for shells over that of one for all",
        shells?.map { log2($0.local.excess / $0.whole.excess) }, .atMost(0),
        basis: "the same points, pair by pair"),
      claim(
        "split_is_tight", "sum of the sizes of the four errors over the size of the whole",
        runs?.map(\.looseness), .atMost(3), basis: "three times it"),
      agreement(
        "label_mismatch", "mean label mismatch of R and D at training points from its quadrature",
        shells?.map(\.mismatch), plan.mismatch(radius: values.radius, ball: values.ball),
        basis: "quadrature; noisy points were drawn"),
      agreement(
        "orthogonality", "mean of (X_0 - truth) truth at training points from 0",
        shells?.map(\.orthogonality), 0, basis: "the truth is the conditional mean"),
      Self.termsSum(runs), Self.triangle(runs), Self.unionBound(runs),
    ]
  }

  private func claim(
    _ name: String, _ statement: String, _ values: [Double]?, _ requirement: Check.Requirement,
    basis: String
  ) -> Check {
    Check(
      .claim, name, statement, measured: values.map { Estimate($0).value },
      interval: values.flatMap { Estimate.meanInterval(of: $0) }, requirement,
      basis: basis + "; Student's t over data sets")
  }

  private func agreement(
    _ name: String, _ statement: String, _ found: [LocalisedRegressionPlan.Moments]?,
    _ expected: Double, basis: String
  ) -> Check {
    Check(
      .agreement, name, statement + ", in standard errors",
      measured: found.map { found in
        let mean = Estimate(found.map(\.mean)).value
        let variance = Estimate(found.map(\.square)).value - mean * mean
        return abs(mean - expected)
          / (variance / Double(found.count * values.points)).squareRoot()
      }, .atMost(4.5), basis: basis)
  }

  /// The terms add up to the error of the network.
  static func termsSum(_ runs: [ErrorTerms]?) -> Check {
    Check(
      .identity, "terms_sum", "largest difference of the four terms' sum from the whole error",
      measured: runs?.map(\.sumGap).max(), .atMost(1e-9), basis: "by definition, to rounding")
  }

  static func triangle(_ runs: [ErrorTerms]?) -> Check {
    Check(
      .identity, "triangle", "size of the whole over the sum of the sizes of its four errors",
      measured: runs?.map { 1 / $0.looseness }.max(), .atMost(1 + 1e-9),
      basis: "triangle inequality")
  }

  static func unionBound(_ runs: [ErrorTerms]?) -> Check {
    Check(
      .identity, "union_bound",
      "D_{4 delta} of the whole over the sum of D_delta of its four errors",
      measured: runs?.map { $0.wholeQuadrupleQuantile / $0.quantiles.reduce(0, +) }.max(),
      .atMost(1 + 1e-9), basis: "union bound over four events")
  }
}
