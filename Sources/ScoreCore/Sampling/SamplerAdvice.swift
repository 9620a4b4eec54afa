import NumberFormatting

/// What to know about a sampler, its times and a process before trusting its samples.
///
/// The numbers are exact for centred normal data of a given variance; ``GaussianRecursion`` gives
/// them in far less time than a pass takes.
public enum SamplerAdvice: Sendable, Equatable {
  /// The process ends before the signal is gone, so a pass does not start from the right
  /// distribution.
  case signalAtHorizon(SignalAtHorizon)
  /// The steps are too long for the method.
  case discretization(DiscretizationError)

  /// What starting from the prior does to the samples.
  public struct SignalAtHorizon: Sendable, Equatable {
    /// The factor `alpha` on the data that is left at the horizon.
    public var alpha: Double
    /// The deviation of the signal over that of the noise there.
    public var signalToNoise: Double
    /// How far the samples of a distribution one deviation off centre stay behind, in its
    /// deviations.
    public var meanError: Double
    /// The relative error of the variance of the samples.
    public var varianceError: Double
  }

  /// What the steps do to the variance of the samples.
  public struct DiscretizationError: Sendable, Equatable {
    /// The variance of the true distribution at the stop.
    public var expected: Double
    /// The variance after a pass that starts from the true distribution.
    public var obtained: Double
    /// The step that makes the largest part of the error, from 0.
    public var worstStep: Int
    /// The times that step goes between, noisier first.
    public var worstTimes: [Double]
    /// The part of the relative error that step makes.
    public var worstError: Double

    public var relativeError: Double { obtained / expected - 1 }
  }

  /// Signal over noise above which the horizon is worth a word.
  public static let signalLimit = 0.05
  /// Relative error of the variance above which the steps are worth a word.
  public static let varianceLimit = 0.05

  /// Checks where a pass starts and how long its steps are.
  ///
  /// - Parameters:
  ///   - process: Where the noise levels are from.
  ///   - sampler: The method.
  ///   - times: The times it visits, decreasing, `[steps + 1]`.
  ///   - dataVariance: The variance of the data along an axis; 1 for standardised data.
  /// - Returns: What is worth a word; nothing if all is well.
  public static func check(
    process: any ForwardProcess, sampler: any Sampler, times: [Double], dataVariance: Double
  ) -> [SamplerAdvice] {
    let recursion = GaussianRecursion(
      of: sampler, times: times, process: process, dataVariance: dataVariance)
    return [
      signal(process: process, recursion: recursion, dataVariance: dataVariance),
      steps(recursion: recursion),
    ].compactMap { $0 }
  }

  private static func signal(
    process: any ForwardProcess, recursion: GaussianRecursion, dataVariance: Double
  ) -> SamplerAdvice? {
    let level = process.level(at: recursion.times[0])
    let ratio = dataVariance.squareRoot() / level.noiseRatio
    guard ratio > signalLimit else { return nil }
    let carried = recursion.carriedFactor
    let start = process.priorDeviation * process.priorDeviation - recursion.exactVariances[0]
    let end = recursion.exactVariances[recursion.gains.count]
    return .signalAtHorizon(
      SignalAtHorizon(
        alpha: level.alpha, signalToNoise: ratio, meanError: abs(carried) * level.alpha,
        varianceError: carried * carried * start / end))
  }

  private static func steps(recursion: GaussianRecursion) -> SamplerAdvice? {
    let expected = recursion.exactVariances[recursion.gains.count]
    let obtained = expected + recursion.discretizationError
    // Not a number is worth a word too.
    guard !(abs(obtained / expected - 1) <= varianceLimit) else { return nil }
    let parts = recursion.errorByStep
    let worst = parts.indices.max { abs(parts[$0]) < abs(parts[$1]) } ?? 0
    return .discretization(
      DiscretizationError(
        expected: expected, obtained: obtained, worstStep: worst,
        worstTimes: [recursion.times[worst], recursion.times[worst + 1]],
        worstError: parts[worst] / expected))
  }

  /// One line for people.
  public var message: String {
    switch self {
    case .signalAtHorizon(let signal):
      return "the horizon keeps \(Self.percent(signal.alpha)) of the data, "
        + "\(Self.percent(signal.signalToNoise)) of the noise: "
        + "samples start from the wrong distribution, means stay "
        + "\(Self.percent(signal.meanError)) behind "
        + "and variances err by \(Self.percent(signal.varianceError))"
    case .discretization(let error):
      return "the steps are too long: variance \(NumberText.plain(error.obtained)) instead of "
        + "\(NumberText.plain(error.expected)) (\(Self.percent(error.relativeError))); "
        + "\(Self.percent(error.worstError)) is from step \(error.worstStep + 1), "
        + "time \(NumberText.plain(error.worstTimes[0])) to "
        + "\(NumberText.plain(error.worstTimes[1]))"
    }
  }

  private static func percent(_ fraction: Double) -> String {
    let value = 100 * fraction
    guard abs(value) < 1e6 else { return "\(value)%" }
    return abs(value) < 10 ? "\((value * 10).rounded() / 10)%" : "\(Int(value.rounded()))%"
  }
}
