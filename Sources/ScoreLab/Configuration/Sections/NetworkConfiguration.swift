public import ScoreCore

/// The network that learns the score.
public struct NetworkConfiguration: ConfigurationSection {
  public enum Kind: String, CaseIterable, Sendable {
    case mlp
    case linear
    case randomFeatures = "random_features"
    case ntk
    case conservative

    var summary: String {
      switch self {
      case .mlp: "layers of units, all trained"
      case .linear: "no hidden layers: affine in its inputs, with one slope for all noise levels"
      case .randomFeatures: "hidden layers stay as drawn, the last one is trained"
      case .ntk: "two layers, ReLU, 1/sqrt(width) outside the weights (Han et al. 2024)"
      case .conservative: "the gradient of a scalar network of two layers, so without curl"
      }
    }
  }

  /// What becomes of the outer weights of the kind `ntk`.
  public enum OuterWeights: String, CaseIterable, Sendable {
    case fixed, trained

    fileprivate var summary: String {
      switch self {
      case .fixed: "signs that stay as drawn, so that only the inner weights are trained"
      case .trained: "signs at the start, trained like the inner weights"
      }
    }
  }

  /// What a network is given besides a noisy point and its level.
  public enum Condition: String, CaseIterable, Sendable {
    case none
    case label = "class"

    fileprivate var summary: String {
      switch self {
      case .none: "nothing"
      case .label: "the class of the point, of data with labels"
      }
    }
  }

  public var kind = Kind.mlp
  /// The widths of the hidden layers, 1 to 8 of them, each 1 to 4096; a linear network has none.
  public var hidden = [128, 128, 128]
  /// The number of neurons of the kinds `ntk` and `conservative`, 1 to 16384.
  public var width = 1024
  /// What becomes of the outer weights of the kind `ntk`.
  public var outerWeights = OuterWeights.fixed
  public var activation = Activation.silu
  /// Whether a hidden layer as wide as the one before adds that one's output.
  public var residual = false
  /// What the inputs that encode the noise level are of.
  public var timeEmbedding = TimeFeatures.Kind.logSNR
  /// The number of inputs that encode the noise level, an even number from 2 to 256, where they are
  /// waves.
  public var timeFeatures = 32
  /// The number of sines and as many cosines of each coordinate, 0 to 8.
  public var positionFeatures = 0
  /// The distance from zero beyond which scaled points are brought back to it, at most 1e6; 0 for
  /// none.
  public var inputRadius = 0.0
  /// Whether the network is given the class of a point.
  public var condition = Condition.none
  /// The share of a batch whose class is left out, 0.01 to 0.9; the network then stands for all points.
  public var labelDropout = 0.1

  public init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .choice(
      "kind", "architecture of the score network", \.kind, place: FormPlace(.network, "network"),
      summaries: { $0.summary }),
    .integers(
      "hidden", "widths of the hidden layers", \.hidden, lengths: 1...8, in: 1...4096,
      place: FormPlace(.network, "hidden", isIndented: true, where: .hiddenLayers)),
    .integer(
      "width", "neurons of the kinds ntk and conservative", \.width, in: 1...16384,
      steps: .powersOfTwo,
      place: FormPlace(.network, "width", isIndented: true, where: .twoLayers)),
    .choice(
      "outer_weights", "outer weights of the kind ntk", \.outerWeights,
      place: FormPlace(.network, "outer weights", isIndented: true, where: .tangentNetwork),
      summaries: { $0.summary }),
    .choice(
      "activation", "nonlinearity between layers", \.activation,
      place: FormPlace(.network, "activation", isIndented: true, where: .activation)),
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
    .number(
      "input_radius", "distance that points are brought back to, 0 for none", \.inputRadius,
      in: 0...1e6, place: FormPlace(.networkInputs, "input radius", where: .inputBall)),
    .choice(
      "condition", "what the network is given besides point and level", \.condition,
      place: FormPlace(.network, "given", where: .labels), summaries: { $0.summary }),
    .number(
      "label_dropout", "share of a batch whose class is left out", \.labelDropout, in: 0.01...0.9,
      place: FormPlace(.network, "label dropout", isIndented: true, where: .classes)),
  ]

  /// The network for points of a dimension, given so many values of a condition.
  public func architecture(dimension: Int, conditionCount: Int = 0) -> any Architecture {
    let encoding = InputEncoding(
      dimension: dimension, positionPairs: positionFeatures,
      timeFeatures: TimeFeatures(timeEmbedding, pairs: timeFeatures / 2),
      conditionCount: conditionCount, radius: inputRadius > 0 ? inputRadius : .infinity)
    return switch kind {
    case .mlp, .randomFeatures:
      Perceptron(
        encoding, hidden: hidden, activation: activation, isResidual: residual,
        hasFrozenFeatures: kind == .randomFeatures)
    case .linear: Perceptron(encoding, hidden: [])
    case .ntk:
      NeuralTangentNetwork(encoding, width: width, trainsOuterWeights: outerWeights == .trained)
    case .conservative: ConservativeNetwork(encoding, width: width, activation: activation)
    }
  }

  /// The key that decides how many weights there are.
  var sizeKey: String {
    switch kind {
    case .mlp, .linear, .randomFeatures: "network.hidden"
    case .ntk, .conservative: "network.width"
    }
  }
}

extension TimeFeatures.Kind {
  fileprivate var summary: String {
    switch self {
    case .logSNR: "waves of the log signal-to-noise ratio"
    case .time: "waves of the process time"
    case .plain: "the process time over the horizon, one input"
    case .sinceStop: "the process time past the stop, one input"
    case .absent: "not at all: the network sees the noisy point alone"
    }
  }
}
