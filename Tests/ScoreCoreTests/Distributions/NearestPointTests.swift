import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// Nearest points and tangent spaces of every distribution that knows its manifold.
@Suite struct NearestPointTests {
  static let subjects: [Subject] = [
    Subject(
      name: "circle",
      distribution: VonMisesCircle(concentration: 1, radius: 2, dimension: 4, seed: 6),
      feature: 0),
    Subject(name: "sphere", distribution: UniformSphere(intrinsic: 4, radius: 1.5), feature: 0),
    Subject(
      name: "torus",
      distribution: EmbeddedDistribution(FlatTorus(radii: [1, 0.5]), dimension: 6, seed: 2),
      feature: 0),
    Subject(
      name: "subspace", distribution: LinearSubspace(deviations: [1, 2], dimension: 5, seed: 3),
      feature: 0),
    Subject(
      name: "roll",
      distribution: EmbeddedDistribution(SwissRoll(noise: 0.05), dimension: 5, seed: 7),
      feature: 0),
    Subject(
      name: "turned sphere",
      distribution: SimilarityImage(
        of: UniformSphere(intrinsic: 2, radius: 1), scale: 2,
        rotation: OrthonormalRows(count: 3, dimension: 3, seed: 4), shift: [1, -2, 3]), feature: 0),
  ]

  private func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test("Draws without noise lie on the manifold", arguments: subjects)
  func drawsAreOnIt(subject: Subject) throws {
    let manifold = try #require(subject.distribution.manifold)
    #expect(manifold.dimension == subject.distribution.dimension)
    var stream = RandomStream(seed: 1, purpose: .test)
    let x = subject.distribution.sample(count: 50, using: &stream)
    // The roll's draws have a deviation of 0.05 about its sheet.
    let bound = subject.name == "roll" ? 0.3 : 1e-12
    for distance in manifold.distances(of: x) { #expect(distance <= bound) }
  }

  @Test(
    "A nearest point is its own, is no further than others, and the way to it is normal",
    arguments: subjects)
  func nearest(subject: Subject) throws {
    let manifold = try #require(subject.distribution.manifold)
    var stream = RandomStream(seed: 2, purpose: .test)
    let others = manifold.project(subject.distribution.sample(count: 300, using: &stream))
    let x = subject.noisySample(
      count: 30, level: NoiseLevel(alpha: 1, sigma: 0.1), using: &stream)
    let near = manifold.project(x)
    for (a, b) in zip(manifold.project(near).values, near.values) { #expect(abs(a - b) <= 1e-9) }
    let distances = manifold.distances(of: x)
    for row in 0..<x.count {
      let point = x.row(row)
      for other in 0..<others.count {
        let away = zip(point, others.row(other)).map { $0 - $1 }
        #expect(distances[row] <= product(away, away).squareRoot() + 1e-12)
      }
      let gap = zip(point, near.row(row)).map { $0 - $1 }
      let tangent = manifold.tangent(at: point)
      #expect(tangent.count == manifold.intrinsicDimension)
      for (i, a) in tangent.enumerated() {
        for (j, b) in tangent.enumerated() {
          #expect(abs(product(a, b) - (i == j ? 1 : 0)) <= 1e-12)
        }
        // The edges of the roll are left out: the way to an edge is not normal to the sheet.
        guard subject.name != "roll" else { continue }
        #expect(abs(product(a, gap)) <= 1e-9)
      }
    }
  }

  @Test("The tangent is where nearest points of neighbours lie", arguments: subjects)
  func tangent(subject: Subject) throws {
    let manifold = try #require(subject.distribution.manifold)
    var stream = RandomStream(seed: 3, purpose: .test)
    let x = manifold.project(subject.distribution.sample(count: 20, using: &stream))
    let h = 1e-5
    for row in 0..<x.count {
      let point = x.row(row)
      for direction in manifold.tangent(at: point) {
        let ahead = manifold.project(zip(point, direction).map { $0 + h * $1 })
        let behind = manifold.project(zip(point, direction).map { $0 - h * $1 })
        // At an edge of the roll one of the two does not move.
        let moved = zip(ahead, behind).map { ($0 - $1) / (2 * h) }
        let along = product(moved, direction)
        #expect(abs(along - 1) <= 1e-4 || (subject.name == "roll" && abs(along - 0.5) <= 1e-2))
      }
    }
  }
}
