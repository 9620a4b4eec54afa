import Glibc
import Testing

@testable import ScoreCore

@Suite struct NetworkShapeTests {
  static let shapes = [
    NetworkShape(dimension: 1, hidden: [1], timePairs: 1),
    NetworkShape(dimension: 2, hidden: [128, 128, 128], timePairs: 32),
    NetworkShape(dimension: 5, hidden: [3, 40], timePairs: 7),
  ]

  @Test("The layers tile the flat buffer", arguments: shapes)
  func tiling(shape: NetworkShape) {
    let widths = [shape.dimension + shape.timeFeatures.count] + shape.hidden + [shape.dimension]
    var next = 0
    for (index, layer) in shape.layers.enumerated() {
      #expect(layer.inputs == widths[index] && layer.outputs == widths[index + 1])
      #expect(layer.weightOffset == next)
      #expect(layer.biasOffset == next + layer.inputs * layer.outputs)
      next = layer.biasOffset + layer.outputs
    }
    #expect(next == shape.parameterCount && shape.layers.count == widths.count - 1)
    #expect(shape.widest == widths.max())
  }

  @Test("Frequencies are geometric, from wavelength 64 to wavelength 3")
  func frequencies() throws {
    let f = TimeFeatures(.logSNR, pairs: 9).frequencies.map { Double($0) }
    #expect(abs(f[0] * 64 / (2 * .pi) - 1) < 1e-6)
    #expect(abs(f[8] * 3 / (2 * .pi) - 1) < 1e-6)
    for k in 1..<8 { #expect(abs(f[k] * f[k] / (f[k - 1] * f[k + 1]) - 1) < 1e-6) }
  }

  @Test("Starting weights have variance 2 / inputs; biases and the output layer are zero")
  func initialParameters() {
    let shape = NetworkShape(dimension: 2, hidden: [96, 80], timePairs: 16)
    let parameters = shape.initialParameters(seed: 5)
    for layer in shape.layers.dropLast() {
      let weights = parameters[layer.weightOffset..<layer.biasOffset].map { Double($0) }
      let variance = weights.reduce(0) { $0 + $1 * $1 } / Double(weights.count)
      // Five standard errors of a variance estimate.
      let error = (2 / Double(weights.count)).squareRoot()
      #expect(abs(variance * Double(layer.inputs) / 2 - 1) < 5 * error)
      #expect(
        parameters[layer.biasOffset..<layer.biasOffset + layer.outputs].allSatisfy { $0 == 0 })
    }
    let last = shape.layers[2]
    #expect(parameters[last.weightOffset...].allSatisfy { $0 == 0 })
    #expect(parameters == shape.initialParameters(seed: 5))
    #expect(parameters != shape.initialParameters(seed: 6))
  }
}
