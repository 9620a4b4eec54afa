public import ScoreCore

/// How gradients become steps.
public struct OptimizerConfiguration: ConfigurationSection {
  /// A member of the optimizer catalog: the rule that turns gradients into steps.
  public var kind = CatalogChoice("adam", of: OptimizerCatalog.all)
  /// The step size before the schedule, 1e-8 to 100.
  public var learningRate = 0.001
  /// A member of the schedule catalog: how the step size changes over training.
  public var schedule = CatalogChoice("constant", of: RateScheduleCatalog.all)
  /// The number of first steps over which the step size grows from 0, at most 1,000,000.
  public var warmup = 0
  /// The number of points in a step, 1 to 65536; rules that take all points ignore it.
  public var batch = 256
  /// The largest norm of a gradient, at most 1e9; 0 for no limit.
  public var clipNorm = 0.0
  /// A member of the constraint catalog: the set that each update ends in.
  public var constraint = CatalogChoice("none", of: WeightConstraintCatalog.all)
  /// How the moving average of the weights forgets.
  public var averageProfile = WeightAverage.Profile.exponential
  /// The decay per step of the exponential profile, 0 (no average) to 0.999999.
  public var average = 0.999
  /// The exponent of the power profile, 0 to 100.
  public var averageExponent = 6.94

  public init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .member(
      "kind", "rule that turns gradients into steps", \.kind, of: OptimizerCatalog.all,
      place: FormPlace(.optimizer, "optimizer")),
    .number(
      "learning_rate", "step size", \.learningRate, in: 1e-8...100, live: .optimization,
      place: FormPlace(.training, "learning rate")),
    .member(
      "schedule", "how the step size changes over training", \.schedule,
      of: RateScheduleCatalog.all, live: .optimization,
      place: FormPlace(.optimizer, "rate schedule")),
    .integer(
      "warmup", "first steps over which the step size grows", \.warmup, in: 0...1_000_000,
      live: .optimization, place: FormPlace(.optimizer, "warm-up steps")),
    .integer(
      "batch", "points in a step", \.batch, in: 1...65536, live: .batch, steps: .powersOfTwo,
      place: FormPlace(.training, "batch", where: .batches)),
    .number(
      "clip_norm", "largest norm of a gradient, 0 for no limit", \.clipNorm, in: 0...1e9,
      live: .optimization, place: FormPlace(.optimizer, "clip norm")),
    .member(
      "constraint", "set that the weights are kept in", \.constraint,
      of: WeightConstraintCatalog.all, live: .optimization,
      place: FormPlace(.optimizer, "constraint")),
    .choice(
      "average_profile", "how the weights' moving average forgets", \.averageProfile,
      live: .optimization, place: FormPlace(.optimizer, "weight average"),
      summaries: { $0.summary }),
    .number(
      "average", "its decay a step, 0 for no average (exponential)", \.average,
      in: 0...0.999999, live: .optimization, steps: .decays,
      place: FormPlace(.optimizer, "decay", isIndented: true, where: .exponentialAverage)),
    .number(
      "average_exponent", "its exponent (power)", \.averageExponent, in: 0...100,
      live: .optimization,
      place: FormPlace(.optimizer, "exponent", isIndented: true, where: .powerAverage)),
  ]

  /// Makes the optimiser, without the batch.
  public func make() -> Optimization {
    Optimization(
      rule: kind.make(from: OptimizerCatalog.all), learningRate: learningRate,
      schedule: schedule.make(from: RateScheduleCatalog.all), warmup: warmup,
      maximumNorm: clipNorm > 0 ? clipNorm : nil,
      constraint: constraint.make(from: WeightConstraintCatalog.all),
      average: WeightAverage(
        profile: averageProfile, decay: average, exponent: averageExponent))
  }
}

extension WeightAverage.Profile {
  fileprivate var summary: String {
    switch self {
    case .exponential: "a constant decay a step"
    case .power: "weights as step^exponent: forgets a fixed share of the past"
    }
  }
}
