import Glibc
import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct TwoStagesTests {
  @Test("The map's derivative along a direction is that by differences, and symmetric")
  func derivative() {
    var stream = RandomStream(seed: 3, purpose: .experiment)
    var map = GradientMap(dimension: 3, width: 5, using: &stream)
    for place in map.parameters.indices { map.parameters[place] += stream.normal() }
    let point = [0.3, -0.5, 0.8]
    let axes = (0..<3).map { axis in (0..<3).map { $0 == axis ? 1.0 : 0 } }
    let columns = axes.map { map.derivative(at: point, along: $0) }
    for (axis, direction) in axes.enumerated() {
      let above = map.map(zip(point, direction).map { $0 + 1e-5 * $1 })
      let below = map.map(zip(point, direction).map { $0 - 1e-5 * $1 })
      for i in 0..<3 {
        #expect(abs((above[i] - below[i]) / 2e-5 - columns[axis][i]) < 1e-8)
        #expect(abs(columns[axis][i] - columns[i][axis]) < 1e-12)
      }
    }
  }

  @Test("A closed chain's coordinate and its point undo each other, around its end too")
  func chain() {
    let count = 100
    let vertices = (0..<count).map { place -> [Double] in
      let angle = 2 * Double.pi * Double(place) / Double(count)
      return [cos(angle), sin(angle)]
    }
    let curve = LearnedCurve(vertices, isClosed: true)
    #expect(abs(curve.length / (2 * Double.pi) - 1) < 1e-3)
    for coordinate in [0.01, 1, 3.3, 6.27] {
      #expect(abs(curve.coordinate(of: curve.point(at: coordinate)) - coordinate) < 1e-9)
    }
    let (first, again) = (curve.point(at: 0.2), curve.point(at: 0.2 + curve.length))
    #expect(zip(first, again).allSatisfy { abs($0 - $1) < 1e-9 })
    // A line ends at its ends.
    let line = LearnedCurve([[0, 0], [1, 0], [2, 0]], isClosed: false)
    #expect(line.point(at: 5) == [2, 0] && line.point(at: -1) == [0, 0])
    #expect(line.coordinate(of: [1.5, 1]) == 1.5)
  }

  @Test("The reverse walk with the exact score of a Gaussian gives its deviation")
  func walk() {
    var stream = RandomStream(seed: 5, purpose: .experiment)
    let sigmas = LatentDiffusion.levels(from: 10, to: 0.05, count: 40)
    #expect(abs(sigmas[0] - 10) < 1e-12 && abs(sigmas[39] - 0.05) < 1e-12)
    var start = stream.normals(count: 20_000, dimension: 1)
    for place in start.values.indices { start.values[place] *= 10 }
    let found = ReverseWalk.samples(from: start, sigmas: sigmas, using: &stream) { points, level in
      let variance = 0.25 + sigmas[level] * sigmas[level]
      return Points(values: points.values.map { -$0 / variance }, dimension: 1)
    }
    // Forty steps give a little less than the deviation 0.5.
    let deviation = found.columnMoments[0].deviation
    #expect(deviation > 0.44 && deviation < 0.51)
  }

  @Test("Random features fit coordinates of one Gaussian, which samples have again")
  func gaussianCoordinates() {
    var stream = RandomStream(seed: 6, purpose: .experiment)
    var points = stream.normals(count: 2000, dimension: 2)
    for row in 0..<points.count { points[row, 0] = 3 + 2 * points[row, 0] }
    let diffusion = LatentDiffusion(
      points, isAngle: false, features: 20, ridge: 1e-4, draws: 2, levels: 40, lowest: 0.05,
      using: &stream)
    let found = diffusion.samples(count: 4000, using: &stream).columnMoments
    #expect(abs(found[0].mean - 3) < 0.2 && abs(found[0].deviation - 2) < 0.2)
    #expect(abs(found[1].mean) < 0.1 && abs(found[1].deviation - 1) < 0.1)
  }

  @Test("Components of points on a line give them back; no code is better than one that fits")
  func components() {
    let points = Points(rows: (0..<30).map { [Double($0), 2 * Double($0), -Double($0)] })
    let axes = Components(of: points, count: 1)
    for row in [0, 7, 29] {
      let back = axes.decode(axes.encode(points.row(row)))
      #expect(zip(back, points.row(row)).allSatisfy { abs($0 - $1) < 1e-9 })
    }
  }
}
