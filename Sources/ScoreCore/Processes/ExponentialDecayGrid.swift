import Glibc

/// Steps proportional to `min(1, t)`: equal down to time 1, then shrinking geometrically.
///
/// Here t is Ornstein-Uhlenbeck time, `log(1 + sigma^2 / alpha^2) / 2`. For a variance-preserving
/// process that is `-log alpha`. For one without decay (`alpha = 1`) it is the time of the same
/// signal-to-noise ratio: equal steps in `log sigma` while sigma is well above 1, then shrinking
/// with `sigma^2 / 2`.
///
/// Source: Benton, De Bortoli, Doucet and Deligiannidis 2024 (arXiv:2308.03686), the schedule
/// behind Theorem 1, also used by Gupta et al. 2024 (arXiv:2311.13745).
public struct ExponentialDecayGrid: TimeGrid {
  public init() {}

  public func times(stepCount: Int, process: any ForwardProcess) -> [Double] {
    let range = process.logSNRRange
    let horizon = OrnsteinUhlenbeck.clock(atLogSNR: range.lowerBound)
    let stop = OrnsteinUhlenbeck.clock(atLogSNR: range.upperBound)
    // In the stretched time u the steps are equal: u counts time above the cap, log time below.
    let cap = min(1, horizon)
    let linear = max(0, horizon - max(cap, stop))
    let decay = stop < cap ? log(cap / stop) : 0
    return GridPlacement.times(stepCount: stepCount, process: process) { fraction in
      let u = (linear + decay) * fraction
      let clock = u <= linear ? horizon - u : cap * exp(-(u - linear))
      return process.time(atLogSNR: OrnsteinUhlenbeck.logSNR(atClock: clock))
    }
  }
}

extension CatalogEntry where Member == any TimeGrid {
  static let exponentialDecay = Self(
    name: "exponential_decay",
    summary: "steps as min(1, t), t the Ornstein-Uhlenbeck time of the same SNR",
    source: "Benton et al. 2024 (arXiv:2308.03686)"
  ) { _ in ExponentialDecayGrid() }
}
