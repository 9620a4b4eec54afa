/// A rule for placing the times of a sampler's steps.
public protocol TimeGrid: Sendable {
  /// Checks that the grid can be laid over a process; most can over any.
  ///
  /// - Throws: ``ParameterError`` naming the parameter and what is allowed.
  func check(for process: any ForwardProcess) throws(ParameterError)
  /// Returns strictly decreasing times, the first the process's horizon, the last its stop.
  ///
  /// There are `stepCount + 1` of them, except for a grid whose times are given.
  func times(stepCount: Int, process: any ForwardProcess) -> [Double]
}

extension TimeGrid {
  public func check(for process: any ForwardProcess) throws(ParameterError) {}
}

/// How a grid turns equal fractions into times.
enum GridPlacement {
  /// Places times by the fraction of the steps done, with exact ends.
  ///
  /// Where steps are so short that rounding joins or swaps neighbours they are moved apart by the
  /// least representable amount.
  static func times(
    stepCount: Int, process: any ForwardProcess, at time: (_ fraction: Double) -> Double
  ) -> [Double] {
    precondition(stepCount >= 1, "A grid has at least one step.")
    var times = (0...stepCount).map { k in
      switch k {
      case 0: process.horizon
      case stepCount: process.stop
      default: time(Double(k) / Double(stepCount))
      }
    }
    for k in 1..<max(1, stepCount) { times[k] = min(times[k], times[k - 1].nextDown) }
    for k in (1..<max(1, stepCount)).reversed() { times[k] = max(times[k], times[k + 1].nextUp) }
    precondition(
      zip(times, times.dropFirst()).allSatisfy { $0 > $1 },
      "The time from stop to horizon is too short for this many distinct times.")
    return times
  }

  /// Places times so that a monotone function of the log signal-to-noise ratio takes equal steps.
  static func times(
    stepCount: Int, process: any ForwardProcess, equalStepsIn measure: (_ logSNR: Double) -> Double,
    inverse: (Double) -> Double
  ) -> [Double] {
    let range = process.logSNRRange
    let (first, last) = (measure(range.lowerBound), measure(range.upperBound))
    return times(stepCount: stepCount, process: process) { fraction in
      process.time(atLogSNR: inverse(first + fraction * (last - first)))
    }
  }
}
