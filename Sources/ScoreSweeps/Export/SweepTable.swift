import NumberFormatting
package import ScoreClaims
package import ScoreCore
import ScoreLab

/// The results of a sweep as a table: a row for each run.
///
/// A run that was trained has what was measured at its end. An experiment has its verdict and, for each
/// of its checks, what was measured with the ends of its interval.
package struct SweepTable: Sendable {
  package struct Row: Sendable {
    package var run: Int
    package var point: Int
    package var seed: UInt64
    /// The values of the keys.
    package var values: [SweepValue]
    /// By name; NaN where it was not measured.
    package var numbers: [String: Double]
    /// The answer to an experiment's claim; nil for a run that was trained.
    package var verdict: String?
  }

  package let keys: [String]
  /// The names of the numbers, in their order.
  package let metrics: [String]
  package let rows: [Row]
  /// The number that is shown unless another is asked for.
  package let usualMetric: String?
  package let isPartial: Bool

  /// The number of a run that is trained that is shown unless another is asked for.
  private static let trainedMetric = "l2_worst"

  /// Reads what was merged.
  ///
  /// - Parameters:
  ///   - folder: The sweep.
  ///   - dataSource: Reads the files that distributions are made from.
  ///   - takeReport: Gets the report of every experiment with the number of its run.
  /// - Throws: ``SweepError/incomplete(_:)`` where nothing was merged; what is wrong with an experiment's
  ///   data.
  package init(
    _ folder: SweepFolder, dataSource: any DataSource,
    takeReport: @escaping (Int, ExperimentConfiguration, ExperimentReport) -> Void = { _, _, _ in }
  ) throws {
    guard let result = try SweepMerge.result(of: folder) else {
      throw SweepError.incomplete("nothing is merged yet; scorefield sweep merge does that")
    }
    let spec = try folder.manifest.spec(at: SweepFolder.manifestPath(folder.path))
    keys = spec.keys.map(\.path)
    isPartial = result.isPartial
    var reader = Reader(spec: spec, dataSource: dataSource, takeReport: takeReport)
    let bytes = try FileReader.bytes(SweepMerge.resultsPath(folder), limit: 1 << 34)
    guard SHA256.digest(bytes) == result.digest else {
      throw SweepError.incomplete("merged/RESULTS.jsonl was changed; merge again")
    }
    for line in bytes.split(separator: 0x0A) {
      guard let (row, record) = SweepRow.split(line) else {
        throw SweepError.incomplete("merged/RESULTS.jsonl is damaged; merge again")
      }
      try reader.take(row, record)
    }
    try reader.finish()
    rows = reader.rows
    metrics = reader.names
    let isTrained = metrics.contains(Self.trainedMetric)
    usualMetric = isTrained ? Self.trainedMetric : metrics.first
  }

  /// Brings the lines of a run together.
  private struct Reader {
    let spec: SweepSpec
    let dataSource: any DataSource
    let points: SweepPoints
    let takeReport: (Int, ExperimentConfiguration, ExperimentReport) -> Void
    var rows: [Row] = []
    var names: [String] = []
    private var known: Set<String> = []
    private var run: SweepRow?
    private var records: [String: [UInt8]] = [:]

    init(
      spec: SweepSpec, dataSource: any DataSource,
      takeReport: @escaping (Int, ExperimentConfiguration, ExperimentReport) -> Void
    ) {
      self.spec = spec
      self.takeReport = takeReport
      points = SweepPoints(spec)
      self.dataSource = dataSource
    }

    mutating func take(_ row: SweepRow, _ record: [UInt8]) throws {
      if run?.run != row.run { try finish() }
      run = row
      records[row.key] = record
    }

    /// Makes the row of the run whose lines were taken.
    mutating func finish() throws {
      guard let run else { return }
      var row = Row(
        run: run.run, point: run.point, seed: run.seed,
        values: spec.keys.map { run.values[$0.path] ?? .text("") }, numbers: [:])
      switch spec.subject {
      case .training: takeTrained(&row)
      case .experiment: try takeExperiment(&row, run)
      }
      rows.append(row)
      self.run = nil
      records = [:]
    }

    private mutating func takeTrained(_ row: inout Row) {
      let record: TrainedUnit.Record = records.values.first.flatMap(RecordCoding.decode) ?? [:]
      for (name, value) in record { row.numbers[name] = value ?? .nan }
      for name in record.keys.sorted(by: TrainedUnit.isBefore) { know(name) }
    }

    private mutating func takeExperiment(_ row: inout Row, _ run: SweepRow) throws {
      let values = zip(spec.keys, points[run.point]).map { (path: $0.path, text: $1) }
      guard case .experiment(let configuration) = try spec.subject.setting(values, seed: run.seed)
      else { return }
      let report = try configuration.makeDriver(
        threads: 1, dataSource: dataSource, store: CollectedRecords(records)
      ).report
      takeReport(run.run, configuration, report)
      row.verdict = report.verdict.answer.rawValue
      var counts: [String: Int] = [:]
      for check in report.checks.sorted(by: { $0.kind.order < $1.kind.order }) {
        counts[check.name, default: 0] += 1
        let count = counts[check.name, default: 1]
        // Checks of one thing at several values share their name.
        let name = count == 1 ? check.name : "\(check.name)_\(count)"
        row.numbers[name] = check.measured ?? .nan
        know(name)
        guard let interval = check.interval else { continue }
        for (end, value) in [("low", interval.lowerBound), ("high", interval.upperBound)] {
          row.numbers["\(name)_\(end)"] = value
          know("\(name)_\(end)")
        }
      }
    }

    private mutating func know(_ name: String) {
      if known.insert(name).inserted { names.append(name) }
    }
  }
}

extension Check.Kind {
  /// Those that decide the claim come first.
  fileprivate var order: Int {
    switch self {
    case .claim: 0
    case .agreement: 1
    case .identity: 2
    }
  }
}

extension SweepTable {
  /// The table for a CSV file.
  package var table: ReportTable {
    let hasVerdict = rows.contains { $0.verdict != nil }
    return ReportTable(
      "results", title: "Results",
      columns: ["run", "point", "seed"] + keys + (hasVerdict ? ["verdict"] : []) + metrics,
      rows: rows.map { row in
        [.integer(row.run), .integer(row.point), .text("\(row.seed)")]
          + row.values.map { .text($0.text) }
          + (hasVerdict ? [.text(row.verdict ?? "")] : [])
          + metrics.map { name in
            let value = row.numbers[name] ?? .nan
            return value.isFinite ? .text(NumberText.exact(value)) : .none
          }
      })
  }

  /// The table for an npy file, `[rows][columns]`; values that are texts by their place among them.
  package var matrix: (names: [String], points: Points) {
    let names = ["run", "point", "seed"] + keys + metrics
    var places: [[SweepValue: Int]] = keys.map { _ in [:] }
    var values: [Double] = []
    for row in rows {
      values += [Double(row.run), Double(row.point), Double(row.seed)]
      for (key, value) in row.values.enumerated() {
        let place = places[key][value] ?? places[key].count
        places[key][value] = place
        values.append(value.number ?? Double(place))
      }
      values += metrics.map { row.numbers[$0] ?? .nan }
    }
    return (names, Points(values: values, dimension: names.count))
  }
}
