import ScoreCore
import ScoreLab
import ScoreTheory

/// Descends on data sets of every n and dimension, and measures where eigenvalues fall to.
struct KernelRatesPlan: ExperimentPlan {
  static var lanes: Int { 4 }

  struct Unit: Codable, Hashable, Sendable {
    var dimension: Int
    /// The number n of points.
    var count: Int
    var set: Int
  }

  /// What one data set gave; excesses are means over coordinates.
  struct Record: Codable, Sendable {
    /// At the step of the least excess, at the steps of two rules, and after the last step.
    var oracle: Double
    var raskutti: Double
    var floor: Double
    var last: Double
    var oracleStep: Int
    var raskuttiStep: Int
    /// Of linear regression on the same points, and of the prediction 0.
    var linear: Double
    var zero: Double
    /// The mean squared distance from the truth of the first coordinate at the training points after each
    /// of the steps compared, less what it is expected to be given the points.
    var inSampleGaps: [Double]
    /// The eigenvalues of K / n at the places fitted; empty but for the largest n.
    var eigenvalues: [Double]
  }

  let values: KernelRates
  let seed: UInt64
  let regression: TwoAtomRegression
  /// The Bayes floor of one coordinate.
  let floor: Double
  let steps: [Int]
  /// The kernel at every pair of inputs; a test puts another in its place.
  var kernel: @Sendable (Points, Points) -> [Double] = { ReLUTangentKernel.gram($0, $1) }
  /// The best prediction of one coordinate.
  var truth: @Sendable (Double) -> Double
  /// What stops descent at its best step.
  var oracle: any StoppingRule = OracleStopping()

  init(values: KernelRates, seed: UInt64) {
    self.values = values
    self.seed = seed
    let regression = values.regression
    self.regression = regression
    floor = regression.floor
    steps = EarlyStopping.steps(to: values.lastStep)
    truth = { regression.truth($0) }
  }

  /// The steps at which the excess at the training points is compared with its expectation.
  static let comparedSteps = [1, 10, 100]

  /// The largest data sets come first, so that those at work together are of one size.
  var units: [Unit] {
    values.counts.reversed().flatMap { count in
      values.dimensions.flatMap { dimension in
        (0..<values.repeats).map { Unit(dimension: dimension, count: count, set: $0) }
      }
    }
  }

  func length(of unit: Unit) -> Int { max(1, unit.count / 64) }

  func activity(of unit: Unit) -> String {
    "\(unit.count) points in \(unit.dimension) dimensions, data set \(unit.set + 1) of "
      + "\(values.repeats)"
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    SingleStep { record(of: unit) }
  }

  func findings(_ records: Records) -> KernelRatesFindings { KernelRatesFindings(self, records) }
}
