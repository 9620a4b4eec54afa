import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct KernelDivergenceTests {
  @Test("The density is the mean of its Gaussians, near and far")
  func density() {
    let density = KernelDensity(Points(rows: [[0, 1], [3, -1]]), widths: [0.5, 2])
    func kernel(_ x: Double, _ y: Double) -> Double {
      exp(-x * x / (2 * 0.25) - y * y / (2 * 4)) / (2 * .pi * 0.5 * 2)
    }
    let points = Points(rows: [[0.2, 0.4], [2, 2], [1.5, 0]])
    let found = density.logDensity(at: points)
    for row in 0..<3 {
      let (x, y) = (points[row, 0], points[row, 1])
      let exact = log((kernel(x, y - 1) + kernel(x - 3, y + 1)) / 2)
      #expect(abs(found[row] - exact) < 1e-13)
    }
    // Where every exponential underflows the nearest Gaussian alone is left.
    let far = density.logDensity(at: Points(rows: [[103, -1], [1e200, 0]]))
    #expect(abs(far[0] - (log(kernel(0, 0) / 2) - 20_000)) < 1e-9)
    #expect(far[1] == -.infinity)
  }

  @Test("Kernels of a normal sample have its entropy, 1.4189 nats")
  func entropy() {
    var stream = RandomStream(seed: 2, purpose: .test)
    let sample = stream.normals(count: 20_000, dimension: 1)
    let density = KernelDensity(sample, widths: [0.15])
    let grid = (-240...240).map { Double($0) / 30 }
    let values = density.logDensity(at: Points(values: grid, dimension: 1))
    // The trapezoid rule is exact to rounding for kernels five steps wide.
    #expect(abs(values.reduce(0) { $0 + exp($1) / 30 } - 1) < 1e-9)
    let cross = zip(grid, values).reduce(0) { $0 - StandardNormal.density($1.0) * $1.1 / 30 }
    // The blur adds h^4 / 4 = 0.0001, the noise R / (2 N h) times the width of the distribution,
    // 0.0005.
    #expect(abs(cross - 1.4189) < 0.002, "\(cross)")
  }

  @Test("The divergence of two normals is that of the blurred normal and a little noise")
  func ofNormals() {
    let n = 1000
    let values = (0..<UInt64(40)).map { index in
      let target = KernelTarget(
        NoisyDistribution(ReferenceGaussian()), settings: .init(seed: index))
      var stream = RandomStream(seed: 22, purpose: .test, index: index)
      var sample = stream.normals(count: n, dimension: 1)
      for i in sample.values.indices { sample.values[i] = 0.5 + 1.3 * sample.values[i] }
      return target.divergence(of: sample, width: 0.25 / target.deviations[0])
    }
    // KL(N(0, 1) || N(m, s^2)) = log s + (1 + m^2) / (2 s^2) - 1/2; the kernels add h^2 to s^2.
    func exact(_ variance: Double) -> Double { log(variance) / 2 + 1.25 / (2 * variance) - 0.5 }
    #expect(abs(exact(1.69) - 0.1322) < 5e-5)
    // To second order the noise adds half of the relative variance of the estimate,
    // E_p R / (2 n h q) with R = 1 / (2 sqrt(pi)) and int p / q = 5.7 for these two.
    let noise = 5.7 / (4 * Double.pi.squareRoot() * Double(n) * 0.25)
    let mean = Samples.mean(values)
    let error =
      (Samples.second(values.map { $0 - mean }) / Double(values.count - 1)).squareRoot()
    #expect(error < 0.003)
    #expect(abs(mean - exact(1.69 + 0.0625) - noise) < 4 * error + 0.001, "\(mean)")
  }

  @Test("The width is near the best one for a normal distribution and small for fine structure")
  func width() {
    var stream = RandomStream(seed: 3, purpose: .test)
    func best(_ distribution: any KnownScoreDistribution) -> Double {
      let noisy = NoisyDistribution(distribution)
      return KernelTarget(noisy, settings: .init())
        .bestWidth(for: noisy.sample(count: 2000, using: &stream))
    }
    // Scott's rule is 0.22; the likelihood is flat about its best, so two steps are allowed.
    let scott = pow(2000, -0.2)
    #expect(abs(log2(best(ReferenceGaussian()) / scott)) < 1.01)
    // Parts of deviation 0.01 about +-1 hold 1000 points each.
    let fine = best(ReferencePair(separation: 1, variance: 1e-4))
    #expect(abs(log2(fine / (0.01 * pow(1000, -0.2)))) < 1.3, "\(fine)")
  }

  @Test("A part left out is dearer than a part too many")
  func direction() throws {
    var stream = RandomStream(seed: 4, purpose: .test)
    let (pair, half) = (
      ReferencePair(separation: 1, variance: 0.04),
      GaussianMixture([.init(mean: [-1], spread: .isotropic(0.2))])
    )
    func report(_ sample: any KnownScoreDistribution, _ distribution: any KnownScoreDistribution)
      throws
      -> MetricResult
    {
      try KernelDivergence().measure(
        sample.sample(count: 500, using: &stream), against: .distribution(distribution),
        settings: MetricSettings(draws: 19))
    }
    // The other half of the distribution is at least 5 deviations from any kernel.
    #expect(try report(half, pair).value > 5)
    // q = p / 2 where p is: log 2, besides the bias that the null shows. Half of 500 points vary by
    // 11, the logarithm of their share by 0.045.
    let many = try report(pair, half)
    #expect(abs(many.value - many.nullMean - log(2)) < 0.2 && many.verdict == .above)
  }

  @Test("It is refused without a density and beyond three dimensions")
  func refusals() {
    let metric = KernelDivergence()
    var stream = RandomStream(seed: 5, purpose: .test)
    let points = stream.normals(count: 30, dimension: 2)
    let delta = IsotropicMixture(means: points, deviations: Array(repeating: 0, count: 30))
    func obstacle(_ reference: MetricReference) -> String? {
      metric.obstacle(dimension: reference.dimension, reference: reference)
    }
    #expect(obstacle(.sample(points))?.contains("needs a configuration") == true)
    #expect(obstacle(.distribution(delta))?.contains("no density") == true)
    #expect(obstacle(.distribution(ReferenceGaussian(dimension: 3))) == nil)
    #expect(
      obstacle(.distribution(ReferenceGaussian(dimension: 4)))?.contains("up to 3 dimensions")
        == true)
  }
}
