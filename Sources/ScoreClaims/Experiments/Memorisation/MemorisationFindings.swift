import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

/// What the data sets say of copies.
struct MemorisationFindings: ExperimentFindings {
  typealias Plan = MemorisationPlan

  let plan: Plan
  let isDone: Bool
  /// In the order of the data sets, as far as they are there.
  let records: [Plan.Record]

  init(_ plan: Plan, _ records: Plan.Records) {
    self.plan = plan
    isDone = records.isComplete
    self.records = records.finished.map(\.1)
  }

  var values: Memorisation { plan.values }

  /// A number of each data set for a source.
  func numbers(
    _ property: KeyPath<Plan.Record, [Memorisation.Source: Double]>, _ source: Memorisation.Source
  ) -> [Double] {
    records.map { $0[keyPath: property][source] ?? .nan }
  }

  /// A number of each data set for a source at a level.
  func numbers(
    _ property: KeyPath<Plan.Record, [Memorisation.Source: [Double]]>,
    _ source: Memorisation.Source, level: Int
  ) -> [Double] {
    records.map { $0[keyPath: property][source]?[level] ?? .nan }
  }

  /// The difference of two sources on each data set.
  private func difference(
    _ property: KeyPath<Plan.Record, [Memorisation.Source: Double]>,
    _ first: Memorisation.Source, _ second: Memorisation.Source
  ) -> [Double] {
    zip(numbers(property, first), numbers(property, second)).map { $0 - $1 }
  }
}

// MARK: - Checks

extension MemorisationFindings {
  var checks: [Check] {
    copyChecks + weightChecks + agreementChecks
      + [Self.effectiveRange(isDone ? records : nil, count: values.points)]
  }

  private var copyChecks: [Check] {
    [
      claim(
        "empirical_copies", "share of copies, training points less fresh points",
        difference(\.ratios, .empirical, .fresh), .atLeast(0.5),
        "most samples are copies, beyond chance"),
      claim(
        "smoothing_lowers", "share of copies, with both less training points",
        difference(\.ratios, .smoothed, .empirical), .atMost(-0.3), "far fewer copies"),
      claim(
        "network_lowers", "share of copies, network less training points",
        difference(\.ratios, .learned, .empirical), .atMost(-0.3), "far fewer copies"),
      claim(
        "smaller_gap",
        "energy distance to held-out less to training points, with both less without",
        difference(\.gaps, .smoothed, .empirical), .atMost(0), "a smaller gap"),
      claim(
        "beats_gaussian", "energy distance to the distribution, with both less one Gaussian",
        difference(\.distances, .smoothed, .gaussian), .atMost(0),
        "nearer to it than a baseline that knows two moments"),
    ]
  }

  private var weightChecks: [Check] {
    let noise = NumberText.plain(values.leastNoise)
    return [
      claim(
        "effective_number",
        "log2 of the effective number of points, with both over without, sigma = \(noise)",
        zip(
          numbers(\.effective, .smoothed, level: 0), numbers(\.effective, .empirical, level: 0)
        ).map { log2($0 / $1) }, .atLeast(1), "at least twice as many"),
      claim(
        "network_is_warmer",
        "log2 of the temperature that fits the network best, sigma = \(noise)",
        numbers(\.temperatures, .learned, level: 0).map { log2($0) }, .atLeast(1),
        "a temperature of 2 or more"),
    ]
  }

  private var agreementChecks: [Check] {
    [
      Check(
        .agreement, "chance",
        "share of copies, exact score less fresh points",
        meanOf: isDone ? difference(\.ratios, .exact, .fresh) : nil, .near(0, tolerance: 0.05),
        basis: "samples of the exact score are fresh points; Student's t over data sets"),
      Check(
        .agreement, "nearest_distance",
        "distance of the training points' samples from the nearest of them, over sqrt(d) sigma",
        meanOf: isDone ? records.map(\.nearestDistance) : nil, .near(1, tolerance: 0.1),
        basis: "a point with noise sigma; Student's t over data sets"),
      Check(
        .agreement, "two_points",
        "sigma^2 times the score of two points +-1 with temperature, largest gap to the closed form",
        measured: isDone
          ? (records.map(\.twoPointGap).contains(where: \.isNaN)
            ? .nan : records.map(\.twoPointGap).max() ?? .nan) : nil,
        .atMost(1e-9), basis: "(tanh(x / (T sigma^2)) - x) / sigma^2"),
    ]
  }

  private func claim(
    _ name: String, _ statement: String, _ repeats: [Double], _ requirement: Check.Requirement,
    _ basis: String
  ) -> Check {
    Check(
      .claim, name, statement, meanOf: isDone ? repeats : nil, requirement,
      basis: basis + "; Student's t over data sets")
  }

  /// An effective number of points is between 1 and their number: the share by which one is outside.
  static func effectiveRange(_ records: [Plan.Record]?, count: Int) -> Check {
    Check(
      .identity, "effective_range", "how far an effective number is outside 1 to n, relative",
      measured: records.map { records in
        records.map { record in
          let ends = record.effectiveRange
          guard ends.count == 2 else { return .nan }
          return max(1 - ends[0], ends[1] / Double(count) - 1)
        }.reduce(-.infinity) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
      }, .atMost(1e-9), basis: "weights are positive and sum to one")
  }
}
