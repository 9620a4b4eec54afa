import Glibc
import Testing

@testable import ScoreCore

/// Weights against the formulas of their papers, target by target.
@Suite struct WeightingTests {
  static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)
  static let times = [0.001, 0.1, 0.5 * log(2), 1, 4]

  private func weight(
    _ weighting: any LevelWeighting, _ target: any TrainingTarget, at level: NoiseLevel,
    of process: any ForwardProcess = WeightingTests.process
  ) -> Double {
    Objective(target: target, weighting: weighting).weight(at: level, process: process)
  }

  private func expect(_ value: Double, equals exact: Double, _ what: String) {
    #expect(abs(value / exact - 1) < 1e-11, "\(what): \(value) for \(exact)")
  }

  @Test("Min-SNR has its three published forms", arguments: times)
  func minSNR(time: Double) {
    let level = Self.process.level(at: time)
    let snr = exp(level.logSNR)
    let weighting = MinSNRWeighting(cap: 5)
    expect(weight(weighting, NoiseTarget(), at: level), equals: min(snr, 5) / snr, "noise")
    expect(weight(weighting, DataTarget(), at: level), equals: min(snr, 5), "data")
    expect(
      weight(weighting, VelocityTarget(), at: level), equals: min(snr, 5) / (snr + 1), "velocity")
  }

  @Test("P2 and debias have their published forms on the noise", arguments: times)
  func noiseForms(time: Double) {
    let level = Self.process.level(at: time)
    let snr = exp(level.logSNR)
    expect(
      weight(P2Weighting(offset: 1, exponent: 0.5), NoiseTarget(), at: level),
      equals: pow(1 + snr, -0.5), "p2")
    expect(
      weight(DebiasWeighting(), NoiseTarget(), at: level), equals: level.sigma / level.alpha,
      "debias")
  }

  @Test("The recoverability weight is the authors' up to a constant", arguments: times)
  func recoverability(time: Double) {
    let level = Self.process.level(at: time)
    let weighting = RecoverabilityWeighting()
    expect(weight(weighting, NoiseTarget(), at: level), equals: level.sigma, "noise")
    expect(weight(weighting, DataTarget(), at: level), equals: level.alpha, "data")
    expect(
      weight(weighting, VelocityTarget(), at: level),
      equals: 2.0.squareRoot() * level.alpha * level.sigma, "velocity")
    expect(weight(weighting, ScoreTarget(), at: level), equals: 1, "score")
  }

  @Test("The recoverability weight sees the data at their own size", arguments: times)
  func recoverabilityOfScaledData(time: Double) {
    let level = Self.process.level(at: time)
    for d in [0.2, 1, 5] {
      let weighting = RecoverabilityWeighting(dataDeviation: d)
      expect(weight(weighting, NoiseTarget(), at: level), equals: level.sigma, "noise")
      expect(weight(weighting, DataTarget(), at: level), equals: d * d * level.alpha, "data")
      expect(
        weight(weighting, VelocityTarget(), at: level),
        equals: level.alpha * level.sigma * (1 + d * d * d * d).squareRoot(), "velocity")
      // Data and noise in units of d, with sigma_d = sigma / d, are those of deviation 1; the EDM
      // target is the same number in both.
      let scaled = NoiseLevel(alpha: level.alpha, sigma: level.sigma / d)
      let c = EDMTarget().coefficients(at: scaled)
      let amplitude = hypot(c.data * level.alpha, c.noise * scaled.sigma) * d
      expect(
        weight(weighting, EDMTarget(dataDeviation: d), at: level), equals: amplitude, "edm \(d)")
    }
  }

  @Test("EDM's weight makes the weight on its own target one", arguments: times)
  func edm(time: Double) {
    let level = Self.process.level(at: time)
    for d in [0.5, 1, 3] {
      let value = weight(
        EDMWeighting(dataDeviation: d), EDMTarget(dataDeviation: d), at: level)
      expect(value, equals: 1, "edm \(d)")
    }
  }

  @Test(
    "Likelihood weights the score's error by g^2 and sigma_squared by sigma^2", arguments: times)
  func scoreForms(time: Double) {
    let level = Self.process.level(at: time)
    expect(weight(LikelihoodWeighting(), ScoreTarget(), at: level), equals: 2, "likelihood")
    expect(
      weight(SigmaSquaredWeighting(), ScoreTarget(), at: level),
      equals: level.sigma * level.sigma, "sigma squared")
    expect(weight(SigmaSquaredWeighting(), NoiseTarget(), at: level), equals: 1, "on the noise")
  }

  // On the straight path x_0 = x - t y and z = x + (1 - t) y for the flow vector y, so an error e of it
  // is one of t e of the data and of (1 - t) e of the noise.
  @Test("On the straight path weights on the flow target have their forms in time")
  func flow() {
    let process = FlowProcess()
    for t in [0.001, 0.2, 0.5, 0.9, 0.999] {
      let level = process.level(at: t)
      let snr = (1 - t) * (1 - t) / (t * t)
      let forms: [(any LevelWeighting, Double)] = [
        (ConstantWeighting(), 1), (SigmaSquaredWeighting(), (1 - t) * (1 - t)),
        (MinSNRWeighting(cap: 5), min(snr, 5) * t * t), (DebiasWeighting(), t * (1 - t)),
        (P2Weighting(), (1 - t) * (1 - t) / (1 + snr)), (LikelihoodWeighting(), 2 * (1 - t) / t),
        (EDMWeighting(), (1 - t) * (1 - t) + t * t),
        (RecoverabilityWeighting(), ((1 - t) * (1 - t) + t * t).squareRoot()),
      ]
      for (weighting, form) in forms {
        expect(
          weight(weighting, FlowTarget(), at: level, of: process), equals: form,
          "\(weighting) at \(t)")
      }
    }
  }

  @Test("A weight that names an error gives every target the same loss", arguments: times)
  func sameLoss(time: Double) throws {
    let level = Self.process.level(at: time)
    for name in ["likelihood", "sigma_squared", "edm", "min_snr", "p2", "debias"] {
      let weighting = try #require(LevelWeightingCatalog.entry(named: name)).make()
      let losses = try TrainingTargetCatalog.all.map {
        Objective(target: try $0.make(), weighting: weighting)
          .noiseErrorWeight(at: level, process: Self.process)
      }
      for loss in losses { expect(loss, equals: losses[0], name) }
    }
  }

  @Test("Names are unique, and every member makes a positive finite weight, or 0 by its definition")
  func catalog() throws {
    #expect(Set(LevelWeightingCatalog.all.map(\.name)).count == LevelWeightingCatalog.all.count)
    for entry in LevelWeightingCatalog.all {
      for target in TrainingTargetCatalog.all {
        for time in Self.times {
          let value = weight(
            try entry.make(), try target.make(), at: Self.process.level(at: time))
          // On N(0, I) nothing is recoverable of the velocity, of EDM's target, which is minus that, and
          // of the flow target where alpha is sigma.
          let isNothing =
            entry.name == "recoverable" && ["velocity", "edm", "flow"].contains(target.name)
          #expect(value.isFinite, "\(entry.name) on \(target.name)")
          #expect(isNothing ? value >= 0 : value > 0, "\(entry.name) on \(target.name)")
        }
      }
    }
  }
}
