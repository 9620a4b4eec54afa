import Glibc

/// The layers of a network from (x, noise level) to a prediction of the target.
///
/// Inputs are the `dimension` coordinates of the scaled noisy point, optional sines and cosines of
/// each coordinate, and the features of the noise level. Every hidden layer is affine, then the
/// activation, plus its own input where it is residual; the output layer is affine with
/// `dimension` outputs. Without hidden layers the network is linear. All parameters lie in one
/// flat buffer.
public struct NetworkShape: Sendable, Equatable {
  /// One affine layer: where its parameters lie in the flat buffer.
  public struct Layer: Sendable, Equatable {
    public let inputs: Int
    public let outputs: Int
    /// The first weight; weights are `[inputs, outputs]`, row-major.
    public let weightOffset: Int
    /// The first of `outputs` biases.
    public let biasOffset: Int
    /// Whether the layer's input is added to its activation.
    public let isResidual: Bool

    public var weightCount: Int { inputs * outputs }
  }

  public let dimension: Int
  public let hidden: [Int]
  public let activation: Activation
  public let timeFeatures: TimeFeatures
  /// The angular frequencies of the sines and cosines of each coordinate; empty for none.
  public let positionFrequencies: [Float]
  /// Whether only the output layer is trained: a random-feature model.
  public let hasFrozenFeatures: Bool
  public let layers: [Layer]
  public let parameterCount: Int

  /// Lays out a network.
  ///
  /// - Parameters:
  ///   - dimension: The number of coordinates of a point.
  ///   - hidden: The widths of the hidden layers; none for a linear network.
  ///   - activation: The nonlinearity.
  ///   - timeFeatures: How the noise level enters.
  ///   - positionPairs: How many sines and cosines of each coordinate enter, of angular frequencies
  ///     1.5, 3, 6 ...
  ///   - isResidual: Whether a hidden layer as wide as its input adds that input.
  ///   - hasFrozenFeatures: Whether the hidden layers stay as they were drawn.
  public init(
    dimension: Int, hidden: [Int], activation: Activation = .silu, timeFeatures: TimeFeatures,
    positionPairs: Int = 0, isResidual: Bool = false, hasFrozenFeatures: Bool = false
  ) {
    precondition(dimension >= 1, "A network needs inputs.")
    precondition(hidden.allSatisfy { $0 >= 1 }, "A layer needs a width.")
    self.dimension = dimension
    self.hidden = hidden
    self.activation = activation
    self.timeFeatures = timeFeatures
    self.hasFrozenFeatures = hasFrozenFeatures && !hidden.isEmpty
    positionFrequencies = (0..<positionPairs).map { Float(1.5 * pow(2, Double($0))) }
    let inputs = dimension * (1 + 2 * positionPairs) + timeFeatures.count
    let widths = [inputs] + hidden + [dimension]
    var layers: [Layer] = []
    var offset = 0
    for (inputs, outputs) in zip(widths, widths.dropFirst()) {
      let weights = inputs * outputs
      let isHidden = layers.count < hidden.count
      layers.append(
        Layer(
          inputs: inputs, outputs: outputs, weightOffset: offset, biasOffset: offset + weights,
          isResidual: isResidual && isHidden && !layers.isEmpty && inputs == outputs))
      offset += weights + outputs
    }
    self.layers = layers
    parameterCount = offset
  }

  public var inputs: Int { layers[0].inputs }
  /// The inputs that depend on the point and not on the noise level; they come first.
  public var pointInputs: Int { dimension * (1 + 2 * positionFrequencies.count) }
  /// The widest activation, inputs included.
  public var widest: Int { max(inputs, dimension, hidden.max() ?? 0) }
  /// The first parameter that training changes; those behind it are changed too.
  public var trainableOffset: Int {
    hasFrozenFeatures ? layers[layers.count - 1].weightOffset : 0
  }

  /// Multiplications plus additions of the matrix products for one point, forward only.
  public var flopsPerPoint: Int { 2 * layers.reduce(0) { $0 + $1.weightCount } }

  /// Draws starting parameters: hidden weights normal with variance 2 / inputs, biases and the
  /// output layer zero, so that training starts at the loss of the zero prediction.
  ///
  /// The biases of frozen features are standard normal: nothing moves their kinks later.
  ///
  /// Source: He, Zhang, Ren and Sun 2015 (arXiv:1502.01852), eq. 10.
  ///
  /// - Parameters:
  ///   - seed: The run's seed.
  ///   - network: The number of the network in a bank.
  /// - Returns: The flat buffer, `[parameterCount]`.
  public func initialParameters(seed: UInt64, network: Int = 0) -> [Float] {
    var parameters = [Float](repeating: 0, count: parameterCount)
    for (index, layer) in layers.dropLast().enumerated() {
      var stream = RandomStream(
        seed: seed, purpose: .initialization, index: UInt64(index) | UInt64(network) << 32)
      let deviation = (2 / Double(layer.inputs)).squareRoot()
      for i in 0..<layer.weightCount {
        parameters[layer.weightOffset + i] = Float(deviation * stream.normal())
      }
      guard hasFrozenFeatures else { continue }
      for i in 0..<layer.outputs { parameters[layer.biasOffset + i] = Float(stream.normal()) }
    }
    return parameters
  }
}
