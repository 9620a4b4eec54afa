import Glibc
import ScoreCore
import ScoreLab

/// What scores that anybody can have without training reach in the same sense.
struct FiniteClassBaselines: Codable, Sendable {
  struct Row: Codable, Sendable {
    let name: String
    /// `sigma_t D_delta / eps` with an interval of 95 %, nil where the points are too few, and
    /// `sigma_t L2 / eps`.
    let quantile: Double?
    let interval: ClosedRange<Double>
    let l2: Double
  }

  /// Training samples, as many as the class needs.
  let sampleCount: Int
  let probeCount: Int
  let rows: [Row]

  init(values: FiniteClass, seed: UInt64) {
    let (level, delta) = (values.level, values.delta)
    sampleCount = Int(values.base.samplesNeeded(failure: values.failure).rounded(.up))
    // A quantile wants 100/delta points; the memorising score is slow at many.
    probeCount = max(1000, min(Int((100 / delta).rounded(.up)), 200_000_000 / sampleCount))
    // Excess losses number their streams from 2^48.
    var stream = RandomStream(seed: seed, purpose: .experiment, index: 1 << 49)
    let data = stream.normals(count: sampleCount, dimension: 1)
    let x = stream.normals(count: probeCount, dimension: 1)
    let mean = data.values.reduce(0, +) / Double(sampleCount)
    let variance =
      data.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sampleCount)
    let fitted = GaussianMixture([.init(mean: [mean], spread: .isotropic(variance.squareRoot()))])
    let memory = GaussianMixture(
      data.values.map { .init(mean: [$0], spread: .isotropic(0)) })
    let scale = level.sigma / values.accuracy
    let scores: [(String, [Double])] = [
      ("zero", x.values.map { _ in 0 }),
      ("one Gaussian, fitted", fitted.score(at: x, level: level).values),
      ("memorising", memory.score(at: x, level: level).values),
    ]
    rows = scores.map { name, score in
      let errors = zip(score, x.values).map { abs($0 + $1) * scale }.sorted()
      let quantile = QuantileEstimate(ofSorted: errors, delta: delta)
      let square = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
      return Row(
        name: name, quantile: quantile.value, interval: quantile.interval, l2: square.squareRoot())
    }
  }
}
