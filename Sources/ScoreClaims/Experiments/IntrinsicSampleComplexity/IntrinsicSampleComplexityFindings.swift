import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

/// What the regressions say of n and d.
struct IntrinsicSampleComplexityFindings: ExperimentFindings {
  typealias Plan = IntrinsicSampleComplexityPlan
  typealias Path = IntrinsicSampleComplexity.Path

  let plan: Plan
  let isDone: Bool
  /// `[dimensions][data sets]`.
  private(set) var sets: [[Plan.Sets]]
  /// `[dimensions][data sets]`.
  private(set) var normal: [[Double]]

  init(_ plan: Plan, _ records: Plan.Records) {
    self.plan = plan
    isDone = records.isComplete
    sets = plan.values.dimensions.map { _ in [] }
    normal = sets.map { _ in [] }
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.normal(let place), .normal(let errors)): normal[place] = errors
      case (.sets(let place, _), .sets(let found)): sets[place].append(found)
      case (.normal, _), (.sets, _): preconditionFailure("A unit's record is of its kind.")
      }
    }
  }

  var values: IntrinsicSampleComplexity { plan.values }

  /// The errors of a path at a dimension and a number of points, by their places.
  func errors(_ path: Path, dimension: Int, count: Int) -> [Double] {
    sets[dimension].map { $0.errors[path.rawValue][count] }
  }

  /// The power of d of a path's error with a number of points, data set by data set.
  func growth(_ path: Path, count: Int) -> [Double] {
    (0..<values.repeats).map { set in
      LineFit.powerLaw(
        x: values.dimensions.map { Double($0) },
        y: values.dimensions.indices.map { errors(path, dimension: $0, count: count)[set] })?.slope
        ?? .nan
    }
  }

  /// The power of n of a path's error in a dimension, data set by data set.
  func slopes(_ path: Path, dimension: Int) -> [Double] {
    sets[dimension].map { set in
      LineFit.powerLaw(x: values.counts.map { Double($0) }, y: set.errors[path.rawValue])?.slope
        ?? .nan
    }
  }
}

// MARK: - Checks

extension IntrinsicSampleComplexityFindings {
  var checks: [Check] {
    let counts = values.counts.indices
    return counts.map { place in
      claim(
        "found_growth", "power of d of the error in the plane found, n = \(values.counts[place])",
        isDone ? growth(.aware, count: place) : nil, .atMost(0.25), "none is claimed")
    }
      + values.dimensions.indices.dropFirst().map { place in
        claim(
          "found_slope",
          "power of n of the error in the plane found, d = \(values.dimensions[place]), less that in 2 "
            + "dimensions",
          isDone
            ? zip(slopes(.aware, dimension: place), slopes(.aware, dimension: 0)).map { $0 - $1 }
            : nil,
          .near(0, tolerance: 0.15), "the same in all dimensions")
      }
      + counts.map { place in
        claim(
          "plain_growth", "power of d of the error in the whole space, n = \(values.counts[place])",
          isDone ? growth(.plain, count: place) : nil, .atLeast(0.5), "more coordinates to learn")
      } + [knownGrowth, closedForm, Self.orthonormal(isDone ? sets.flatMap { $0 } : nil)]
  }

  private func claim(
    _ name: String, _ statement: String, _ repeats: [Double]?, _ requirement: Check.Requirement,
    _ basis: String
  ) -> Check {
    Check(
      .claim, name, statement, meanOf: repeats, requirement,
      basis: "\(basis); Student's t over \(values.repeats) data sets of each dimension")
  }

  private var knownGrowth: Check {
    Check(
      .agreement, "known_growth",
      "power of d of the error in the plane itself, mean over n",
      meanOf: isDone
        ? (0..<values.repeats).map { set in
          Estimate(values.counts.indices.map { growth(.known, count: $0)[set] }).value
        } : nil, .near(0, tolerance: 0.15),
      basis:
        "the plane's points are the same in law in all dimensions, and what is across it is known")
  }

  private var closedForm: Check {
    let misses = normal.enumerated().map { place, errors -> Double in
      let found = Estimate(errors)
      let expected = values.expectedNormal(
        dimension: values.dimensions[place], count: plan.normalCount)
      return abs(found.value - expected) / found.standardError
    }
    return Check(
      .agreement, "closed_form",
      "linear regression on normal data from the closed form, in standard errors, largest of all d",
      measured: isDone ? misses.largest : nil, .atMost(4.5),
      basis: "d^2 / ((1 + sigma^2)(n - d - 1))")
  }

  /// The planes that are found have orthonormal directions.
  static func orthonormal(_ sets: [IntrinsicSampleComplexityPlan.Sets]?) -> Check {
    Check(
      .identity, "orthonormal", "largest departure of a found plane's directions from orthonormal",
      measured: sets.map { $0.map(\.departure).largest }, .atMost(1e-9),
      basis: "eigenvectors of a symmetric matrix, to rounding")
  }
}
