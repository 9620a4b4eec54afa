/// Everything that decides how gradients become steps.
public struct Optimization: Sendable {
  public var rule: any UpdateRule
  /// The step size before the schedule, positive.
  public var learningRate: Double
  public var schedule: any RateSchedule
  /// The number of first steps over which the step size grows linearly from 0.
  public var warmup: Int
  /// The largest norm of a gradient, longer ones are scaled down; nil for no clipping.
  ///
  /// Source: Pascanu, Mikolov and Bengio 2013 (arXiv:1211.5063), Algorithm 1.
  public var maximumNorm: Double?
  /// The set that each update ends in; nil where weights are free.
  public var constraint: (any WeightConstraint)?
  public var average: WeightAverage

  public init(
    rule: any UpdateRule = Adam(), learningRate: Double,
    schedule: any RateSchedule = ConstantRate(), warmup: Int = 0, maximumNorm: Double? = nil,
    constraint: (any WeightConstraint)? = nil, average: WeightAverage = WeightAverage()
  ) {
    precondition(warmup >= 0, "A warm-up cannot be negative.")
    self.rule = rule
    self.learningRate = learningRate
    self.schedule = schedule
    self.warmup = warmup
    self.maximumNorm = maximumNorm
    self.constraint = constraint
    self.average = average
  }

  /// The step size of a step, from 1.
  public func rate(step: Int) -> Double {
    let growth = step < warmup ? Double(step) / Double(warmup) : 1
    return learningRate * growth * schedule.factor(step: step)
  }
}
