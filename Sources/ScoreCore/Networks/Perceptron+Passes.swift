import CVectorKernels

extension Perceptron {
  // The pieces of a pass: the activations that enter each layer and the output, then the derivatives
  // of the hidden activations, then two errors as wide as the widest layer, which tangents use too.

  public func layout(rows: Int, keepsDerivatives: Bool) -> PassLayout {
    var layout = PassLayout(rows: rows, keepsDerivatives: keepsDerivatives)
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
  /// `error` is the gradient by a layer's output: by its activation for a hidden layer, which the
  /// derivative turns into the gradient by what the activation is of.
  public func backward(
    _ pass: NetworkPass, gradient: UnsafeMutablePointer<Float>, accumulates: Bool
  ) {
    let rows = pass.rows
    var error = pass.output
    var (next, spare) = (self.error(0, in: pass), self.error(1, in: pass))
    for (index, layer) in layers.enumerated().reversed() {
      var delta = error
      if index < hidden.count {
        delta = layer.isResidual ? next : error
        sf_product(error, derivative(index, in: pass), delta, rows * layer.outputs)
      }
      MatrixProduct.multiply(
        pass.piece(index), transposingLeft: true, delta, into: gradient + layer.weightOffset,
        m: layer.inputs, n: layer.outputs, k: rows, accumulate: accumulates)
      sf_column_sums(
        delta, gradient + layer.biasOffset, rows, layer.outputs, accumulates ? 1 : 0)
      guard layer.weightOffset > firstTrained else { return }
      // A residual layer passes its error on next to what goes through its weights.
      let input = layer.isResidual ? error : next
      MatrixProduct.multiply(
        delta, pass.parameters + layer.weightOffset, transposingRight: true, into: input, m: rows,
        n: layer.inputs, k: layer.outputs, accumulate: layer.isResidual)
      guard !layer.isResidual else { continue }
      // The output's memory is too small to be reused.
      let free = index == layers.count - 1 ? spare : error
      error = next
      next = free
      spare = free
    }
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
