import ScoreCore

/// A bound on the total variation distance of samples with every constant in it, term by term, next
/// to the distance itself.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Corollary B.6 and eq. 14.
public struct CertificateBench: Experiment {
  /// Training steps of the run; 0 follows the exact score.
  public var trainingSteps: Int
  /// delta of Corollary B.6, all steps together.
  public var delta: Double
  /// Paths of the exact reverse process.
  public var pathCount: Int
  /// v of the Gaussian data `N(0, v I)` on which steps and dimensions are gone through.
  public var variance: Double

  /// A mixture on the line, learned by a small network.
  public var standardRun: RunConfiguration? {
    var run = RunConfiguration.start
    run.distribution = .line([(1, -1, 0.5), (2, 1, 0.5)])
    run.process.kind = CatalogChoice(
      "ornstein_uhlenbeck", of: ProcessCatalog.all, ["horizon": .number(5), "stop": .number(0.01)])
    run.network.hidden = [64, 64]
    run.sampler.steps = 200
    run.sampler.count = 50_000
    return run
  }

  public func makeRun(_ setup: ExperimentSetup) throws -> any ExperimentRun {
    try ReversePathSetup.requireExponentialIntegrator(setup)
    let paths = try ReversePathSetup(setup)
    // The error of every path at every step, which are put in order a few at a time.
    let errors = MemoryEstimate.Part(
      "paths (\(pathCount)) or run.sampler.steps (\(paths.stepCount))",
      bytes: pathCount * paths.stepCount * MemoryLayout<Double>.size)
    try MemoryEstimate([errors, paths.memory(ofSamples: 4)]).check()
    return CertificateRun(
      bench: self, paths: paths,
      session: trainingSteps == 0
        ? nil
        : try Session(
          configuration: setup.run, dataSource: setup.dataSource, threads: setup.threads))
  }
}

extension CatalogEntry where Member == any Experiment {
  static var certificate: Self {
    Self(
      name: "certificate",
      summary: "the terms of the bound on sampling, with their constants, next to what is measured",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Corollary B.6 and eq. 14",
      parameters: [
        ParameterDescription(
          "training_steps", "steps the run is trained for; 0 follows the exact score",
          .integer(default: 3000, range: 0...1_000_000)),
        ParameterDescription(
          "delta", "of Corollary B.6, all steps together",
          .number(default: 0.1, range: 0.001...0.5)),
        ParameterDescription(
          "paths", "paths of the exact reverse process",
          .integer(default: 20_000, range: 1000...1_000_000)),
        ParameterDescription(
          "variance", "v of the Gaussian data on which steps and dimensions are gone through",
          .number(default: 0.25, range: 0.001...1000)),
      ]
    ) { values in
      CertificateBench(
        trainingSteps: values.integer("training_steps"), delta: values.number("delta"),
        pathCount: values.integer("paths"), variance: values.number("variance"))
    }
  }
}
