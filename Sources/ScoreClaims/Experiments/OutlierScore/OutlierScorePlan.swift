import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Draws m samples again and again, and points for `D_delta`.
struct OutlierScorePlan: ExperimentPlan {
  private static let repeatsPerUnit = 20

  enum Unit: Codable, Hashable, Sendable {
    case quantiles
    case repeats(first: Int)
  }

  enum Record: Codable, Sendable {
    /// `D_delta` over points of its own, of each candidate and of each baseline.
    case quantiles(candidates: [ErrorQuantile], baselines: [ErrorQuantile])
    case repeats([Repeat])
  }

  /// What one data set shows.
  struct Repeat: Codable, Sendable {
    /// Of each candidate the empirical squared gap `(1/m) sum (s_hat - s)^2`, and the sum over the
    /// samples of `min(error, cap)^2`.
    var gaps: [Double] = []
    var capped: [Double] = []
    /// The samples beyond the switch point.
    var beyond: Int
    /// Of each baseline the empirical squared gap and `L2^2`.
    var baselineGaps: [Double] = []
    var baselineL2: [Double] = []
  }

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

  let values: OutlierScoreExperiment
  let seed: UInt64
  /// The standard deviation of the samples, 1 but in tests.
  var deviation = 1.0
  /// The mixture and the ramp.
  var candidates: [Candidate]

  init(values: OutlierScoreExperiment, seed: UInt64) {
    self.values = values
    self.seed = seed
    candidates = [Candidate("mixture", values.mixture), Candidate("ramp", values.ramp)]
  }

  var units: [Unit] {
    [.quantiles]
      + stride(from: 0, to: values.repeats, by: Self.repeatsPerUnit).map { .repeats(first: $0) }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .quantiles: "measuring D_delta"
    case .repeats(let first): "drawing \(values.sampleCount) samples, \(first) times"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    SingleStep {
      switch unit {
      case .quantiles: quantiles()
      case .repeats(let first):
        .repeats(
          (first..<min(values.repeats, first + Self.repeatsPerUnit)).map { drawSamples($0) })
      }
    }
  }

  func findings(_ records: Records) -> OutlierScoreFindings { OutlierScoreFindings(self, records) }
}

extension OutlierScorePlan {
  private func samples(_ count: Int, index: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: index)
    return stream.normals(count: count, dimension: 1).values.map { deviation * $0 }
  }

  private func quantiles() -> Record {
    // Repeats number their streams from 0.
    let x = samples(values.errorDrawCount, index: 1 << 40)
    func quantile(_ error: (Double) -> Double, expected: Double = .nan) -> ErrorQuantile {
      ErrorQuantile(
        of: x.map { abs(error($0)) }.sorted(), delta: values.delta, expected: expected)
    }
    let fit = GaussianFit(samples(values.sampleCount, index: 0))
    return .quantiles(
      candidates: candidates.map {
        quantile($0.error, expected: $0.score.quantileError(delta: values.delta))
      }, baselines: [quantile { $0 }, quantile(fit.error)])
  }

  private func drawSamples(_ index: Int) -> Repeat {
    let x = samples(values.sampleCount, index: UInt64(index))
    var found = Repeat(beyond: x.count { $0 > values.switchPoint })
    for candidate in candidates {
      let (error, cap) = (candidate.error, candidate.cap)
      var (sum, capped) = (0.0, 0.0)
      for x in x {
        let e = error(x)
        sum += e * e
        capped += min(abs(e), cap) * min(abs(e), cap)
      }
      found.gaps.append(sum / Double(x.count))
      found.capped.append(capped)
    }
    let fit = GaussianFit(x)
    let errors: [(Double) -> Double] = [{ $0 }, fit.error]
    found.baselineGaps = errors.map { error in
      x.reduce(0) { $0 + error($1) * error($1) } / Double(x.count)
    }
    found.baselineL2 = [1, fit.l2Squared]
    return found
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
