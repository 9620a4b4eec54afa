public import ScoreCore

/// The network that learns the score.
public struct NetworkConfiguration: ConfigurationSection {
  public enum Kind: String, CaseIterable, Sendable {
    case mlp
    case linear
    case randomFeatures = "random_features"

    var summary: String {
      switch self {
      case .mlp: "layers of units, all trained"
      case .linear: "no hidden layers: affine in its inputs, with one slope for all noise levels"
      case .randomFeatures: "hidden layers stay as drawn, the last one is trained"
      }
    }
  }

  public var kind = Kind.mlp
  /// The widths of the hidden layers, 1 to 8 of them, each 1 to 4096; a linear network has none.
  public var hidden = [128, 128, 128]
  public var activation = Activation.silu
  /// Whether a hidden layer as wide as the one before adds that one's output.
  public var residual = false
  /// What the inputs that encode the noise level are of.
  public var timeEmbedding = TimeFeatures.Kind.logSNR
  /// The number of inputs that encode the noise level, an even number from 2 to 256; plain time
  /// has one.
  public var timeFeatures = 32
  /// The number of sines and as many cosines of each coordinate, 0 to 8.
  public var positionFeatures = 0

  public init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .choice(
      "kind", "architecture of the score network", \.kind, place: FormPlace(.network, "network"),
      summaries: { $0.summary }),
    .integers(
      "hidden", "widths of the hidden layers", \.hidden, lengths: 1...8, in: 1...4096,
      place: FormPlace(.network, "hidden", isIndented: true, where: .hiddenLayers)),
    .choice(
      "activation", "nonlinearity between layers", \.activation,
      place: FormPlace(.network, "activation", isIndented: true, where: .hiddenLayers)),
    .flag(
      "residual", "whether layers of equal width add their input", \.residual,
      place: FormPlace(.networkInputs, "residual", where: .hiddenLayers)),
    .choice(
      "time_embedding", "how the noise level enters the network", \.timeEmbedding,
      place: FormPlace(.networkInputs, "time input"), summaries: { $0.summary }),
    .integer(
      "time_features", "inputs that encode the noise level", \.timeFeatures, in: 2...256,
      multipleOf: 2, place: FormPlace(.networkInputs, "time waves", where: .timeWaves)),
    .integer(
      "position_features", "sines, and as many cosines, of each coordinate", \.positionFeatures,
      in: 0...8, place: FormPlace(.networkInputs, "point waves")),
  ]

  /// The network for points of a dimension.
  public func architecture(dimension: Int) -> any Architecture {
    let encoding = InputEncoding(
      dimension: dimension, positionPairs: positionFeatures,
      timeFeatures: TimeFeatures(timeEmbedding, pairs: timeFeatures / 2))
    return switch kind {
    case .mlp, .randomFeatures:
      Perceptron(
        encoding, hidden: hidden, activation: activation, isResidual: residual,
        hasFrozenFeatures: kind == .randomFeatures)
    case .linear: Perceptron(encoding, hidden: [])
    }
  }
}

extension TimeFeatures.Kind {
  fileprivate var summary: String {
    switch self {
    case .logSNR: "waves of the log signal-to-noise ratio"
    case .time: "waves of the process time"
    case .plain: "the process time itself, one input"
    }
  }
}
