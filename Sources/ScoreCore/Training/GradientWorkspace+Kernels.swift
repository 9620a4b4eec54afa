import CVectorKernels
import Glibc

/// Scratch memory of a training step and the forward and backward passes that use it.
///
/// A batch is cut into shards of ``shardRows`` rows. Shard s belongs to lane `s % lanes`; a lane
/// works through its shards in order and adds up their gradients, and the lanes are summed in
/// order at the end. Shards and lanes depend on the batch alone, so the bits do not depend on
/// the threads.
struct GradientWorkspace: Sendable {
  static let shardRows = 64
  static let maximumLanes = 8

  /// Gradients, `[lanes, parameterCount]`.
  private(set) var gradients: [Float] = []
  private(set) var lanes = 0
  private var scratch: [Float] = []
  private var losses: [Double] = []

  /// Makes room for a batch; allocates only when the shape or the number of shards has changed.
  mutating func prepare(shape: NetworkShape, rows: Int) {
    _ = MatrixProduct.setUp
    let shards = (rows + Self.shardRows - 1) / Self.shardRows
    lanes = min(Self.maximumLanes, shards)
    let gradientCount = lanes * shape.parameterCount
    if gradients.count != gradientCount { gradients = Array(repeating: 0, count: gradientCount) }
    let scratchCount = lanes * ShardLayout(shape: shape).count
    if scratch.count != scratchCount { scratch = Array(repeating: 0, count: scratchCount) }
    if losses.count != shards { losses = Array(repeating: 0, count: shards) }
  }

  /// Computes the loss and leaves the gradient, a sum over lanes, in ``gradients``.
  ///
  /// - Parameters:
  ///   - batch: The batch; its size must be the one prepared for.
  ///   - shape: The network.
  ///   - parameters: The flat parameter buffer.
  ///   - threads: How many threads may work.
  /// - Returns: The mean over rows of the squared error, summed over coordinates.
  mutating func lossAndGradient(
    of batch: NoisyBatch, shape: NetworkShape, parameters: [Float], threads: Int
  ) -> Double {
    let layout = ShardLayout(shape: shape)
    let (lanes, shards, rows) = (lanes, losses.count, batch.count)
    let parameterCount = shape.parameterCount
    withBuffers(parameters) { parameters, gradients, scratch, losses in
      Parallel.perform(lanes, threads: threads) { lane in
        for shard in stride(from: lane, to: shards, by: lanes) {
          let start = shard * Self.shardRows
          let pass = ShardPass(
            shape: shape, layout: layout, parameters: parameters,
            gradient: gradients + lane * parameterCount, scratch: scratch + lane * layout.count,
            rows: min(Self.shardRows, rows - start), accumulates: shard >= lanes)
          batch.fill(
            rows: start..<start + pass.rows, shard: shard, input: pass.activation(0),
            stride: shape.inputs, noise: pass.noise, logSNR: pass.logSNR)
          losses[shard] = pass.run(batchRows: rows)
        }
      }
    }
    return losses.reduce(0, +) / Double(rows)
  }

  private mutating func withBuffers(
    _ parameters: [Float],
    _ body: (
      UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
      UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    parameters.withUnsafeBufferPointer { parameters in
      gradients.withUnsafeMutableBufferPointer { gradients in
        scratch.withUnsafeMutableBufferPointer { scratch in
          losses.withUnsafeMutableBufferPointer { losses in
            guard let p = parameters.baseAddress, let g = gradients.baseAddress,
              let s = scratch.baseAddress, let l = losses.baseAddress
            else { return }
            body(p, g, s, l)
          }
        }
      }
    }
  }
}

/// Where the pieces of one shard's scratch memory lie.
struct ShardLayout: Sendable {
  /// Activations entering each layer (`[rows, inputs]`), then the output error.
  let activations: [Int]
  /// Derivatives of each hidden activation.
  let derivatives: [Int]
  let errors: (Int, Int)
  let noise: Int
  let logSNR: Int
  let count: Int

  init(shape: NetworkShape) {
    let rows = GradientWorkspace.shardRows
    var offset = 0
    func take(_ width: Int) -> Int {
      defer { offset += (rows * width + 15) & ~15 }  // 64-byte steps keep rows aligned
      return offset
    }
    activations = shape.layers.map { take($0.inputs) } + [take(shape.dimension)]
    derivatives = shape.hidden.map { take($0) }
    errors = (take(shape.widest), take(shape.widest))
    noise = take(shape.dimension)
    logSNR = take(1)
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

  func activation(_ index: Int) -> UnsafeMutablePointer<Float> {
    scratch + layout.activations[index]
  }
  var noise: UnsafeMutablePointer<Float> { scratch + layout.noise }
  var logSNR: UnsafeMutablePointer<Float> { scratch + layout.logSNR }

  /// Runs both passes over an input whose coordinates, noise and log ratios are filled in.
  ///
  /// - Parameter batchRows: The rows of the whole batch, over which the loss is a mean.
  /// - Returns: The sum of squared errors of the shard.
  func run(batchRows: Int) -> Double {
    sf_wave_features(
      logSNR, shape.frequencies, activation(0) + shape.dimension, rows, shape.timePairs,
      shape.inputs)
    forward()
    let loss = outputError(scale: 2 / Float(batchRows))
    backward()
    return loss
  }

  private func forward() {
    for (index, layer) in shape.layers.enumerated() {
      let isLast = index == shape.layers.count - 1
      let z = isLast ? activation(index + 1) : scratch + layout.derivatives[index]
      MatrixProduct.multiply(
        activation(index), parameters + layer.weightOffset, into: z, m: rows, n: layer.outputs,
        k: layer.inputs)
      guard !isLast else { continue }
      sf_silu_forward(
        z, parameters + layer.biasOffset, activation(index + 1), rows, layer.outputs)
    }
  }

  /// Turns the output into the gradient of the loss by the output; returns the squared error.
  private func outputError(scale: Float) -> Double {
    let last = shape.layers.count - 1
    let bias = parameters + shape.layers[last].biasOffset
    let output = activation(last + 1)
    var sum = 0.0
    for row in 0..<rows {
      for axis in 0..<shape.dimension {
        let i = row * shape.dimension + axis
        let error = output[i] + bias[axis] - noise[i]
        sum += Double(error) * Double(error)
        output[i] = scale * error
      }
    }
    return sum
  }

  private func backward() {
    var error = activation(shape.layers.count)
    var (next, spare) = (scratch + layout.errors.0, scratch + layout.errors.1)
    for (index, layer) in shape.layers.enumerated().reversed() {
      MatrixProduct.multiply(
        activation(index), transposingLeft: true, error, into: gradient + layer.weightOffset,
        m: layer.inputs, n: layer.outputs, k: rows, accumulate: accumulates)
      sf_column_sums(
        error, gradient + layer.biasOffset, rows, layer.outputs, accumulates ? 1 : 0)
      guard index > 0 else { return }
      MatrixProduct.multiply(
        error, parameters + layer.weightOffset, transposingRight: true, into: next, m: rows,
        n: layer.inputs, k: layer.outputs)
      sf_multiply(next, scratch + layout.derivatives[index - 1], rows * layer.inputs)
      error = next
      swap(&next, &spare)
    }
  }
}
