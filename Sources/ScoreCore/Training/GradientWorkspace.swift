/// Scratch memory of a training step and the forward and backward passes that use it.
///
/// A batch is cut into shards of ``BatchPlan/shardRows`` rows. Shard s belongs to lane `s % lanes`; a lane
/// works through its shards in order and adds up their gradients, and the lanes are summed in
/// order at the end. Shards and lanes depend on the batch alone, so the bits do not depend on
/// the threads.
struct GradientWorkspace: Sendable {
  static let maximumLanes = 8

  /// Gradients, `[lanes, parameterCount]`.
  private(set) var gradients: [Float] = []
  private(set) var lanes = 0
  private var scratch: [Float] = []
  private var losses: [Double] = []
  /// Squared norms of pieces of the gradient.
  private var squares: [Double] = []
  private var layout: ShardLayout?

  /// Makes room for a batch; allocates only when the number of shards or of their rows has changed.
  mutating func prepare(_ architecture: any Architecture, rows: Int) {
    let shardRows = BatchPlan.shardRows(batch: rows)
    let shards = (rows + shardRows - 1) / shardRows
    if losses.count == shards && layout?.rows == shardRows { return }
    let layout = ShardLayout(architecture, rows: shardRows)
    self.layout = layout
    lanes = min(Self.maximumLanes, shards)
    gradients = Array(repeating: 0, count: lanes * architecture.parameterCount)
    scratch = Array(repeating: 0, count: lanes * layout.count)
    losses = Array(repeating: 0, count: shards)
  }

  mutating func preparePieces(_ count: Int) {
    if squares.count != count { squares = Array(repeating: 0, count: count) }
  }

  /// Computes the loss and leaves the gradient, a sum over lanes, in ``gradients``.
  ///
  /// - Parameters:
  ///   - plan: The batch; its size must be the one prepared for.
  ///   - architecture: The network's, always the same one.
  ///   - parameters: The flat parameter buffer.
  ///   - base: Where the network's parameters start in it.
  ///   - threads: How many threads may work.
  /// - Returns: The mean over rows of the weighted squared error, summed over coordinates, or of
  ///   Huber's loss of it.
  mutating func lossAndGradient(
    of plan: BatchPlan, architecture: any Architecture, parameters: [Float], base: Int = 0,
    threads: Int
  ) -> Double {
    guard let layout else { preconditionFailure("A workspace is prepared before it is used.") }
    let (lanes, shards) = (lanes, losses.count)
    let size = gradients.count / lanes
    withBuffers(parameters) { parameters, gradients, scratch, losses in
      var work = LaneWork(
        plan: plan, architecture: architecture, encoding: architecture.encoding, layout: layout,
        parameterCount: size, lanes: lanes, shards: shards,
        parameters: parameters + base, gradients: gradients, scratch: scratch, losses: losses)
      withUnsafePointer(to: &work) { work in
        Parallel.perform(lanes, threads: threads, on: work) { context, lane in
          context.assumingMemoryBound(to: LaneWork.self).pointee.run(lane)
        }
      }
    }
    return losses.reduce(0, +) / Double(plan.count)
  }

  /// What the lanes of one step share.
  private struct LaneWork {
    let plan: BatchPlan
    let architecture: any Architecture
    let encoding: InputEncoding
    let layout: ShardLayout
    let parameterCount: Int
    let lanes: Int
    let shards: Int
    let parameters: UnsafePointer<Float>
    let gradients: UnsafeMutablePointer<Float>
    let scratch: UnsafeMutablePointer<Float>
    let losses: UnsafeMutablePointer<Double>

    func run(_ lane: Int) {
      for shard in stride(from: lane, to: shards, by: lanes) {
        let start = shard * layout.rows
        let pass = ShardPass(
          architecture: architecture, encoding: encoding, layout: layout, parameters: parameters,
          gradient: gradients + lane * parameterCount,
          scratch: scratch + lane * layout.count, rows: min(layout.rows, plan.count - start),
          accumulates: shard >= lanes)
        plan.fill(rows: start..<start + pass.rows, shard: shard, into: pass.destination)
        losses[shard] = pass.run(batchRows: plan.count, huberLength: plan.huberLength)
      }
    }
  }

  /// Gives access to the gradients and to the squared norms of their pieces.
  mutating func withGradients(
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Double>) -> Void
  ) {
    gradients.withUnsafeMutableBufferPointer { gradients in
      squares.withUnsafeMutableBufferPointer { squares in
        guard let g = gradients.baseAddress, let s = squares.baseAddress else { return }
        body(g, s)
      }
    }
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
