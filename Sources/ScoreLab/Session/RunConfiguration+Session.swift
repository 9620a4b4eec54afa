public import ScoreCore

extension RunConfiguration {
  /// What the workbench opens on: fewer samples and steps than a report would take, so that the
  /// cloud is redrawn several times a second while training goes on.
  public static var start: RunConfiguration {
    var configuration = RunConfiguration()
    configuration.sampler.steps = 64
    configuration.sampler.count = 1000
    return configuration
  }

  /// What a user should know before trusting this run.
  public var warnings: [String] {
    let process = process.make()
    // For a process that preserves the variance this is alpha itself.
    let signal = process.level(at: process.horizon).alpha / process.priorDeviation
    guard signal > 0.05 else { return [] }
    let percent = (signal * 1000).rounded() / 10
    return [
      "the horizon leaves \(percent)% of the signal, so samples start from the wrong law"
    ]
  }
}

extension DistributionConfiguration {
  /// Makes the law.
  ///
  /// - Parameter dataSource: Reads the files that laws are made from.
  /// - Returns: The law with its exact score.
  /// - Throws: What is wrong with the parameters or the data file.
  public func makeLaw(dataSource: any DataSource) throws -> any KnownScoreDistribution {
    try distribution(reading: dataSource)
  }

  /// What must be on screen beside the name, such as the bandwidth that smooths data.
  var note: String? {
    guard case .number(let bandwidth)? = parameters["bandwidth"] else { return nil }
    return "data smoothed by bandwidth \(bandwidth) (in deviations)"
  }
}

extension TrainingSetConfiguration {
  /// The number of points, or nil for fresh draws.
  var fixedCount: Int? {
    if case .fixed(let count) = count { return count }
    return nil
  }
}
