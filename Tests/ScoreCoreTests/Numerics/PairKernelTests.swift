import CVectorKernels
import Testing

@testable import ScoreCore

@Suite struct PairKernelTests {
  /// Fewer than eight, whole eights, and a rest.
  @Test(
    "Distances that are whole numbers are summed without an error", arguments: [1, 7, 8, 24, 37])
  func wholeNumbers(count: Int) {
    // Pythagorean triples: every partial sum is a whole number.
    let numbers: [Double] = (0..<count).map { Double($0) }
    let axes: [Double] = numbers.map { 3 * $0 } + numbers.map { 1 + 4 * $0 }
    let sum = sf_distance_sum([0, 1], axes, count, 2)
    let exact: Double = numbers.reduce(0) { $0 + 5 * $1 }
    #expect(sum == exact)
    var squared = Array(repeating: -1.0, count: count)
    sf_squared_distances([0, 1], axes, count, 2, &squared)
    let squares: [Double] = numbers.map { 25 * $0 * $0 }
    #expect(squared == squares)
  }

  @Test("Sums of distances have the bits of the plain loop", arguments: [1, 2, 5, 23])
  func plainLoop(dimension: Int) {
    let count = 61
    var stream = RandomStream(seed: 8, purpose: .test)
    let point = (0..<dimension).map { _ in stream.normal() }
    let axes = (0..<count * dimension).map { _ in stream.normal() }
    var distances: [Double] = []
    for i in 0..<count {
      var squared = 0.0
      for axis in 0..<dimension {
        let gap = point[axis] - axes[axis * count + i]
        squared += gap * gap
      }
      distances.append(squared.squareRoot())
    }
    let whole = count / 8 * 8
    var lanes = Array(repeating: 0.0, count: 8)
    for i in 0..<whole { lanes[i % 8] += distances[i] }
    let rest: Double = distances[whole...].reduce(0, +)
    let plain: Double = lanes.dropFirst().reduce(lanes[0], +) + rest
    #expect(sf_distance_sum(point, axes, count, dimension) == plain)
  }
}
