public import ScoreCore

/// Gradient descent of a two-layer network on the mean of half its squared errors at fixed inputs.
///
/// ```
/// L(W) = 1/(2n) sum over i of ||f(u_i) - y_i||^2,    W <- W - rate grad L(W)
/// ```
/// So a network that stays near its start follows ``KernelDescent`` at the same rate. With a radius, weights
/// farther than it from their start go back to the ball's surface after each step.
///
/// Source: Han, Razaviyayn and Xu 2024 (arXiv:2401.15604) for full-batch descent on the inner weights.
public struct TwoLayerDescent: Sendable {
  public internal(set) var network: TwoLayerNetwork
  /// The step size.
  public let rate: Double
  /// The largest distance of the inner weights from their start, over all of them; nil for any.
  public let radius: Double?
  /// The number of steps taken.
  public internal(set) var step = 0
  let initialWeights: [Double]
  let outer: [Double]
  let blocks: NeuronBlocks
  var training: NetworkColumns
  let probe: NetworkColumns?
  /// The targets as the columns lie, `[outputs, rows]`.
  var targets: [Double]
  /// The outputs at training inputs, then at probe inputs, `[outputs, rows]` each.
  var outputs: [Double]

  /// Sets a network up.
  ///
  /// - Parameters:
  ///   - network: The network at its start.
  ///   - inputs: The training inputs, `[n, inputs]`.
  ///   - targets: Their targets, `[n, outputs]`.
  ///   - probe: Inputs at which outputs are followed as well; nil for none.
  ///   - rate: The step size, positive.
  ///   - radius: The largest distance of the inner weights from their start; nil for any.
  public init(
    _ network: TwoLayerNetwork, inputs: Points, targets: Points, probe: Points? = nil,
    rate: Double, radius: Double? = nil
  ) {
    precondition(
      inputs.count == targets.count && inputs.count > 0
        && targets.dimension == network.outputCount, "Each input has a target for every output.")
    precondition(rate > 0 && radius.map { $0 > 0 } ?? true, "Steps and balls have a size.")
    self.network = network
    self.rate = rate
    self.radius = radius
    initialWeights = network.weights
    outer = network.outerWeights
    blocks = NeuronBlocks(width: network.width, outputCount: network.outputCount)
    training = NetworkColumns(inputs)
    self.probe = probe.map { NetworkColumns($0) }
    self.targets = training.columns(of: targets)
    outputs = []
    outputs = currentOutputs(of: network.weights, threads: Parallel.defaultThreads)
  }

  /// The outputs at the training inputs as they are now, `[n, outputs]`.
  public var fitted: Points {
    training.points(Array(outputs[..<trainingSize]), outputCount: network.outputCount)
  }

  /// The outputs at the probe inputs as they are now, `[count, outputs]`.
  ///
  /// - Precondition: There are probe inputs.
  public var predictions: Points {
    guard let probe else { preconditionFailure("Outputs are followed at no inputs.") }
    return probe.points(Array(outputs[trainingSize...]), outputCount: network.outputCount)
  }

  /// The mean squared error at the training inputs, summed over outputs.
  public var trainingLoss: Double {
    // Rows that only fill up are 0 in outputs and targets.
    zip(outputs, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      / Double(training.count)
  }

  /// The distance of the inner weights from their start.
  public var movement: Double { Self.distance(network.weights, initialWeights) }

  /// The same over the length of all inner weights at the start.
  public var relativeMovement: Double {
    movement / initialWeights.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// Replaces the training inputs and targets by as many others, such as the same points with fresh noise.
  public mutating func replaceTraining(inputs: Points, targets: Points, threads: Int) {
    precondition(
      inputs.count == training.count && targets.count == training.count,
      "There are as many inputs as before.")
    training = NetworkColumns(inputs)
    self.targets = training.columns(of: targets)
    outputs = currentOutputs(of: network.weights, threads: threads)
  }

  /// The number of values of the training inputs' outputs.
  var trainingSize: Int { training.rows * network.outputCount }
}
