import ScoreCore
import ScoreLab
import ScoreTheory

/// Solves the convex program, descends from random starts, draws Langevin samples and splits errors.
struct ConvexMinimiserPlan: ExperimentPlan {
  enum Unit: Codable, Hashable, Sendable {
    /// Minimisers over penalties of the first data set.
    case path(KinkLoss)
    /// Networks of every width on one data set.
    case descent(KinkLoss, set: Int)
    /// Samples of the minimisers above and below the line's penalty.
    case langevin(KinkLoss, set: Int)
    /// The statistical error on a batch of data sets of n points.
    case statistical(n: Int, batch: Int)
    /// The three errors of a descent on one data set.
    case split(set: Int)
  }

  enum Record: Codable, Sendable {
    case path([PathPlace])
    case descent([DescentEnd])
    case langevin(LangevinLaws)
    /// `sigma^2 L2^2` between the minimisers of the points and of the population.
    case statistical([Double])
    case split(ErrorSplit)
  }

  /// A minimiser on the path.
  struct PathPlace: Codable, Sendable {
    /// The penalty over the line's.
    var share: Double
    var kinks: Int
    var objective: Double
    var relativeGap: Double
    /// `sigma^2 L2^2` to the exact score.
    var error: Double
  }

  /// Where a descent of one width ended, next to the exact minimum.
  struct DescentEnd: Codable, Sendable {
    var width: Int
    /// The lowest objective of the starts, the exact one, its lower bound and the line's.
    var objective: Double
    var exact: Double
    var bound: Double
    var line: Double
    /// The share of the network's changes of slope that is next to an exact kink, and of the points.
    var nearKinks: Double
    var nearPoints: Double
    /// Above the line's penalty: the root mean square distance from the line over that of the line.
    var fromLine: Double

    /// What is left above the minimum, of what the line is above it.
    var gap: Double { (objective - exact) / (line - exact) }
  }

  /// Kolmogorov distances of Langevin samples.
  struct LangevinLaws: Codable, Sendable {
    /// Above the line's penalty: to the Gaussian of the closed form, and to the noisy data's law.
    var aboveGaussian: Double
    var aboveLaw: Double
    /// Below: to the law.
    var belowLaw: Double
    /// Of as many draws of the law to it.
    var null: Double
    /// The largest distance of the minimiser above the penalty from the least-squares line by moments.
    var lineError: Double
  }

  /// The errors of a network after some steps of L-BFGS, `sigma^2 L2^2` and `sigma D_delta`.
  struct ErrorSplit: Codable, Sendable {
    var approximation: ScoreGap
    var statistical: ScoreGap
    /// At each checkpoint: the descent's distance from the exact minimiser, and from the exact score.
    var optimisation: [ScoreGap]
    var total: [ScoreGap]
    /// Of the exact minimiser, of one Gaussian and of no score.
    var minimiser: ScoreGap
    var line: ScoreGap
    var zero: ScoreGap
  }

  static var lanes: Int { 4 }

  let values: ConvexMinimiser
  let seed: UInt64
  let rule: PopulationRule
  /// Denoising score matching on the noisy distribution itself.
  let population: KinkProgram
  /// The relative gap that minimisers are asked for; a test asks for less.
  var tolerance = 1e-12
  /// How networks descend; a test stops them early.
  var method: LimitedMemoryDescent
  /// The penalty that networks have in place of the program's; itself but in tests.
  var usedPenalty: @Sendable (Double) -> Double = { $0 }
  /// The factor on the penalty above which the minimiser is the line; 1 but in tests.
  var lineFactor = 1.0
  /// How many of n points are fitted; all but in tests.
  var usedPoints: @Sendable (Int) -> Int = { $0 }
  /// The factors on the scores that samples follow above and below the line's penalty; 1 but in tests.
  var drift = (above: 1.0, below: 1.0)
  /// The factor on the total error; 1 but in tests.
  var totalFactor = 1.0
  /// What all changes of slope of networks are moved by; 0 but in tests.
  var kinkShift = 0.0

  init(values: ConvexMinimiser, seed: UInt64) {
    (self.values, self.seed, population) = (values, seed, values.population)
    rule = PopulationRule(
      line: values.distribution, level: values.level, range: values.range, resolution: 16)
    method = LimitedMemoryDescent(memory: 20, stepLimit: values.steps, tolerance: 1e-9)
  }

  var units: [Unit] {
    KinkLoss.allCases.map { .path($0) }
      + KinkLoss.allCases.flatMap { loss in
        (0..<values.repeats).map { .descent(loss, set: $0) }
      }
      + KinkLoss.allCases.flatMap { loss in
        (0..<values.repeats).map { .langevin(loss, set: $0) }
      }
      + values.counts.reversed().flatMap { n in
        (0..<ConvexMinimiser.batchCount).map { .statistical(n: n, batch: $0) }
      } + (0..<values.repeats).map { .split(set: $0) }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .path(let loss): "\(loss.name) path over penalties"
    case .descent(let loss, let set):
      "\(loss.name) descents, data set \(set + 1) of \(values.repeats)"
    case .langevin(let loss, let set):
      "\(loss.name) samples, data set \(set + 1) of \(values.repeats)"
    case .statistical(let n, let batch):
      "statistical error, n = \(n), batch \(batch + 1) of \(ConvexMinimiser.batchCount)"
    case .split(let set): "three errors, data set \(set + 1) of \(values.repeats)"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    SingleStep {
      switch unit {
      case .path(let loss): .path(path(loss))
      case .descent(let loss, let set): .descent(descents(loss, set: set))
      case .langevin(let loss, let set): .langevin(laws(loss, set: set))
      case .statistical(let n, let batch): .statistical(statistical(n, batch: batch))
      case .split(let set): .split(split(set))
      }
    }
  }

  func findings(_ records: Records) -> ConvexMinimiserFindings {
    ConvexMinimiserFindings(self, records)
  }
}
