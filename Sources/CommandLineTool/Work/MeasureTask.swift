import CTerminalGuard
import Glibc
package import ScoreCore
import ScoreLab

/// Sample metrics of a sample, each with its null.
package struct MeasureTask {
  /// A CSV or npy file with one column a coordinate.
  package var samples: String
  /// Such a file, or a YAML configuration; nil with `data`.
  package var reference: String?
  /// A file that is smoothed into the reference distribution.
  package var data: String?
  /// The metrics wanted, separated by commas; all that apply without it.
  package var only: String?
  /// A file of training points.
  package var training: String?
  package var columns: String?
  package var time: Double
  /// Parameters of metrics and keys of the configuration.
  package var set: [String]
  package var settings: MetricSettings
  /// Whether CSV is printed on a terminal too.
  package var csv: Bool

  package init(
    samples: String, reference: String?, data: String?, only: String?, training: String?,
    columns: String?,
    time: Double, set: [String], settings: MetricSettings, csv: Bool
  ) {
    self.samples = samples
    self.reference = reference
    self.data = data
    self.only = only
    self.training = training
    self.columns = columns
    self.time = time
    self.set = set
    self.settings = settings
    self.csv = csv
  }

  /// Measures and prints.
  ///
  /// - Throws: What is wrong with the files or the metrics that were asked for.
  package func run() throws {
    let choices = try MetricChoices(
      assignments: set.filter { MetricChoices.isMetric(assignment: $0) })
    let entries = try chosenEntries()
    if let name = choices.names.first(where: { name in !entries.contains { $0.name == name } }) {
      throw Failure.Usage("--set \(name) sets a metric that --only leaves out.")
    }
    let source = DataFile()
    let sample = try table(samples, source)
    let reference = try makeReference(source)
    try MetricError.check(sample, against: reference)
    let isTable = isatty(STDOUT_FILENO) != 0 && !csv
    _ = try InterruptWatch(patience: 0) { isTable ? "\r\u{1B}[K" : "" }
    var report = MeasurePrinter(isTable: isTable, delta: settings.delta, isHeldBack: only != nil)
    for (index, entry) in entries.enumerated() {
      report.progress("\(entry.name) (\(index + 1) of \(entries.count))")
      let measured: MetricResult
      do throws(MetricError) {
        measured = try choices.make(entry).measure(sample, against: reference, settings: settings)
      } catch {
        // A metric that was asked for and cannot be had is an error, else a remark.
        guard only == nil else {
          report.abandon()
          throw MetricError(message: "\(entry.name): \(error)")
        }
        report.leaveOut(entry.name, because: error.message)
        continue
      }
      try report.add(measured, named: entry.name)
    }
    try report.finish(sampleCount: sample.count)
  }

  private func chosenEntries() throws -> [CatalogEntry<any SampleMetric>] {
    guard let only else { return SampleMetricCatalog.all }
    let names = only.split(separator: ",").map {
      String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard !names.isEmpty else { throw Failure.Usage("--only needs the name of a metric.") }
    return try names.map { name in
      guard let entry = SampleMetricCatalog.entry(named: name) else {
        throw Failure.Usage(
          UnknownName.message(name, for: "metric", among: SampleMetricCatalog.names))
      }
      return entry
    }
  }

  private func table(_ file: String, _ source: DataFile) throws -> Points {
    // With --data they are of that file alone.
    let names = data == nil ? columns?.split(separator: ",").map(String.init) ?? [] : []
    return try source.table(file: file, columns: names).points
  }

  private func makeReference(_ source: DataFile) throws -> MetricReference {
    let training = try training.map { try table($0, source) }
    let keys = set.filter { !MetricChoices.isMetric(assignment: $0) }
    if data == nil, let reference, !isConfiguration(reference) {
      guard time == 0 && keys.isEmpty else {
        throw Failure.Usage(
          "--time and --set of anything but a metric need a configuration as the reference.")
      }
      return .sample(try table(reference, source), training: training)
    }
    let configuration = try ConfigurationChoice(
      file: reference, data: data, columns: data == nil ? nil : columns, set: keys
    ).load()
    let distribution = try configuration.distribution.makeDistribution(dataSource: source)
    let level = try configuration.level(atTime: time)
    return MetricReference(
      .distribution(NoisyDistribution(distribution, level: level, units: distribution.coordinates)),
      training: training)
  }

  private func isConfiguration(_ file: String) -> Bool {
    file.hasSuffix(".yaml") || file.hasSuffix(".yml") || SharedRun.isCode(file)
  }
}
