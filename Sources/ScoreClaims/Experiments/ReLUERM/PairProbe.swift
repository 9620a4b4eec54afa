import Glibc
import ScoreCore
import ScoreLab

/// Noisy points of each part of the distribution in equal number, so that the rare part is seen
/// well.
struct PairProbe: Sendable {
  private let points: Points
  private let exact: [Double]
  private let setting: ReLUERMSetting

  init(_ setting: ReLUERMSetting, count: Int, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: 1)
    let spread = hypot(setting.level.alpha, setting.level.sigma)
    let near = stream.normals(count: count, dimension: 1).values.map { spread * $0 }
    let far = stream.normals(count: count, dimension: 1).values.map {
      setting.separation + spread * $0
    }
    points = Points(values: near + far, dimension: 1)
    exact = setting.pair.first.score(at: points, level: setting.level).values
    self.setting = setting
  }

  func outcome(of score: any ScoreFunction, delta: Double) -> ReLUERMPlan.Outcome {
    let estimate = score.score(at: points, level: setting.level).values
    let errors = zip(estimate, exact).map { abs($0 - $1) }
    let half = errors.count / 2
    let (near, far) = (errors[..<half].sorted(), errors[half...].sorted())
    func mean(_ errors: [Double]) -> Double {
      errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    }
    return ReLUERMPlan.Outcome(
      near: mean(near), far: mean(far), quantile: quantile(delta, near: near, far: far),
      curve: ReLUERMPlan.curveDeltas.map { quantile($0, near: near, far: far) })
  }

  /// The error that a share delta of the distribution exceeds, each part counted by its weight.
  private func quantile(_ delta: Double, near: [Double], far: [Double]) -> Double {
    let eta = setting.pair.eta
    let (nearWeight, farWeight) = (
      (1 - eta) / Double(near.count), eta / Double(far.count)
    )
    var (i, j, above) = (near.count - 1, far.count - 1, 0.0)
    while i >= 0 || j >= 0 {
      let isNear = j < 0 || i >= 0 && near[i] >= far[j]
      above += isNear ? nearWeight : farWeight
      if above > delta { return isNear ? near[i] : far[j] }
      if isNear { i -= 1 } else { j -= 1 }
    }
    return 0
  }
}
