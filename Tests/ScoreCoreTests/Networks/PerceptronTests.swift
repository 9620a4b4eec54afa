import Glibc
import Testing

@testable import ScoreCore

@Suite struct PerceptronTests {
  static let architectures = [
    Perceptron(dimension: 1, hidden: [1], timePairs: 1),
    Perceptron(dimension: 2, hidden: [128, 128, 128], timePairs: 32),
    Perceptron(dimension: 5, hidden: [3, 40], timePairs: 7),
  ]

  @Test("The layers tile the flat buffer", arguments: architectures)
  func tiling(architecture: Perceptron) {
    let widths =
      [architecture.dimension + architecture.encoding.timeFeatures.count] + architecture.hidden + [
        architecture.dimension
      ]
    var next = 0
    for (index, layer) in architecture.layers.enumerated() {
      #expect(layer.inputs == widths[index] && layer.outputs == widths[index + 1])
      #expect(layer.weightOffset == next)
      #expect(layer.biasOffset == next + layer.inputs * layer.outputs)
      next = layer.biasOffset + layer.outputs
    }
    #expect(next == architecture.parameterCount && architecture.layers.count == widths.count - 1)
    #expect(architecture.widest == widths.max())
  }

  @Test("Segments are the layers' weights and biases by name, frozen ones first")
  func segments() {
    let networks =
      Self.architectures + [
        Perceptron(
          dimension: 3, hidden: [6, 4], timeFeatures: TimeFeatures(.plain, pairs: 0),
          positionPairs: 2, hasFrozenFeatures: true)
      ]
    for network in networks {
      for (index, layer) in network.layers.enumerated() {
        let (weight, bias) = (network.segments[2 * index], network.segments[2 * index + 1])
        #expect(weight.name == "layer\(index).weight" && bias.name == "layer\(index).bias")
        #expect(weight.shape == [layer.inputs, layer.outputs] && bias.shape == [layer.outputs])
        #expect(weight.range == layer.weightOffset..<layer.biasOffset)
        #expect(bias.range == layer.biasOffset..<layer.biasOffset + layer.outputs)
        #expect(weight.layer == index && bias.layer == index)
      }
      #expect(network.segments.count == 2 * network.layers.count)
    }
    #expect(networks[3].segments.map(\.isTrained) == [false, false, false, false, true, true])
    #expect(networks[3].trainedOffset == networks[3].layers[2].weightOffset)
    #expect(networks[0].segments.allSatisfy(\.isTrained) && networks[0].trainedOffset == 0)
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
    let architecture = Perceptron(dimension: 2, hidden: [96, 80], timePairs: 16)
    let parameters = architecture.initialParameters(seed: 5)
    for layer in architecture.layers.dropLast() {
      let weights = parameters[layer.weightOffset..<layer.biasOffset].map { Double($0) }
      let variance = weights.reduce(0) { $0 + $1 * $1 } / Double(weights.count)
      // Five standard errors of a variance estimate.
      let error = (2 / Double(weights.count)).squareRoot()
      #expect(abs(variance * Double(layer.inputs) / 2 - 1) < 5 * error)
      #expect(
        parameters[layer.biasOffset..<layer.biasOffset + layer.outputs].allSatisfy { $0 == 0 })
    }
    let last = architecture.layers[2]
    #expect(parameters[last.weightOffset...].allSatisfy { $0 == 0 })
    #expect(parameters == architecture.initialParameters(seed: 5))
    #expect(parameters != architecture.initialParameters(seed: 6))
  }
}
