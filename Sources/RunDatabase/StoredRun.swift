package import ScoreLab

/// A series of a run as a curve.
package struct RunSeries: Sendable, Equatable {
  package var steps: [Double]
  package var values: [Double]

  package init(steps: [Double], values: [Double]) {
    self.steps = steps
    self.values = values
  }
}

/// What is read of a run to be looked at closely.
package struct StoredRun: Sendable, Equatable {
  package var record: RunRecord
  /// Its curves by the names of series; of a series of noise levels the largest value of each step.
  package var series: [String: RunSeries]
  package var checkpoints: CheckpointCount

  package init(record: RunRecord, series: [String: RunSeries], checkpoints: CheckpointCount) {
    self.record = record
    self.series = series
    self.checkpoints = checkpoints
  }
}

extension RunDatabase {
  /// A run with its curves.
  ///
  /// - Parameter run: The run.
  /// - Returns: Nil where it is not kept.
  /// - Throws: ``FileError``.
  package func stored(_ run: RunID) throws(FileError) -> StoredRun? {
    guard let record = try record(run) else { return nil }
    let points = Dictionary(grouping: try series(of: run), by: \.name)
    return StoredRun(
      record: record, series: points.mapValues { RunSeries($0) },
      checkpoints: try checkpointCount(of: run))
  }

  /// Some losses of a run for a small picture: as many as asked for, evenly over the logarithm of the
  /// steps, as series are kept.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - count: The most values, at least 1.
  /// - Returns: Fewer where fewer are kept.
  /// - Throws: ``FileError``.
  package func sparkline(of run: RunID, count: Int) throws(FileError) -> [Double] {
    let values = try lossValues(of: run)
    guard values.count > count else { return values }
    return (0..<count).map { values[($0 + 1) * values.count / count - 1] }
  }
}

extension RunSeries {
  /// The largest value of each step.
  fileprivate init(_ points: [MetricPoint]) {
    let largest = Dictionary(points.map { ($0.step, $0.value) }) { max($0, $1) }
    let steps = largest.keys.sorted()
    self.init(steps: steps.map(Double.init), values: steps.compactMap { largest[$0] })
  }
}
