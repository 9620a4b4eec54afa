import Glibc
import ScoreCore
import ScoreLab

/// A mean over the ten groups of training sets with its interval.
struct GroupMean: Sendable {
  /// Student's t at 97.5 % with `FailureCounts.groupCount - 1` = 9 degrees of freedom.
  private static let t = 2.262_157_162_8

  let value: Double
  let interval: ClosedRange<Double>

  /// - Returns: Nil unless every group has a number.
  init?(_ values: [Double?]) {
    let found = values.compactMap { $0 }
    guard found.count == FailureCounts.groupCount else { return nil }
    let mean = Estimate(found)
    value = mean.value
    interval =
      mean.value - Self.t * mean.standardError...mean.value + Self.t * mean.standardError
  }
}

extension FiniteClass.Sweep {
  /// What m grows with along the sweep.
  func covariate(_ signs: SignClass, failure: Double) -> Double {
    switch self {
    case .classes: signs.logSize - log(failure)
    case .shares: 1 / signs.delta
    case .accuracies: 1 / signs.accuracy
    }
  }
}

extension FiniteClassFindings {
  func entries(of sweep: FiniteClass.Sweep) -> [Entry] {
    entries.filter { $0.sweep == sweep }
  }

  /// The log of the samples needed of one class, over groups; nil before its sets are drawn.
  func logSamples(_ counts: FailureCounts) -> GroupMean? {
    counts.repeatCount == values.repeats
      ? GroupMean(counts.crossings(failure: values.failure)) : nil
  }

  /// The slope of log m against the log of a sweep's covariate: fitted in each group, then their
  /// mean.
  func slope(_ sweep: FiniteClass.Sweep) -> GroupMean? {
    let entries = entries(of: sweep)
    let x = entries.map { log(sweep.covariate($0.signs, failure: values.failure)) }
    return slope(x, entries.map(\.counts))
  }

  /// The same of the class that may be wrong anywhere, against 1/delta.
  var spreadSlope: GroupMean? { slope(values.deltas.map { -log($0) }, spreadCounts) }

  private func slope(_ x: [Double], _ counts: [FailureCounts]) -> GroupMean? {
    guard isDone else { return nil }
    let crossings = counts.map { $0.crossings(failure: values.failure) }
    return GroupMean(
      (0..<FailureCounts.groupCount).map { group in
        let y = crossings.compactMap { $0[group] }
        return y.count == x.count ? LineFit(x: x, y: y)?.slope : nil
      })
  }

  /// The slope of the exact numbers of samples.
  func exactSlope(_ sweep: FiniteClass.Sweep) -> Double? {
    let entries = entries(of: sweep)
    guard isDone else { return nil }
    return LineFit(
      x: entries.map { log(sweep.covariate($0.signs, failure: values.failure)) },
      y: entries.map { log($0.exact) })?.slope
  }

  var exactSpreadSlope: Double? {
    LineFit(
      x: values.deltas.map { -log($0) },
      y: values.deltas.map { log(values.spread.samplesNeeded(delta: $0, failure: values.failure)) }
    )?.slope
  }

  /// The largest distance of a share of training sets from its exact probability, in deviations.
  func largestMiss(
    _ exact: KeyPath<Entry, FiniteClassPlan.Exact.Probability?>, _ count: (Entry, Int) -> Int
  ) -> Double? {
    guard isDone else { return nil }
    return entries.compactMap { entry in
      entry[keyPath: exact].map { known in
        let (place, p) = (known.place, known.value)
        let n = Double(entry.counts.repeatCount)
        return abs(Double(count(entry, place)) - n * p) / (n * p * (1 - p)).squareRoot()
      }
    }.max()
  }
}
