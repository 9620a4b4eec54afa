import Glibc
import ScoreCore
import Testing

@testable import ScoreLab

/// The eigenvalues of the denoiser's Jacobian, live, against closed forms and the network's derivatives.
@Suite struct DenoiserSpectraTests {
  private func measured(
    _ edits: String..., steps: [Int] = [5]
  ) throws -> (Session, DenoiserSpectra) {
    var session = try Session(
      try RunConfiguration.small("probe.points=500", "probe.levels=4").setting(edits))
    session.show(MeasurementRequest([DenoiserSpectraMeasurement.self]))
    for step in steps {
      session.train(to: step)
      session.measureFully()
    }
    return (session, try #require(session.measurements.denoiserSpectra))
  }

  @Test("On a subspace the exact ones are lambda / (lambda + sigma^2) k times, and 0")
  func subspace() throws {
    let (_, spectra) = try measured(
      "distribution.kind=linear_subspace", "distribution.intrinsic=3", "distribution.dimension=8",
      "distribution.deviation=0.5")
    #expect(spectra.step == 5 && spectra.dimension == 8 && spectra.intrinsicDimension == 3)
    #expect(spectra.levels.count == 4)
    for level in spectra.levels {
      let signal = 0.25 * level.level.alpha * level.level.alpha
      let expected = signal / (signal + level.level.sigma * level.level.sigma)
      // Closed forms on both sides; the eigenvalues are those of a solver.
      #expect(abs(try #require(level.exact.along).value - expected) <= 1e-9)
      #expect(abs(try #require(level.exact.across).value) <= 1e-9)
      #expect(try #require(level.exact.offManifold) <= 1e-9)
      #expect(level.exact.eigenvalues.count == 8)
      // A network of five steps is another one.
      #expect(abs(try #require(level.learned.across).value) > 1e-4)
    }
  }

  @Test("On a circle in space: sigma^2 / (2 r^2) across it, none off the plane", arguments: [2, 6])
  func circle(dimension: Int) throws {
    let (_, spectra) = try measured(
      "distribution.kind=circle", "distribution.concentration=0",
      "distribution.dimension=\(dimension)", "process.stop=0.001")
    #expect(spectra.intrinsicDimension == 1)
    let least = spectra.levels[0]
    let ratio = least.level.sigma / least.level.alpha
    let expected = ratio * ratio / 2 / Double(dimension - 1)
    let across = try #require(least.exact.across).value
    // Points are a deviation of sigma off the circle, which changes r^2 in second order.
    #expect(abs(across / expected - 1) <= 0.05)
    #expect(abs(try #require(least.exact.along).value - 1) <= 0.05)
  }

  @Test("Without a manifold k is read off the exact ones")
  func withoutManifold() throws {
    let (_, spectra) = try measured("distribution.kind=gaussian_mixture")
    #expect(spectra.intrinsicDimension == spectra.dimension)
    #expect(spectra.levels.allSatisfy { $0.learned.across == nil && $0.learned.offManifold == nil })
  }

  @Test("Too many dimensions are said and not measured")
  func tooMany() throws {
    let (_, spectra) = try measured(
      "distribution.kind=linear_subspace", "distribution.dimension=65")
    #expect(spectra.levels.isEmpty && spectra.history.isEmpty)
  }

  @Test("The history has a value a pass, is thinned, and forgets later steps")
  func history() throws {
    let (_, spectra) = try measured(
      "distribution.kind=circle", "distribution.dimension=3", steps: [5, 10, 20])
    #expect(spectra.history.map(\.step) == [5, 10, 20])
    let last = try #require(spectra.history.last)
    #expect(last.across == spectra.levels.compactMap { $0.learned.across?.value })
    #expect(last.offManifold == spectra.levels.compactMap(\.learned.offManifold))
    var long = spectra
    for step in 21...20_000 {
      long = DenoiserSpectra(
        step: step, dimension: 3, intrinsicDimension: 1, levels: spectra.levels,
        history: long.history)
    }
    #expect(long.history.count < 250 && long.history.last?.step == 20_000)
  }

  @Test("A trained network collapses: across falls, and so does the distance from the manifold")
  func collapse() throws {
    let (_, spectra) = try measured(
      "distribution.kind=circle", "distribution.dimension=2", "network.hidden=[32, 32]",
      "optimizer.learning_rate=0.005", "training_set.count=unlimited", steps: [1, 600])
    let (first, last) = (spectra.history[0], spectra.history[1])
    #expect(last.across[1] < 0.5 * first.across[1])
    #expect(last.offManifold[1] < 0.5 * first.offManifold[1])
  }
}
