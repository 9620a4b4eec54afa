/// Scratch memory of a training step and the passes that use it; see ``BatchCut`` for who does what.
struct GradientWorkspace: Sendable {
  /// Multiplications and additions below which more threads would wait longer than they work.
  private static let leastWork = 500_000

  /// The gradient of the last batch, `[parameterCount]`; 0 where parameters are not trained.
  private(set) var gradient: [Float] = []
  private var scratch: [Float] = []
  /// The weighted loss of each shard.
  private var losses: [Double] = []
  /// Squared norms of pieces of the gradient.
  private var squares: [Double] = []
  private var cut: BatchCut?
  private var layout: TrainingLayout?

  /// Makes room for a batch; allocates only when the cut has changed.
  mutating func prepare(_ architecture: any Architecture, rows: Int, threads: Int) {
    let cut = BatchCut(rows: rows, threads: threads)
    if self.cut == cut { return }
    let layout = TrainingLayout(architecture, cut: cut)
    self.cut = cut
    self.layout = layout
    gradient = Array(repeating: 0, count: architecture.parameterCount)
    scratch = Array(repeating: 0, count: layout.count)
    losses = Array(repeating: 0, count: cut.shards)
  }

  mutating func preparePieces(_ count: Int) {
    if squares.count != count { squares = Array(repeating: 0, count: count) }
  }

  /// Computes the loss and leaves its gradient in ``gradient``.
  ///
  /// - Parameters:
  ///   - plan: The batch; its size must be the one prepared for.
  ///   - architecture: The network's, always the same one.
  ///   - parameters: The flat parameter buffer.
  ///   - base: Where the network's parameters start in it.
  ///   - threads: How many threads may work, as prepared for.
  /// - Returns: The mean over rows of the weighted squared error, summed over coordinates, or of
  ///   Huber's loss of it.
  mutating func lossAndGradient(
    of plan: BatchPlan, architecture: any Architecture, parameters: [Float], base: Int = 0,
    threads: Int
  ) -> Double {
    guard let layout, let cut else {
      preconditionFailure("A workspace is prepared before it is used.")
    }
    withBuffers(parameters) { parameters, gradient, scratch, losses in
      var work = RoundWork(
        plan: plan, architecture: architecture, encoding: architecture.encoding, layout: layout,
        cut: cut, parameters: parameters + base, gradient: gradient, scratch: scratch,
        losses: losses)
      for number in 0..<cut.rounds {
        work.round = cut.round(number)
        Self.perform(&work, parts: architecture.gradientParts, threads: threads)
      }
    }
    return losses.reduce(0, +) / Double(plan.count)
  }

  /// The passes of one round and then its gradient.
  private static func perform(_ work: inout RoundWork, parts: Int, threads: Int) {
    let (rows, pass) = (work.round.count, work.cut.passRows)
    let isSmall = rows * work.architecture.flopsPerPoint < leastWork
    withUnsafePointer(to: &work) { work in
      Parallel.perform((rows + pass - 1) / pass, threads: threads, on: work) { context, number in
        context.assumingMemoryBound(to: RoundWork.self).pointee.run(pass: number)
      }
      Parallel.perform(parts, threads: isSmall ? 1 : threads, on: work) { context, part in
        context.assumingMemoryBound(to: RoundWork.self).pointee.addGradient(part: part)
      }
    }
  }

  /// What the threads of one round share.
  private struct RoundWork {
    let plan: BatchPlan
    let architecture: any Architecture
    let encoding: InputEncoding
    let layout: TrainingLayout
    let cut: BatchCut
    let parameters: UnsafePointer<Float>
    let gradient: UnsafeMutablePointer<Float>
    let scratch: UnsafeMutablePointer<Float>
    let losses: UnsafeMutablePointer<Double>
    /// The rows of the round among those of the batch.
    var round = 0..<0

    private func pass(firstRow: Int, number: Int, rows: Int) -> TrainingPass {
      TrainingPass(
        architecture: architecture, encoding: encoding, layout: layout, parameters: parameters,
        scratch: scratch, firstRow: firstRow, number: number, rows: rows)
    }

    func run(pass number: Int) {
      let first = number * cut.passRows
      let rows = min(cut.passRows, round.count - first)
      let pass = pass(firstRow: first, number: number, rows: rows)
      let firstShard = (round.lowerBound + first) / BatchPlan.shardRows
      for (index, local) in stride(from: 0, to: rows, by: BatchPlan.shardRows).enumerated() {
        let start = round.lowerBound + first + local
        plan.fill(
          rows: start..<start + min(BatchPlan.shardRows, rows - local), shard: firstShard + index,
          into: pass.destination(from: local))
      }
      pass.run(
        batchRows: plan.count, huberLength: plan.huberLength, shardRows: BatchPlan.shardRows,
        losses: losses + firstShard)
    }

    func addGradient(part: Int) {
      let all = pass(firstRow: 0, number: 0, rows: round.count)
      architecture.gradient(
        all.network, part: part, into: gradient, accumulates: round.lowerBound > 0)
    }
  }

  /// Gives access to the gradient and to the squared norms of its pieces.
  mutating func withGradient(
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Double>) -> Void
  ) {
    gradient.withUnsafeMutableBufferPointer { gradient in
      squares.withUnsafeMutableBufferPointer { squares in
        guard let g = gradient.baseAddress, let s = squares.baseAddress else { return }
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
      gradient.withUnsafeMutableBufferPointer { gradient in
        scratch.withUnsafeMutableBufferPointer { scratch in
          losses.withUnsafeMutableBufferPointer { losses in
            guard let p = parameters.baseAddress, let g = gradient.baseAddress,
              let s = scratch.baseAddress, let l = losses.baseAddress
            else { return }
            body(p, g, s, l)
          }
        }
      }
    }
  }
}

extension TrainingLayout {
  /// The memory of one round.
  init(_ architecture: any Architecture, cut: BatchCut) {
    self.init(
      architecture, rows: min(cut.roundRows, cut.rows), passes: cut.passes)
  }
}
