import Testing

@testable import ScoreCore

@Suite struct SingleGaussiansTests {
  private static func parts(_ count: Int, dimension: Int) -> [any KnownScoreDistribution] {
    var stream = RandomStream(seed: 5, purpose: .test)
    return (0..<count).map { k in
      IsotropicMixture(
        means: stream.normals(count: 1, dimension: dimension),
        deviations: [0.05 + 0.1 * Double(k % 3)])
    }
  }

  @Test("Each has the bits that it gives alone", arguments: [1, 2], [1, 8, 13])
  func bits(dimension: Int, count: Int) throws {
    let parts = SingleGaussiansTests.parts(count, dimension: dimension)
    var stream = RandomStream(seed: 6, purpose: .test)
    var x = stream.normals(count: 50, dimension: dimension)
    (x[3, 0], x[4, 0], x[5, 0]) = (1e200, .nan, 1e3)
    for level in [NoiseLevel.clean, NoiseLevel(alpha: 0.7, sigma: 0.3)] {
      let alone = parts.map { $0.logDensity(at: x, level: level) }
      let together = try #require(SingleGaussians(parts, level: level))
      var rows = 0
      together.forEachRow(of: x) { row, values in
        rows += 1
        for k in 0..<count {
          let expected: Double = alone[k][row]
          #expect(
            values[k].bitPattern == expected.bitPattern || (values[k].isNaN && expected.isNaN))
        }
      }
      #expect(rows == x.count)
    }
  }

  @Test("Other dimensions and kinds are not joined")
  func limits() {
    #expect(SingleGaussians(SingleGaussiansTests.parts(3, dimension: 3), level: .clean) == nil)
    #expect(SingleGaussians([], level: .clean) == nil)
    var two = SingleGaussiansTests.parts(1, dimension: 2)
    two.append(
      IsotropicMixture(means: Points(rows: [[0, 0], [1, 1]]), deviations: [1, 1]))
    #expect(SingleGaussians(two, level: .clean) == nil)
  }
}
