public import ScoreCore

/// A two-layer ReLU network whose outer weights are fixed signs over the root of the width.
///
/// ```
/// f_j(u) = m^-1/2 sum over r of a_jr max(0, w_r . u),    a_jr = +-1 fixed, w_r ~ N(0, I) at the start
/// ```
/// There are no biases; an input that is to have one carries a constant.
///
/// Source: Han, Razaviyayn and Xu 2024 (arXiv:2401.15604): fixed outer weights are in its reviews; signs,
/// scale and initial weights are given here from memory of the paper.
public struct TwoLayerNetwork: Sendable, Equatable {
  /// The length of an input.
  public let inputCount: Int
  /// The number of outputs.
  public let outputCount: Int
  /// The signs of the outer weights, `[width, outputs]`.
  public let signs: [Double]
  /// The inner weights, `[width, inputs]`.
  public package(set) var weights: [Double]

  /// The number m of neurons.
  public var width: Int { weights.count / inputCount }

  /// Draws a network.
  ///
  /// - Parameters:
  ///   - width: The number m of neurons, at least 1; even where the network is balanced.
  ///   - inputCount: The length of an input, at least 1.
  ///   - outputCount: The number of outputs, at least 1.
  ///   - isBalanced: Whether the second half of the neurons repeats the first with the opposite signs,
  ///     so that every output starts at 0 (Chizat, Oyallon and Bach 2019, arXiv:1812.07956).
  ///   - stream: Where weights and signs are drawn from.
  public init(
    width: Int, inputCount: Int, outputCount: Int = 1, isBalanced: Bool = false,
    using stream: inout RandomStream
  ) {
    precondition(
      width >= 1 && inputCount >= 1 && outputCount >= 1, "A network has inputs, neurons, outputs.")
    precondition(!isBalanced || width % 2 == 0, "A balanced network has two halves.")
    self.inputCount = inputCount
    self.outputCount = outputCount
    let drawn = isBalanced ? width / 2 : width
    let weights = stream.normals(count: drawn, dimension: inputCount).values
    let signs = (0..<drawn * outputCount).map { _ in stream.uniform() < 0.5 ? -1.0 : 1 }
    self.weights = isBalanced ? weights + weights : weights
    self.signs = isBalanced ? signs + signs.map { -$0 } : signs
  }

  /// The outer weights with their scale, `[width, outputs]`.
  var outerWeights: [Double] {
    let scale = 1 / Double(width).squareRoot()
    return signs.map { $0 * scale }
  }

  /// The outputs at inputs, `[count, outputs]`.
  public func outputs(at inputs: Points) -> Points {
    precondition(inputs.dimension == inputCount, "Inputs have the network's length.")
    let columns = NetworkColumns(inputs)
    let blocks = NeuronBlocks(width: width, outputCount: outputCount)
    let outer = outerWeights
    let outputs = blocks.sums(rows: columns.rows, threads: Parallel.defaultThreads) {
      neurons, sums in
      weights.withUnsafeBufferPointer { weights in
        outer.withUnsafeBufferPointer { outer in
          columns.addOutputs(
            weights: weights, outer: outer, outputCount: outputCount, neurons: neurons, to: sums)
        }
      }
    }
    return columns.points(outputs, outputCount: outputCount)
  }

  /// The empirical tangent kernel of each output at every pair of inputs: the products of the gradients
  /// by all inner weights.
  ///
  /// Outer weights are signs, so it is the same for every output.
  ///
  /// Source: Jacot, Gabriel and Hongler 2018 (arXiv:1806.07572), section 3.
  ///
  /// - Parameter inputs: `[n, inputs]`.
  /// - Returns: `[n, n]`, row-major.
  public func tangentGram(at inputs: Points) -> [Double] {
    precondition(inputs.dimension == inputCount, "Inputs have the network's length.")
    let n = inputs.count
    let activations = OpenBLAS.product(
      inputs.values, weights, inner: inputCount, transposesRight: true)
    let active = activations.map { $0 > 0 ? 1.0 : 0 }
    let shared = OpenBLAS.product(active, active, inner: width, transposesRight: true)
    let products = OpenBLAS.product(
      inputs.values, inputs.values, inner: inputCount, transposesRight: true)
    return (0..<n * n).map { shared[$0] * products[$0] / Double(width) }
  }
}
