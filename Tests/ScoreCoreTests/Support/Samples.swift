import ScoreCore

/// Plain statistics of 1-D samples.
enum Samples {
  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The mean square about zero.
  static func second(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
  }

  /// The Wasserstein-1 distance between two samples of the same size.
  static func wasserstein(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count, "Equal sizes are matched in order.")
    return zip(a.sorted(), b.sorted()).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(a.count)
  }
}
