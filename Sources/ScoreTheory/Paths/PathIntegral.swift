import Glibc
public import ScoreCore

/// Girsanov's integrals along paths of the exact reverse process, which is simulated exactly.
///
/// The reverse process Q is the forward process read backwards, so its paths are drawn from the
/// distribution at the stop and run forward, without any discretisation. Against the sampler that
/// freezes an estimate on each step, started from the same distribution,
/// ```
/// KL(Q || Q_hat) = sum_k E_Q int ||s_t(x_t) - s_hat_{t_k}(x_{t_k})||^2 dt
/// ```
/// with constant 1: the drifts differ by `2 (s - s_hat)` and the diffusion is `sqrt(2)`. Within a
/// step the integral is taken by four Gauss-Legendre nodes in log t, which is exact to some 1e-3
/// of the expectation even where one step spans a factor of 100 in time.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), eq. 14; the constant follows
/// from Girsanov's theorem.
public struct PathIntegral: Sendable {
  /// The integrals along some paths.
  public struct Block: Sendable {
    /// `sum_k h_k ||s_hat - s||^2` at the start of each step, `[paths]`: the score's error alone.
    public var scoreError: [Double]
    /// `sum_k int ||s_t - s_{t_k}||^2 dt`, `[paths]`: the freezing alone; NaN unless wanted.
    public var discretization: [Double]
    /// `sum_k int ||s_t - s_hat_{t_k}||^2 dt`, `[paths]`: both; NaN unless wanted.
    public var total: [Double]
    /// `||s_hat - s||` at the start of each step, `[steps][paths]`.
    public var errors: [[Float]]
  }

  private static let nodes: [(place: Double, weight: Double)] = [
    (-0.861_136_311_594_052_58, 0.347_854_845_137_453_86),
    (-0.339_981_043_584_856_26, 0.652_145_154_862_546_14),
    (0.339_981_043_584_856_26, 0.652_145_154_862_546_14),
    (0.861_136_311_594_052_58, 0.347_854_845_137_453_86),
  ]

  public let distribution: any KnownScoreDistribution
  public let process: OrnsteinUhlenbeck
  /// The estimate that the sampler follows.
  public let estimate: any ScoreFunction
  /// The sampler's times, decreasing, `[steps + 1]`.
  public let times: [Double]
  /// Whether the integrals within steps are wanted, at four more scores a step.
  public let resolvesSteps: Bool

  public init(
    distribution: any KnownScoreDistribution, process: OrnsteinUhlenbeck,
    estimate: any ScoreFunction,
    times: [Double], resolvesSteps: Bool = true
  ) {
    precondition(times.count >= 2, "A pass has at least one step.")
    precondition(
      estimate.dimension == distribution.dimension, "Distribution and estimate differ in dimension."
    )
    self.distribution = distribution
    self.process = process
    self.estimate = estimate
    self.times = times
    self.resolvesSteps = resolvesSteps
  }

  /// Draws paths and integrates along each.
  public func block(count: Int, using stream: inout RandomStream) -> Block {
    let open = Array(repeating: resolvesSteps ? 0 : Double.nan, count: count)
    var block = Block(
      scoreError: Array(repeating: 0, count: count), discretization: open, total: open,
      errors: Array(repeating: [], count: times.count - 1))
    var level = process.level(at: times[times.count - 1])
    var x = distribution.noisySample(count: count, level: level, using: &stream)
    for k in (0..<times.count - 1).reversed() {
      let (h, ratio) = (times[k] - times[k + 1], log(times[k] / times[k + 1]))
      var within: [(weight: Double, score: Points)] = []
      for node in resolvesSteps ? Self.nodes : [] {
        let t = times[k + 1] * exp(ratio * (1 + node.place) / 2)
        level = advance(&x, from: level, to: process.level(at: t), using: &stream)
        within.append((node.weight * ratio / 2 * t, distribution.score(at: x, level: level)))
      }
      level = advance(&x, from: level, to: process.level(at: times[k]), using: &stream)
      let exact = distribution.score(at: x, level: level)
      let frozen = estimate.score(at: x, level: level)
      for (row, squared) in frozen.squaredGaps(to: exact).enumerated() {
        block.scoreError[row] += h * squared
        block.errors[k].append(Float(squared.squareRoot()))
      }
      for (weight, score) in within {
        block.discretization.add(weight, score.squaredGaps(to: exact))
        block.total.add(weight, score.squaredGaps(to: frozen))
      }
    }
    return block
  }

  /// Moves points forward in time, and returns the level they are at then.
  private func advance(
    _ x: inout Points, from: NoiseLevel, to: NoiseLevel, using stream: inout RandomStream
  ) -> NoiseLevel {
    let added = (to.noiseRatio - from.noiseRatio) * (to.noiseRatio + from.noiseRatio)
    let noise = stream.normals(count: x.count, dimension: x.dimension)
    x.blend(to.alpha / from.alpha, adding: (to.alpha * max(0, added).squareRoot(), noise))
    return to
  }
}

extension Points {
  /// The squared Euclidean distance to the point of the same row, `[count]`.
  fileprivate func squaredGaps(to other: Points) -> [Double] {
    var gap = self
    gap.blend(1, adding: (-1, other))
    return gap.squaredNorms()
  }
}

extension [Double] {
  fileprivate mutating func add(_ weight: Double, _ terms: [Double]) {
    for (row, term) in terms.enumerated() { self[row] += weight * term }
  }
}
