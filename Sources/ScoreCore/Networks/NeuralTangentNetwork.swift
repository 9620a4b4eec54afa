import CVectorKernels

/// A two-layer ReLU network in the parametrisation of the neural tangent kernel.
///
/// ```
/// F_j(u) = m^-1/2 sum over r of a_jr max(0, w_r . u),   w_r ~ N(0, I), a_jr = +-1 at the start
/// ```
/// The scale stands outside the weights, so that the kernel has a limit for many neurons and each weight
/// moves less the more there are. Outer weights stay signs unless they are trained too. There are no
/// biases; the inputs of the noise level take their place.
///
/// Source: Han, Razaviyayn and Xu 2024 (arXiv:2401.15604): fixed outer weights are in its reviews; signs,
/// scale and initial weights are given here from memory of the paper. Jacot, Gabriel and Hongler 2018
/// (arXiv:1806.07572) for the parametrisation.
public struct NeuralTangentNetwork: Architecture, Equatable {
  public let encoding: InputEncoding
  /// The number m of neurons.
  public let width: Int
  /// The outer weights, `[width, dimension]`, then the inner ones, `[inputs, width]`.
  public let segments: [ParameterSegment]
  /// Whether training moves the outer weights.
  let trainsOuterWeights: Bool

  /// Lays out a network.
  ///
  /// - Parameters:
  ///   - encoding: What it is fed.
  ///   - width: The number m of neurons, at least 1.
  ///   - trainsOuterWeights: Whether training moves the outer weights.
  public init(_ encoding: InputEncoding, width: Int, trainsOuterWeights: Bool = false) {
    precondition(width >= 1, "A layer needs a width.")
    self.encoding = encoding
    self.width = width
    self.trainsOuterWeights = trainsOuterWeights
    // Those that are not trained come first.
    segments = [
      ParameterSegment(
        name: "layer1.weight", shape: [width, encoding.dimension], offset: 0, layer: 1,
        initialization: .signs, isTrained: trainsOuterWeights),
      ParameterSegment(
        name: "layer0.weight", shape: [encoding.count, width],
        offset: width * encoding.dimension, layer: 0, initialization: .normal(deviation: 1)),
    ]
  }

  public var flopsPerPoint: Int { 2 * parameterCount }

  /// Where the inner weights start.
  private var innerOffset: Int { width * dimension }

  /// What stands before the sum.
  private var scale: Float { Float(1 / Double(width).squareRoot()) }

  // The pieces of a pass: the activations, which give way to their changes; the derivatives, where they
  // are kept, which give way to the errors of what they are of; room for what the product of those
  // leaves; zeros in the place of biases.

  private enum Piece { static let (hidden, derivatives, spare, zeros) = (0, 1, 2, 3) }

  private var columns: ColumnParts { ColumnParts(columns: width) }

  public var gradientParts: Int { columns.count }

  public func layout(rows: Int, passes: Int, keepsDerivatives: Bool) -> PassLayout {
    var layout = PassLayout(rows: rows, passes: passes, keepsDerivatives: keepsDerivatives)
    layout.input = layout.take(encoding.count)
    layout.output = layout.take(dimension)
    let hidden = layout.take(width)
    let derivatives = keepsDerivatives ? layout.take(width) : hidden
    let spare = keepsDerivatives ? layout.take(width) : hidden
    if keepsDerivatives {
      layout.tangentInput = layout.take(encoding.count)
      layout.tangentOutput = layout.take(dimension)
    }
    layout.pieces = [hidden, derivatives, spare, layout.takeOnce(width)]
    return layout
  }

  public func fold(_ features: [Float], parameters: UnsafePointer<Float>) -> [Float] {
    var sums = [Float](repeating: 0, count: width)
    for (k, feature) in features.enumerated() {
      let row = parameters + innerOffset + (encoding.pointInputs + k) * width
      for r in 0..<width { sums[r] += feature * row[r] }
    }
    return sums
  }

  public func forward(_ pass: NetworkPass) {
    let hidden = pass.piece(Piece.hidden)
    let z = pass.piece(Piece.derivatives)
    MatrixProduct.multiply(
      pass.input, pass.parameters + innerOffset, into: z, m: pass.rows, n: width, k: pass.inputs)
    let bias = pass.shared ?? zeros(in: pass)
    if pass.layout.keepsDerivatives {
      Activation.relu.forward(z, bias: bias, into: hidden, rows: pass.rows, width: width)
    } else {
      Activation.relu.apply(z, bias: bias, rows: pass.rows, width: width)
    }
    writeOutputs(of: hidden, into: pass.output, rows: pass.rows, parameters: pass.parameters)
  }

  public func backward(_ pass: NetworkPass) {
    sf_shrink(pass.output, nil, pass.rows * dimension, scale)
    MatrixProduct.multiply(
      pass.output, pass.parameters, transposingRight: true, into: pass.piece(Piece.spare),
      m: pass.rows, n: width, k: dimension, times: pass.piece(Piece.derivatives), isSpare: true)
  }

  public func gradient(
    _ pass: NetworkPass, part: Int, into gradient: UnsafeMutablePointer<Float>, accumulates: Bool
  ) {
    let columns = columns[part]
    let first = columns.lowerBound
    if trainsOuterWeights {
      MatrixProduct.multiply(
        pass.piece(Piece.hidden) + first, transposingLeft: true, aStep: width, pass.output,
        into: gradient + first * dimension, m: columns.count, n: dimension, k: pass.rows,
        accumulate: accumulates)
    }
    MatrixProduct.multiply(
      pass.input, transposingLeft: true, pass.piece(Piece.derivatives) + first, bStep: width,
      into: gradient + innerOffset + first, cStep: width, m: encoding.count, n: columns.count,
      k: pass.rows, accumulate: accumulates)
  }

  public func tangent(_ pass: NetworkPass) {
    let hidden = pass.piece(Piece.hidden)
    MatrixProduct.multiply(
      pass.tangentInput, pass.parameters + innerOffset, into: hidden, m: pass.rows, n: width,
      k: pass.inputs)
    sf_product(hidden, pass.piece(Piece.derivatives), hidden, pass.rows * width)
    writeOutputs(of: hidden, into: pass.tangentOutput, rows: pass.rows, parameters: pass.parameters)
  }

  /// What the outer layer makes of the hidden one.
  private func writeOutputs(
    of hidden: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, rows: Int,
    parameters: UnsafePointer<Float>
  ) {
    MatrixProduct.multiply(hidden, parameters, into: output, m: rows, n: dimension, k: width)
    sf_shrink(output, nil, rows * dimension, scale)
  }

  private func zeros(in pass: NetworkPass) -> UnsafePointer<Float> {
    let zeros = pass.piece(Piece.zeros)
    zeros.initialize(repeating: 0, count: width)
    return UnsafePointer(zeros)
  }
}
