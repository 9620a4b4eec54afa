import ScoreCore
import ScoreLab

/// Which spacing of the steps is best for a distribution and a number of steps.
///
/// Source: the open question of Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745) on step
/// schedules; Benton et al. 2024 (arXiv:2308.03686) for the schedule behind the bounds.
struct Schedules: ClaimExperiment {
  static let claim = Claim(
    "schedules", title: "Schedule bench",
    summary:
      "which step schedule is best for a distribution and a number of steps, an optimised one too",
    statement:
      "The step schedule of least path divergence, which the bounds on sampling go through, "
      + "also makes the samples of least error. Which schedule is best is an open question.",
    source: "Open question of Gupta et al. 2024 (arXiv:2311.13745); Benton et al. 2024 "
      + "(arXiv:2308.03686)", .observed,
    caveats: [
      "The optimised schedule is the best for the divergence of whole paths (Girsanov), which the "
        + "bounds go through. It is not the one of least error at the end: later steps forget what "
        + "early ones got wrong, and the path divergence counts both alike.",
      "That the divergence depends on the distribution through its Fisher information alone is "
        + "derived here "
        + "and checked along simulated paths.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .number(
      "variance", "of the Gaussian data whose results are exact", \.variance, in: 0.001...1000),
    .integer(
      "training_steps", "steps the learned score is trained for; 0 leaves it out",
      \.trainingSteps, in: 0...1_000_000),
    .integer("paths", "paths that check the divergence", \.pathCount, in: 1000...1_000_000),
  ]

  /// The most steps that are searched for.
  static let stepLimit = 400

  /// v_0 of the Gaussian whose results are exact.
  var variance = 0.25
  /// Training steps of the learned score; 0 leaves it out.
  var trainingSteps = 2000
  /// Paths that check the divergence.
  var pathCount = 4000

  /// A mixture with parts of different width on the line, in 50 steps.
  public var standardRun: RunConfiguration? {
    var run = RunConfiguration.start
    run.distribution = .line([(1, -1, 0.2), (2, 1, 0.4)])
    run.process.kind = CatalogChoice(
      "ornstein_uhlenbeck", of: ProcessCatalog.all, ["horizon": .number(5), "stop": .number(0.01)])
    run.network.hidden = [64, 64]
    run.sampler.steps = 50
    run.sampler.count = 50_000
    return run
  }

  func makePlan(_ setup: ExperimentSetup) throws -> SchedulesPlan {
    try ReversePathSetup.requireExponentialIntegrator(setup)
    let paths = try ReversePathSetup(setup)
    let steps = setup.run.sampler.steps
    try MemoryEstimate([paths.memory(ofSamples: 4)]).check()
    guard (2...Self.stepLimit).contains(steps) else {
      throw ParameterError(
        path: ["run", "sampler", "steps"],
        message: "expected 2 to \(Self.stepLimit) steps, which can be searched, found \(steps)")
    }
    return SchedulesPlan(
      values: self, paths: paths, stepCount: steps,
      session: try setup.session(trainingSteps: trainingSteps))
  }
}
