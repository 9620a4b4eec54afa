import Glibc

/// A rule for placing the times of a sampler's steps.
public protocol TimeGrid: Sendable {
  /// Returns `stepCount + 1` strictly decreasing times, the first `horizon`, the last `stop`.
  func times(stepCount: Int, horizon: Double, stop: Double) -> [Double]
}

/// Equal steps.
public struct UniformGrid: TimeGrid {
  public init() {}

  public func times(stepCount: Int, horizon: Double, stop: Double) -> [Double] {
    precondition(stepCount >= 1 && stop > 0 && horizon > stop, "A grid needs room for steps.")
    return (0...stepCount).map { k in
      let fraction = Double(k) / Double(stepCount)
      return k == stepCount ? stop : horizon + fraction * (stop - horizon)
    }
  }
}

/// Steps proportional to `min(1, t)`: equal down to time 1, then shrinking geometrically.
///
/// Source: Benton, De Bortoli, Doucet and Deligiannidis 2024 (arXiv:2308.03686), the schedule
/// behind Theorem 1, also used by Gupta et al. 2024 (arXiv:2311.13745).
public struct ExponentialDecayGrid: TimeGrid {
  public init() {}

  public func times(stepCount: Int, horizon: Double, stop: Double) -> [Double] {
    precondition(stepCount >= 1 && stop > 0 && horizon > stop, "A grid needs room for steps.")
    // In the stretched time u the steps are equal: u counts time above the cap, log time below.
    let cap = min(1, horizon)
    let linear = max(0, horizon - max(cap, stop))
    let decay = stop < cap ? log(cap / stop) : 0
    return (0...stepCount).map { k in
      if k == 0 { return horizon }
      if k == stepCount { return stop }
      let u = (linear + decay) * Double(k) / Double(stepCount)
      return u <= linear ? horizon - u : cap * exp(-(u - linear))
    }
  }
}
