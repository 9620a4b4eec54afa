import Glibc

/// The straight path of flow matching: `alpha = 1 - t`, `sigma = t`.
///
/// As a diffusion it has `f = -1 / (1 - t)` and `g^2 = 2 t / (1 - t)`, and its probability-flow ODE is
/// `dx/dt = E[z - x_0 | x_t = x]`, the conditional mean of the flow target. At time 1 no signal would
/// be left and the drift would be infinite, so the clock ends before. The default horizon 0.999
/// leaves 0.1% of the signal.
///
/// Source: Liu, Gong and Liu 2023 (arXiv:2209.03003), section 2.1; Lipman et al. 2023
/// (arXiv:2210.02747), example II. In both time runs from noise to data; here, as in every other
/// process, from data to noise.
public struct FlowProcess: ForwardProcess, Equatable {
  public let horizon: Double
  public let stop: Double

  /// Creates the process on `[stop, horizon]` within (0, 1).
  ///
  /// - Precondition: `0 < stop < horizon < 1`.
  public init(horizon: Double = 0.999, stop: Double = 0.001) {
    precondition(
      stop > 0 && horizon > stop && horizon < 1, "The process needs 0 < stop < horizon < 1.")
    self.horizon = horizon
    self.stop = stop
  }

  /// The noise at the horizon, which is below 1 by what is left of the signal.
  public var priorDeviation: Double { horizon }

  public func level(at time: Double) -> NoiseLevel { NoiseLevel(alpha: 1 - time, sigma: time) }

  public func level(atLogSNR logSNR: Double) -> NoiseLevel {
    // Both from their own exponential: neither is one minus the other.
    NoiseLevel(alpha: 1 / (1 + exp(-logSNR / 2)), sigma: time(atLogSNR: logSNR))
  }

  public func time(atLogSNR logSNR: Double) -> Double { 1 / (1 + exp(logSNR / 2)) }

  public func drift(at time: Double) -> Double { -1 / (1 - time) }

  public func diffusionSquared(at time: Double) -> Double { 2 * time / (1 - time) }

  /// The integral of `2 u / (1 - u)^2`, which with `q = (t - s) / alpha_t` is
  /// `2 (q s / alpha_s + q - log(1 + q))`; only the last two nearly cancel.
  public func frozenScoreWeight(from start: Double, to end: Double) -> Double {
    let q = (start - end) / (1 - start)
    return 2 * (q * end / (1 - end) + Self.excessOfLogarithm(q))
  }

  /// `q - log(1 + q)` for `q >= 0`.
  private static func excessOfLogarithm(_ q: Double) -> Double {
    // log(1 + q) = 2 atanh w = 2 (w + w^3 / 3 + ...) with w = q / (2 + q), and q - 2 w = q w.
    let w = q / (2 + q)
    guard w < 0.1 else { return q - log1p(q) }
    let square = w * w
    let tail = (1...8).reversed().reduce(0.0) { $0 * square + 1 / Double(2 * $1 + 1) } * square
    return w * (q - 2 * tail)
  }
}

extension CatalogEntry where Member == any ForwardProcess {
  static let flow = Self(
    name: "flow", summary: "flow matching: alpha = 1 - t, sigma = t",
    source: "Liu et al. 2023 (arXiv:2209.03003); Lipman et al. 2023 (arXiv:2210.02747)",
    parameters: [
      ParameterDescription(
        "horizon", "start of the reverse process; 0.999 leaves 0.1% of the signal",
        .number(default: 0.999, range: 0.5...0.9999)),
      ParameterDescription(
        "stop", "time it stops at, below the horizon", .number(default: 0.001, range: 1e-6...0.5)),
    ]
  ) { parameters throws(ParameterError) in
    let (stop, horizon) = try parameters.orderedNumbers("stop", below: "horizon")
    return FlowProcess(horizon: horizon, stop: stop)
  }
}
