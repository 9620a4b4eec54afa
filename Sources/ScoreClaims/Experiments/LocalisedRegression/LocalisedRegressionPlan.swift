import ScoreCore
import ScoreLab
import ScoreTheory

/// Regressions on data sets of one size, for all and for each shell, and runs whose error is split.
struct LocalisedRegressionPlan: ExperimentPlan {
  static var lanes: Int { 4 }

  enum Unit: Codable, Hashable, Sendable {
    /// Regressions on one data set.
    case shells(set: Int)
    /// The errors of one run.
    case run(set: Int)
  }

  enum Record: Codable, Sendable {
    case shells(Shells)
    case run(ErrorTerms)
  }

  /// Where the excess of a prediction comes from.
  struct Origin: Codable, Sendable {
    /// What each shell of |x|, and each of time, adds to the excess.
    var byShell: [Double]
    var byTime: [Double]
    /// D_delta of the prediction, and what it is without the errors in each shell of |x|.
    var quantile: Double
    var quantileWithout: [Double]

    var excess: Double { byShell.reduce(0, +) }
  }

  /// Regressions on one data set.
  struct Shells: Codable, Sendable {
    /// One regression for all points, and one for each shell of time and |x|.
    var whole: Origin
    var local: Origin
    /// The training points in each shell of |x|.
    var counts: [Int]
    /// The excess within each radius and ball, `[radii][balls]`; beyond the radius the prediction is 0.
    var excesses: [[Double]]
    /// The squared label mismatch of the standard radius and ball at the training points.
    var mismatch: Moments
    /// `(X_0 - truth) truth` at the training points, which is 0 in expectation.
    var orthogonality: Moments
  }

  /// The mean of numbers at training points, and of their squares.
  struct Moments: Codable, Sendable {
    var mean: Double
    var square: Double

    init(_ values: [Double]) {
      mean = values.reduce(0, +) / Double(values.count)
      square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    }
  }

  let values: LocalisedRegression
  let seed: UInt64
  let distribution: GaussianMixture
  let grid: NoisyLine
  let steps: [Int]
  /// What stops the regression of a shell at its best step.
  var localRule: any StoppingRule = OracleStopping()
  /// What the approximation in the kernel's space is fitted to, given the truth in ball and radius.
  var approximated: @Sendable (Double) -> Double = { $0 }
  /// The best prediction that labels are compared with.
  var label: @Sendable (Double) -> Double = { $0 }

  init(values: LocalisedRegression, seed: UInt64) {
    self.values = values
    self.seed = seed
    distribution = values.distribution
    grid = NoisyLine(
      values, distribution, timeCount: 2 * LocalisedRegression.timeShells)
    steps = EarlyStopping.steps(to: values.lastStep)
  }

  var units: [Unit] {
    (0..<values.repeats).map { .shells(set: $0) } + (0..<values.repeats).map { .run(set: $0) }
  }

  func length(of unit: Unit) -> Int { 4 }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .shells(let set): "regressions, data set \(set + 1) of \(values.repeats)"
    case .run(let set): "the errors of a run, data set \(set + 1) of \(values.repeats)"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .shells(let set): SingleStep { .shells(shells(ofSet: set)) }
    case .run(let set): SplitRun(self, set: set).map { .run($0) }
    }
  }

  func findings(_ records: Records) -> LocalisedRegressionFindings {
    LocalisedRegressionFindings(self, records)
  }
}

extension LocalisedRegressionPlan {
  /// Noisy points at uniform times, the data they come from, and the best predictions.
  struct Sample: Sendable {
    var x: [Double] = []
    var times: [Double] = []
    var targets: [Double] = []
    var truth: [Double] = []

    func rows(_ places: [Int]) -> Sample {
      Sample(
        x: places.map { x[$0] }, times: places.map { times[$0] },
        targets: places.map { targets[$0] }, truth: places.map { truth[$0] })
    }
  }

  func stream(_ set: Int, isRun: Bool) -> RandomStream {
    RandomStream(seed: seed, purpose: .experiment, index: UInt64(set) << 32 | (isRun ? 1 : 0))
  }

  /// Draws noisy points within a radius.
  func sample(
    _ count: Int, radius: Double = .infinity, using stream: inout RandomStream
  ) -> Sample {
    var sample = Sample()
    while sample.x.count < count {
      let time = values.firstTime + (values.lastTime - values.firstTime) * stream.uniform()
      let level = values.level(at: time)
      let clean = distribution.sample(count: 1, using: &stream).values[0]
      let x = level.alpha * clean + level.sigma * stream.normal()
      guard abs(x) <= radius else { continue }
      sample.x.append(x)
      sample.times.append(time)
      sample.targets.append(clean)
      sample.truth.append(NoisyLine.truth([x], distribution, level)[0])
    }
    return sample
  }

  /// What kernel and network are fed.
  func inputs(_ x: [Double], _ times: [Double]) -> Points {
    let constant = values.inputs == .withConstant ? [1.0] : []
    return Points(
      values: zip(x, times).flatMap { [$0, $1 - values.firstTime] + constant },
      dimension: 2 + constant.count)
  }

  /// A number in the ball.
  static func projected(_ value: Double, _ ball: Double) -> Double { min(ball, max(-ball, value)) }

  /// What radius and ball leave of the truth: the target that a regression within them has.
  func reduced(_ truth: Double, at x: Double, radius: Double, ball: Double) -> Double {
    abs(x) <= radius ? Self.projected(truth, ball) : 0
  }

  /// The mean squared label mismatch of a radius and a ball, by quadrature.
  func mismatch(radius: Double, ball: Double) -> Double {
    grid.mean(
      zip(grid.x, grid.truth).map { x, truth in
        let gap = reduced(truth, at: x, radius: radius, ball: ball) - truth
        return gap * gap
      })
  }
}
