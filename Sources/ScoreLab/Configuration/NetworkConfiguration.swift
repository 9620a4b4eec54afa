/// The network that learns the score.
public struct NetworkConfiguration: ConfigurationSection {
  public enum Kind: String, CaseIterable, Sendable { case mlp }
  public enum Activation: String, CaseIterable, Sendable { case silu }

  public var kind = Kind.mlp
  /// The widths of the hidden layers, 1 to 8 of them, each 1 to 4096.
  public var hidden = [128, 128, 128]
  public var activation = Activation.silu
  /// The number of inputs that encode the noise level, an even number from 2 to 256.
  public var timeFeatures = 32

  public init() {}

  static let fields: [ConfigurationField<Self>] = [
    .choice("kind", "architecture of the score network", \.kind),
    .integers("hidden", "widths of the hidden layers", \.hidden, lengths: 1...8, in: 1...4096),
    .choice("activation", "nonlinearity between layers", \.activation),
    .integer(
      "time_features", "inputs that encode the noise level", \.timeFeatures, in: 2...256,
      multipleOf: 2),
  ]
}
