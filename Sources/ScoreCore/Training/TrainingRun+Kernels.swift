import CVectorKernels
import Glibc

extension TrainingRun {
  /// Sums the lanes of the gradient, clips it, and applies the update rule and the weight average,
  /// in parallel pieces.
  mutating func update(network: Int) {
    // Networks of a bank are updated in turn; each counts its own steps.
    let number = state.step / objective.levels.networks + 1
    let offset = shape.trainableOffset
    let count = shape.parameterCount - offset
    let pieces = GradientPieces(count: count)
    var step = UpdateStep(
      rate: optimization.rate(step: number), number: number, gradientScale: 1)
    let (rule, threads) = (optimization.rule, threads)
    let decay = Float(optimization.average.decay(step: number))
    let (lanes, laneStride) = (workspace.lanes, shape.parameterCount)
    let momentStride = state.moments.count / max(1, rule.momentCount)
    let base = network * shape.parameterCount + offset
    let maximumNorm = optimization.maximumNorm
    workspace.preparePieces(pieces.count)
    withStateBuffers { parameters, moments, average, gradients, squares in
      let gradient = gradients + offset
      func sumLanes(_ range: Range<Int>, wantsSquares: Bool) -> Double {
        sf_sum_lanes(
          gradient + range.lowerBound, laneStride, lanes, range.count, wantsSquares ? 1 : 0)
      }
      if let maximumNorm {
        Parallel.perform(pieces.count, threads: threads) { piece in
          squares[piece] = sumLanes(pieces.range(piece), wantsSquares: true)
        }
        let norm = UnsafeBufferPointer(start: squares, count: pieces.count).reduce(0, +)
          .squareRoot()
        if norm > maximumNorm { step.gradientScale = maximumNorm / norm }
      }
      let settled = step
      Parallel.perform(pieces.count, threads: threads) { piece in
        let range = pieces.range(piece)
        if maximumNorm == nil { _ = sumLanes(range, wantsSquares: false) }
        let start = base + range.lowerBound
        rule.update(
          ParameterSlice(
            parameters: parameters + start, moments: moments + start, momentStride: momentStride,
            gradient: gradient + range.lowerBound, count: range.count), step: settled)
        sf_average(average + start, parameters + start, range.count, decay)
      }
    }
  }

  private mutating func withStateBuffers(
    _ body: (
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    workspace.withGradients { gradients, squares in
      state.parameters.withUnsafeMutableBufferPointer { parameters in
        state.average.withUnsafeMutableBufferPointer { average in
          state.moments.withUnsafeMutableBufferPointer { moments in
            guard let p = parameters.baseAddress, let a = average.baseAddress else { return }
            // A rule without moments never touches them.
            body(p, moments.baseAddress ?? p, a, gradients, squares)
          }
        }
      }
    }
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
