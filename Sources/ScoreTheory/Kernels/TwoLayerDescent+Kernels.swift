import CVectorKernels
public import ScoreCore

/// Inputs axis by axis, filled up with zeros to whole groups of rows, as the kernels read them.
struct NetworkColumns: Sendable {
  /// The number of inputs.
  let count: Int
  /// The same with those that fill up.
  let rows: Int
  let axes: Int
  /// `[axes, rows]`.
  let values: [Double]

  init(_ points: Points) {
    count = points.count
    axes = points.dimension
    let lanes = Int(SF_RELU_LANES)
    rows = (points.count + lanes - 1) / lanes * lanes
    values = Self.columns(of: points, rows: rows)
  }

  /// Points of as many rows, axis by axis.
  func columns(of points: Points) -> [Double] { Self.columns(of: points, rows: rows) }

  private static func columns(of points: Points, rows: Int) -> [Double] {
    var columns = Array(repeating: 0.0, count: rows * points.dimension)
    for row in 0..<points.count {
      for axis in 0..<points.dimension { columns[axis * rows + row] = points[row, axis] }
    }
    return columns
  }

  /// Values that lie axis by axis, `[axes, rows]`, as points.
  func points(_ columns: [Double], outputCount: Int) -> Points {
    var points = Points(zeros: count, dimension: outputCount)
    for row in 0..<count {
      for axis in 0..<outputCount { points[row, axis] = columns[axis * rows + row] }
    }
    return points
  }

  /// Adds what a range of neurons has in the outputs.
  func addOutputs(
    weights: UnsafeBufferPointer<Double>, outer: UnsafeBufferPointer<Double>, outputCount: Int,
    neurons: Range<Int>, to sums: UnsafeMutablePointer<Double>
  ) {
    sf_relu_outputs(
      block(weights, outer, outputCount, neurons), values, rows, sums)
  }

  /// Writes the gradient of `sum of errors times outputs` by the weights of a range of neurons.
  func takeGradient(
    weights: UnsafeBufferPointer<Double>, outer: UnsafeBufferPointer<Double>, outputCount: Int,
    neurons: Range<Int>, errors: UnsafePointer<Double>, into gradient: UnsafeMutablePointer<Double>
  ) {
    sf_relu_gradient(
      block(weights, outer, outputCount, neurons), values, rows, errors, gradient)
  }

  private func block(
    _ weights: UnsafeBufferPointer<Double>, _ outer: UnsafeBufferPointer<Double>,
    _ outputCount: Int, _ neurons: Range<Int>
  ) -> sf_relu_block {
    sf_relu_block(
      weights: weights.baseAddress.map { $0 + neurons.lowerBound * axes },
      outer: outer.baseAddress.map { $0 + neurons.lowerBound * outputCount },
      neurons: neurons.count, axes: axes, outputs: outputCount)
  }
}

/// The neurons of a network in pieces that are worked on apart and summed in order, so that the number
/// of threads changes no bit.
struct NeuronBlocks: Sendable {
  private static let size = 128

  let width: Int
  let outputCount: Int

  var count: Int { (width + Self.size - 1) / Self.size }

  func neurons(_ block: Int) -> Range<Int> {
    block * Self.size..<min(width, (block + 1) * Self.size)
  }

  /// Calls `add` for every block with zeros to add outputs to, and sums them.
  ///
  /// - Parameters:
  ///   - rows: The rows of each output.
  ///   - threads: How many threads may work.
  ///   - add: Adds outputs of a range of neurons, `[outputs, rows]`.
  /// - Returns: The sums, `[outputs, rows]`.
  func sums(
    rows: Int, threads: Int, _ add: (Range<Int>, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    let size = rows * outputCount
    var parts = Array(repeating: 0.0, count: count * size)
    parts.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      Parallel.perform(count, threads: threads) { add(neurons($0), start + $0 * size) }
      for block in 1..<max(1, count) {
        for place in 0..<size { start[place] += start[block * size + place] }
      }
    }
    return Array(parts[..<size])
  }
}

extension TwoLayerDescent {
  /// Takes a step.
  ///
  /// - Parameter threads: How many threads may work; they change no bit.
  public mutating func advance(threads: Int = Parallel.defaultThreads) {
    let scale = 1 / Double(training.count)
    let errors = zip(outputs, targets).map { ($0 - $1) * scale }
    // Taken out, so that they are moved in place.
    var weights = network.weights
    network.weights = []
    outputs = moved(&weights, errors: errors, threads: threads)
    network.weights = weights
    step += 1
  }

  /// Moves weights by a step, and gives the outputs with the new ones.
  private func moved(_ weights: inout [Double], errors: [Double], threads: Int) -> [Double] {
    guard radius != nil else {
      return weights.withUnsafeMutableBufferPointer { weights in
        let weights = weights
        return blocks.sums(rows: outputRows, threads: threads) { neurons, sums in
          update(weights, neurons, errors: errors)
          addOutputs(UnsafeBufferPointer(weights), neurons, to: sums)
        }
      }
    }
    weights.withUnsafeMutableBufferPointer { weights in
      let weights = weights
      Parallel.perform(blocks.count, threads: threads) {
        update(weights, blocks.neurons($0), errors: errors)
      }
    }
    project(&weights)
    return currentOutputs(of: weights, threads: threads)
  }

  /// The outputs at training and probe inputs.
  func currentOutputs(of weights: [Double], threads: Int) -> [Double] {
    weights.withUnsafeBufferPointer { weights in
      blocks.sums(rows: outputRows, threads: threads) { neurons, sums in
        addOutputs(weights, neurons, to: sums)
      }
    }
  }

  private var outputRows: Int { training.rows + (probe?.rows ?? 0) }

  private func addOutputs(
    _ weights: UnsafeBufferPointer<Double>, _ neurons: Range<Int>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    outer.withUnsafeBufferPointer { outer in
      training.addOutputs(
        weights: weights, outer: outer, outputCount: network.outputCount, neurons: neurons,
        to: sums)
      probe?.addOutputs(
        weights: weights, outer: outer, outputCount: network.outputCount, neurons: neurons,
        to: sums + trainingSize)
    }
  }

  /// Moves the weights of a range of neurons along their gradient.
  private func update(
    _ weights: UnsafeMutableBufferPointer<Double>, _ neurons: Range<Int>, errors: [Double]
  ) {
    let (inputs, count) = (network.inputCount, neurons.count * network.inputCount)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { room in
      guard let gradient = room.baseAddress else { return }
      outer.withUnsafeBufferPointer { outer in
        training.takeGradient(
          weights: UnsafeBufferPointer(weights), outer: outer, outputCount: network.outputCount,
          neurons: neurons, errors: errors, into: gradient)
      }
      let first = neurons.lowerBound * inputs
      for place in 0..<count { weights[first + place] -= rate * gradient[place] }
    }
  }

  /// Brings weights back into the ball.
  private func project(_ weights: inout [Double]) {
    guard let radius else { return }
    let distance = Self.distance(weights, initialWeights)
    guard distance > radius else { return }
    for place in weights.indices {
      let start = initialWeights[place]
      weights[place] = start + (weights[place] - start) * (radius / distance)
    }
  }

  /// The Euclidean distance of two sets of weights.
  static func distance(_ weights: [Double], _ others: [Double]) -> Double {
    zip(weights, others).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
