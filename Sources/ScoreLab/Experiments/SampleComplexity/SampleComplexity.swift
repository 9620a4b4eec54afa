import Glibc
import ScoreCore

/// How the error of trained networks falls with the number of training points, beside what papers
/// claim and beside a kernel estimate.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Theorem 1.2 and Lemma 1.4; Gaur
/// et al. 2025 (arXiv:2505.18344).
public struct SampleComplexity: Experiment {
  /// What changes from run to run.
  public enum Sweep: String, CaseIterable, Sendable {
    case n, width, dimension
    case noiseLevel = "noise_level"

    /// The name with its symbol, for axes.
    var axis: String {
      switch self {
      case .n: "training points n"
      case .width: "units of each hidden layer"
      case .dimension: "dimension"
      case .noiseLevel: "noise time of the one level trained"
      }
    }

    /// The first and the last value unless told otherwise.
    var standardRange: (first: Double, last: Double) {
      switch self {
      case .n: (30, 3000)
      case .width: (4, 64)
      case .dimension: (1, 16)
      case .noiseLevel: (0.001, 1)
      }
    }

    var isWhole: Bool { self != .noiseLevel }
  }

  public var sweep: Sweep
  /// The values of the sweep, ascending, even in their logarithm.
  public var values: [Double]
  /// Training runs for each value.
  public var repeats: Int
  /// The process time of the level whose errors are plotted; nil for the worst level.
  public var errorTime: Double?
  /// The training steps of each run.
  public var steps: Int
  /// The steps without a fall of the held-out loss after which early stopping stops.
  public var patience: Int

  public var standardRun: RunConfiguration? {
    var run = RunConfiguration()
    // Parts so narrow that noise rules at every level, as in the paper's lower bound.
    run.distribution = .line([(0.495, -1, 0.05), (0.495, 1, 0.05), (0.01, 6, 0.05)])
    run.trainingSet.count = .fixed(300)
    run.network.hidden = [64, 64]
    run.optimizer.learningRate = 0.002
    run.optimizer.schedule = CatalogChoice(
      "inverse_time", of: RateScheduleCatalog.all, ["half_step": .number(5000)])
    run.sampler.steps = 50
    run.probe.levels = 8
    return run
  }

  public func makeRun(_ setup: ExperimentSetup) throws -> any ExperimentRun {
    let run = try SampleComplexityRun(values: self, setup: setup)
    try run.memory.check()
    return run
  }
}

extension CatalogEntry where Member == any Experiment {
  static var sampleComplexity: Self {
    Self(
      name: "sample_complexity",
      summary: "score error of trained networks against n, width, dimension or noise level",
      source: "Gupta et al. 2024 (arXiv:2311.13745); Gaur et al. 2025 (arXiv:2505.18344)",
      parameters: [
        ParameterDescription(
          "sweep", "what changes from run to run",
          .choice(default: "n", of: SampleComplexity.Sweep.allCases.map(\.rawValue))),
        ParameterDescription(
          "first", "first value of the sweep, 0 for its standard one",
          .number(default: 0, range: 0...1e5)),
        ParameterDescription(
          "last", "last value of the sweep, 0 for its standard one",
          .number(default: 0, range: 0...1e5)),
        ParameterDescription(
          "values", "how many values, even in their logarithm", .integer(default: 8, range: 2...50)),
        ParameterDescription(
          "repeats", "training runs, with seeds of their own, for each value",
          .integer(default: 2, range: 1...100)),
        ParameterDescription(
          "error_time", "time of the level whose errors are plotted, 0 for the worst level",
          .number(default: 0, range: 0...1000)),
        ParameterDescription(
          "steps", "training steps of a run",
          .integer(default: 60_000, range: 100...10_000_000)),
        ParameterDescription(
          "patience", "steps without a fall of the held-out loss that stop early",
          .integer(default: 5000, range: 100...10_000_000)),
      ]
    ) { (values) throws(ParameterError) in try SampleComplexity(values) }
  }
}

extension SampleComplexity {
  fileprivate init(_ values: CatalogParameters) throws(ParameterError) {
    guard let sweep = Sweep(rawValue: values.text("sweep")) else {
      preconditionFailure("A checked choice is a sweep.")
    }
    let (low, high) = (values.number("first"), values.number("last"))
    let first = low > 0 ? low : sweep.standardRange.first
    let last = high > 0 ? high : sweep.standardRange.last
    guard first < last else {
      throw ParameterError(
        path: ["first"], message: "must be below the last value \(last), found \(first)")
    }
    let least = sweep == .n ? 2.0 : sweep.isWhole ? 1 : 1e-6
    guard first >= least else {
      throw ParameterError(
        path: ["first"], message: "expected at least \(least) for this sweep, found \(first)")
    }
    let count = values.integer("values")
    let even = (0..<count).map { first * pow(last / first, Double($0) / Double(count - 1)) }
    let rounded = sweep.isWhole ? even.map { $0.rounded() } : even
    let time = values.number("error_time")
    self.init(
      sweep: sweep, values: Set(rounded).sorted(), repeats: values.integer("repeats"),
      errorTime: time > 0 ? time : nil, steps: values.integer("steps"),
      patience: values.integer("patience"))
  }
}
