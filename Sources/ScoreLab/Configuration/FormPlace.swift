import ScoreCore

/// Where the form shows a key.
public struct FormPlace: Sendable, Equatable {
  /// Rows that stand together, in the order of the form: what people change most comes first.
  public enum Group: Sendable, CaseIterable {
    case data, network, training, sampling, process, objective, optimizer, networkInputs, probe,
      seed
  }

  public var group: Group
  public var label: String
  /// Whether it says more of the row above it.
  public var isIndented: Bool
  /// Where the key means something; elsewhere the form has no row for it.
  public var condition: FormCondition

  /// - Parameters:
  ///   - group: The rows that it stands with, in the order of the keys.
  ///   - label: What the form calls it.
  ///   - isIndented: Whether it says more of the row above it.
  ///   - condition: Where the key means something.
  init(
    _ group: Group, _ label: String, isIndented: Bool = false,
    where condition: FormCondition = .always
  ) {
    self.group = group
    self.label = label
    self.isIndented = isIndented
    self.condition = condition
  }
}

/// What a key needs of the others to mean something.
public enum FormCondition: Sendable {
  case always
  /// A network with hidden layers of chosen widths.
  case hiddenLayers
  /// A network whose activation can be chosen.
  case activation
  /// A network of two layers, whose width is one number.
  case twoLayers
  /// The kind ntk.
  case tangentNetwork
  /// A network whose inputs may be brought back to a ball.
  case inputBall
  /// Time that enters as waves.
  case timeWaves
  /// An optimiser that draws batches.
  case batches
  case exponentialAverage, powerAverage
  /// Noise levels from a distribution that has no atoms.
  case spreadLevels
  /// Data with labels.
  case labels
  /// A network that is given the class.
  case classes

  /// Whether a configuration has it.
  public func holds(in configuration: RunConfiguration) -> Bool {
    let (network, optimizer) = (configuration.network, configuration.optimizer)
    return switch self {
    case .always: true
    case .hiddenLayers: network.kind == .mlp || network.kind == .randomFeatures
    case .activation: ![.linear, .ntk].contains(network.kind)
    case .twoLayers: network.kind == .ntk || network.kind == .conservative
    case .tangentNetwork: network.kind == .ntk
    case .inputBall: network.kind != .conservative
    case .timeWaves: network.timeEmbedding.hasWaves
    case .batches: !optimizer.make().rule.usesWholeTrainingSet
    case .exponentialAverage: optimizer.averageProfile == .exponential
    case .powerAverage: optimizer.averageProfile == .power
    case .labels: configuration.distribution.hasLabels
    case .classes: network.condition == .label
    case .spreadLevels:
      configuration.objective.make().levels.atoms(of: configuration.process.make()) == nil
    }
  }
}
