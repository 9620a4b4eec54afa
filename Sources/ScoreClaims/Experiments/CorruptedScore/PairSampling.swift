import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Sampling from `p_1` with the score of `p_2`, which few training samples tell from the right one.
///
/// Distances are of the shares of three cells, cut at half the way to either far part.
struct PairSampling: Sendable {
  let pair: LowerBoundPair
  let process: OrnsteinUhlenbeck
  let times: [Double]
  let count: Int
  let seed: UInt64
  /// The score that is followed in place of the wrong candidate's, if it is to be another.
  var followed: (any ScoreFunction)?
  /// The estimate that the certificate is of, if it is to be another.
  var certified: (any ScoreFunction)?
  /// The sampled points in each cell, of the right and of the wrong score.
  private(set) var right = [0, 0, 0]
  private(set) var wrong = [0, 0, 0]
  /// `sum_k h_k |s_2 - s_1|^2` along each path of the exact reverse process.
  private(set) var accumulated: [Double] = []
  let blocks: [Range<Int>]

  /// What is found in one block.
  struct Block: Codable, Sendable {
    var right: [Int]
    var wrong: [Int]
    var accumulated: Packed<Double>
  }

  /// What different arguments say of the wrong score.
  struct Bounds: Codable, Sendable {
    var certificate: PathCertificate
    /// `N delta + sqrt(sum_k h_k (D_delta)^2 / 2)` with delta = 2 eta at each step.
    var union: Double
    /// `sqrt(sum_k h_k L2_k^2 / 2)` by quadrature.
    var l2Route: Double
    /// Its limit for short steps and all times, `sqrt(KL(p_1 || p_2) / 2)`.
    var l2Limit: Double
  }

  init(values: CorruptedScoreExperiment, process: OrnsteinUhlenbeck, seed: UInt64) {
    pair = values.pair
    self.process = process
    times = ExponentialDecayGrid().times(stepCount: values.pairSteps, process: process)
    count = values.pairCount
    self.seed = seed
    blocks = ReversePathSetup.blocks(of: count, steps: values.pairSteps, dimension: 1)
  }

  var isFinished: Bool { sampled == count }

  /// Samples one block with both scores, and follows as many exact paths.
  func block(_ index: Int) -> Block {
    let count = blocks[index].count
    let integral = PathIntegral(
      distribution: pair.first, process: process, estimate: certified ?? ExactScore(pair.second),
      times: times, resolvesSteps: false)
    var stream = RandomStream(seed: seed, purpose: .experiment, index: 3 << 32 | UInt64(index))
    return Block(
      right: cells(of: sampled(ExactScore(pair.first), index, count: count)),
      wrong: cells(of: sampled(followed ?? ExactScore(pair.second), index, count: count)),
      accumulated: Packed(integral.block(count: count, using: &stream).scoreError))
  }

  /// Takes over what was found in one block.
  mutating func add(_ block: Block) {
    right = zip(right, block.right).map(+)
    wrong = zip(wrong, block.wrong).map(+)
    accumulated += block.accumulated.values
  }

  /// What the arguments say once all is sampled.
  var bounds: Bounds {
    Bounds(
      certificate: PathCertificate(accumulated: accumulated), union: unionBound,
      l2Route: PathCertificate.pinsker(sum { pair.l2Squared(time: $0) }),
      l2Limit: PathCertificate.pinsker(pair.kullbackLeibler(time: process.stop)))
  }

  private func sampled(_ score: any ScoreFunction, _ index: Int, count: Int) -> Points {
    // Blocks far from those of the other part.
    let block = UInt32(1 << 31 | index)
    var stream = RandomStream(seed: seed, purpose: .samplingStart, index: UInt64(block) << 32)
    var run = SamplingPass(
      sampler: ExponentialIntegrator(), times: times, process: process, score: score,
      start: stream.normals(count: count, dimension: 1), seed: seed, block: block)
    while run.step() != nil {}
    return run.points
  }

  /// Half the way to the far parts at the stop.
  private var edge: Double { pair.separation(at: process.stop) / 2 }

  private func cells(of points: Points) -> [Int] {
    points.values.reduce(into: [0, 0, 0]) { $0[$1 < -edge ? 0 : $1 > edge ? 2 : 1] += 1 }
  }

  /// The shares that `p_1` has at the stop.
  private var exactCells: [Double] {
    let (eta, R) = (pair.eta, pair.separation(at: process.stop))
    let low = (1 - eta) * StandardNormal.tail(edge) + eta * StandardNormal.tail(edge + R)
    let high = (1 - eta) * StandardNormal.tail(edge) + eta * StandardNormal.tail(edge - R)
    return [low, 1 - low - high, high]
  }

  /// The total variation distance of `p_1` and `p_2` over the cells: they are mirror images.
  var exactVariation: Double { abs(exactCells[2] - exactCells[0]) }

  var wrongVariation: Double { variation(wrong) }
  var rightVariation: Double { variation(right) }

  private func variation(_ counts: [Int]) -> Double {
    zip(counts, exactCells).reduce(0) { $0 + abs(Double($1.0) / Double(sampled) - $1.1) } / 2
  }

  /// The points sampled so far with either score.
  var sampled: Int { right.reduce(0, +) }

  /// A 95% interval of the distance over the cells: the measured one is off by at most half the
  /// summed errors of the shares, each within its exact interval with 1 - 0.05 / 3.
  var wrongInterval: ClosedRange<Double>? {
    guard sampled > 0 else { return nil }
    let reach =
      wrong.reduce(0.0) { sum, count in
        let found = BinomialDistribution.interval(
          successes: count, of: sampled, confidence: 1 - 0.05 / 3)
        let share = Double(count) / Double(sampled)
        return sum + max(found.upper - share, share - found.lower)
      } / 2
    return max(0, wrongVariation - reach)...wrongVariation + reach
  }

  /// A standard error of the distances: that of the far shares, taken as independent.
  var standardError: Double { (pair.eta / Double(sampled)).squareRoot() }

  private var unionBound: Double {
    let delta = min(0.99, 2 * pair.eta)
    let error = sum { time in
      let D = pair.quantileError(delta: delta, time: time)
      return D * D
    }
    return Double(times.count - 1) * delta + PathCertificate.pinsker(error)
  }

  private func sum(_ term: (Double) -> Double) -> Double {
    zip(times, times.dropFirst()).reduce(0) { $0 + ($1.0 - $1.1) * term($1.0) }
  }
}
