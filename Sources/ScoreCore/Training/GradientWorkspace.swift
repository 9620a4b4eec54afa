/// Scratch memory of a training step and the passes that use it; see ``BatchCut`` for who does what.
struct GradientWorkspace: Sendable {
  /// Gradients of the last batch, `[lanes, parameterCount]`; 0 where parameters are not trained.
  private(set) var gradients: [Float] = []
  var lanes: Int { cut?.lanes ?? 0 }
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
    gradients = Array(repeating: 0, count: cut.lanes * architecture.parameterCount)
    scratch = Array(repeating: 0, count: cut.lanes * layout.count)
    losses = Array(repeating: 0, count: cut.shards)
  }

  mutating func preparePieces(_ count: Int) {
    if squares.count != count { squares = Array(repeating: 0, count: count) }
  }

  /// Computes the loss and leaves its gradient, a sum over lanes, in ``gradients``.
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
    let size = gradients.count / cut.lanes
    withBuffers(parameters) { parameters, gradients, scratch, losses in
      var work = BatchWork(
        plan: plan, architecture: architecture, encoding: architecture.encoding, layout: layout,
        cut: cut, parts: architecture.gradientParts, parameterCount: size,
        parameters: parameters + base, gradients: gradients, scratch: scratch, losses: losses)
      withUnsafePointer(to: &work) { work in
        if threads <= cut.lanes {
          Self.performLanes(work, threads: threads)
        } else {
          Self.performRounds(work, threads: threads)
        }
      }
    }
    return losses.reduce(0, +) / Double(plan.count)
  }

  /// Each lane on a thread of its own, from the first round to the last.
  private static func performLanes(_ work: UnsafePointer<BatchWork>, threads: Int) {
    Parallel.perform(work.pointee.cut.lanes, threads: threads, on: work) { context, lane in
      let work = context.assumingMemoryBound(to: BatchWork.self)
      for round in 0..<work.pointee.cut.rounds {
        for pass in 0..<work.pointee.cut.passes {
          work.pointee.run(round: round, lane: lane, pass: pass)
        }
        for part in 0..<work.pointee.parts {
          work.pointee.addGradient(round: round, lane: lane, part: part)
        }
      }
    }
  }

  /// All threads on the passes of a round, then on the parts of its gradients.
  private static func performRounds(_ work: UnsafePointer<BatchWork>, threads: Int) {
    let (cut, parts) = (work.pointee.cut, work.pointee.parts)
    for round in 0..<cut.rounds {
      var round = RoundWork(work: work, round: round)
      withUnsafePointer(to: &round) { round in
        Parallel.perform(cut.lanes * cut.passes, threads: threads, on: round) { context, index in
          let round = context.assumingMemoryBound(to: RoundWork.self).pointee
          let lanes = round.work.pointee.cut.lanes
          round.work.pointee.run(round: round.round, lane: index % lanes, pass: index / lanes)
        }
        Parallel.perform(cut.lanes * parts, threads: threads, on: round) { context, index in
          let round = context.assumingMemoryBound(to: RoundWork.self).pointee
          let lanes = round.work.pointee.cut.lanes
          round.work.pointee.addGradient(
            round: round.round, lane: index % lanes, part: index / lanes)
        }
      }
    }
  }

  /// What the threads of one round share.
  private struct RoundWork {
    let work: UnsafePointer<BatchWork>
    let round: Int
  }

  /// What the threads of one step share.
  private struct BatchWork {
    let plan: BatchPlan
    let architecture: any Architecture
    let encoding: InputEncoding
    let layout: TrainingLayout
    let cut: BatchCut
    let parts: Int
    let parameterCount: Int
    let parameters: UnsafePointer<Float>
    let gradients: UnsafeMutablePointer<Float>
    let scratch: UnsafeMutablePointer<Float>
    let losses: UnsafeMutablePointer<Double>

    private func pass(lane: Int, firstRow: Int, number: Int, rows: Int) -> TrainingPass {
      TrainingPass(
        architecture: architecture, encoding: encoding, layout: layout, parameters: parameters,
        scratch: scratch + lane * layout.count, firstRow: firstRow, number: number, rows: rows)
    }

    func run(round: Int, lane: Int, pass number: Int) {
      let laneRows = cut.rows(ofRound: round, lane: lane)
      let rows = cut.rows(ofPass: number, in: laneRows)
      guard !rows.isEmpty else { return }
      let pass = pass(
        lane: lane, firstRow: rows.lowerBound - laneRows.lowerBound, number: number,
        rows: rows.count)
      let size = BatchPlan.shardRows
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: size) {
        plan.fill(
          rows: start..<min(rows.upperBound, start + size), shard: start / size,
          into: pass.destination(from: start - rows.lowerBound))
      }
      pass.run(
        batchRows: plan.count, huberLength: plan.huberLength, shardRows: size,
        losses: losses + rows.lowerBound / size)
    }

    func addGradient(round: Int, lane: Int, part: Int) {
      let rows = cut.rows(ofRound: round, lane: lane)
      guard !rows.isEmpty else { return }
      let all = pass(lane: lane, firstRow: 0, number: 0, rows: rows.count)
      architecture.gradient(
        all.network, part: part, into: gradients + lane * parameterCount, accumulates: round > 0)
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

extension TrainingLayout {
  /// The memory of one lane.
  init(_ architecture: any Architecture, cut: BatchCut) {
    self.init(architecture, rows: min(cut.laneRows, cut.rows), passes: cut.passes)
  }
}
