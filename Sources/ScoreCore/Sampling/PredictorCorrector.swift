/// A step of another sampler, then Langevin steps at the level reached.
///
/// Source: Song et al. 2021 (arXiv:2011.13456), section 4.2 and algorithm 1.
public struct PredictorCorrector: Sampler {
  public let predictor: any Sampler
  public let correctorSteps: Int
  public let langevin: LangevinStep

  /// Creates the sampler.
  ///
  /// - Parameters:
  ///   - predictor: A method without memory, as the corrector moves the points under it.
  ///   - correctorSteps: Langevin steps after each of its steps, at least 1.
  ///   - langevin: How long those are.
  public init(
    predictor: any Sampler = EulerMaruyama(), correctorSteps: Int = 1,
    langevin: LangevinStep = LangevinStep(signalToNoise: 0.16)
  ) {
    precondition(correctorSteps >= 1, "A corrector takes at least one step.")
    self.predictor = predictor
    self.correctorSteps = correctorSteps
    self.langevin = langevin
  }

  public var isDeterministic: Bool { false }
  public var order: Int { 0 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory
  ) {
    predictor.step(
      &points, over: step, process: process, score: score, noise: &noise, memory: &memory)
    langevin.apply(
      correctorSteps, to: &points, at: process.level(at: step.to), score: score, noise: &noise)
  }
}

extension CatalogEntry where Member == any Sampler {
  static let predictorCorrector = Self(
    name: "predictor_corrector", summary: "another method with Langevin steps between",
    source: "Song et al. 2021 (arXiv:2011.13456), algorithm 1",
    parameters: [
      ParameterDescription(
        "predictor", "the method that changes the level",
        .choice(default: eulerMaruyama.name, of: predictors.map(\.name))),
      ParameterDescription(
        "corrector_steps", "Langevin steps after each of its steps",
        .integer(default: 1, range: 1...100)),
      ParameterDescription(
        "snr", "signal-to-noise ratio of a Langevin step",
        .number(default: 0.16, range: 0.001...0.7)),
    ]
  ) { parameters throws(ParameterError) in
    let name = parameters.text("predictor")
    let predictor = try predictors.first { $0.name == name }?.make()
    return PredictorCorrector(
      predictor: predictor ?? EulerMaruyama(),
      correctorSteps: parameters.integer("corrector_steps"),
      langevin: LangevinStep(signalToNoise: parameters.number("snr")))
  }

  /// The methods without memory.
  private static let predictors = [
    eulerMaruyama, exponentialIntegrator, ancestral, implicit, probabilityFlowEuler,
    probabilityFlowHeun, elucidatedHeun,
  ]
}
