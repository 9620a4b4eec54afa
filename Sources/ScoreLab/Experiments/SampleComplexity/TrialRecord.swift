import ScoreCore

/// The numbers that one training run leaves.
struct TrialRecord: Sendable {
  /// Errors at one noise level, all times sigma.
  struct Level: Sendable {
    var time: Double
    var l2: Double
    /// `D_delta` for each of ``deltas(of:)``.
    var quantiles: [Double]
    var kernelL2: Double
    var kernelQuantiles: [Double]
  }

  /// A sample's distance to the law at the stop, and the band of the null.
  struct Distance: Sendable {
    var network: Double
    var kernel: Double
    var nullMean: Double
    var nullLow: Double
    var nullHigh: Double
  }

  /// The step whose weights were measured.
  var bestStep: Int
  var lastStep: Int
  /// The held-out loss above its floor at the best step.
  var excess: Double
  /// The bandwidth of the kernel estimate.
  var bandwidth: Double
  /// NaN where there is no sample to measure.
  var distance: Distance
  var levels: [Level]

  /// The deltas that quantiles are kept for, descending.
  static func deltas(of configuration: RunConfiguration) -> [Double] {
    Set([0.2, 0.1, 0.05, 0.02, 0.01, 0.005, configuration.probe.delta]).sorted(by: >)
  }
}

/// The record as a row of numbers, for a ``UnitStore``.
extension TrialRecord {
  private static let headCount = 9

  var numbers: [Double] {
    [
      Double(bestStep), Double(lastStep), excess, bandwidth, distance.network, distance.kernel,
      distance.nullMean, distance.nullLow, distance.nullHigh,
    ] + levels.flatMap { [$0.time, $0.l2, $0.kernelL2] + $0.quantiles + $0.kernelQuantiles }
  }

  /// Reads a row; nil if it is not one of this many levels and deltas.
  init?(_ numbers: [Double], levelCount: Int, deltaCount: Int) {
    let stride = 3 + 2 * deltaCount
    guard numbers.count == Self.headCount + levelCount * stride,
      let bestStep = Int(exactly: numbers[0]), let lastStep = Int(exactly: numbers[1])
    else { return nil }
    self.bestStep = bestStep
    self.lastStep = lastStep
    excess = numbers[2]
    bandwidth = numbers[3]
    distance = Distance(
      network: numbers[4], kernel: numbers[5], nullMean: numbers[6], nullLow: numbers[7],
      nullHigh: numbers[8])
    levels = (0..<levelCount).map { index in
      let row = numbers[(Self.headCount + index * stride)...].prefix(stride)
      let start = row.startIndex
      return Level(
        time: row[start], l2: row[start + 1], quantiles: Array(row.dropFirst(3).prefix(deltaCount)),
        kernelL2: row[start + 2], kernelQuantiles: Array(row.suffix(deltaCount)))
    }
  }
}
