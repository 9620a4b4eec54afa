import Glibc
import ScoreCore

/// How many points a score needs at each noise level, on a law and a class where nothing but their
/// number limits it, beside the score that memorises them.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma 1.4.
public struct NoiseLevels: Experiment {
  /// The variance v of the data, which are normal.
  public var variance: Double
  /// The Ornstein-Uhlenbeck times of the noise levels, ascending.
  public var times: [Double]
  /// The numbers m of points, ascending.
  public var sampleCounts: [Int]
  /// The share of points that may have larger errors.
  public var delta: Double
  /// The share of the data sets on which the error may be larger, the paper's `delta_train`.
  public var missShare: Double
  /// The data sets that least squares is fitted to, at each level and m.
  public var repeats: Int
  /// The data sets that are memorised, at each m.
  public var memorized: Int

  public func makeRun(_ setup: ExperimentSetup) -> any ExperimentRun {
    NoiseLevelsRun(values: self, seed: setup.seed, threads: setup.threads)
  }

  /// The levels with the least noise that powers are fitted to: half of all, at least three.
  var smallNoise: Range<Int> { 0..<max(3, (times.count + 1) / 2) }

  /// The points at which the error of a score is measured, as many as make `D_delta` known.
  var probePoints: Int { Int((100 / delta).rounded(.up)) }

  /// Linear regression at a level.
  func regression(at time: Double) -> LinearScoreRegression {
    LinearScoreRegression(variance: variance, level: level(at: time))
  }

  func level(at time: Double) -> NoiseLevel {
    OrnsteinUhlenbeck(horizon: 2 * times[times.count - 1], stop: times[0]).level(at: time)
  }
}

extension CatalogEntry where Member == any Experiment {
  static var noiseLevels: Self {
    Self(
      name: "noise_levels",
      summary: "points needed at each noise level: linear least squares, and memorising",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 1.4",
      parameters: [
        ParameterDescription(
          "variance", "variance of the data", .number(default: 1, range: 1e-3...1e3)),
        ParameterDescription(
          "first_time", "Ornstein-Uhlenbeck time of the least noise",
          .number(default: 1e-6, range: 1e-9...1)),
        ParameterDescription(
          "last_time", "Ornstein-Uhlenbeck time of the most noise",
          .number(default: 1, range: 1e-6...5)),
        ParameterDescription(
          "levels", "noise levels, even in the logarithm of time",
          .integer(default: 7, range: 3...30)),
        ParameterDescription(
          "first_points", "m, the least number of points to learn from",
          .integer(default: 50, range: 10...10_000)),
        ParameterDescription(
          "last_points", "m, the largest number of points to learn from",
          .integer(default: 800, range: 20...10_000)),
        ParameterDescription(
          "values", "numbers of points, even in their logarithm",
          .integer(default: 3, range: 2...10)),
        ParameterDescription(
          "delta", "share of the points that may have larger errors",
          .number(default: 0.05, range: 0.001...0.5)),
        ParameterDescription(
          "miss_share", "share of the data sets that may have larger errors",
          .number(default: 0.1, range: 0.01...0.5)),
        ParameterDescription(
          "repeats", "data sets that are fitted, at each level and m",
          .integer(default: 4000, range: 200...100_000)),
        ParameterDescription(
          "memorized", "data sets that are memorised, at each m",
          .integer(default: 20, range: 2...1000)),
      ]
    ) { (values) throws(ParameterError) in try NoiseLevels(values) }
  }
}

extension NoiseLevels {
  fileprivate init(_ values: CatalogParameters) throws(ParameterError) {
    let (firstTime, lastTime) = (values.number("first_time"), values.number("last_time"))
    guard firstTime < lastTime else {
      throw ParameterError(
        path: ["first_time"], message: "must be below last_time \(lastTime), found \(firstTime)")
    }
    let (first, last) = (values.integer("first_points"), values.integer("last_points"))
    guard first < last else {
      throw ParameterError(
        path: ["first_points"], message: "must be below last_points \(last), found \(first)")
    }
    let (repeats, miss) = (values.integer("repeats"), values.number("miss_share"))
    // A batch whose quantile is no more than its largest value says nothing of it.
    let least = Int((10 / miss).rounded(.up)) * NoiseLevelsRun.batchCount
    guard repeats >= least else {
      throw ParameterError(
        path: ["repeats"],
        message: "expected at least \(least) for a miss_share of \(miss), found \(repeats)")
    }
    func even(from first: Double, to last: Double, count: Int) -> [Double] {
      (0..<count).map { first * pow(last / first, Double($0) / Double(count - 1)) }
    }
    let counts = even(from: Double(first), to: Double(last), count: values.integer("values"))
    self.init(
      variance: values.number("variance"),
      times: even(from: firstTime, to: lastTime, count: values.integer("levels")),
      sampleCounts: Set(counts.map { Int($0.rounded()) }).sorted(), delta: values.number("delta"),
      missShare: miss, repeats: repeats, memorized: values.integer("memorized"))
  }
}
