/// The loss of one row of a batch and its gradient by the parameters.
public struct RowGradient: Sendable, Equatable {
  /// The weighted loss of the row, which the batch's is the mean of.
  public let loss: Double
  /// Its gradient, `[parameterCount]`; 0 where parameters are not trained.
  public let gradient: [Float]
}

extension Trainer {
  /// The part that one row has in the loss and the gradient of a recorded step: both are means over
  /// the rows.
  ///
  /// - Parameters:
  ///   - row: A row of the step's batch.
  ///   - record: A step of this run, or of one like it.
  /// - Returns: The row's loss and its gradient.
  public func gradient(ofRow row: Int, of record: StepRecord) -> RowGradient {
    precondition((0..<record.batch.count).contains(row), "The row is one of the batch's.")
    let size = parameterCount
    let layout = TrainingLayout(architecture, rows: 1)
    var gradient = [Float](repeating: 0, count: size)
    var loss = 0.0
    withUnsafeTemporaryAllocation(of: Float.self, capacity: layout.count) { scratch in
      gradient.withUnsafeMutableBufferPointer { gradient in
        record.before.parameters.withUnsafeBufferPointer { parameters in
          guard let scratch = scratch.baseAddress, let gradient = gradient.baseAddress,
            let parameters = parameters.baseAddress
          else { return }
          let pass = TrainingPass(
            architecture: architecture, encoding: architecture.encoding, layout: layout,
            parameters: parameters + record.network * size, scratch: scratch, rows: 1)
          record.batch.write(row, into: pass.destination())
          loss = pass.run(
            batchRows: 1, huberLength: objective.huberLength, gradient: gradient,
            accumulates: false)
        }
      }
    }
    return RowGradient(loss: loss, gradient: gradient)
  }
}

extension BatchRecord {
  /// Puts one row where a pass of one row wants it.
  fileprivate func write(_ row: Int, into out: BatchPlan.Destination) {
    for axis in 0..<dimension {
      out.input[axis] = inputs[row * dimension + axis]
      out.target[axis] = targets[row * dimension + axis]
    }
    out.weight[0] = weights[row]
    out.clock[0] = clocks[row]
    for k in 0..<conditionCount { out.condition[k] = conditions[row * conditionCount + k] }
  }
}
