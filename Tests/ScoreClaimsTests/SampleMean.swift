import ScoreCore
import ScoreLab

@testable import ScoreClaims

// The experiment of docs/EXTENDING.md, as a new one would stand in its folder.

struct SampleMean: ClaimExperiment {
  static let claim = Claim(
    "sample_mean", title: "Mean of a sample",
    summary: "squared error of a mean against the number of points",
    statement: "The squared error of the mean of n normal points falls like 1/n.",
    source: "any textbook", .observed)

  static let parameters: [ExperimentParameter<Self>] = [
    .number("variance", "variance of the points", \.variance, in: 1e-3...1e3),
    .integer("repeats", "data sets at each n", \.repeats, in: 200...100_000),
  ]

  var variance = 1.0
  var repeats = 2000

  init() {}

  func makePlan(_ setup: ExperimentSetup) -> SampleMeanPlan {
    SampleMeanPlan(values: self, seed: setup.seed)
  }
}

struct SampleMeanPlan: ExperimentPlan {
  struct Unit: Codable, Hashable, Sendable { let n: Int }
  /// The squared error of each data set's mean.
  typealias Record = [Double]

  let values: SampleMean
  let seed: UInt64
  /// What estimates the mean; a test puts a worse one in its place.
  var estimate: @Sendable ([Double]) -> Double = { $0.reduce(0, +) / Double($0.count) }

  var units: [Unit] { [10, 40, 160, 640].map { Unit(n: $0) } }

  func activity(of unit: Unit) -> String { "means of \(unit.n) points" }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    SingleStep {
      (0..<values.repeats).map { index in
        var stream = RandomStream(
          seed: seed, purpose: .experiment, index: UInt64(unit.n) << 32 | UInt64(index))
        let points = (0..<unit.n).map { _ in values.variance.squareRoot() * stream.normal() }
        let error = estimate(points)
        return error * error
      }
    }
  }

  func findings(_ records: Records) -> SampleMeanFindings { SampleMeanFindings(self, records) }
}

struct SampleMeanFindings: ExperimentFindings {
  let plan: SampleMeanPlan
  let done: [(unit: SampleMeanPlan.Unit, record: [Double])]
  let isDone: Bool

  init(_ plan: SampleMeanPlan, _ records: SampleMeanPlan.Records) {
    (self.plan, done, isDone) = (plan, records.finished, records.isComplete)
  }

  var checks: [Check] { [powerCheck, levelCheck] }

  /// The power of n, once in each twentieth of the data sets, so that it has an interval.
  private var powers: [Double] {
    (0..<20).compactMap { part in
      let means = done.map { _, errors in
        Estimate(errors.indices.filter { $0 % 20 == part }.map { errors[$0] }).value
      }
      return LineFit.powerLaw(x: done.map { Double($0.unit.n) }, y: means)?.slope
    }
  }

  private var powerCheck: Check {
    Check(
      .claim, "power", "power of n in the mean's squared error",
      measured: isDone ? Estimate(powers).value : nil,
      interval: isDone ? Estimate.meanInterval(of: powers) : nil, .near(-1, tolerance: 0.1),
      basis: "a tenth of the power; t interval of 20 parts of the data sets")
  }

  private var levelCheck: Check {
    let last = isDone ? done.last : nil
    return Check(
      .agreement, "level", "squared error of the mean of 640 points, over v / n",
      measured: last.map { Estimate($0.record).value * 640 / plan.values.variance },
      .near(1, tolerance: 4 * (2 / Double(plan.values.repeats)).squareRoot()),
      basis: "closed form; 4 standard errors of a chi-square mean")
  }

  var exhibits: [Exhibit] { [.figure(errorFigure)] }

  private var errorFigure: Figure {
    let n = done.map { Double($0.unit.n) }
    return Figure(
      "error_against_n", title: "Error of a mean", caption: "\(plan.values.repeats) data sets.",
      .plot(
        Plot(
          x: .init("points n", isLogarithmic: true),
          y: .init("squared error", isLogarithmic: true),
          series: [
            .init("measured", .measured, .points, x: n, y: done.map { Estimate($0.record).value }),
            .init("v / n", .claimed, x: n, y: n.map { plan.values.variance / $0 }),
          ])))
  }
}
