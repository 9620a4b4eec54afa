import ScoreCore
import ScoreLab

/// A bound on the total variation distance of samples with every constant in it, term by term, next
/// to the distance itself.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Corollary B.6 and eq. 14.
struct Certificate: ClaimExperiment {
  static let claim = Claim(
    "certificate", title: "Certificate",
    summary: "the terms of the bound on sampling, with their constants, next to what is measured",
    statement: "The samples' total variation distance is at most a sum of a score term, a "
      + "discretisation term and a start term, and the steps' part grows no faster than "
      + "sqrt(d / N).",
    source: "Gupta et al. 2024 (arXiv:2311.13745), Corollary B.6 and eq. 14", .derived,
    caveats: [
      "The terms of Corollary B.6 are up to constants that the paper does not give (<~); their sum "
        + "is no bound, and only the explicit certificate may be compared with a measurement.",
      "The certificate with constants is derived from the paper's argument, not quoted; its "
        + "discretisation term uses Pinsker on path distributions, which is far from tight "
        + "because late "
        + "steps forget what early ones did.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer(
      "training_steps", "steps the run is trained for; 0 follows the exact score",
      \.trainingSteps, in: 0...1_000_000),
    .number("delta", "of Corollary B.6, all steps together", \.delta, in: 0.001...0.5),
    .integer("paths", "paths of the exact reverse process", \.pathCount, in: 1000...1_000_000),
    .number(
      "variance", "v of the Gaussian data on which steps and dimensions are gone through",
      \.variance, in: 0.001...1000),
  ]

  /// Training steps of the run; 0 follows the exact score.
  var trainingSteps = 3000
  /// delta of Corollary B.6, all steps together.
  var delta = 0.1
  /// Paths of the exact reverse process.
  var pathCount = 20_000
  /// v of the Gaussian data `N(0, v I)` on which steps and dimensions are gone through.
  var variance = 0.25

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

  func makePlan(_ setup: ExperimentSetup) throws -> CertificatePlan {
    try ReversePathSetup.requireExponentialIntegrator(setup)
    let paths = try ReversePathSetup(setup)
    // The error of every path at every step, which are put in order a few at a time.
    let errors = MemoryEstimate.Part(
      "paths (\(pathCount)) or run.sampler.steps (\(paths.stepCount))",
      bytes: pathCount * paths.stepCount * MemoryLayout<Double>.size)
    try MemoryEstimate([errors, paths.memory(ofSamples: 4)]).check()
    return CertificatePlan(
      values: self, paths: paths, session: try setup.session(trainingSteps: trainingSteps))
  }
}
