import Glibc
import Testing

@testable import ScoreCore

/// What a noisy point tells of a target, against closed forms and against draws.
@Suite struct RecoverableShareTests {
  static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)
  static let times = [0.001, 0.02, 0.3, 1, 5]

  private func gaussian(_ variance: Double, dimension: Int, mean: Double = 0) -> GaussianMixture {
    GaussianMixture([
      .init(
        weight: 1, mean: Array(repeating: mean, count: dimension),
        spread: .isotropic(variance.squareRoot()))
    ])
  }

  /// The weight of the fitted objective at a time.
  private func weight(
    _ target: any TrainingTarget, _ distribution: any KnownScoreDistribution, time: Double
  ) -> Double {
    Objective(target: target, weighting: RecoverableShareWeighting())
      .fitted(to: distribution, process: Self.process)
      .weight(at: Self.process.level(at: time), process: Self.process)
  }

  @Test("On N(0, I) it is sigma for the noise, alpha for the data, 0 for the velocity")
  func standardNormal() {
    for time in Self.times {
      let level = Self.process.level(at: time)
      let data = gaussian(1, dimension: 3)
      #expect(abs(weight(NoiseTarget(), data, time: time) / level.sigma - 1) < 1e-3)
      #expect(abs(weight(DataTarget(), data, time: time) / level.alpha - 1) < 1e-3)
      #expect(weight(ScoreTarget(), data, time: time) / level.sigma - 1 < 1e-3)
      // The root of what is left of 1 - 1 in float64.
      #expect(weight(VelocityTarget(), data, time: time) < 1e-5)
    }
  }

  @Test("Before it is fitted, the weight is that of N(0, I) on every process and target")
  func unfitted() throws {
    for entry in ProcessCatalog.all {
      let process = try entry.make()
      for target in TrainingTargetCatalog.all {
        let objective = Objective(
          target: try target.make(), weighting: RecoverableShareWeighting())
        let fitted = objective.fitted(to: gaussian(1, dimension: 2), process: process)
        let range = process.logSNRRange
        for fraction in [0, 0.31, 0.77, 1] {
          let level = process.level(
            atLogSNR: range.lowerBound + fraction * (range.upperBound - range.lowerBound))
          let (plain, found) = (
            objective.weight(at: level, process: process),
            fitted.weight(at: level, process: process)
          )
          // Where a share touches 0 its root has a corner, of which lines between levels cut 0.005.
          #expect(abs(plain - found) < 3e-3 * plain + 5e-3, "\(entry.name), \(target.name)")
        }
      }
    }
  }

  // For x_0 ~ N(m, v) the noisy point explains alpha^2 v / (alpha^2 v + sigma^2) of the data's variance,
  // and the mean is told whole.
  @Test("Data of another size and mean have their closed forms", arguments: times)
  func scaled(time: Double) {
    let level = Self.process.level(at: time)
    let (a2, s2) = (level.alpha * level.alpha, level.sigma * level.sigma)
    for (variance, mean) in [(0.09, 0.0), (4, 0), (0.25, 1.5)] {
      let data = gaussian(variance, dimension: 2, mean: mean)
      let explained = a2 * variance / (a2 * variance + s2)
      let ofData = (variance * explained + mean * mean) / (variance + mean * mean)
      #expect(
        abs(weight(DataTarget(), data, time: time) / ofData.squareRoot() - 1) < 1e-3)
      #expect(
        abs(weight(NoiseTarget(), data, time: time) / (1 - explained).squareRoot() - 1) < 1e-3)
    }
  }

  @Test("The amplitude rule differs from it for velocity and flow, and off N(0, I) for all")
  func amplitude() {
    let time = 0.3
    let level = Self.process.level(at: time)
    func amplitude(_ target: any TrainingTarget) -> Double {
      Objective(target: target, weighting: RecoverabilityWeighting())
        .weight(at: level, process: Self.process)
    }
    let normal = gaussian(1, dimension: 2)
    for target in [NoiseTarget(), DataTarget()] as [any TrainingTarget] {
      #expect(abs(weight(target, normal, time: time) / amplitude(target) - 1) < 1e-3)
    }
    for target in [VelocityTarget(), FlowTarget()] as [any TrainingTarget] {
      #expect(abs(weight(target, normal, time: time) / amplitude(target) - 1) > 0.02)
    }
    let narrow = gaussian(0.04, dimension: 2)
    for target in [NoiseTarget(), DataTarget(), VelocityTarget(), FlowTarget()]
      as [any TrainingTarget]
    {
      #expect(abs(weight(target, narrow, time: time) / amplitude(target) - 1) > 0.02)
    }
  }

  @Test("Drawn shares agree with the definition on other draws")
  func drawn() throws {
    let moons = TwoMoons.mixture(noise: 0.08)
    let shares = RecoverableShares(
      of: VelocityTarget(), distribution: moons, process: Self.process)
    #expect(!shares.isExact)
    var stream = RandomStream(seed: 5, purpose: .test)
    let count = 20_000
    for time in Self.times {
      let level = Self.process.level(at: time)
      let y = VelocityTarget().coefficients(at: level)
      let clean = moons.sample(count: count, using: &stream)
      let noise = stream.normals(count: count, dimension: 2)
      let x = level.noisy(clean, noise: noise)
      let score = moons.score(at: x, level: level)
      let conversion = ScoreConversion(y, at: level)
      var (floor, square) = (0.0, 0.0)
      for i in x.values.indices {
        let target = y.data * clean.values[i] + y.noise * noise.values[i]
        let best =
          (score.values[i] - conversion.scoreFromPoint * x.values[i]) / conversion.scoreFromTarget
        floor += (target - best) * (target - best)
        square += target * target
      }
      let share = 1 - floor / square
      // The noise of 20,000 draws here and of 2,048 there.
      #expect(
        abs(shares.share(atLogSNR: level.logSNR) - share) < 0.05 * share + 0.01,
        "\(time): \(shares.share(atLogSNR: level.logSNR)) for \(share)")
    }
  }

  @Test("Other weightings are what they were")
  func others() {
    let level = Self.process.level(at: 0.3)
    let objective = Objective(weighting: MinSNRWeighting())
    let fitted = objective.fitted(to: gaussian(4, dimension: 2), process: Self.process)
    #expect(
      fitted.weight(at: level, process: Self.process)
        == objective.weight(at: level, process: Self.process))
  }
}
