import CVectorKernels

/// Where the pieces of one shard's scratch memory lie.
struct ShardLayout: Sendable {
  /// The most rows of a shard.
  let rows: Int
  /// Activations entering each layer (`[rows, inputs]`), then the output error.
  let activations: [Int]
  /// Derivatives of each hidden activation.
  let derivatives: [Int]
  let errors: (Int, Int)
  let target: Int
  let weight: Int
  let clock: Int
  let count: Int

  init(shape: NetworkShape, rows: Int) {
    self.rows = rows
    var offset = 0
    func take(_ width: Int) -> Int {
      defer { offset += (rows * width + 15) & ~15 }  // 64-byte steps keep rows aligned
      return offset
    }
    activations = shape.layers.map { take($0.inputs) } + [take(shape.dimension)]
    derivatives = shape.hidden.map { take($0) }
    errors = (take(shape.widest), take(shape.widest))
    target = take(shape.dimension)
    weight = take(1)
    clock = take(1)
    count = offset
  }
}

/// The forward and backward pass of one shard.
struct ShardPass {
  let shape: NetworkShape
  let layout: ShardLayout
  let parameters: UnsafePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let scratch: UnsafeMutablePointer<Float>
  let rows: Int
  /// Whether the gradient adds to what the lane already holds.
  let accumulates: Bool

  private func activation(_ index: Int) -> UnsafeMutablePointer<Float> {
    scratch + layout.activations[index]
  }

  private func derivative(_ index: Int) -> UnsafeMutablePointer<Float> {
    scratch + layout.derivatives[index]
  }

  /// Where the batch's rows go.
  var destination: BatchPlan.Destination {
    BatchPlan.Destination(
      input: activation(0), stride: shape.inputs, target: scratch + layout.target,
      weight: scratch + layout.weight, clock: scratch + layout.clock)
  }

  /// Runs both passes over rows that are filled in.
  ///
  /// - Parameters:
  ///   - batchRows: The rows of the whole batch, over which the loss is a mean.
  ///   - huberLength: The length of a row's error from which the loss is linear.
  /// - Returns: The sum of weighted losses of the shard.
  func run(batchRows: Int, huberLength: Double) -> Double {
    sf_position_features(
      activation(0), shape.dimension, shape.positionFrequencies,
      shape.positionFrequencies.count, rows, shape.inputs)
    shape.timeFeatures.write(
      clocks: scratch + layout.clock, rows: rows, into: activation(0) + shape.pointInputs,
      stride: shape.inputs)
    forward()
    let loss = outputError(scale: 2 / Float(batchRows), huberLength: huberLength)
    backward()
    return loss
  }

  private func forward() {
    for (index, layer) in shape.layers.enumerated() {
      let isHidden = index < shape.hidden.count
      let z = isHidden ? derivative(index) : activation(index + 1)
      MatrixProduct.multiply(
        activation(index), parameters + layer.weightOffset, into: z, m: rows, n: layer.outputs,
        k: layer.inputs)
      guard isHidden else { continue }
      shape.activation.forward(
        z, bias: parameters + layer.biasOffset, into: activation(index + 1), rows: rows,
        width: layer.outputs)
      if layer.isResidual {
        sf_add(activation(index + 1), activation(index), rows * layer.outputs)
      }
    }
  }

  /// Turns the output into the gradient of the loss by the output; returns the weighted loss.
  private func outputError(scale: Float, huberLength: Double) -> Double {
    let last = shape.layers.count - 1
    let bias = parameters + shape.layers[last].biasOffset
    let output = activation(last + 1)
    let (target, weight) = (scratch + layout.target, scratch + layout.weight)
    var sum = 0.0
    for row in 0..<rows {
      let before = sum
      var squared = 0.0
      for axis in 0..<shape.dimension {
        let i = row * shape.dimension + axis
        let error = output[i] + bias[axis] - target[i]
        squared += Double(error) * Double(error)
        sum += Double(weight[row]) * Double(error) * Double(error)
        output[i] = scale * weight[row] * error
      }
      // Never for the squared loss, nor for NaN, which stays in the sum.
      guard squared > huberLength * huberLength else { continue }
      let length = squared.squareRoot()
      sum = before + Double(weight[row]) * huberLength * (2 * length - huberLength)
      for axis in 0..<shape.dimension {
        output[row * shape.dimension + axis] *= Float(huberLength / length)
      }
    }
    return sum
  }

  /// Goes through the layers from the last.
  ///
  /// `error` is the gradient by a layer's output: by its activation for a hidden layer, which the
  /// derivative turns into the gradient by what the activation is of.
  private func backward() {
    var error = activation(shape.layers.count)
    var (next, spare) = (scratch + layout.errors.0, scratch + layout.errors.1)
    for (index, layer) in shape.layers.enumerated().reversed() {
      var delta = error
      if index < shape.hidden.count {
        delta = layer.isResidual ? next : error
        sf_product(error, derivative(index), delta, rows * layer.outputs)
      }
      MatrixProduct.multiply(
        activation(index), transposingLeft: true, delta, into: gradient + layer.weightOffset,
        m: layer.inputs, n: layer.outputs, k: rows, accumulate: accumulates)
      sf_column_sums(
        delta, gradient + layer.biasOffset, rows, layer.outputs, accumulates ? 1 : 0)
      guard layer.weightOffset > shape.trainableOffset else { return }
      // A residual layer passes its error on beside what goes through its weights.
      let input = layer.isResidual ? error : next
      MatrixProduct.multiply(
        delta, parameters + layer.weightOffset, transposingRight: true, into: input, m: rows,
        n: layer.inputs, k: layer.outputs, accumulate: layer.isResidual)
      guard !layer.isResidual else { continue }
      // The output's memory is too small to be reused.
      let free = index == shape.layers.count - 1 ? spare : error
      error = next
      next = free
      spare = free
    }
  }
}
