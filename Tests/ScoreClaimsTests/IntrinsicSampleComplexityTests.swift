import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct IntrinsicSampleComplexityTests {
  @Test("The principal components of points near a plane span it, and say how far they are from it")
  func plane() {
    let circle = VonMisesCircle(concentration: 1, radius: 2, dimension: 16, seed: 4)
    var stream = RandomStream(seed: 1, purpose: .test)
    let clean = circle.sample(count: 400, using: &stream)
    let exact = FoundSubspace(of: clean, intrinsic: 2)
    let back = exact.points(exact.components(of: clean))
    #expect(zip(back.values, clean.values).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(exact.residual < 1e-12 && exact.departure < 1e-12)
    let noisy = NoiseLevel(alpha: 1, sigma: 0.1).noisy(
      clean, noise: stream.normals(count: 400, dimension: 16))
    // 400 points with 14 coordinates off the plane.
    let residual = FoundSubspace(of: noisy, intrinsic: 2).residual
    #expect(abs(residual / 0.01 - 1) < 5 * (2.0 / 5600).squareRoot())
  }

  @Test("In the plane the exact score of normal points is found, across it that of the residual")
  func subspaceScore() {
    let inner = LinearlyWeightedScore(
      features: LinearFeatures(dimension: 1, hasIntercept: false), target: NoiseTarget(),
      weights: [0.5])
    let subspace = FoundSubspace(rows: [[0.6, 0.8]], residual: 0.75)
    let level = NoiseLevel(alpha: 1, sigma: 0.5)
    let found = SubspaceScore(inner: inner, subspace: subspace)
      .score(at: Points(rows: [[0.6, 0.8], [-0.8, 0.6]]), level: level)
    // Along: -0.5 / sigma; across: -1 / (0.75 + 0.25).
    let expected = [-0.6, -0.8, 0.8, -0.6]
    #expect(zip(found.values, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("Ramps come behind the coordinates and a 1, and are not negative")
  func features() {
    var stream = RandomStream(seed: 2, purpose: .test)
    let features = RampFeatures(dimension: 3, ramps: 5, using: &stream)
    let values = features.values(
      at: Points(rows: [[1, 2, 3], [-1, 0, 4]]), level: NoiseLevel(alpha: 1, sigma: 1))
    #expect(values.count == 18 && features.count == 9)
    #expect(Array(values[..<4]) == [1, 2, 3, 1] && Array(values[9..<13]) == [-1, 0, 4, 1])
    #expect(values.allSatisfy { $0.isFinite } && values[4..<9].allSatisfy { $0 >= 0 })
  }
}
