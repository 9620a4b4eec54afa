import CVectorKernels
import Glibc

extension TrainingRun {
  /// The number of the next update of the network whose turn it is: those of a bank are updated in
  /// turn, and each counts its own.
  var updateNumber: Int { state.step / objective.levels.networks + 1 }

  /// Sums the lanes of the gradient, clips it, and applies the update rule and the weight average,
  /// in parallel pieces.
  mutating func update(network: Int) {
    let number = updateNumber
    let offset = architecture.trainedOffset
    let pieces = GradientPieces(count: parameterCount - offset)
    var step = UpdateStep(
      rate: optimization.rate(step: number), number: number, gradientScale: 1)
    let (rule, threads, maximumNorm) = (optimization.rule, threads, optimization.maximumNorm)
    // One minus the decay in float64: of a decay near 1 float32 keeps only a few digits of it.
    let averageRate = Float(1 - optimization.average.decay(step: number))
    let (lanes, laneStride) = (workspace.lanes, parameterCount)
    let momentStride = state.moments.count / max(1, rule.momentCount)
    let base = network * parameterCount + offset
    workspace.preparePieces(pieces.count)
    withStateBuffers { parameters, moments, average, rest, gradients, squares in
      var work = PieceWork(
        pieces: pieces, rule: rule, step: step, averageRate: averageRate, lanes: lanes,
        laneStride: laneStride, momentStride: momentStride, parameters: parameters + base,
        moments: moments + base, average: average + base, averageRest: rest + base,
        gradient: gradients + offset,
        squares: squares, clips: maximumNorm != nil)
      if let maximumNorm {
        withUnsafePointer(to: &work) { work in
          Parallel.perform(pieces.count, threads: threads, on: work) { context, piece in
            context.assumingMemoryBound(to: PieceWork.self).pointee.sumLanes(piece)
          }
        }
        let norm = UnsafeBufferPointer(start: squares, count: pieces.count).reduce(0, +)
          .squareRoot()
        if norm > maximumNorm { step.gradientScale = maximumNorm / norm }
        work.step = step
      }
      withUnsafePointer(to: &work) { work in
        Parallel.perform(pieces.count, threads: threads, on: work) { context, piece in
          context.assumingMemoryBound(to: PieceWork.self).pointee.update(piece)
        }
      }
    }
  }

  private mutating func withStateBuffers(
    _ body: (
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    workspace.withGradients { gradients, squares in
      state.parameters.withUnsafeMutableBufferPointer { parameters in
        state.average.withUnsafeMutableBufferPointer { average in
          state.averageRest.withUnsafeMutableBufferPointer { rest in
            state.moments.withUnsafeMutableBufferPointer { moments in
              guard let p = parameters.baseAddress, let a = average.baseAddress,
                let r = rest.baseAddress
              else { return }
              // A rule without moments never touches them.
              body(p, moments.baseAddress ?? p, a, r, gradients, squares)
            }
          }
        }
      }
    }
  }
}

/// What the pieces of one update share; the pointers are at the first trainable parameter.
private struct PieceWork {
  let pieces: GradientPieces
  let rule: any UpdateRule
  var step: UpdateStep
  let averageRate: Float
  let lanes: Int
  let laneStride: Int
  let momentStride: Int
  let parameters: UnsafeMutablePointer<Float>
  let moments: UnsafeMutablePointer<Float>
  let average: UnsafeMutablePointer<Float>
  let averageRest: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let squares: UnsafeMutablePointer<Double>
  /// Whether the lanes were summed before, for the norm.
  let clips: Bool

  func sumLanes(_ piece: Int) {
    let range = pieces.range(piece)
    squares[piece] = sf_sum_lanes(
      gradient + range.lowerBound, laneStride, lanes, range.count, clips ? 1 : 0)
  }

  func update(_ piece: Int) {
    if !clips { sumLanes(piece) }
    let range = pieces.range(piece)
    let start = range.lowerBound
    rule.update(
      ParameterSlice(
        parameters: parameters + start, moments: moments + start, momentStride: momentStride,
        gradient: gradient + start, count: range.count), step: step)
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
