public import ScoreCore

/// What the network is trained to predict, and at which noise levels.
public struct ObjectiveConfiguration: ConfigurationSection {
  public enum Target: String, CaseIterable, Sendable { case noise }
  public enum Weighting: String, CaseIterable, Sendable { case constant }
  public enum Noise: String, CaseIterable, Sendable { case fresh }

  public var target = Target.noise
  /// How the loss is weighted across noise levels.
  public var weighting = Weighting.constant
  /// The law the noise levels of a batch are drawn from.
  public var levels = LevelDraw.uniformLogSNR
  /// Where the noise of a step comes from.
  public var noise = Noise.fresh

  public init() {}

  static let fields: [ConfigurationField<Self>] = [
    .choice("target", "what the network predicts", \.target),
    .choice("weighting", "weight of the loss across noise levels", \.weighting),
    .choice("levels", "law the noise levels of a batch are drawn from", \.levels),
    .choice("noise", "where the noise of a step comes from", \.noise),
  ]
}
