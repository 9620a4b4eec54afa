import Glibc

@testable import ScoreCore

/// The scalar network and its gradient in float64 with loops of their own: they share only the layout and
/// the frequencies.
struct ReferenceConservativeNetwork {
  let architecture: ConservativeNetwork
  let parameters: [Double]

  private var encoding: InputEncoding { architecture.encoding }
  private var width: Int { architecture.width }

  private func waves(of x: Double, _ frequencies: [Float]) -> [Double] {
    frequencies.map { sin(Double($0) * x) } + frequencies.map { cos(Double($0) * x) }
  }

  private func inputs(_ point: [Double], _ clock: Double) -> [Double] {
    let features = encoding.timeFeatures
    return point + point.flatMap { waves(of: $0, encoding.positionFrequencies) }
      + (features.kind.hasWaves ? waves(of: clock, features.frequencies) : [clock])
  }

  private func preActivations(_ point: [Double], _ clock: Double) -> [Double] {
    let u = inputs(point, clock)
    return (0..<width).map { r in
      u.indices.reduce(parameters[encoding.count * width + r]) {
        $0 + u[$1] * parameters[$1 * width + r]
      }
    }
  }

  private func outer(_ r: Int) -> Double { parameters[(encoding.count + 1) * width + r] }

  /// phi, where the activation's antiderivative is elementary.
  func potential(_ point: [Double], clock: Double) -> Double {
    preActivations(point, clock).enumerated().reduce(0) { sum, neuron in
      let z = neuron.element
      switch architecture.activation {
      case .relu: return sum + outer(neuron.offset) * max(0, z) * max(0, z) / 2
      case .tanh: return sum + outer(neuron.offset) * log(cosh(z))
      case .silu, .gelu: return .nan
      }
    }
  }

  private func activation(_ z: Double) -> Double {
    switch architecture.activation {
    case .silu: z / (1 + exp(-z))
    case .relu: max(0, z)
    case .tanh: tanh(z)
    case .gelu: z * (1 + tanh((2 / Double.pi).squareRoot() * (z + 0.044715 * z * z * z))) / 2
    }
  }

  /// The prediction, by the chain rule through every input.
  func output(_ point: [Double], clock: Double) -> [Double] {
    let values = preActivations(point, clock).enumerated().map {
      outer($0.offset) * activation($0.element)
    }
    let (d, omegas) = (point.count, encoding.positionFrequencies.map { Double($0) })
    return point.indices.map { axis in
      let first = d + 2 * omegas.count * axis
      return (0..<width).reduce(0.0) { sum, r in
        var slope = parameters[axis * width + r]
        for (k, omega) in omegas.enumerated() {
          slope += omega * cos(omega * point[axis]) * parameters[(first + k) * width + r]
          slope -=
            omega * sin(omega * point[axis]) * parameters[(first + omegas.count + k) * width + r]
        }
        return sum + values[r] * slope
      }
    }
  }

  /// The mean over rows of the weighted squared error.
  func loss(on batch: RecordedBatch) -> Double {
    (0..<batch.count).reduce(0.0) { sum, row in
      let found = output(batch.inputs[row], clock: batch.clocks[row])
      let squared = zip(found, batch.targets[row]).reduce(0.0) {
        $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
      }
      return sum + batch.weights[row] * squared / Double(batch.count)
    }
  }
}
