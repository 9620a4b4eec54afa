import Glibc
import ScoreCore
import Testing

@testable import ScoreTheory

@Suite struct TwoLayerNetworkTests {
  private func network(
    width: Int, inputs: Int = 3, outputs: Int = 1, seed: UInt64 = 1
  ) -> TwoLayerNetwork {
    var stream = RandomStream(seed: seed, purpose: .test)
    return TwoLayerNetwork(
      width: width, inputCount: inputs, outputCount: outputs, using: &stream)
  }

  @Test(
    "Outputs are the signed sums of active neurons over the root of the width",
    arguments: [(1, 2, 1), (9, 3, 2), (300, 5, 1), (257, 2, 3)])
  func outputs(width: Int, inputs: Int, outputs: Int) {
    let network = network(width: width, inputs: inputs, outputs: outputs)
    var stream = RandomStream(seed: 2, purpose: .test)
    let points = stream.normals(count: 13, dimension: inputs)
    let found = network.outputs(at: points)
    for row in 0..<13 {
      for j in 0..<outputs {
        var sum = 0.0
        for r in 0..<width {
          let z = (0..<inputs).reduce(0) {
            $0 + network.weights[r * inputs + $1] * points[row, $1]
          }
          sum += network.signs[r * outputs + j] * max(0, z)
        }
        // Rounding of sums of `width` terms of order 1.
        let expected = sum / Double(width).squareRoot()
        #expect(abs(found[row, j] - expected) < 1e-14 * Double(width).squareRoot() + 1e-15)
      }
    }
  }

  @Test("Weights are standard normal, signs even")
  func initialization() {
    let network = network(width: 20_000, inputs: 2)
    let n = 40_000.0
    let squares = network.weights.reduce(0) { $0 + $1 * $1 } / n
    // Four standard errors: of squares of normal numbers, and of signs.
    #expect(abs(squares - 1) < 4 * (2 / n).squareRoot())
    #expect(abs(network.signs.reduce(0, +)) < 4 * 20_000.0.squareRoot())
    #expect(network.signs.allSatisfy { abs($0) == 1 })
  }

  @Test("A balanced network starts at 0 and has the tangent kernel of its first half")
  func balanced() {
    var (stream, same) = (
      RandomStream(seed: 8, purpose: .test), RandomStream(seed: 8, purpose: .test)
    )
    let balanced = TwoLayerNetwork(
      width: 100, inputCount: 2, isBalanced: true, using: &stream)
    let half = TwoLayerNetwork(width: 50, inputCount: 2, using: &same)
    let points = stream.normals(count: 7, dimension: 2)
    // Sums of 100 terms of order 0.1 that cancel.
    #expect(balanced.outputs(at: points).values.allSatisfy { abs($0) < 1e-14 })
    let gaps = zip(balanced.tangentGram(at: points), half.tangentGram(at: points))
    #expect(gaps.allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test("The empirical tangent kernel is the product of gradients, by differences, of each output")
  func differences() {
    let network = network(width: 6, outputs: 2)
    let points = Points(rows: [[0.3, -1, 0.5], [1.2, 0.4, -0.7]])
    let gram = network.tangentGram(at: points)
    for output in 0..<2 {
      let gradients = (0..<2).map { gradient(of: network, at: points.rows($0..<$0 + 1), output) }
      for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let product = zip(gradients[i], gradients[j]).reduce(0) { $0 + $1.0 * $1.1 }
        // The network is piecewise linear in its weights: differences are exact but for rounding.
        #expect(abs(gram[2 * i + j] - product) < 1e-8)
      }
    }
  }

  private func gradient(
    of network: TwoLayerNetwork, at point: Points, _ output: Int
  ) -> [Double] {
    let h = 1e-6
    return network.weights.indices.map { place in
      var (above, below) = (network, network)
      above.weights[place] += h
      below.weights[place] -= h
      let gap = above.outputs(at: point)[0, output] - below.outputs(at: point)[0, output]
      return gap / (2 * h)
    }
  }

  @Test(
    "It tends to the analytic kernel as the width grows, within binomial errors",
    arguments: [
      200, 20_000,
    ])
  func limit(width: Int) {
    var stream = RandomStream(seed: 3, purpose: .test)
    let points = stream.normals(count: 8, dimension: 3)
    let empirical = network(width: width).tangentGram(at: points)
    let analytic = ReLUTangentKernel.gram(points)
    let products = OpenBLAS.product(points.values, points.values, inner: 3, transposesRight: true)
    for place in 0..<64 {
      let share = analytic[place] / products[place]
      let error = abs(products[place]) * (share * (1 - share) / Double(width)).squareRoot()
      #expect(abs(empirical[place] - analytic[place]) < 4.5 * error + 1e-12)
    }
  }
}
