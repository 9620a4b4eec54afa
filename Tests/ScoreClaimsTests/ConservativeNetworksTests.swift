import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct ConservativeNetworksTests {
  @Test(
    "Networks have as many parameters as the free one of two layers, to half a neuron",
    arguments: [2, 3, 8, 64], [16, 128])
  func sizes(dimension: Int, width: Int) {
    var values = ConservativeNetworks()
    values.width = width
    let free = values.architecture(.free, dimension: dimension)
    for form in ConservativeNetworks.Form.allCases {
      let other = values.architecture(form, dimension: dimension)
      // The most that one neuron has: all inputs, the neighbours of its layers, a bias, the outputs.
      let neuron = 2 * dimension + 10 + 2 * width
      #expect(abs(other.parameterCount - free.parameterCount) <= neuron / 2 + 1)
    }
  }

  @Test("A turn about the origin has the curl that it has, and an exact score none")
  func curl() {
    let values = ConservativeNetworks()
    let plan = ConservativeNetworksPlan(values: values, seed: 2)
    var probe = plan.probe(.mixture)
    let turning = plan.look(Turn(), &probe)
    for (index, time) in probe.times.enumerated() {
      let sigma = values.process.level(at: time).sigma
      // The Jacobian is 3 [[0, -1], [1, 0]], of norm 3 sqrt 2, and has no symmetric part.
      #expect(abs(turning.odd[index] / (sigma * sigma * 3 * 2.0.squareRoot()) - 1) < 1e-6)
      #expect(turning.even[index] < 1e-6 * turning.odd[index])
    }
    let exact = plan.look(ExactScore(probe.distribution), &probe)
    #expect(ConservativeNetworksFindings.curl(exact).largest < 1e-6)
    #expect(exact.errors.largest == 0 && exact.tails.largest == 0)
    let zero = plan.look(BaselineScore.Zero(dimension: 2), &probe)
    #expect(ConservativeNetworksFindings.curl(zero) == Array(repeating: 0, count: 6))
    #expect(zero.errors.allSatisfy { $0 > 0 })
  }

  private struct Turn: ScoreFunction {
    let dimension = 2

    func score(at x: Points, level: NoiseLevel) -> Points {
      Points(rows: (0..<x.count).map { [-3 * x[$0, 1], 3 * x[$0, 0]] })
    }
  }
}
