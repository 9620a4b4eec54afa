import Glibc
import ScoreCore

/// Draws m samples again and again and compares with closed forms.
struct OutlierScoreRun: ExperimentRun {
  private static let repeatsPerUnit = 20

  /// A score and its error, which only tests replace.
  struct Candidate {
    let name: String
    let score: OutlierScore
    var error: @Sendable (Double) -> Double
    /// Where errors are cut off before a mean is taken that must have a bound: three times the
    /// scale of the tail beyond the switch point.
    let cap: Double
    /// `L2^2`, and the mean and the second moment of `min(error, cap)^2`, by quadrature.
    let l2Squared: Double
    let capped: (mean: Double, square: Double)
    /// The empirical squared gap `(1/m) sum (s_hat - s)^2` of each repeat.
    fileprivate(set) var gaps: [Double] = []
    /// The sum over all samples of `min(error, cap)^2`.
    fileprivate(set) var cappedSum = 0.0
    /// `D_delta` over points of its own.
    fileprivate(set) var quantile: ErrorQuantile?

    init(_ name: String, _ score: OutlierScore) {
      self.name = name
      self.score = score
      error = { score.error(at: $0) }
      let point = score.switchPoint + 3 * score.tailScale
      cap = score.error(at: point)
      l2Squared = score.l2Squared
      capped = (score.cappedMoment(2, at: point), score.cappedMoment(4, at: point))
    }
  }

  /// The error of a score that needs no training at all, and of one Gaussian fitted to the samples.
  struct Baseline {
    let name: String
    /// The mean over repeats of `L2^2`.
    fileprivate(set) var l2Squared: [Double] = []
    fileprivate(set) var gaps: [Double] = []
    fileprivate(set) var quantile: ErrorQuantile?
  }

  let bench: OutlierScoreBench
  let seed: UInt64
  /// The standard deviation of the samples, 1 but in tests.
  var deviation = 1.0
  private(set) var unitsDone = 0
  /// The mixture and the ramp.
  var candidates: [Candidate]
  private(set) var baselines = [Baseline(name: "zero"), Baseline(name: "one Gaussian")]
  /// Repeats without a sample beyond the switch point, and all samples beyond it.
  private(set) var unseenCount = 0
  private(set) var beyondCount = 0

  init(bench: OutlierScoreBench, seed: UInt64) {
    self.bench = bench
    self.seed = seed
    candidates = [Candidate("mixture", bench.mixture), Candidate("ramp", bench.ramp)]
  }

  /// Repeats done.
  var repeatsDone: Int { baselines[0].gaps.count }
  var unitCount: Int { 1 + (bench.repeats + Self.repeatsPerUnit - 1) / Self.repeatsPerUnit }
  var activity: String {
    unitsDone == 0
      ? "measuring D_delta" : "drawing \(bench.sampleCount) samples, \(repeatsDone) times"
  }

  mutating func step() {
    if unitsDone == 0 {
      measureQuantiles()
    } else {
      for index in repeatsDone..<min(bench.repeats, repeatsDone + Self.repeatsPerUnit) {
        drawSamples(index)
      }
    }
    unitsDone += 1
  }

  private func samples(_ count: Int, index: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: index)
    return stream.normals(count: count, dimension: 1).values.map { deviation * $0 }
  }

  private mutating func measureQuantiles() {
    // Repeats number their streams from 0.
    let x = samples(bench.errorDrawCount, index: 1 << 40)
    func quantile(_ error: (Double) -> Double, expected: Double = .nan) -> ErrorQuantile {
      ErrorQuantile(
        of: x.map { abs(error($0)) }.sorted(), delta: bench.delta, expected: expected)
    }
    for place in candidates.indices {
      let candidate = candidates[place]
      candidates[place].quantile = quantile(
        candidate.error, expected: candidate.score.quantileError(delta: bench.delta))
    }
    let fit = GaussianFit(samples(bench.sampleCount, index: 0))
    baselines[0].quantile = quantile { $0 }
    baselines[1].quantile = quantile(fit.error)
  }

  private mutating func drawSamples(_ index: Int) {
    let x = samples(bench.sampleCount, index: UInt64(index))
    for place in candidates.indices {
      let (error, cap) = (candidates[place].error, candidates[place].cap)
      var (sum, capped) = (0.0, 0.0)
      for x in x {
        let e = error(x)
        sum += e * e
        capped += min(abs(e), cap) * min(abs(e), cap)
      }
      candidates[place].gaps.append(sum / Double(x.count))
      candidates[place].cappedSum += capped
    }
    let beyond = x.count { $0 > bench.mixture.switchPoint }
    beyondCount += beyond
    if beyond == 0 { unseenCount += 1 }
    let fit = GaussianFit(x)
    let errors: [(Double) -> Double] = [{ $0 }, fit.error]
    for (place, error) in errors.enumerated() {
      baselines[place].gaps.append(
        x.reduce(0) { $0 + error($1) * error($1) } / Double(x.count))
    }
    baselines[0].l2Squared.append(1)
    baselines[1].l2Squared.append(fit.l2Squared)
  }
}

/// The score of one Gaussian fitted to samples of N(0, 1).
private struct GaussianFit {
  let mean: Double
  let variance: Double

  init(_ x: [Double]) {
    let n = Double(x.count)
    let mean = x.reduce(0, +) / n
    self.mean = mean
    variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
  }

  func error(_ x: Double) -> Double { x - (x - mean) / variance }

  /// `E (X - (X - mean) / variance)^2` for `X ~ N(0, 1)`.
  var l2Squared: Double {
    let (slope, shift) = (1 - 1 / variance, mean / variance)
    return slope * slope + shift * shift
  }
}
