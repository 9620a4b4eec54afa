import ScoreCore

/// Which spacing of the steps is best for a law and a number of steps.
///
/// Source: the open question of Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745) on step
/// schedules; Benton et al. 2024 (arXiv:2308.03686) for the schedule behind the bounds.
public struct ScheduleBench: Experiment {
  /// The most steps that are searched for.
  static let stepLimit = 400

  /// v_0 of the Gaussian whose results are exact.
  public var variance: Double
  /// Training steps of the learned score; 0 leaves it out.
  public var trainingSteps: Int
  /// Paths that check the divergence.
  public var pathCount: Int

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

  public func makeRun(_ setup: ExperimentSetup) throws -> any ExperimentRun {
    try ReversePathSetup.requireExponentialIntegrator(setup)
    let paths = try ReversePathSetup(setup)
    let steps = setup.run.sampler.steps
    try MemoryEstimate([paths.memory(ofSamples: 4)]).check()
    guard (2...Self.stepLimit).contains(steps) else {
      throw ParameterError(
        path: ["run", "sampler", "steps"],
        message: "expected 2 to \(Self.stepLimit) steps, which can be searched, found \(steps)")
    }
    return ScheduleRun(
      bench: self, paths: paths, stepCount: steps,
      session: trainingSteps == 0
        ? nil
        : try Session(
          configuration: setup.run, dataSource: setup.dataSource, threads: setup.threads))
  }
}

extension CatalogEntry where Member == any Experiment {
  static var schedules: Self {
    Self(
      name: "schedules",
      summary: "which step schedule is best for a law and a number of steps, an optimised one too",
      source: "open question of Gupta et al. 2024 (arXiv:2311.13745); "
        + "Benton et al. 2024 (arXiv:2308.03686)",
      parameters: [
        ParameterDescription(
          "variance", "of the Gaussian data whose results are exact",
          .number(default: 0.25, range: 0.001...1000)),
        ParameterDescription(
          "training_steps", "steps the learned score is trained for; 0 leaves it out",
          .integer(default: 2000, range: 0...1_000_000)),
        ParameterDescription(
          "paths", "paths that check the divergence",
          .integer(default: 4000, range: 1000...1_000_000)),
      ]
    ) { values in
      ScheduleBench(
        variance: values.number("variance"), trainingSteps: values.integer("training_steps"),
        pathCount: values.integer("paths"))
    }
  }
}
