public import ScoreCore

extension TwoLayerNetwork {
  /// A network that runs train, in float64.
  ///
  /// - Parameters:
  ///   - network: Where its weights lie.
  ///   - parameters: Its weights, whose outer ones are signs.
  public init(_ network: NeuralTangentNetwork, parameters: [Float]) {
    let (inputs, width) = (network.encoding.count, network.width)
    let (outer, inner) = (network.segments[0].range, network.segments[1].offset)
    precondition(
      parameters.count == network.parameterCount && parameters[outer].allSatisfy { abs($0) == 1 },
      "Outer weights are signs.")
    inputCount = inputs
    outputCount = network.dimension
    signs = parameters[outer].map { Double($0) }
    weights = (0..<width * inputs).map { place in
      Double(parameters[inner + place % inputs * width + place / inputs])
    }
  }
}
