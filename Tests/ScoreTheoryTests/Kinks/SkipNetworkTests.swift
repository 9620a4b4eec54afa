import ScoreCore
import ScoreTheory
import Testing

@Suite struct SkipNetworkTests {
  private static let points = [-1.3, -0.4, 0.2, 0.9, 1.7]

  @Test("The gradient is that of differences, for both losses")
  func gradient() {
    var stream = RandomStream(seed: 1, purpose: .test, index: 0)
    let network = SkipNetwork(width: 6, kinks: -2...2, size: 0.8, using: &stream)
    for loss in [
      SkipNetwork.Loss.denoising(points: Self.points, targets: [1, -2, 0.5, 0, 1]),
      .implicit(points: Self.points),
    ] {
      var (gradient, unused) = (network.parameters, network.parameters)
      _ = network.objective(of: loss, penalty: 0.3, gradient: &gradient)
      for j in network.parameters.indices {
        var (left, right) = (network, network)
        left.parameters[j] -= 1e-6
        right.parameters[j] += 1e-6
        let difference =
          right.objective(of: loss, penalty: 0.3, gradient: &unused)
          - left.objective(of: loss, penalty: 0.3, gradient: &unused)
        #expect(abs(difference / 2e-6 - gradient[j]) < 1e-7)
      }
    }
  }

  @Test("The network of a minimiser has its values, its variation and its objective")
  func network() throws {
    let targets = [1, -2, 0.5, 0, 1]
    let program = KinkProgram(denoising: Self.points, targets: targets)
    let penalty = 0.1 * program.linePenalty
    let found = try #require(program.minimiser(penalty: penalty))
    let network = SkipNetwork(found.score)
    #expect(network.width > 0 && abs(network.slopeVariation - found.score.slopeVariation) < 1e-12)
    for x in [-3, -0.4, 0.1, 0.9, 5] {
      #expect(abs(network.value(at: x) - found.score.value(at: x)) < 1e-12)
    }
    var gradient = network.parameters
    let objective = network.objective(
      of: .denoising(points: Self.points, targets: targets), penalty: penalty, gradient: &gradient)
    #expect(abs(objective - found.objective) < 1e-12)
    // No change of the output weights or of the line lowers it.
    #expect(gradient.dropFirst(2 * network.width).allSatisfy { abs($0) < 1e-10 })
  }
}
