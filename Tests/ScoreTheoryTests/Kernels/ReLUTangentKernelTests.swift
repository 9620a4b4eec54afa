import Glibc
import ScoreCore
import ScoreTheory
import Testing

@Suite struct ReLUTangentKernelTests {
  @Test(
    "The kernel is u.v (pi - angle) / (2 pi), to the last digits",
    arguments: [
      // By mpmath with 30 digits.
      ([1, 0.5, -2], [0.3, -1, 0.25], -0.142_851_543_216_501_351),
      ([2, 1, 1], [2, 1, 1 + 1e-9], 3.000_000_000_144_118_73),
      ([1, 2, 3], [-1, -2, -3], 0),
      ([0.1, 0.2, 1], [0.4, -0.3, 1], 0.405_081_683_000_053_196),
    ] as [([Double], [Double], Double)])
  func values(u: [Double], v: [Double], expected: Double) {
    // A few roundings of the angle, the products and the lengths.
    #expect(abs(ReLUTangentKernel.value(u, v) - expected) <= 1e-15 * max(1, abs(expected)))
  }

  @Test("It is the share of directions in which both inputs are active, times their product")
  func directions() {
    let (u, v) = ([0.4, 1.0], [-1.3, 0.2])
    let count = 100_000
    var both = 0
    for index in 0..<count {
      let angle = 2 * Double.pi * (Double(index) + 0.5) / Double(count)
      let (x, y) = (cos(angle), sin(angle))
      if x * u[0] + y * u[1] > 0, x * v[0] + y * v[1] > 0 { both += 1 }
    }
    let expected = (u[0] * v[0] + u[1] * v[1]) * Double(both) / Double(count)
    // The arc's two ends are known to a step each.
    #expect(abs(ReLUTangentKernel.value(u, v) - expected) < 2 * 2 / Double(count))
  }

  @Test("The Gram matrix is symmetric, positive, and the same as of two sets")
  func gram() {
    var stream = RandomStream(seed: 1, purpose: .test)
    let points = stream.normals(count: 40, dimension: 3)
    let gram = ReLUTangentKernel.gram(points)
    #expect(gram == ReLUTangentKernel.gram(points, points))
    let transpose = (0..<1600).map { place -> Double in
      let (row, column) = (place / 40, place % 40)
      return gram[column * 40 + row]
    }
    #expect(gram == transpose)
    #expect(KernelDescent.eigenvalues(gram: gram, count: 40)[0] > 0)
    #expect(abs(gram[0] - points.squaredNorms()[0] / 2) < 1e-15 * gram[0])
  }

  @Test("An input at the origin has the kernel 0 with every other")
  func origin() {
    let points = Points(rows: [[0, 0], [1, -2]])
    let gram = ReLUTangentKernel.gram(points)
    #expect(gram[0] == 0 && gram[1] == 0 && gram[2] == 0 && gram[3] == 2.5)
  }
}
