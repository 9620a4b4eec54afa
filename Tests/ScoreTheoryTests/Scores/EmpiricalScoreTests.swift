import Glibc
import Testing

@testable import ScoreCore
@testable import ScoreTheory

@Suite struct EmpiricalScoreTests {
  private static var points: Points {
    var stream = RandomStream(seed: 4, purpose: .test)
    return stream.normals(count: 40, dimension: 2)
  }
  private static var places: Points {
    var stream = RandomStream(seed: 5, purpose: .test)
    return stream.normals(count: 30, dimension: 2)
  }
  static let levels = [
    NoiseLevel(alpha: 1, sigma: 0.3), NoiseLevel(alpha: 0.8, sigma: 0.6),
    NoiseLevel(alpha: 1, sigma: 0.02),
  ]

  @Test("Two points +-a: s = (a tanh(a x / (T sigma^2)) - x) / sigma^2", arguments: [0.0, 0.5, 2])
  func twoPoints(collapse: Double) {
    let a = 1.3
    let score = EmpiricalScore(
      Points(rows: [[-a], [a]]), smoothing: .init(collapseNoise: collapse))
    for sigma in [0.2, 0.7, 1.9] {
      let T = max(collapse / sigma, 1)
      let x = [-2.0, -0.4, 0, 0.01, 0.9, 5]
      let found = score.score(
        at: Points(values: x, dimension: 1), level: NoiseLevel(alpha: 1, sigma: sigma))
      for (x, found) in zip(x, found.values) {
        let expected = (a * tanh(a * x / (T * sigma * sigma)) - x) / (sigma * sigma)
        #expect(abs(found - expected) < 1e-12 * max(1, abs(expected)))
      }
    }
  }

  @Test("Without smoothing it is the score of the points as a mixture", arguments: levels)
  func exact(level: NoiseLevel) {
    let mixture = IsotropicMixture(
      means: Self.points, deviations: Array(repeating: 0, count: Self.points.count))
    let expected = mixture.score(at: Self.places, level: level)
    let found = EmpiricalScore(Self.points).score(at: Self.places, level: level)
    for (found, expected) in zip(found.values, expected.values) {
      #expect(abs(found - expected) < 1e-10 * max(1, abs(expected)))
    }
  }

  @Test("A temperature is T times the exact score at noise sqrt(T) sigma")
  func temperature() {
    let level = NoiseLevel(alpha: 1, sigma: 0.1)
    let smoothed = EmpiricalScore(Self.points, smoothing: .init(collapseNoise: 0.4))
    #expect(abs(smoothed.smoothing.temperature(at: level) - 4) < 1e-12)
    let wider = EmpiricalScore(Self.points).score(
      at: Self.places, level: NoiseLevel(alpha: 1, sigma: 0.2))
    let found = smoothed.score(at: Self.places, level: level)
    for (found, wider) in zip(found.values, wider.values) {
      #expect(abs(found - 4 * wider) < 1e-10 * max(1, abs(found)))
    }
    // Above the collapse noise nothing is changed.
    #expect(smoothed.smoothing.temperature(at: NoiseLevel(alpha: 0.5, sigma: 0.3)) == 1)
  }

  @Test("With one neighbour it pulls to the nearest point, with all to all of them")
  func neighbors() {
    let level = NoiseLevel(alpha: 1, sigma: 1)
    let points = Points(rows: [[0], [1], [3]])
    let x = Points(rows: [[0.9]])
    let nearest = EmpiricalScore(points, smoothing: .init(neighbors: 1))
    #expect(abs(nearest.score(at: x, level: level).values[0] - 0.1) < 1e-12)
    #expect(nearest.effectiveCounts(at: x, level: level) == [1])
    let two = EmpiricalScore(points, smoothing: .init(neighbors: 2))
    let (far, near) = (exp(-0.81 / 2), exp(-0.01 / 2))
    let expected = near / (near + far) - 0.9
    #expect(abs(two.score(at: x, level: level).values[0] - expected) < 1e-12)
    let all = EmpiricalScore(points, smoothing: .init(neighbors: 3))
    #expect(all.score(at: x, level: level) == EmpiricalScore(points).score(at: x, level: level))
  }

  @Test("The effective number is that of equal weights, and 1 where one point has all the weight")
  func effectiveCount() {
    let corners = Points(rows: [[1, 1], [1, -1], [-1, 1], [-1, -1]])
    let score = EmpiricalScore(corners)
    let centre = Points(rows: [[0, 0], [0, 1]])
    let found = score.effectiveCounts(at: centre, level: NoiseLevel(alpha: 1, sigma: 0.1))
    #expect(abs(found[0] - 4) < 1e-12 && abs(found[1] - 2) < 1e-12)
    let own = score.effectiveCounts(at: corners, level: NoiseLevel(alpha: 1, sigma: 0.05))
    #expect(own.allSatisfy { abs($0 - 1) < 1e-12 })
    // Never more than there are points, and more with more noise.
    let wide = score.effectiveCounts(at: corners, level: NoiseLevel(alpha: 1, sigma: 100))
    #expect(wide.allSatisfy { $0 <= 4 + 1e-12 && $0 > 3.99 })
  }

  @Test("The score without a level is the gradient of its log density", arguments: [1, 2, 3])
  func unconditional(dimension: Int) {
    var stream = RandomStream(seed: 6, purpose: .test)
    let points = stream.normals(count: 10, dimension: dimension)
    let score = UnconditionalEmpiricalScore(points, noises: [0.3, 0.8, 2])
    let x = stream.normals(count: 20, dimension: dimension)
    let found = score.score(at: x, level: NoiseLevel(alpha: 1, sigma: 0.3))
    let step = 1e-5
    for axis in 0..<dimension {
      var (up, down) = (x, x)
      for row in 0..<x.count {
        up[row, axis] += step
        down[row, axis] -= step
      }
      let (above, below) = (score.logDensity(at: up), score.logDensity(at: down))
      for row in 0..<x.count {
        let slope = (above[row] - below[row]) / (2 * step)
        #expect(abs(found[row, axis] - slope) < 1e-6 * max(1, abs(slope)))
      }
    }
    // Whatever noise the level names, the score is the same.
    #expect(found == score.score(at: x, level: NoiseLevel(alpha: 1, sigma: 2)))
  }

  @Test("Ascent never lowers the log density, and training points stay")
  func ascent() {
    let score = UnconditionalEmpiricalScore(Self.points, noises: [0.001, 0.03, 0.5, 3])
    var x = Self.places
    var before = score.logDensity(at: x)
    for _ in 0..<300 {
      x = score.ascended(x)
      let after = score.logDensity(at: x)
      #expect(zip(before, after).allSatisfy { $0 <= $1 + 1e-9 })
      before = after
    }
    // Where the least noise is far below the distances, training points are all but fixed.
    let stayed = score.ascended(Self.points)
    #expect(zip(stayed.values, Self.points.values).allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test("One level is the empirical score, and shares of levels follow sigma^(2 - d)")
  func levelShares() {
    let points = Self.points
    let one = UnconditionalEmpiricalScore(points, noises: [0.5])
    let level = NoiseLevel(alpha: 1, sigma: 0.5)
    let expected = EmpiricalScore(points).score(at: Self.places, level: level)
    for (found, expected) in zip(
      one.score(at: Self.places, level: level).values, expected.values)
    {
      #expect(abs(found - expected) < 1e-10 * max(1, abs(expected)))
    }
    // On top of the only point every exponential is 1.
    let three = UnconditionalEmpiricalScore(Points(rows: [[0, 0, 0]]), noises: [0.5, 1])
    let shares = three.levelShares(at: [0, 0, 0])
    #expect(abs(shares[0] - 2.0 / 3) < 1e-12 && abs(shares[1] - 1.0 / 3) < 1e-12)
  }
}
