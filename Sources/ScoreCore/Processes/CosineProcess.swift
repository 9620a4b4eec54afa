import Glibc

/// The cosine process: `alpha = cos(theta_t) / cos(theta_0)`, `alpha^2 + sigma^2 = 1`, with
/// `theta_t = (pi / 2) (t + offset) / (1 + offset)`.
///
/// At time 1 no signal would be left and the drift would be infinite, so the clock ends before:
/// the discrete chain of the paper clips its last rate for the same reason. The default horizon
/// 0.992 leaves 1.2% of the signal.
///
/// Source: Nichol and Dhariwal 2021 (arXiv:2102.09672), section 3.2; the rates follow from
/// `alpha' = f alpha` and `g^2 = -2 f`.
public struct CosineProcess: ForwardProcess, Equatable {
  public let offset: Double
  public let horizon: Double
  public let stop: Double

  /// Creates the process on `[stop, horizon]` within (0, 1).
  ///
  /// - Precondition: `offset >= 0` and `0 < stop < horizon < 1`.
  public init(offset: Double = 0.008, horizon: Double = 0.992, stop: Double = 0.001) {
    precondition(offset >= 0, "The offset must not be negative.")
    precondition(
      stop > 0 && horizon > stop && horizon < 1, "The process needs 0 < stop < horizon < 1.")
    self.offset = offset
    self.horizon = horizon
    self.stop = stop
  }

  public var priorDeviation: Double { 1 }

  private var speed: Double { Double.pi / 2 / (1 + offset) }
  private var start: Double { speed * offset }

  public func level(at time: Double) -> NoiseLevel {
    let scale = cos(start)
    let (turned, sum) = (speed * time, speed * (time + 2 * offset))
    // sin^2 theta_t - sin^2 theta_0 as a product, and the cosine from its zero: neither cancels.
    return NoiseLevel(
      alpha: sin(speed * (1 - time)) / scale, sigma: (sin(turned) * sin(sum)).squareRoot() / scale)
  }

  public func level(atLogSNR logSNR: Double) -> NoiseLevel { .variancePreserving(logSNR: logSNR) }

  public func time(atLogSNR logSNR: Double) -> Double {
    let level = NoiseLevel.variancePreserving(logSNR: logSNR)
    let theta = atan2(hypot(sin(start), level.sigma * cos(start)), level.alpha * cos(start))
    return (theta - start) / speed
  }

  public func drift(at time: Double) -> Double { -speed / tan(speed * (1 - time)) }

  public func diffusionSquared(at time: Double) -> Double { 2 * speed / tan(speed * (1 - time)) }

  public func frozenScoreWeight(from start: Double, to end: Double) -> Double {
    harmonicScoreWeight(from: start, to: end)
  }
}

extension CatalogEntry where Member == any ForwardProcess {
  static let cosine = Self(
    name: "cosine", summary: "variance preserving, cosine signal",
    source: "Nichol and Dhariwal 2021 (arXiv:2102.09672), section 3.2",
    parameters: [
      ParameterDescription(
        "offset", "shift of the clock at time 0", .number(default: 0.008, range: 0...0.2)),
      ParameterDescription(
        "horizon", "start of the reverse process; 0.992 leaves 1.2% of the signal",
        .number(default: 0.992, range: 0.5...0.9999)),
      ParameterDescription(
        "stop", "time it stops at, below the horizon", .number(default: 0.001, range: 1e-6...0.5)),
    ]
  ) { parameters throws(ParameterError) in
    let (stop, horizon) = try parameters.orderedNumbers("stop", below: "horizon")
    return CosineProcess(offset: parameters.number("offset"), horizon: horizon, stop: stop)
  }
}
