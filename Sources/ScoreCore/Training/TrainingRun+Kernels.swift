import CVectorKernels
import Glibc

extension TrainingRun {
  /// Applies Adam and the weight average to the gradient in the workspace, in parallel pieces.
  mutating func update() {
    let step = state.step + 1
    // The corrections belong to the decays the kernel has: 1 - 0.999 in float32 is off by 1e-5,
    // which the first steps would show.
    let (beta1, beta2) = (Float(optimizer.beta1), Float(optimizer.beta2))
    let settings = sf_adam_settings(
      rate: Float(optimizer.learningRate), beta1: beta1, beta2: beta2,
      epsilon: Float(optimizer.epsilon),
      correction1: Float(1 / (1 - pow(Double(beta1), Double(step)))),
      correction2: Float(1 / (1 - pow(Double(beta2), Double(step)))),
      average_decay: Float(averageDecay(step: step)))
    let count = shape.parameterCount
    let (lanes, threads) = (workspace.lanes, threads)
    // Whole cache lines a piece; each parameter is updated alone, so pieces change no bit.
    let piece = max(4096, (count / 16 + 15) & ~15)
    let pieces = (count + piece - 1) / piece
    withStateBuffers { parameters, first, second, average, gradients in
      Parallel.perform(pieces, threads: threads) { index in
        let start = index * piece
        sf_adam(
          parameters + start, first + start, second + start, average + start, gradients + start,
          count, lanes, min(piece, count - start), settings)
      }
    }
  }

  private mutating func withStateBuffers(
    _ body: (
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
      UnsafeMutablePointer<Float>, UnsafePointer<Float>
    ) -> Void
  ) {
    workspace.gradients.withUnsafeBufferPointer { gradients in
      state.parameters.withUnsafeMutableBufferPointer { parameters in
        state.moments.first.withUnsafeMutableBufferPointer { first in
          state.moments.second.withUnsafeMutableBufferPointer { second in
            state.average.withUnsafeMutableBufferPointer { average in
              guard let p = parameters.baseAddress, let m = first.baseAddress,
                let v = second.baseAddress, let a = average.baseAddress,
                let g = gradients.baseAddress
              else { return }
              body(p, m, v, a, g)
            }
          }
        }
      }
    }
  }
}
