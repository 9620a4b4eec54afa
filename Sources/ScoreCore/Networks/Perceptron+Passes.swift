import CVectorKernels

extension Perceptron {
  // The pieces of a pass: the activations that enter each layer and the output, then the derivatives
  // of the hidden activations, which give way to the errors of what those are of, then the gradient by
  // a layer's output and another piece as wide as the widest layer, which tangents use.

  public func layout(rows: Int, passes: Int, keepsDerivatives: Bool) -> PassLayout {
    var layout = PassLayout(rows: rows, passes: passes, keepsDerivatives: keepsDerivatives)
    if keepsDerivatives {
      let activations = layers.map { layout.take($0.inputs) } + [layout.take(dimension)]
      let derivatives = hidden.map { layout.take($0) }
      let errors = [layout.take(widest), layout.take(widest)]
      layout.pieces = activations + derivatives + errors
      layout.tangentInput = errors[0]
      layout.tangentOutput = errors[layers.count % 2]
    } else {
      let pair = [layout.take(widest), layout.take(widest)]
      layout.pieces = (0...layers.count).map { pair[$0 % 2] }
    }
    layout.input = layout.pieces[0]
    layout.output = layout.pieces[layers.count]
    return layout
  }

  private func derivative(_ index: Int, in pass: NetworkPass) -> UnsafeMutablePointer<Float> {
    pass.piece(layers.count + 1 + index)
  }

  private func error(_ index: Int, in pass: NetworkPass) -> UnsafeMutablePointer<Float> {
    pass.piece(layers.count + 1 + hidden.count + index)
  }

  /// The gradient by what a layer's activation is of, or by the output, after ``backward(_:)``.
  private func delta(_ index: Int, in pass: NetworkPass) -> UnsafeMutablePointer<Float> {
    index < hidden.count ? derivative(index, in: pass) : pass.output
  }

  /// The first layer's bias with the shared inputs folded in.
  public func fold(_ features: [Float], parameters: UnsafePointer<Float>) -> [Float] {
    let layer = layers[0]
    let start = parameters + layer.biasOffset
    var bias = Array(UnsafeBufferPointer(start: start, count: layer.outputs))
    for (k, feature) in features.enumerated() {
      let row = parameters + layer.weightOffset + (encoding.pointInputs + k) * layer.outputs
      for j in 0..<layer.outputs { bias[j] += feature * row[j] }
    }
    return bias
  }

  public func forward(_ pass: NetworkPass) {
    let keepsDerivatives = pass.layout.keepsDerivatives
    for (index, layer) in layers.enumerated() {
      let isFirst = index == 0
      let isHidden = index < hidden.count
      let (input, output) = (pass.piece(index), pass.piece(index + 1))
      let z = isHidden && keepsDerivatives ? derivative(index, in: pass) : output
      let bias = (isFirst ? pass.shared : nil) ?? pass.parameters + layer.biasOffset
      MatrixProduct.multiply(
        input, pass.parameters + layer.weightOffset, into: z, m: pass.rows, n: layer.outputs,
        k: isFirst ? pass.inputs : layer.inputs)
      guard isHidden else { return sf_add_bias(output, bias, pass.rows, layer.outputs) }
      if keepsDerivatives {
        activation.forward(z, bias: bias, into: output, rows: pass.rows, width: layer.outputs)
      } else {
        activation.apply(z, bias: bias, rows: pass.rows, width: layer.outputs)
      }
      if layer.isResidual { sf_add(output, input, pass.rows * layer.outputs) }
    }
  }

  /// Goes through the layers from the last.
  ///
  /// Each hands the gradient by its input down as the error of the layer below, which that layer's
  /// derivative turns into the gradient by what its activation is of.
  public func backward(_ pass: NetworkPass) {
    let error = error(0, in: pass)
    for (index, layer) in layers.enumerated().reversed() {
      guard index > 0, layer.weightOffset > firstTrained else { return }
      // A residual layer passes the error of its output on, next to what goes through its weights.
      MatrixProduct.multiply(
        delta(index, in: pass), pass.parameters + layer.weightOffset, transposingRight: true,
        into: error, m: pass.rows, n: layer.inputs, k: layer.outputs,
        accumulate: layer.isResidual, times: derivative(index - 1, in: pass),
        isSpare: !layers[index - 1].isResidual)
    }
  }

  public func gradient(
    _ pass: NetworkPass, part: Int, into gradient: UnsafeMutablePointer<Float>, accumulates: Bool
  ) {
    let (index, columns) = (parts[part].layer, parts[part].columns)
    let layer = layers[index]
    let delta = delta(index, in: pass) + columns.lowerBound
    MatrixProduct.multiply(
      pass.piece(index), transposingLeft: true, delta, bStep: layer.outputs,
      into: gradient + layer.weightOffset + columns.lowerBound, cStep: layer.outputs,
      m: layer.inputs, n: columns.count, k: pass.rows, accumulate: accumulates)
    sf_column_sums(
      delta, gradient + layer.biasOffset + columns.lowerBound, pass.rows, columns.count,
      layer.outputs, accumulates ? 1 : 0)
  }

  public func tangent(_ pass: NetworkPass) {
    for (index, layer) in layers.enumerated() {
      let (input, output) = (error(index % 2, in: pass), error((index + 1) % 2, in: pass))
      MatrixProduct.multiply(
        input, pass.parameters + layer.weightOffset, into: output, m: pass.rows, n: layer.outputs,
        k: index == 0 ? pass.inputs : layer.inputs)
      guard index < hidden.count else { return }
      let count = pass.rows * layer.outputs
      sf_product(output, derivative(index, in: pass), output, count)
      if layer.isResidual { sf_add(output, input, count) }
    }
  }
}
