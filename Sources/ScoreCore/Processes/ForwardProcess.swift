/// A forward process `dx = drift(t) x dt + sqrt(diffusionSquared(t)) dB` from data to noise.
///
/// Its distribution at time t given x_0 is that of `alpha x_0 + sigma z`; all of training, sampling
/// and measuring is stated through it.
public protocol ForwardProcess: Sendable {
  /// The time `T` at which the process ends and sampling starts, in process time.
  var horizon: Double { get }
  /// The time `gamma > 0` at which sampling stops.
  var stop: Double { get }
  /// The standard deviation of the centred normal distribution that the reverse process starts
  /// from, in data units.
  var priorDeviation: Double { get }
  func level(at time: Double) -> NoiseLevel
  /// The level of a given log signal-to-noise ratio.
  func level(atLogSNR logSNR: Double) -> NoiseLevel
  /// The time of a given log signal-to-noise ratio.
  func time(atLogSNR logSNR: Double) -> Double
  /// The linear drift coefficient at a time.
  func drift(at time: Double) -> Double
  /// The squared diffusion coefficient `g(t)^2` at a time.
  func diffusionSquared(at time: Double) -> Double
  /// `int_s^t alpha d(sigma^2 / alpha^2)`, exact, from a time t down to a time s before it.
  ///
  /// Times alpha at s it is the weight of a score that the reverse SDE keeps from t to s.
  func frozenScoreWeight(from start: Double, to end: Double) -> Double
}

extension ForwardProcess {
  /// The log signal-to-noise ratios of the process, from the horizon (low) to the stop (high).
  public var logSNRRange: ClosedRange<Double> {
    level(at: horizon).logSNR...level(at: stop).logSNR
  }

  /// ``frozenScoreWeight(from:to:)`` where `sigma^2` is a linear function of `alpha^2`, as it is
  /// for variance-preserving and variance-exploding processes: the growth of `sigma^2 / alpha^2`
  /// times the harmonic mean of both alphas.
  func harmonicScoreWeight(from start: Double, to end: Double) -> Double {
    let (from, to) = (level(at: start), level(at: end))
    let removed = (from.noiseRatio - to.noiseRatio) * (from.noiseRatio + to.noiseRatio)
    return 2 * from.alpha / (from.alpha + to.alpha) * to.alpha * removed
  }
}
