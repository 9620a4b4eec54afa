import Glibc
import ScoreCore
import TestSupport
import Testing

/// EDM's sampler against the loop of its authors.
@Suite struct ElucidatedHeunReferenceTests {
  /// Noise that can be written down: `1.3 sin(1 + 1.7 k + 0.9 j)` for point j at call k.
  private struct WrittenNoise: NoiseSource {
    var calls = 0

    mutating func normals(count: Int, dimension: Int) -> Points {
      defer { calls += 1 }
      let phase: Double = 1 + 1.7 * Double(calls + 2)
      let values: [Double] = (0..<count).map { j in 1.3 * sin(phase + 0.9 * Double(j)) }
      return Points(values: values, dimension: dimension)
    }
  }

  // The loop `edm_sampler` of generate.py (github.com/NVlabs/edm), algorithm 2 of arXiv:2206.00364,
  // written out in numpy: 8 steps, sigma from 10 to 0.02 with rho 7 and then 0, S_min 0.05, S_max
  // 5, S_noise 1.003, the denoiser of +-1 with deviation 0.2, starts 10 times -1.1, -0.2, 0.3, 1.4.
  // With S_churn 40 a step's gamma is cut from 5 to sqrt(2) - 1; with 2 it is 0.25.
  @Test(
    "With churn above and below its cap, and without, it gives the authors' values",
    arguments: [
      (40.0, [-1.13738859319213, -1.0700738509924, 0.974609322793616, 1.13726854790305]),
      (2.0, [-1.15629147032849, -1.01440657249922, 0.971039223265219, 1.18081551181551]),
      (0.0, [-1.1706661246174, -0.834329317390369, 0.901856630189609, 1.25042925395539]),
    ])
  func publishedLoop(churn: Double, expected: [Double]) {
    let process = ElucidatedProcess(sigmaMinimum: 0.02, sigmaMaximum: 10)
    let sampler = ElucidatedHeun(churn: churn, churnRange: 0.05...5, noiseScale: 1.003)
    let root = { (sigma: Double) in pow(sigma, 1.0 / 7) }
    let times = (0..<8).map { pow(root(10) + Double($0) / 7 * (root(0.02) - root(10)), 7) } + [0]
    var points = Points(values: [-11, -2, 3, 14], dimension: 1)
    var (noise, memory) = (WrittenNoise(), SamplerMemory())
    for (from, to) in zip(times, times.dropFirst()) {
      sampler.step(
        &points, over: TimeStep(from: from, to: to, stepCount: 8), process: process,
        score: ExactScore(ReferencePair()), noise: &noise, memory: &memory)
    }
    let gap = zip(points.values, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
    // Fifteen digits, and sums of numbers up to 14 in another order.
    #expect(gap < 2e-13, "largest gap \(gap)")
  }
}
