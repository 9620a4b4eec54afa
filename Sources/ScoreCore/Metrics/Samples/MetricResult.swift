/// A metric's value and where it lies in its own null at the same sample size.
public struct MetricResult: Codable, Sendable, Equatable {
  /// Which side of the null's band the value is on.
  ///
  /// "Within the null" says that the sample cannot be told from the reference by this metric at
  /// this size. It does not say that the sample is perfect.
  public enum Verdict: String, Codable, Sendable, CaseIterable {
    case below = "below the null"
    case within = "within the null"
    case above = "above the null"

    /// The verdict in a sentence.
    public var meaning: String {
      switch self {
      case .below:
        "closer than fresh draws are: a copy of the reference, or a sample that is too even"
      case .within:
        "indistinguishable by this metric at this sample size, which is not the same as perfect"
      case .above: "further than chance explains"
      }
    }
  }

  public var value: Double
  public var nullMean: Double
  /// The ends of the null's band, its `delta` and `1 - delta` quantiles.
  public var nullLow: Double
  public var nullHigh: Double
  public var nullDraws: Int
  /// The share of null values at least as large, the value itself counted among them.
  ///
  /// Source: Davison and Hinkley 1997, *Bootstrap Methods and their Application*, section 4.2.
  public var pValue: Double
  /// The points of the sample that were used.
  public var sampleCount: Int
  /// One line, empty if there is nothing to say.
  public var note: String

  public var verdict: Verdict {
    value > nullHigh ? .above : value < nullLow ? .below : .within
  }

  /// Places a value in its null.
  public init(_ evaluation: MetricEvaluation, sampleCount: Int, delta: Double) {
    let null = evaluation.null.sorted()
    precondition(!null.isEmpty, "A null needs at least one draw.")
    value = evaluation.value
    nullDraws = null.count
    nullMean = null.reduce(0, +) / Double(null.count)
    // With B draws a value without any difference exceeds the k-th smallest with probability
    // 1 - k / (B + 1); rounding must not move a whole number to the next.
    let position = delta * Double(null.count + 1)
    let low = max(1, Int((position + 1e-9).rounded(.down)))
    nullLow = null[low - 1]
    nullHigh = null[null.count - low]
    let atLeast = null.reduce(0) { $1 >= evaluation.value ? $0 + 1 : $0 }
    pValue = Double(atLeast + 1) / Double(null.count + 1)
    self.sampleCount = sampleCount
    note = evaluation.note
  }
}
