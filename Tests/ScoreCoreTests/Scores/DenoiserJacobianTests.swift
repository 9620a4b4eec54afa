import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// Jacobians of the denoiser: closed forms, differences of the exact score and networks' derivatives.
@Suite struct DenoiserJacobianTests {
  static let levels = [
    NoiseLevel(alpha: 1, sigma: 0.3), NoiseLevel(alpha: 0.8, sigma: 0.1),
    NoiseLevel(alpha: 0.3, sigma: 2),
  ]

  /// Every distribution with a closed form, and what stands around one.
  static let closedForms: [Subject] = [
    Subject(
      name: "circle", distribution: VonMisesCircle(concentration: 3, radius: 1.4), feature: 0),
    Subject(
      name: "circle in space",
      distribution: VonMisesCircle(concentration: 0, radius: 1, dimension: 5, seed: 2), feature: 0),
    Subject(name: "sphere", distribution: UniformSphere(intrinsic: 3, radius: 1.2), feature: 0),
    Subject(name: "torus", distribution: FlatTorus(radii: [1, 0.5], concentration: 1), feature: 0),
    Subject(
      name: "subspace", distribution: LinearSubspace(deviations: [1, 0.4], dimension: 5, seed: 3),
      feature: 0),
    Subject(
      name: "torus in space",
      distribution: EmbeddedDistribution(FlatTorus(radii: [1, 2]), dimension: 7, seed: 4),
      feature: 0),
    Subject(
      name: "two moons in space",
      distribution: EmbeddedDistribution(TwoMoons.mixture(noise: 0.2), dimension: 4, seed: 5),
      feature: 0),
  ]

  @Test("Closed forms are the differences of the exact score", arguments: closedForms)
  func differences(subject: Subject) throws {
    for level in Self.levels {
      var stream = RandomStream(seed: 3, purpose: .test)
      let x = subject.noisySample(count: 20, level: level, using: &stream)
      let exact = try #require(subject.distribution.denoiserJacobian(at: x, level: level))
      let found = PointMatrices(
        differencesOf: ExactScore(subject.distribution), at: x, level: level)
      // h^4 / 30 with h = 0.01 times a fifth derivative of up to a few hundred over sigma^5.
      for (a, b) in zip(exact.values, found.values) { #expect(abs(a - b) <= 1e-6) }
      // Of two moons the inner matrix is itself one of differences.
      #expect(exact.asymmetry <= 1e-15)
    }
  }

  @Test(
    "A uniform circle has rho A / r along it and sigma^2 / (2 r^2) across it",
    arguments: [(0.3, 0.0389), (0.1, 0.00415), (0.03, 0.00037)])
  func circle(sigma: Double, radial: Double) throws {
    let circle = VonMisesCircle(concentration: 0, radius: 1, dimension: 4, seed: 1)
    let x = circle.plane.points(components: Points(rows: [[1.1, 0]]))
    let level = NoiseLevel(alpha: 1, sigma: sigma)
    let values = try #require(circle.denoiserJacobian(at: x, level: level)).symmetricEigenvalues()
    // Two digits after the first were printed of the numpy values.
    #expect(abs(values[0][1] - radial) <= 0.6e-5 + 0.002 * radial)
    #expect(
      abs(values[0][0] - ModifiedBessel.ratio(1.1 / (sigma * sigma)) / 1.1) <= 1e-12)
    #expect(abs(values[0][2]) <= 1e-12 && abs(values[0][3]) <= 1e-12)
  }

  @Test("A k-sphere has k sigma^2 / (2 r^2) across it at small noise", arguments: [1, 2, 5, 40])
  func sphere(k: Int) throws {
    let sphere = UniformSphere(intrinsic: k, radius: 1)
    let level = NoiseLevel(alpha: 1, sigma: 0.003)
    let point = (0...k).map { $0 == 0 ? 1.1 : 0 }
    let matrix = try #require(
      sphere.denoiserJacobian(at: Points(rows: [point]), level: level))
    let expected = Double(k) * 9e-6 / (2 * 1.21)
    // What is left out is of the order of k z^-1 of it, z = 1.1e5, times k / 2; and rounding of A'.
    #expect(abs(matrix[0, 0, 0] / expected - 1) <= 0.001)
    #expect(abs(matrix[0, 1, 1] - 1 / 1.1) <= 1e-3)
  }

  @Test("A subspace has lambda / (lambda + sigma^2) along it and 0 off it")
  func subspace() throws {
    let law = LinearSubspace(deviations: [2, 0.5], dimension: 6, seed: 1)
    let x = Points(rows: [[1, 2, 0, -1, 0.5, 3]])
    let level = NoiseLevel(alpha: 1, sigma: 0.5)
    let values = try #require(law.denoiserJacobian(at: x, level: level)).symmetricEigenvalues()[0]
    for (found, expected) in zip(values, [4 / 4.25, 0.5, 0, 0, 0, 0]) {
      #expect(abs(found - expected) <= 1e-12)
    }
  }

  @Test("A network's Jacobian is that of differences of its score", arguments: [2, 5])
  func network(dimension: Int) {
    let network = Perceptron(dimension: dimension, hidden: [12, 9], timePairs: 2)
    let process = OrnsteinUhlenbeck(horizon: 4, stop: 0.003)
    let score = NetworkScore(
      architecture: network, parameters: network.testParameters(seed: 12), process: process)
    var stream = RandomStream(seed: 3, purpose: .test)
    let x = stream.normals(count: 10, dimension: dimension)
    let level = process.level(at: 0.3)
    let found = PointMatrices(denoiserOf: score, at: x, level: level)
    // Float32 scores: a larger step keeps rounding small.
    let differences = PointMatrices(differencesOf: score, at: x, level: level, step: 0.05)
    for (a, b) in zip(found.values, differences.values) { #expect(abs(a - b) <= 5e-4) }
    // A free network is no gradient.
    #expect(found.asymmetry > 1e-6)
  }

  @Test("Eigenvalues are those of the symmetric part, and directions see them")
  func eigenvalues() {
    var matrices = PointMatrices(zeros: 1, dimension: 2)
    matrices.values = [2, 1, -1, 0.5]
    #expect(matrices.symmetricEigenvalues()[0].map { ($0 * 1e12).rounded() } == [2e12, 0.5e12])
    #expect(abs(matrices.asymmetry - 2 / 6.25) <= 1e-15)
    #expect(abs(matrices.along(Points(rows: [[0.6, 0.8]]))[0] - 1.04) <= 1e-15)
  }

  @Test("The denoiser of a far point at small noise is the nearest point of the manifold")
  func denoiser() throws {
    for subject in Self.closedForms {
      guard let manifold = subject.distribution.manifold else { continue }
      // The wide noise of the point, the small one of the denoiser; a flat pulls to its mean.
      guard manifold.intrinsicDimension < manifold.dimension, subject.name != "subspace" else {
        continue
      }
      var stream = RandomStream(seed: 8, purpose: .test)
      let x = subject.noisySample(
        count: 20, level: NoiseLevel(alpha: 1, sigma: 0.1), using: &stream)
      let level = NoiseLevel(alpha: 1, sigma: 1e-3)
      let denoised = ExactScore(subject.distribution).denoised(x, level: level)
      for (a, b) in zip(denoised.values, manifold.project(x).values) {
        // The shrinkage is sigma^2 k / (2 r^2), and the concentration turns by kappa sigma^2 / r^2.
        #expect(abs(a - b) <= 1e-4, "\(subject)")
      }
    }
  }
}
