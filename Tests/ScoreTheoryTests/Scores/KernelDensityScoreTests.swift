import Glibc
import ScoreCore
import ScoreTheory
import Testing

@Suite struct KernelDensityScoreTests {
  private static let level = NoiseLevel(alpha: 0.8, sigma: 0.6)

  @Test("Two points have the score of two Gaussians, and the bandwidth widens them")
  func twoPoints() {
    let data = Points(rows: [[-1], [1]])
    for h in [0, 0.5] {
      let score = KernelDensityScore(data: data) { _ in h }
      let tau2 = 0.36 + 0.64 * h * h
      #expect(abs(score.width(at: Self.level) - tau2.squareRoot()) < 1e-15)
      for x in [-3, -0.2, 0.7] {
        let exact = (0.8 * tanh(0.8 * x / tau2) - x) / tau2
        let found = score.score(at: Points(rows: [[x]]), level: Self.level)[0, 0]
        #expect(abs(found - exact) < 1e-12)
      }
    }
  }

  @Test("One point pulls straight to it in any dimension, from any distance")
  func onePoint() {
    let score = KernelDensityScore(data: Points(rows: [[1, 2, 3]]))
    let x = Points(rows: [[1e6, 0, -5]])
    let found = score.score(at: x, level: Self.level)
    for axis in 0..<3 {
      let exact = (0.8 * Double(axis + 1) - x[0, axis]) / 0.36
      #expect(abs(found[0, axis] - exact) < 1e-9 * abs(exact))
    }
  }

  @Test("Below the floor of the density it is 0")
  func floor() {
    let data = Points(rows: [[0], [0]])
    let score = KernelDensityScore(data: data, floor: 0.1)
    // The density 0.665 e^(-x^2 / 0.72) is 0.1 at 1.168.
    let found = score.score(at: Points(rows: [[1.16], [1.18]]), level: Self.level)
    #expect(found[0, 0] < -3 && found[1, 0] == 0)
  }
}
