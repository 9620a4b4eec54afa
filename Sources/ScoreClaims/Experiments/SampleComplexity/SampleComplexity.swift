import Glibc
import ScoreCore
import ScoreLab

/// How the error of trained networks falls with the number of training points, next to what papers
/// claim and next to a kernel estimate.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Theorem 1.2 and Lemma 1.4; Gaur
/// et al. 2025 (arXiv:2505.18344).
struct SampleComplexity: ClaimExperiment {
  static let claim = Claim(
    "sample_complexity", title: "Sample complexity",
    summary: "score error of trained networks against n, width, dimension or noise level",
    statement:
      "The D_delta error of trained networks falls with n at a rate that does not depend on "
      + "the noise level, while the L2 error suffers from rare far mass as the noise shrinks.",
    source: "Gupta et al. 2024 (arXiv:2311.13745), Theorem 1.2, Lemma 1.4 and Lemma 4.1; Gaur et "
      + "al. 2025 (arXiv:2505.18344); kernel baseline as in Fu and Lee 2025 (arXiv:2505.10880)",
    .stated,
    caveats: [
      "Claimed rates bound from above how many samples suffice, up to constants and logarithms; a "
        + "measured slope that is steeper agrees with all of them. They are drawn through the first "
        + "measured point.",
      "Gupta et al. print eps^-3 (n^-1/3); a public review says that inserting the number of steps N "
        + "gives eps^-5 (n^-1/5): disputed. Their Lemma 1.4, for one time, is eps^-2 (n^-1/2). Their "
        + "eps is a total variation distance, not the error plotted.",
      "Gaur et al. claim eps^-6 (n^-1/6) in version 2 and eps^-4 (n^-1/4) in version 6 and TMLR; the "
        + "form of the bound in eps and sigma was taken from memory and reviews.",
      "Early stopping looks at 4096 fresh points with exact scores, which no user has. It weighs errors "
        + "as L2 does, so where a training set holds no far point it stops long before the network "
        + "fits the rest, and D_delta pays for that.",
      "The leave-one-out likelihood widens the kernel where a training set holds a single far point.",
      "Slopes are of lines through the means at each value. Rule, fixed in advance: the smallest value "
        + "is left out as long as the lack-of-fit test rejects the line at 5% and more than five values "
        + "are left. Where it still rejects, no line fits, and the interval says how far the means "
        + "are off it.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .choice("sweep", "what changes from run to run", \.sweep),
    .number("first", "first value of the sweep, 0 for its standard one", \.first, in: 0...1e5),
    .number("last", "last value of the sweep, 0 for its standard one", \.last, in: 0...1e5),
    .integer("values", "how many values, even in their logarithm", \.valueCount, in: 2...50),
    .integer(
      "repeats", "training runs, with seeds of their own, for each value", \.repeats,
      in: 1...100),
    .number(
      "error_time", "time of the level whose errors are plotted, 0 for the worst level",
      \.levelTime, in: 0...1000),
    .integer("steps", "training steps of a run", \.steps, in: 100...10_000_000),
    .integer(
      "patience", "steps without a fall of the held-out loss that stop early", \.patience,
      in: 100...10_000_000),
  ]

  /// What changes from run to run.
  enum Sweep: String, CaseIterable, Sendable {
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

  var sweep = Sweep.n
  /// The ends of the sweep; 0 for its standard ones.
  var first = 0.0
  var last = 0.0
  var valueCount = 8
  /// Training runs for each value.
  var repeats = 2
  /// The process time of the level whose errors are plotted; 0 for the worst level.
  var levelTime = 0.0
  /// The training steps of each run.
  var steps = 60_000
  /// The steps without a fall of the held-out loss after which early stopping stops.
  var patience = 5000

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

  func check() throws(ParameterError) {
    let (first, last) = ends
    guard first < last else {
      throw ParameterError(
        path: ["first"], message: "must be below the last value \(last), found \(first)")
    }
    let least = sweep == .n ? 2.0 : sweep.isWhole ? 1 : 1e-6
    guard first >= least else {
      throw ParameterError(
        path: ["first"], message: "expected at least \(least) for this sweep, found \(first)")
    }
  }

  func makePlan(_ setup: ExperimentSetup) throws -> SampleComplexityPlan {
    let plan = try SampleComplexityPlan(values: self, setup: setup)
    try plan.memory.check()
    return plan
  }
}

extension SampleComplexity {
  private var ends: (first: Double, last: Double) {
    let range = sweep.standardRange
    return (first > 0 ? first : range.first, last > 0 ? last : range.last)
  }

  /// The values of the sweep, ascending, even in their logarithm.
  var values: [Double] {
    let (first, last) = ends
    let even = (0..<valueCount).map {
      first * pow(last / first, Double($0) / Double(valueCount - 1))
    }
    return Set(sweep.isWhole ? even.map { $0.rounded() } : even).sorted()
  }

  /// The process time of the level whose errors are plotted; nil for the worst level.
  var errorTime: Double? { levelTime > 0 ? levelTime : nil }
}
