import Glibc

@testable import ScoreCore

/// The two-layer network in float64 with loops of its own: it shares only the layout and the
/// frequencies.
struct ReferenceTangentNetwork {
  let architecture: NeuralTangentNetwork

  init(_ architecture: NeuralTangentNetwork) { self.architecture = architecture }

  private var encoding: InputEncoding { architecture.encoding }

  /// A point in the ball that the network is fed points of.
  func shortened(_ point: [Double]) -> [Double] {
    let length = point.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > encoding.radius ? point.map { $0 * encoding.radius / length } : point
  }

  private func inputs(point: [Double], clock: Double) -> [Double] {
    let point = shortened(point)
    func waves(of x: Double, _ frequencies: [Float]) -> [Double] {
      frequencies.map { sin(Double($0) * x) } + frequencies.map { cos(Double($0) * x) }
    }
    let features = encoding.timeFeatures
    return point + point.flatMap { waves(of: $0, encoding.positionFrequencies) }
      + (features.kind.hasWaves ? waves(of: clock, features.frequencies) : [clock])
  }

  private func activations(_ parameters: [Double], _ inputs: [Double]) -> [Double] {
    let (m, start) = (architecture.width, architecture.width * architecture.dimension)
    return (0..<m).map { r in
      inputs.indices.reduce(0) { $0 + inputs[$1] * parameters[start + $1 * m + r] }
    }
  }

  /// The prediction at one scaled noisy point.
  func output(_ parameters: [Double], point: [Double], clock: Double) -> [Double] {
    let z = activations(parameters, inputs(point: point, clock: clock))
    let d = architecture.dimension
    return (0..<d).map { j in
      z.indices.reduce(0) { $0 + parameters[$1 * d + j] * max(0, z[$1]) }
        / Double(architecture.width).squareRoot()
    }
  }

  /// The gradient of the mean over rows of the weighted squared error, by hand, and the loss.
  func gradient(_ parameters: [Double], on batch: RecordedBatch) -> (
    loss: Double, gradient: [Double]
  ) {
    let (m, d) = (architecture.width, architecture.dimension)
    let root = Double(m).squareRoot()
    var (loss, gradient) = (0.0, parameters.map { _ in 0.0 })
    for row in 0..<batch.count {
      let u = inputs(point: batch.inputs[row], clock: batch.clocks[row])
      let z = activations(parameters, u)
      let output = output(parameters, point: batch.inputs[row], clock: batch.clocks[row])
      for j in 0..<d {
        let error = output[j] - batch.targets[row][j]
        loss += batch.weights[row] * error * error / Double(batch.count)
        let pull = 2 * batch.weights[row] * error / Double(batch.count) / root
        for r in 0..<m where z[r] > 0 {
          if architecture.trainsOuterWeights { gradient[r * d + j] += pull * z[r] }
          for i in u.indices { gradient[m * d + i * m + r] += pull * parameters[r * d + j] * u[i] }
        }
      }
    }
    return (loss, gradient)
  }
}
