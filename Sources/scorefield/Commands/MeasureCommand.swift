import ArgumentParser
import CTerminalGuard
import Glibc
import ScoreCore
import ScoreLab

/// `scorefield measure SAMPLES REFERENCE`: every sample metric with its null.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract:
      "Measure a sample against a distribution or another sample, each metric with its null.",
    discussion: """
      The null is what the metric is by chance, at the same sample size: for a configuration, on \
      fresh draws of its exact distribution; for a file, on random splits of both samples \
      together. \
      "Within the null" means that the metric cannot tell sample and reference apart at this \
      size, not that the sample is perfect; and one metric in ten is outside its 90% band by \
      chance alone. Points are in the units of the distribution's axes, and so are distances. A \
      table on a terminal, CSV otherwise. `scorefield list metrics` says what each metric is and \
      which parameters it has.

      Example: scorefield measure samples.csv two_moons.yaml --only mmd,mode_coverage
      """)

  @Argument(help: "A CSV or npy file with one column a coordinate.")
  var samples: String

  @Argument(help: "Such a file, or a YAML configuration, whose distribution is the reference.")
  var reference: String

  @Option(help: "The metrics wanted, separated by commas; all that apply without it.")
  var only: String?

  @Option(help: "A file of training points, for the memorisation ratio.")
  var training: String?

  @Option(help: "Columns of the files, by name or number from 1, separated by commas.")
  var columns: String?

  @Option(
    help: "With a configuration, compare with the noisy distribution at this time of its process.")
  var time = 0.0

  @Option(
    name: .long, parsing: .singleValue,
    help: """
      Set a parameter of a metric, such as --set mmd.length=0.5, or a key of the configuration, \
      such as --set distribution.kind=pair; may be repeated.
      """)
  var set: [String] = []

  @Option(help: "Seed of the null and of all other random choices.")
  var seed: UInt64 = 7

  @Option(help: "Null draws, 19 to 9999.")
  var draws = 99

  @Option(help: "Share of the null on either side of its band.")
  var delta = 0.05

  @Flag(help: "CSV even on a terminal.")
  var csv = false

  func validate() throws {
    guard (19...9999).contains(draws) else {
      throw ValidationError("--draws must be from 19 to 9999.")
    }
    guard delta > 0 && delta < 0.5 else {
      throw ValidationError("--delta must be above 0 and below 0.5.")
    }
  }

  func run() throws {
    let choices = try MetricChoices(
      assignments: set.filter { MetricChoices.isMetric(assignment: $0) })
    let entries = try chosenEntries()
    if let name = choices.names.first(where: { name in !entries.contains { $0.name == name } }) {
      throw ValidationError("--set \(name) sets a metric that --only leaves out.")
    }
    let source = DataFile()
    let sample = try table(samples, source)
    let reference = try makeReference(source)
    try MetricError.check(sample, against: reference)
    let isTable = isatty(STDOUT_FILENO) != 0 && !csv
    _ = try InterruptWatch(patience: 0) { isTable ? "\r\u{1B}[K" : "" }
    var report = MeasureReport(isTable: isTable, delta: delta, isHeldBack: only != nil)
    for (index, entry) in entries.enumerated() {
      report.progress("\(entry.name) (\(index + 1) of \(entries.count))")
      let measured: MetricResult
      do throws(MetricError) {
        let settings = MetricSettings(seed: seed, draws: draws, delta: delta)
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
    guard !names.isEmpty else { throw ValidationError("--only needs the name of a metric.") }
    return try names.map { name in
      guard let entry = SampleMetricCatalog.entry(named: name) else {
        let known = SampleMetricCatalog.names.joined(separator: ", ")
        throw ValidationError("no metric is called \"\(name)\"; there are \(known).")
      }
      return entry
    }
  }

  private func table(_ file: String, _ source: DataFile) throws -> Points {
    let names = columns?.split(separator: ",").map(String.init) ?? []
    return try source.table(file: file, columns: names).points
  }

  private func makeReference(_ source: DataFile) throws -> MetricReference {
    let training = try training.map { try table($0, source) }
    let keys = set.filter { !MetricChoices.isMetric(assignment: $0) }
    guard reference.hasSuffix(".yaml") || reference.hasSuffix(".yml") else {
      guard time == 0 && keys.isEmpty else {
        throw ValidationError(
          "--time and --set of anything but a metric need a configuration as the reference.")
      }
      return .sample(try table(reference, source), training: training)
    }
    let configuration = try RunConfiguration.load(file: reference).setting(keys)
    let distribution = try configuration.distribution.makeDistribution(dataSource: source)
    let level = try configuration.level(atTime: time)
    return MetricReference(
      .distribution(NoisyDistribution(distribution, level: level, units: distribution.coordinates)),
      training: training)
  }
}
