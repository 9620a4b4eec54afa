import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

/// What the fits and the memorising scores say of the claim.
struct NoiseLevelsFindings: ExperimentFindings {
  /// The parts that repeats are split into, whose powers have an interval.
  static let batchCount = 20

  /// What was found at one number of points, all of its data sets used.
  struct Found {
    let m: Int
    /// `sigma (a - 1/v_t) sqrt(v_t)` of each fit, `[levels][repeats]`.
    var gaps: [[Double]] = []
    /// Errors of the first fit at points of the noisy distribution, `[levels][points]`.
    var errors: [[Float]] = []
    /// Errors of the memorising score, `[data sets][levels]`.
    var memorizing: [[NoiseLevelsPlan.Memorized]] = []
  }

  let plan: NoiseLevelsPlan
  /// The numbers of points of which every data set has been used.
  let done: [Found]
  let isDone: Bool

  init(_ plan: NoiseLevelsPlan, _ records: NoiseLevelsPlan.Records) {
    self.plan = plan
    isDone = records.isComplete
    done = plan.sampleCounts.map { m in
      var found = Found(m: m)
      for (unit, record) in records.finished where unit.m == m {
        switch record {
        case .fits(let gaps, let errors):
          found.gaps.append(gaps)
          found.errors.append(errors)
        case .memorized(let errors): found.memorizing.append(errors)
        }
      }
      return found
    }.filter {
      $0.gaps.count == plan.times.count && $0.memorizing.count == plan.values.memorized
    }
  }

  var values: NoiseLevels { plan.values }
}

extension NoiseLevelsPlan.Unit {
  fileprivate var m: Int {
    switch self {
    case .fit(let m, _), .memorize(let m, _): m
    }
  }
}

// MARK: - Checks

extension NoiseLevelsFindings {
  var checks: [Check] {
    plan.sampleCounts.flatMap { m in
      let found = isDone ? done.first { $0.m == m } : nil
      return growthChecks(m, found) + agreements(m, found)
    } + [0, plan.times.count - 1].map { rateCheck(level: $0) }
  }

  private func growthChecks(_ m: Int, _ found: Found?) -> [Check] {
    let powers = found.map { growths($0).map(\.powers) }
    func check(
      _ name: String, _ statement: String, _ index: Int, _ requirement: Check.Requirement,
      basis: String
    ) -> Check {
      Check(
        .claim, name, "\(statement), m = \(m): power of 1/t at the least noise",
        measured: powers.map { Estimate($0[index]).value },
        interval: powers.flatMap { Estimate.meanInterval(of: $0[index]) }, requirement,
        basis: basis)
    }
    return [
      check(
        "growth_l2", "sigma L2 of least squares", 0, .near(0, tolerance: 0.05),
        basis: "sigma^2 E[L2^2] is at most 1/(m - 2); a tenth of the power 1/2 of 1/sigma"),
      check(
        "growth_d_delta", "sigma D_delta of least squares", 1, .near(0, tolerance: 0.05),
        basis: "Lemma 1.4; a tenth of the power 1/2 of 1/sigma"),
      check(
        "growth_memorizing", "sigma D_delta of the memorising score", 3, .atLeast(0.25),
        basis: "1/sigma has the power 1/2; half of it"),
    ]
  }

  private func rateCheck(level: Int) -> Check {
    let rates = isDone ? rate(atLevel: level) : nil
    return Check(
      .claim, "rate",
      "power of m with which sigma D_delta of least squares falls, t = "
        + NumberText.plain(plan.times[level]),
      measured: rates.map { Estimate($0).value },
      interval: rates.flatMap { Estimate.meanInterval(of: $0) }, .near(-0.5, tolerance: 0.05),
      basis: "Lemma 1.4: m of order 1/eps^2; a tenth of the power")
  }

  private func agreements(_ m: Int, _ found: Found?) -> [Check] {
    let levels = plan.times.indices
    let means = found.map { found in
      levels.map { level in
        let square = Estimate(found.gaps[level].map { $0 * $0 })
        let exact = values.regression(at: plan.times[level]).expectedError(sampleCount: m)
        return abs(square.value - exact) / square.standardError
      }
    }
    let shares = found.map { found in
      levels.map { level in
        let bound = exactQuantile(m, level: level) / factor
        return deviation(
          found.gaps[level].count { abs($0) > bound }, of: values.repeats, share: values.missShare)
      }
    }
    let points = found.map { found in
      levels.map { level in
        let bound = factor * abs(found.gaps[level][0])
        let errors = found.errors[level]
        return deviation(
          errors.count { Double($0) > bound }, of: errors.count, share: values.delta)
      }
    }
    func check(
      _ name: String, _ statement: String, _ deviations: [Double]?, basis: String
    ) -> Check {
      Check(
        .agreement, name, "\(statement), m = \(m), in standard errors",
        measured: deviations.map { $0.contains(where: \.isNaN) ? .nan : $0.max() ?? .nan },
        .atMost(4.5), basis: "\(basis); the largest of \(levels.count) levels")
    }
    return [
      check(
        "l2_closed_form", "sigma^2 E[L2^2] of least squares", means,
        basis: "closed form (1 - sigma^2/v_t)/(m - 2)"),
      check(
        "d_delta_closed_form", "share of data sets with sigma D_delta above its exact quantile",
        shares, basis: "Student's t with m degrees of freedom"),
      check(
        "d_delta_at_points", "share of points with errors above D_delta of the first fit", points,
        basis: "the error of -a x is proportional to x, which is normal"),
    ]
  }

  /// How far a number of hits is from a share, in standard errors.
  private func deviation(_ hits: Int, of count: Int, share: Double) -> Double {
    let n = Double(count)
    return abs(Double(hits) / n - share) / (share * (1 - share) / n).squareRoot()
  }
}

// MARK: - Powers

extension NoiseLevelsFindings {
  /// `sigma L2` over data sets: the root of the mean square.
  static func rms(_ gaps: ArraySlice<Double>) -> Double {
    (gaps.reduce(0) { $0 + $1 * $1 } / Double(gaps.count)).squareRoot()
  }

  /// `sigma D_delta` that a share `missShare` of the data sets exceeds.
  func quantile(_ gaps: ArraySlice<Double>) -> Double {
    let sizes = gaps.map { abs($0) }.sorted()
    return QuantileEstimate(ofSorted: sizes, delta: values.missShare).orderStatistic
      * LinearScoreRegression.quantileFactor(delta: values.delta)
  }

  /// The rows of each batch of repeats.
  private var batches: [Range<Int>] {
    let size = values.repeats / Self.batchCount
    return (0..<Self.batchCount).map { $0 * size..<($0 + 1) * size }
  }

  /// The power of 1/t with which a number of the fits grows as the noise shrinks, batch by batch.
  func growth(
    _ found: Found, _ number: (ArraySlice<Double>) -> Double
  ) -> [Double] {
    batches.map { batch in
      growth(values.smallNoise.map { number(found.gaps[$0][batch]) })
    }
  }

  /// The power of 1/t that fits numbers at the levels of least noise.
  func growth(_ numbers: [Double]) -> Double {
    let places = values.smallNoise.map { 1 / plan.times[$0] }
    return LineFit.powerLaw(x: places, y: numbers)?.slope ?? .nan
  }

  /// The power of m with which `sigma D_delta` of the fits falls at a level, batch by batch.
  func rate(atLevel level: Int) -> [Double] {
    batches.map { batch in
      let numbers = done.map { quantile($0.gaps[level][batch]) }
      return LineFit.powerLaw(x: done.map { Double($0.m) }, y: numbers)?.slope ?? .nan
    }
  }
}
