import Glibc
import ScoreCore
import Testing

@Suite struct StandardizedShapesTests {
  private static func distribution(
    _ name: String, _ values: [String: ParameterValue] = [:]
  ) throws -> any KnownScoreDistribution {
    let entry = try #require(DistributionCatalog.entry(named: name))
    return try entry.make(
      CatalogParameters(values, describedBy: entry.parameters), FixedTable())
  }

  static let shapes: [(String, [String: ParameterValue])] = [
    ("two_moons", [:]), ("two_moons", ["noise": .number(0.3)]), ("ring_of_gaussians", [:]),
    ("ring_of_gaussians", ["count": .number(3), "radius": .number(5)]), ("spiral", [:]),
    ("spiral", ["turns": .number(3.5)]),
  ]

  @Test("Shapes have mean 0 and mean variance 1, exactly from their components", arguments: shapes)
  func shapesAreStandard(name: String, values: [String: ParameterValue]) throws {
    let distribution = try #require(try Self.distribution(name, values) as? IsotropicMixture)
    var mean = [0.0, 0]
    var second = 0.0
    for k in 0..<distribution.componentCount {
      for axis in 0..<2 {
        mean[axis] += distribution.weights[k] * distribution.mean(of: k)[axis]
        second += distribution.weights[k] * pow(distribution.mean(of: k)[axis], 2) / 2
      }
      second += distribution.weights[k] * distribution.deviations[k] * distribution.deviations[k]
    }
    #expect(abs(mean[0]) <= 1e-14 && abs(mean[1]) <= 1e-14)
    #expect(abs(second - 1) <= 1e-13)
  }

  @Test("Two moons stand on the two arcs, and their deviation is scaled with them")
  func twoMoonsStandOnArcs() throws {
    let distribution = try #require(try Self.distribution("two_moons") as? IsotropicMixture)
    #expect(distribution.componentCount == 200)
    let scale = 0.08 / distribution.deviations[0]
    // By symmetry the middle of both arcs is (1/2, 1/4).
    for k in 0..<200 {
      let x = distribution.mean(of: k)[0] * scale + 0.5
      let y = distribution.mean(of: k)[1] * scale + 0.25
      let fromUpper = hypot(x, y)
      let fromLower = hypot(x - 1, y - 0.5)
      #expect(abs((k < 100 ? fromUpper : fromLower) - 1) <= 1e-12)
      #expect(k < 100 ? y >= -1e-12 : y <= 0.5 + 1e-12)
    }
  }

  @Test("A checkerboard has mean 0 and variance 1", arguments: [2, 3, 4, 7])
  func checkerboardIsStandard(squares: Int) throws {
    let distribution = try #require(
      try Self.distribution("checkerboard", ["squares": .number(Double(squares))])
        as? UniformBoxMixture)
    #expect(distribution.boxes.count == (squares * squares + 1) / 2)
    var mean = [0.0, 0]
    var second = 0.0
    for box in distribution.boxes {
      for axis in 0..<2 {
        let (a, b) = (box.low[axis], box.high[axis])
        mean[axis] += (a + b) / 2 / Double(distribution.boxes.count)
        second += (a * a + a * b + b * b) / 6 / Double(distribution.boxes.count)
      }
    }
    #expect(abs(mean[0]) <= 1e-13 && abs(mean[1]) <= 1e-13)
    #expect(abs(second - 1) <= 1e-13)
  }
}
