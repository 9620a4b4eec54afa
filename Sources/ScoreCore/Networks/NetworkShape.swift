import Glibc

/// The layers of a multilayer perceptron that predicts the noise from (x, log SNR).
///
/// Inputs are the `dimension` coordinates of the noisy point followed by `timePairs` sines and as
/// many cosines of the log signal-to-noise ratio; every hidden layer is affine then SiLU; the
/// output layer is affine with `dimension` outputs. All parameters lie in one flat buffer.
public struct NetworkShape: Sendable, Equatable {
  /// One affine layer: where its parameters lie in the flat buffer.
  public struct Layer: Sendable, Equatable {
    public let inputs: Int
    public let outputs: Int
    /// The first weight; weights are `[inputs, outputs]`, row-major.
    public let weightOffset: Int
    /// The first of `outputs` biases.
    public let biasOffset: Int

    public var weightCount: Int { inputs * outputs }
  }

  public let dimension: Int
  public let hidden: [Int]
  public let timePairs: Int
  public let layers: [Layer]
  public let parameterCount: Int
  /// The angular frequencies of the time features, per unit of log SNR, `[timePairs]`.
  ///
  /// Geometric from a wavelength longer than any log SNR range in use (64, so that no two levels
  /// look alike) to one short enough to tell neighbouring noise levels apart (3).
  public let frequencies: [Float]

  /// Lays out a network.
  ///
  /// - Precondition: All sizes are positive.
  public init(dimension: Int, hidden: [Int], timePairs: Int) {
    precondition(dimension >= 1 && timePairs >= 1, "A network needs inputs.")
    precondition(!hidden.isEmpty && hidden.allSatisfy { $0 >= 1 }, "A network needs layers.")
    self.dimension = dimension
    self.hidden = hidden
    self.timePairs = timePairs
    let widths = [dimension + 2 * timePairs] + hidden + [dimension]
    var layers: [Layer] = []
    var offset = 0
    for (inputs, outputs) in zip(widths, widths.dropFirst()) {
      let weights = inputs * outputs
      layers.append(
        Layer(
          inputs: inputs, outputs: outputs, weightOffset: offset, biasOffset: offset + weights))
      offset += weights + outputs
    }
    self.layers = layers
    parameterCount = offset
    let (slowest, fastest) = (2 * Double.pi / 64, 2 * Double.pi / 3)
    frequencies = (0..<timePairs).map { k in
      let fraction = timePairs == 1 ? 0 : Double(k) / Double(timePairs - 1)
      return Float(slowest * pow(fastest / slowest, fraction))
    }
  }

  public var inputs: Int { layers[0].inputs }
  /// The widest activation, inputs included.
  public var widest: Int { max(inputs, dimension, hidden.max() ?? 0) }

  /// Multiplications plus additions of the matrix products for one point, forward only.
  public var flopsPerPoint: Int { 2 * layers.reduce(0) { $0 + $1.weightCount } }

  /// Draws starting parameters: hidden weights normal with variance 2 / inputs, biases and the
  /// output layer zero, so that training starts at the loss of the zero prediction.
  ///
  /// Source: He, Zhang, Ren and Sun 2015 (arXiv:1502.01852), eq. 10.
  public func initialParameters(seed: UInt64) -> [Float] {
    var parameters = [Float](repeating: 0, count: parameterCount)
    for (index, layer) in layers.dropLast().enumerated() {
      var stream = RandomStream(seed: seed, purpose: .initialization, index: UInt64(index))
      let deviation = (2 / Double(layer.inputs)).squareRoot()
      for i in 0..<layer.weightCount {
        parameters[layer.weightOffset + i] = Float(deviation * stream.normal())
      }
    }
    return parameters
  }
}
