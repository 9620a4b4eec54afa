import CVectorKernels
import Testing

@testable import ScoreCore

@Suite struct PairKernelTests {
  /// Fewer than eight, whole eights, and a rest.
  @Test(
    "Distances that are whole numbers are summed without an error", arguments: [1, 7, 8, 24, 37])
  func wholeNumbers(count: Int) {
    // Pythagorean triples: every partial sum is a whole number.
    let axes = (0..<count).map { 3.0 * Double($0) } + (0..<count).map { 1 + 4.0 * Double($0) }
    let sum = sf_distance_sum([0, 1], axes, count, 2)
    #expect(sum == (0..<count).reduce(0.0) { $0 + 5 * Double($1) })
    var squared = Array(repeating: -1.0, count: count)
    sf_squared_distances([0, 1], axes, count, 2, &squared)
    #expect(squared == (0..<count).map { 25 * Double($0 * $0) })
  }

  @Test("Sums of distances have the bits of the plain loop", arguments: [1, 2, 5, 23])
  func plainLoop(dimension: Int) {
    let count = 61
    var stream = RandomStream(seed: 8, purpose: .test)
    let point = (0..<dimension).map { _ in stream.normal() }
    let axes = (0..<count * dimension).map { _ in stream.normal() }
    let distances = (0..<count).map { i in
      (0..<dimension).reduce(0.0) { sum, axis in
        let gap = point[axis] - axes[axis * count + i]
        return sum + gap * gap
      }.squareRoot()
    }
    let whole = count / 8 * 8
    let lanes = (0..<8).map { lane in
      stride(from: lane, to: whole, by: 8).reduce(0.0) { $0 + distances[$1] }
    }
    let plain = lanes.dropFirst().reduce(lanes[0], +) + distances[whole...].reduce(0, +)
    #expect(sf_distance_sum(point, axes, count, dimension) == plain)
  }
}
