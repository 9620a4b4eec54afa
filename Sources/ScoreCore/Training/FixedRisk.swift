/// The squared loss of a network over fixed rows, as a function of its weights: the same value at every
/// call, which a method for smooth functions can minimise.
///
/// ```
/// L(w) = sum over rows of weight || F(input_scale x_t, level) - target ||^2
/// ```
/// The passes are those of a training step, in float32; rows are summed in float64 and in a fixed
/// order.
package struct FixedRisk: Sendable {
  /// Rows that go through all layers together.
  private static let shardRows = 128
  /// Gradients that are summed in float64.
  private static let mostLanes = 8

  package let architecture: any Architecture
  package let target: any TrainingTarget
  package let process: any ForwardProcess
  /// How many threads an evaluation may use; the result does not depend on it.
  package var threads: Int
  private let layout: TrainingLayout
  /// The scaled points, the targets, `[count, dimension]`, the weights and clocks, `[count]`.
  private let inputs: [Float]
  private let targets: [Float]
  private let weights: [Float]
  private let clocks: [Float]

  /// - Precondition: At least one row, of the network's dimension; the network takes no conditions.
  package init(
    architecture: any Architecture, target: any TrainingTarget, process: any ForwardProcess,
    rows: [RegressionRows], threads: Int = Parallel.defaultThreads
  ) {
    precondition(
      rows.contains { $0.points.count > 0 }
        && rows.allSatisfy { $0.points.dimension == architecture.dimension },
      "A risk is over rows of the network's dimension.")
    precondition(
      architecture.encoding.conditionCount == 0, "The rows of a fixed risk have no conditions.")
    self.architecture = architecture
    self.target = target
    self.process = process
    self.threads = threads
    layout = TrainingLayout(architecture, rows: Self.shardRows)
    inputs = rows.flatMap { rows in
      let scale = target.inputScale(at: rows.level)
      return rows.points.values.map { Float(scale * $0) }
    }
    targets = rows.flatMap { $0.targets.values.map { Float($0) } }
    weights = rows.flatMap { $0.weights.map { Float($0) } }
    clocks = rows.flatMap { rows in
      let clock = architecture.encoding.timeFeatures.clock(at: rows.level, process: process)
      return Array(repeating: Float(clock), count: rows.points.count)
    }
  }

  package var rowCount: Int { weights.count }

  /// The loss and its gradient.
  ///
  /// - Parameters:
  ///   - parameters: The network's, `[parameterCount]`; they are rounded to float32.
  ///   - gradient: Where the gradient goes, `[parameterCount]`; 0 where parameters are not trained.
  /// - Returns: The loss.
  package func evaluate(at parameters: [Double], gradient: inout [Double]) -> Double {
    let size = architecture.parameterCount
    precondition(parameters.count == size && gradient.count == size, "One number a parameter.")
    let rounded = parameters.map { Float($0) }
    let shards = (weights.count + Self.shardRows - 1) / Self.shardRows
    let lanes = min(Self.mostLanes, shards)
    var gradients = [Float](repeating: 0, count: lanes * size)
    var losses = [Double](repeating: 0, count: lanes)
    rounded.withUnsafeBufferPointer { parameters in
      gradients.withUnsafeMutableBufferPointer { gradients in
        losses.withUnsafeMutableBufferPointer { losses in
          guard let parameters = parameters.baseAddress, let gradients = gradients.baseAddress
          else { return }
          let slots = losses
          Parallel.perform(lanes, threads: threads) { lane in
            slots[lane] = run(
              shards: stride(from: lane, to: shards, by: lanes), parameters: parameters,
              gradient: gradients + lane * size)
          }
        }
      }
    }
    for k in 0..<size {
      gradient[k] = (0..<lanes).reduce(0.0) { $0 + Double(gradients[$1 * size + k]) }
    }
    return losses.reduce(0, +)
  }

  /// Runs the shards of one lane.
  ///
  /// - Returns: Their loss; the gradient goes where it is told.
  private func run(
    shards: StrideTo<Int>, parameters: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: layout.count) { scratch in
      guard let scratch = scratch.baseAddress else { return 0 }
      var (loss, accumulates) = (0.0, false)
      for shard in shards {
        let start = shard * Self.shardRows
        let pass = TrainingPass(
          architecture: architecture, encoding: architecture.encoding, layout: layout,
          parameters: parameters, scratch: scratch,
          rows: min(Self.shardRows, weights.count - start))
        write(start..<start + pass.network.rows, into: pass.destination())
        // The rows' weights are all that they are scaled with.
        loss += pass.run(
          batchRows: 1, huberLength: .infinity, gradient: gradient, accumulates: accumulates)
        accumulates = true
      }
      return loss
    }
  }

  private func write(_ rows: Range<Int>, into out: BatchPlan.Destination) {
    let dimension = architecture.dimension
    for (local, row) in rows.enumerated() {
      for axis in 0..<dimension {
        out.input[local * out.stride + axis] = inputs[row * dimension + axis]
        out.target[local * dimension + axis] = targets[row * dimension + axis]
      }
      out.weight[local] = weights[row]
      out.clock[local] = clocks[row]
    }
  }
}
