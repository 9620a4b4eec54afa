/// A multilayer perceptron.
///
/// Every hidden layer is affine, then the activation, plus its own input where it is residual; the
/// output layer is affine with `dimension` outputs. Without hidden layers the network is linear.
public struct Perceptron: Architecture, Equatable {
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

  public let encoding: InputEncoding
  public let hidden: [Int]
  public let activation: Activation
  public let layers: [Layer]
  public let segments: [ParameterSegment]
  /// The first parameter that is trained.
  let firstTrained: Int
  /// The columns of one layer's weights, with their biases, that are a part of the gradient.
  struct GradientPart: Sendable, Equatable {
    let layer: Int
    let columns: Range<Int>
  }
  let parts: [GradientPart]

  /// Lays out a network.
  ///
  /// - Parameters:
  ///   - encoding: What it is fed.
  ///   - hidden: The widths of the hidden layers; none for a linear network.
  ///   - activation: The nonlinearity.
  ///   - isResidual: Whether a hidden layer as wide as its input adds that input.
  ///   - hasFrozenFeatures: Whether the hidden layers stay as they were drawn: a random-feature model.
  public init(
    _ encoding: InputEncoding, hidden: [Int], activation: Activation = .silu,
    isResidual: Bool = false, hasFrozenFeatures: Bool = false
  ) {
    precondition(hidden.allSatisfy { $0 >= 1 }, "A layer needs a width.")
    self.encoding = encoding
    self.hidden = hidden
    self.activation = activation
    let widths = [encoding.count] + hidden + [encoding.dimension]
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
    segments = Self.segments(of: layers, hasFrozenFeatures: hasFrozenFeatures)
    let firstTrained = hasFrozenFeatures ? layers[layers.count - 1].weightOffset : 0
    self.firstTrained = firstTrained
    parts = layers.enumerated().filter { $0.element.weightOffset >= firstTrained }.flatMap {
      index, layer in
      let columns = ColumnParts(columns: layer.outputs)
      return (0..<columns.count).map { GradientPart(layer: index, columns: columns[$0]) }
    }
  }

  /// The segments of the layers.
  ///
  /// Hidden weights start normal with variance 2 / inputs, biases and the output layer at zero, so that
  /// training starts at the loss of the zero prediction. The biases of frozen features are standard
  /// normal: nothing moves their kinks later.
  ///
  /// Source: He, Zhang, Ren and Sun 2015 (arXiv:1502.01852), eq. 10.
  private static func segments(
    of layers: [Layer], hasFrozenFeatures: Bool
  ) -> [ParameterSegment] {
    layers.enumerated().flatMap { index, layer in
      let isHidden = index < layers.count - 1
      let isTrained = !(isHidden && hasFrozenFeatures)
      let deviation = (2 / Double(layer.inputs)).squareRoot()
      return [
        ParameterSegment(
          name: "layer\(index).weight", shape: [layer.inputs, layer.outputs],
          offset: layer.weightOffset, layer: index,
          initialization: isHidden ? .normal(deviation: deviation) : .zero, isTrained: isTrained),
        ParameterSegment(
          name: "layer\(index).bias", shape: [layer.outputs], offset: layer.biasOffset,
          layer: index, initialization: isTrained ? .zero : .normal(deviation: 1),
          isTrained: isTrained),
      ]
    }
  }

  public var gradientParts: Int { parts.count }

  public var flopsPerPoint: Int { 2 * layers.reduce(0) { $0 + $1.weightCount } }

  /// The widest activation, inputs included.
  var widest: Int { max(encoding.count, dimension, hidden.max() ?? 0) }
}
