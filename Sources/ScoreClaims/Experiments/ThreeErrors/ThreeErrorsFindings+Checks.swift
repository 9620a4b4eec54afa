import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension ThreeErrorsFindings {
  var checks: [Check] {
    let identities = [
      Self.triangle(isDone ? splits : nil), Self.factorThree(isDone ? splits : nil),
      Self.unionBound(isDone ? splits : nil),
    ]
    return rateChecks + descentChecks + withoutMinimiser + agreements + identities
  }

  private var splits: [ErrorSplit] { runs.flatMap(\.splits) }

  /// A claim about a mean over repeats, nil before all are there.
  private func claim(
    _ name: String, _ statement: String, _ repeats: () -> [Double],
    _ requirement: Check.Requirement, _ basis: String
  ) -> Check {
    Check(.claim, name, statement, meanOf: isDone ? repeats() : nil, requirement, basis: basis)
  }

  func time(_ level: Int) -> String { "t = " + NumberText.plain(values.times[level]) }

  // MARK: - Rates

  private var rateChecks: [Check] {
    let levels = 0..<values.levelCount
    let rates = [ScoreClass.linear, .features].flatMap { kind in
      levels.map { level in
        claim(
          "statistical_rate", "power of n of the statistical error, \(kind.name), \(time(level))",
          { statisticalPowers(kind, level: level) }, .atMost(-0.8),
          "1/n to first order, faster where n is small; Student's t over ten batches of data sets")
      }
    }
    let network = claim(
      "network_rate", "power of n of the statistical error, network, \(time(values.middle))",
      { statisticalPowers(.network, level: values.middle) }, .atMost(-0.5),
      "half of the power of a class of few parameters; Student's t over data sets")
    let approximations = levels.map { level in
      claim(
        "approximation_falls",
        "power of the number of features of the approximation error, \(time(level))",
        { approximationPowers(level: level) }, .atMost(-1),
        "an inverse at least; Student's t over draws of the features")
    }
    return rates + [network] + approximations + [networkApproximation]
  }

  private var networkApproximation: Check {
    let widths = populations.map { $0.map(\.gap.squared) }
    let ratio =
      isDone
      ? (0..<values.levelCount).map { (widths.last?[$0] ?? .nan) / (widths.first?[$0] ?? .nan) }
      : nil
    return Check(
      .claim, "network_approximation",
      "approximation error of the widest network over that of the narrowest, largest of the levels",
      measured: ratio.map { $0.contains(where: \.isNaN) ? .nan : $0.max() ?? .nan },
      .atMost(0.5), basis: "the least losses that L-BFGS finds; half at most")
  }

  private var descentChecks: [Check] {
    [
      claim(
        "optimization_rate", "power of k of the squared distance to the minimiser, steps like 1/k",
        {
          powers(values.checkpoints.map { Double($0) }, descents.decays)
        }, .near(-1, tolerance: 0.15), "1/k; Student's t over ten batches of runs"),
      claim(
        "optimization_floor",
        "power of a constant step size of the squared distance that runs end at",
        { powers(values.rates, descents.floors) }, .near(1, tolerance: 0.15),
        "in proportion to the step size; Student's t over ten runs at each"),
    ]
  }

  /// Whether the runs are about as good as the exact minimisers.
  private var withoutMinimiser: [Check] {
    ScoreClass.allCases.map { kind in
      claim(
        "without_minimiser",
        "squared error of the run over that of the empirical minimiser, \(kind.name)",
        {
          (0..<values.repeats).map { set in
            let own = runs.filter { $0.kind == kind }.map { $0.splits[set] }
            let ratios = own.map { $0.total.squared / $0.empirical.squared }
            return Estimate(ratios).value
          }
        }, .atMost(2), "mean over levels; twice at most; Student's t over data sets")
    }
  }

  // MARK: - Agreements

  private var agreements: [Check] {
    [
      Check(
        .agreement, "approximation_closed_form",
        "largest relative miss of the linear class's approximation error over the levels",
        measured: isDone ? largestApproximationMiss : nil, .atMost(1e-4),
        basis: "sigma^2 (I - 1/Var); float32 inputs of the class"),
      Check(
        .agreement, "statistical_closed_form",
        "statistical error of slopes on normal data, in standard errors, largest of all n and levels",
        measured: isDone ? largestNormalMiss : nil, .atMost(4.5),
        basis: "closed form (1 - sigma^2/v)/(n - 2)"),
      expectedRatio(.linear), expectedRatio(.features),
      Check(
        .agreement, "floor_first_order",
        "squared distance that the least constant step ends at over its first order",
        measured: isDone ? floorRatio.value : nil, .near(1, tolerance: 0.25),
        basis: "step size tr(S)/batch; ten runs, whose standard error is some 5%"),
      Check(
        .agreement, "methods_agree",
        "largest squared distance of L-BFGS from the normal equations over the statistical error",
        measured: isDone ? largestMethodMiss : nil, .atMost(0.01),
        basis: "linear class; float32 gradients against float64 equations"),
    ]
  }

  private var largestApproximationMiss: Double {
    largest(
      (0..<values.levelCount).map { level in
        let exact = expectedApproximation(level: level) ?? .nan
        return abs(linear[level] / exact - 1)
      })
  }

  private var largestNormalMiss: Double {
    largest(
      zip(values.counts, normal).flatMap { n, levels in
        zip(levels, plan.rules).map { errors, rule in
          let exact = LinearScoreRegression(variance: 1, level: rule.level)
            .expectedError(sampleCount: n)
          let mean = Estimate(errors)
          return abs(mean.value - exact) / mean.standardError
        }
      })
  }

  /// The statistical error at the largest n over its first order: it has terms of higher order too.
  private func expectedRatio(_ kind: ScoreClass) -> Check {
    let ratios =
      isDone
      ? (0..<values.levelCount).map { level in
        let errors = (statistical(kind, level: level).last ?? []).map(\.squared)
        let first =
          (expectedEstimation(kind, level: level) ?? .nan) / Double(values.counts.last ?? 1)
        let mean = Estimate(errors)
        return max(0, abs(mean.value / first - 1) - 4.5 * mean.standardError / first)
      } : nil
    return Check(
      .agreement, "statistical_first_order",
      "how far the statistical error at the largest n is from its first order beyond 4.5 standard "
        + "errors, \(kind.name)", measured: ratios.map(largest), .atMost(0.1),
      basis: "tr(G^-1 S)/n; a tenth for terms in 1/n^2")
  }

  var floorRatio: Estimate {
    Estimate(
      zip(descents.floors, descents.expected).map { ($0.last ?? .nan) / ($1.last ?? .nan) })
  }

  private var largestMethodMiss: Double {
    largest(splits.compactMap { split in split.methodGap.map { $0 / split.statistical.squared } })
  }

  private func largest(_ numbers: [Double]) -> Double {
    numbers.contains(where: \.isNaN) ? .nan : numbers.max() ?? .nan
  }

  // MARK: - Identities

  /// The root of the whole against the roots of the parts.
  static func triangle(_ splits: [ErrorSplit]?) -> Check {
    identity(
      "triangle", "L2 of the whole over the sum of the L2 of the three parts, largest of all runs",
      splits
    ) { split in
      PartSum(
        whole: split.total.squared.squareRoot(),
        parts: parts(split).map { $0.squared.squareRoot() }
      ).ratio()
    }
  }

  static func factorThree(_ splits: [ErrorSplit]?) -> Check {
    identity(
      "factor_three",
      "L2^2 of the whole over three times the sum of the parts', largest of all runs",
      splits
    ) { split in
      PartSum(whole: split.total.squared, parts: parts(split).map(\.squared)).ratio(factor: 3)
    }
  }

  /// `D_{3 delta}` of the whole against the parts' `D_delta`.
  static func unionBound(_ splits: [ErrorSplit]?) -> Check {
    identity(
      "union_bound",
      "D at 3 delta of the whole over the sum of the parts' D_delta, largest of all runs",
      splits
    ) { split in
      PartSum(whole: split.total.quantiles[1], parts: parts(split).map { $0.quantiles[0] }).ratio()
    }
  }

  private static func parts(_ split: ErrorSplit) -> [ScoreGap] {
    [split.approximation, split.statistical, split.optimization]
  }

  private static func identity(
    _ name: String, _ statement: String, _ splits: [ErrorSplit]?, _ ratio: (ErrorSplit) -> Double
  ) -> Check {
    let ratios = splits.map { $0.map(ratio) }
    return Check(
      .identity, name, statement,
      measured: ratios.map { $0.contains(where: \.isNaN) ? .nan : $0.max() ?? .nan },
      .atMost(1 + 1e-6), basis: "an inequality on the same points")
  }
}
