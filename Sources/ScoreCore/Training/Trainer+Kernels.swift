import CVectorKernels
import Glibc

extension Trainer {
  /// The number of the next update of the network whose turn it is: those of a bank are updated in
  /// turn, and each counts its own.
  var updateNumber: Int { state.step / objective.levels.networks + 1 }

  /// Sums the lanes of the gradient, clips it, and applies the update rule, the constraint and the
  /// weight average, in parallel pieces.
  mutating func update(network: Int) {
    let number = updateNumber
    let offset = trainedOffset
    let (optimization, threads, initialWeights) = (optimization, threads, initialWeights)
    // One minus the decay in float64: of a decay near 1 float32 keeps only a few digits of it.
    let averageRate = Float(1 - optimization.average.decay(step: number))
    let step = UpdateStep(
      rate: optimization.rate(step: number), number: number, gradientScale: 1)
    let pieces = GradientPieces(count: parameterCount - offset)
    let (lanes, laneStride) = (workspace.lanes, parameterCount)
    let momentStride = state.moments.count / max(1, optimization.rule.momentCount)
    let base = network * parameterCount + offset
    workspace.preparePieces(pieces.count)
    initialWeights.withUnsafeBufferPointer { initial in
      withStateBuffers { parameters, moments, average, rest, gradient, squares in
        var work = PieceWork(
          pieces: pieces, rule: optimization.rule, constraint: optimization.constraint, step: step,
          averageRate: averageRate, lanes: lanes, laneStride: laneStride,
          momentStride: momentStride, parameters: parameters + base, moments: moments + base,
          initial: initial.isEmpty ? nil : initial.baseAddress.map { $0 + base },
          average: average + base, averageRest: rest + base, gradient: gradient + offset,
          squares: squares, clips: optimization.maximumNorm != nil)
        work.clip(to: optimization.maximumNorm, threads: threads)
        work.update(threads: threads)
      }
    }
  }

  private mutating func withStateBuffers(
    _ body: (
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    workspace.withGradients { gradient, squares in
      state.parameters.withUnsafeMutableBufferPointer { parameters in
        state.average.withUnsafeMutableBufferPointer { average in
          state.averageRest.withUnsafeMutableBufferPointer { rest in
            state.moments.withUnsafeMutableBufferPointer { moments in
              guard let p = parameters.baseAddress, let a = average.baseAddress,
                let r = rest.baseAddress
              else { return }
              // A rule without moments never touches them.
              body(p, moments.baseAddress ?? p, a, r, gradient, squares)
            }
          }
        }
      }
    }
  }
}

/// What the pieces of one update share; the pointers are at the first trained parameter.
private struct PieceWork {
  let pieces: GradientPieces
  let rule: any UpdateRule
  let constraint: (any WeightConstraint)?
  var step: UpdateStep
  let averageRate: Float
  let lanes: Int
  let laneStride: Int
  let momentStride: Int
  let parameters: UnsafeMutablePointer<Float>
  let moments: UnsafeMutablePointer<Float>
  /// The weights before the first step; nil unless the constraint needs them.
  let initial: UnsafePointer<Float>?
  let average: UnsafeMutablePointer<Float>
  let averageRest: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  /// What each piece found for a sum over all: of squares of its gradient, then of its part in the
  /// constraint's measure.
  let squares: UnsafeMutablePointer<Double>
  /// Whether the lanes are summed before the update, for the norm.
  let clips: Bool
  /// The constraint's measure of all weights.
  var measure = 0.0

  /// Sums the lanes and scales the gradient down to a norm, if there is one.
  mutating func clip(to maximumNorm: Double?, threads: Int) {
    guard let maximumNorm else { return }
    perform(threads: threads) { context, piece in
      context.assumingMemoryBound(to: PieceWork.self).pointee.measure(piece)
    }
    let norm = sum.squareRoot()
    if norm > maximumNorm { step.gradientScale = maximumNorm / norm }
  }

  /// Moves the weights, into the constraint's set if there is one, and then their average.
  mutating func update(threads: Int) {
    perform(threads: threads) { context, piece in
      context.assumingMemoryBound(to: PieceWork.self).pointee.update(piece)
    }
    guard constraint != nil else { return }
    measure = sum
    perform(threads: threads) { context, piece in
      context.assumingMemoryBound(to: PieceWork.self).pointee.project(piece)
    }
  }

  /// The pieces' results in order.
  private var sum: Double {
    UnsafeBufferPointer(start: squares, count: pieces.count).reduce(0, +)
  }

  private func perform(threads: Int, _ body: @escaping WorkerPool.Body) {
    withUnsafePointer(to: self) {
      Parallel.perform(pieces.count, threads: threads, on: $0, body)
    }
  }

  private func measure(_ piece: Int) {
    sumLanes(piece)
    let range = pieces.range(piece)
    squares[piece] = sf_squared_distance(gradient + range.lowerBound, nil, range.count)
  }

  private func sumLanes(_ piece: Int) {
    let range = pieces.range(piece)
    let sum = gradient + range.lowerBound
    for lane in 1..<max(1, lanes) { sf_add(sum, sum + lane * laneStride, range.count) }
  }

  private func update(_ piece: Int) {
    if !clips { sumLanes(piece) }
    let range = pieces.range(piece)
    let start = range.lowerBound
    rule.update(
      ParameterSlice(
        parameters: parameters + start, moments: moments + start, momentStride: momentStride,
        gradient: gradient + start, count: range.count), step: step)
    guard let constraint else { return keepAverage(range) }
    squares[piece] = constraint.measure(slice(range))
  }

  private func project(_ piece: Int) {
    let range = pieces.range(piece)
    constraint?.project(slice(range), measure: measure)
    keepAverage(range)
  }

  private func slice(_ range: Range<Int>) -> WeightSlice {
    WeightSlice(
      weights: parameters + range.lowerBound, initial: initial.map { $0 + range.lowerBound },
      count: range.count)
  }

  private func keepAverage(_ range: Range<Int>) {
    let start = range.lowerBound
    sf_average(
      average + start, averageRest + start, parameters + start, range.count, averageRate)
  }
}

/// A gradient cut into whole cache lines; each parameter is updated alone, so the cut changes no
/// bit.
private struct GradientPieces: Sendable {
  let size: Int
  let total: Int

  init(count: Int) {
    total = count
    size = max(4096, (count / 16 + 15) & ~15)
  }

  var count: Int { (total + size - 1) / size }

  func range(_ piece: Int) -> Range<Int> { piece * size..<min(total, (piece + 1) * size) }
}
