/// How gradients become steps.
public struct OptimizerConfiguration: ConfigurationSection {
  public enum Kind: String, CaseIterable, Sendable { case adam }

  public var kind = Kind.adam
  /// The step size, 1e-8 to 100.
  public var learningRate = 0.001
  /// The number of points in a step, 1 to 65536.
  public var batch = 256
  /// The decay per step of the moving average of the weights, 0 (none) to 0.999999.
  public var average = 0.999

  public init() {}

  static let fields: [ConfigurationField<Self>] = [
    .choice("kind", "rule that turns gradients into steps", \.kind),
    .number("learning_rate", "step size", \.learningRate, in: 1e-8...100, isLive: true),
    .integer("batch", "points in a step", \.batch, in: 1...65536, isLive: true),
    .number(
      "average", "decay per step of the weights' moving average, 0 for none", \.average,
      in: 0...0.999999, isLive: true),
  ]
}
