import CVectorKernels

/// The gradient of a scalar two-layer network by its point: a field without curl.
///
/// ```
/// phi(u) = sum over r of a_r psi(w_r . u + b_r),   F(u) = sum over r of a_r w_r g(w_r . u + b_r)
/// ```
/// with the activation `g = psi'`, so a pass needs no second derivative of it. The inputs of the noise
/// level are in u and not differentiated; waves of coordinates are. The Jacobian
/// `sum a_r g'(z_r) w_r w_r^T` is symmetric without waves, and with them up to the rounding of sums. A score is a
/// gradient, and for every target it is the prediction times a number plus the point times another, so
/// the learned score has no curl either.
///
/// Source: SiLD (Huang et al. 2026, arXiv:2605.20235), stage 1, a two-layer network in gradient form; its
/// parametrisation is not known here. Salimans and Ho 2021 (Should EBMs model the energy or the score?) for
/// scores as gradients of networks.
public struct ConservativeNetwork: Architecture, Equatable {
  public let encoding: InputEncoding
  /// The number of neurons.
  public let width: Int
  /// The activation g.
  public let activation: Activation
  /// The weights `[inputs, width]`, the biases `[width]`, then the outer weights `[width, 1]`.
  public let segments: [ParameterSegment]

  /// Lays out a network.
  ///
  /// - Parameters:
  ///   - encoding: What it is fed: points as they are, since a point that is brought back to a ball has
  ///     no gradient there.
  ///   - width: The number of neurons, at least 1.
  ///   - activation: The activation g.
  public init(_ encoding: InputEncoding, width: Int, activation: Activation = .silu) {
    precondition(width >= 1, "A layer needs a width.")
    precondition(!encoding.radius.isFinite, "Gradients are by points that are not brought back.")
    self.encoding = encoding
    self.width = width
    self.activation = activation
    let weights = encoding.count * width
    // Outer weights of zero: training starts at the loss of the zero prediction.
    segments = [
      ParameterSegment(
        name: "layer0.weight", shape: [encoding.count, width], offset: 0, layer: 0,
        initialization: .normal(deviation: (2 / Double(encoding.count)).squareRoot())),
      ParameterSegment(
        name: "layer0.bias", shape: [width], offset: weights, layer: 0, initialization: .zero),
      ParameterSegment(
        name: "layer1.weight", shape: [width, 1], offset: weights + width, layer: 1,
        initialization: .zero),
    ]
  }

  public var flopsPerPoint: Int { 2 * width * (encoding.count + encoding.pointInputs) }

  private var biasOffset: Int { encoding.count * width }
  private var outerOffset: Int { biasOffset + width }

  // The pieces of a pass: the activations, which give way to changes; the derivatives, where they are
  // kept, which give way to errors; room for what the product of those leaves; the weights of the point
  // times the outer ones, once for all rows; the gradient by every input that depends on the point, or
  // the error of it; and what activations and errors are together, once for all rows.

  private enum Piece {
    static let (hidden, derivatives, spare, tied, heads, sums) = (0, 1, 2, 3, 4, 5)
  }

  private var columns: ColumnParts { ColumnParts(columns: width) }

  public var gradientParts: Int { columns.count }

  public func layout(rows: Int, passes: Int, keepsDerivatives: Bool) -> PassLayout {
    var layout = PassLayout(rows: rows, passes: passes, keepsDerivatives: keepsDerivatives)
    layout.input = layout.take(encoding.count)
    layout.output = layout.take(dimension)
    let hidden = layout.take(width)
    let once = encoding.pointInputs * width
    layout.pieces = [
      hidden, keepsDerivatives ? layout.take(width) : hidden,
      keepsDerivatives ? layout.take(width) : hidden, layout.takeOnce(once),
      layout.take(encoding.pointInputs), keepsDerivatives ? layout.takeOnce(once) : hidden,
    ]
    if keepsDerivatives {
      layout.tangentInput = layout.take(encoding.count)
      layout.tangentOutput = layout.take(encoding.pointInputs)
    }
    return layout
  }

  public func fold(_ features: [Float], parameters: UnsafePointer<Float>) -> [Float] {
    var sums = Array(UnsafeBufferPointer(start: parameters + biasOffset, count: width))
    for (k, feature) in features.enumerated() {
      let row = parameters + (encoding.pointInputs + k) * width
      for r in 0..<width { sums[r] += feature * row[r] }
    }
    return sums
  }

  public func forward(_ pass: NetworkPass) {
    let (hidden, z) = (pass.piece(Piece.hidden), pass.piece(Piece.derivatives))
    MatrixProduct.multiply(
      pass.input, pass.parameters, into: z, m: pass.rows, n: width, k: pass.inputs)
    let bias = pass.shared ?? pass.parameters + biasOffset
    if pass.layout.keepsDerivatives {
      activation.forward(z, bias: bias, into: hidden, rows: pass.rows, width: width)
    } else {
      activation.apply(z, bias: bias, rows: pass.rows, width: width)
    }
    let (tied, outer) = (pass.piece(Piece.tied), pass.parameters + outerOffset)
    for input in 0..<encoding.pointInputs {
      sf_product(pass.parameters + input * width, outer, tied + input * width, width)
    }
    let heads = pass.piece(Piece.heads)
    writeHeads(of: hidden, into: heads, pass)
    contract(heads, into: pass.output, pass)
  }

  /// What each input that depends on the point gets from all neurons, `[rows, pointInputs]`.
  private func writeHeads(
    of hidden: UnsafePointer<Float>, into heads: UnsafeMutablePointer<Float>, _ pass: NetworkPass
  ) {
    MatrixProduct.multiply(
      hidden, pass.piece(Piece.tied), transposingRight: true, into: heads, m: pass.rows,
      n: encoding.pointInputs, k: width)
  }

  public func backward(_ pass: NetworkPass) {
    let heads = pass.piece(Piece.heads)
    spread(pass.output, into: heads, pass)
    MatrixProduct.multiply(
      heads, pass.piece(Piece.tied), into: pass.piece(Piece.spare), m: pass.rows, n: width,
      k: encoding.pointInputs, times: pass.piece(Piece.derivatives), isSpare: true)
  }

  public func gradient(
    _ pass: NetworkPass, part: Int, into gradient: UnsafeMutablePointer<Float>, accumulates: Bool
  ) {
    let (columns, points, rows) = (columns[part], encoding.pointInputs, pass.rows)
    let first = columns.lowerBound
    let errors = pass.piece(Piece.derivatives) + first
    MatrixProduct.multiply(
      pass.input, transposingLeft: true, errors, bStep: width, into: gradient + first,
      cStep: width, m: encoding.count, n: columns.count, k: rows, accumulate: accumulates)
    sf_column_sums(
      errors, gradient + biasOffset + first, rows, columns.count, width, accumulates ? 1 : 0)
    let sums = pass.piece(Piece.sums)
    MatrixProduct.multiply(
      pass.piece(Piece.heads), transposingLeft: true, pass.piece(Piece.hidden) + first,
      bStep: width, into: sums + first, cStep: width, m: points, n: columns.count, k: rows)
    // Weights stand in front of the activations too.
    let (outer, outerGradient) = (pass.parameters + outerOffset, gradient + outerOffset)
    if !accumulates { for r in columns { outerGradient[r] = 0 } }
    for input in 0..<points {
      let (weights, sum) = (pass.parameters + input * width, sums + input * width)
      for r in columns {
        outerGradient[r] += weights[r] * sum[r]
        gradient[input * width + r] += outer[r] * sum[r]
      }
    }
  }

  /// The Jacobian times a direction; where there are waves, their own curvature comes on top.
  public func tangent(_ pass: NetworkPass) {
    let (hidden, change) = (pass.piece(Piece.hidden), pass.tangentOutput)
    MatrixProduct.multiply(
      pass.tangentInput, pass.parameters, into: hidden, m: pass.rows, n: width, k: pass.inputs)
    sf_product(hidden, pass.piece(Piece.derivatives), hidden, pass.rows * width)
    writeHeads(of: hidden, into: change, pass)
    contract(change, into: change, pass)
    addCurvature(to: change, pass)
  }
}

// MARK: - Waves of the coordinates

extension ConservativeNetwork {
  private var pairs: Int { encoding.positionFrequencies.count }

  /// The gradient by each coordinate from that by all inputs that depend on it; it may take their place,
  /// row by row.
  private func contract(
    _ heads: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ pass: NetworkPass
  ) {
    let (d, points) = (dimension, encoding.pointInputs)
    for row in 0..<pass.rows {
      let (head, input) = (heads + row * points, pass.input + row * pass.inputs)
      for axis in 0..<d {
        let first = d + 2 * pairs * axis
        var sum = head[axis]
        for (k, omega) in encoding.positionFrequencies.enumerated() {
          sum +=
            omega
            * (input[first + pairs + k] * head[first + k]
              - input[first + k] * head[first + pairs + k])
        }
        output[row * d + axis] = sum
      }
    }
  }

  /// The other way round: errors by all inputs that depend on the point from those by the coordinates.
  private func spread(
    _ errors: UnsafePointer<Float>, into heads: UnsafeMutablePointer<Float>, _ pass: NetworkPass
  ) {
    let (d, points) = (dimension, encoding.pointInputs)
    for row in 0..<pass.rows {
      let (head, input) = (heads + row * points, pass.input + row * pass.inputs)
      for axis in 0..<d {
        let (first, error) = (d + 2 * pairs * axis, errors[row * d + axis])
        head[axis] = error
        for (k, omega) in encoding.positionFrequencies.enumerated() {
          head[first + k] = omega * input[first + pairs + k] * error
          head[first + pairs + k] = -omega * input[first + k] * error
        }
      }
    }
  }

  /// Adds what the second derivatives of the waves contribute to the change of the prediction.
  private func addCurvature(to change: UnsafeMutablePointer<Float>, _ pass: NetworkPass) {
    guard pairs > 0 else { return }
    let (d, points) = (dimension, encoding.pointInputs)
    for row in 0..<pass.rows {
      let head = pass.piece(Piece.heads) + row * points
      let (input, moved) = (
        pass.input + row * pass.inputs, pass.tangentInput + row * pass.inputs
      )
      for axis in 0..<d {
        let first = d + 2 * pairs * axis
        var bend: Float = 0
        for (k, omega) in encoding.positionFrequencies.enumerated() {
          bend -=
            omega * omega
            * (input[first + k] * head[first + k]
              + input[first + pairs + k] * head[first + pairs + k])
        }
        change[row * d + axis] += bend * moved[axis]
      }
    }
  }
}
