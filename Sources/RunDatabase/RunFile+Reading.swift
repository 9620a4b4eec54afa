import OutsideText
import ScoreLab

extension RunFile {
  /// Reads a file and checks all that it says: it may come from anywhere.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``DataFileError`` or ``ConfigurationError`` with what does not fit.
  package init(reading path: String) throws {
    var limits = SafetensorsFile.Limits()
    limits.bytes = Self.longest
    let file = try SafetensorsFile.read(path, limits: limits)
    let reader = RunFileReader(file, path: path)
    guard file.metadata["format"] == Self.format else {
      throw reader.failure("this is no run of scorefield: format \"\(Self.format)\" is missing")
    }
    let record = try reader.record()
    self.init(
      record: record, summary: try reader.summary(of: record), points: try reader.points(),
      clouds: try reader.clouds())
  }
}

/// Reads the parts of a run's file.
private struct RunFileReader {
  /// The most points of all series.
  private static let mostPoints = 1 << 22

  private let file: SafetensorsFile
  private let path: String

  init(_ file: SafetensorsFile, path: String) {
    self.file = file
    self.path = path
  }

  func failure(_ message: String) -> DataFileError { DataFileError(file: path, message: message) }

  private func text(_ key: String) throws(DataFileError) -> String {
    guard let text = file.metadata[key] else { throw failure("\(key) is missing") }
    return text
  }

  /// A whole number that is not negative.
  private func count(_ key: String) throws(DataFileError) -> Int {
    guard let number = Int(try text(key)), (0...1 << 53).contains(number) else {
      throw failure("\(key) is not a whole number from 0 on")
    }
    return number
  }

  private func number(_ key: String) -> Double? {
    file.metadata[key].flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
  }

  /// A moment of the years from 1970 to 9999; 1970 where there is none.
  private func moment(_ key: String) -> Double {
    number(key).flatMap { (0...2.5e11).contains($0) ? $0 : nil } ?? 0
  }

  /// The id of a run in hexadecimal digits.
  private func run(_ text: some StringProtocol) -> RunID? {
    Int(text, radix: 16).flatMap { (1...1 << 48).contains($0) ? RunID($0) : nil }
  }

  private func place(_ key: String) throws(DataFileError) -> RunPlace? {
    guard let text = file.metadata[key] else { return nil }
    let words = text.split(separator: " ")
    guard words.count == 3, let run = run(words[0]), let steps = Int(words[1]), steps >= 0,
      let entries = Int(words[2]), entries >= 0
    else { throw failure("\(key) is no place of a run") }
    return RunPlace(run: run, executedSteps: steps, entries: entries)
  }

  /// The run with its edits, which must fit one another and its length.
  func record() throws -> RunRecord {
    let text = try text("run")
    let current = try ConfigurationMigration(text: text, file: path).text
    let log = try SharedRun.parse(text: current, file: path).log(origin: path)
    guard let id = run(try self.text("id")) else { throw failure("id is not the id of a run") }
    let steps = try count("executed_steps")
    guard steps > 0, log.entries.allSatisfy({ $0.executedSteps <= steps }) else {
      throw failure("executed_steps is before the last edit")
    }
    let parent = try place("parent")
    if let parent {
      guard parent.run != id, parent.executedSteps <= steps, parent.entries <= log.entries.count
      else { throw failure("parent is no place that this run could go on from") }
    }
    return RunRecord(id: id, parent: parent, log: log, executedSteps: steps)
  }

  func summary(of record: RunRecord) throws(DataFileError) -> RunSummary {
    let start = record.log.start
    let origin = RunOrigin(
      version: SafeText.sanitized(try text("version"), limit: 60),
      commit: file.metadata["source_commit"].map { SafeText.sanitized($0, limit: 60) },
      processor: SafeText.sanitized(try text("processor"), limit: 100))
    let tags = (file.metadata["tags"] ?? "").split(separator: " ").map(String.init)
    let note = file.metadata["note"] ?? ""
    guard tags.allSatisfy({ RunName.problem(tag: $0) == nil }),
      note.utf8.count <= RunName.longestNote
    else { throw failure("tags or note are longer than they can be") }
    var summary = RunSummary(
      id: record.id, name: try text("name"), tags: tags, note: note,
      distribution: start.distribution.kind, seed: "\(start.seed)", steps: try count("steps"),
      loss: number("loss"), created: moment("created"), updated: moment("updated"),
      parent: record.parent?.run, root: record.id, origin: origin)
    guard RunName.problem(summary.name) == nil else {
      throw failure(RunName.problem(summary.name) ?? "")
    }
    if let digest = file.metadata["digest"], let place = try place("digest_place") {
      guard digest.utf8.count == 16, digest.allSatisfy(\.isHexDigit), place.run == record.id,
        place.isNotAfter(record.tip)
      else { throw failure("digest is not the checksum of a place of the run") }
      summary.digest = RunDigest(text: digest, place: place)
    }
    return summary
  }

  // MARK: - Arrays

  func points() throws(DataFileError) -> [MetricPoint] {
    var points: [MetricPoint] = []
    for array in file.arrays where array.name.hasPrefix("series.") && array.name.hasSuffix(".step")
    {
      let name = String(array.name.dropFirst("series.".count).dropLast(".step".count))
      guard RunName.problem(name) == nil, case .int64(let steps) = array.elements,
        points.count + steps.count <= Self.mostPoints
      else { throw failure("\(array.name) is no series of steps") }
      let columns = try ["value", "time", "low", "high"].map { part throws(DataFileError) in
        try column("series.\(name).\(part)", count: steps.count)
      }
      for (index, step) in steps.enumerated() {
        guard step >= 0, columns[0][index].isFinite else {
          throw failure("series.\(name) has a value that is not finite, or a step before 0")
        }
        let rest = columns.dropFirst().map { $0[index].isFinite ? $0[index] : nil }
        points.append(
          MetricPoint(
            name, level: rest[0], step: step, value: columns[0][index], low: rest[1], high: rest[2])
        )
      }
    }
    return points
  }

  private func column(_ name: String, count: Int) throws(DataFileError) -> [Double] {
    guard case .float64(let values)? = file[name]?.elements, values.count == count else {
      throw failure("\(name) is missing, or has not as many values as steps")
    }
    return values
  }

  func clouds() throws(DataFileError) -> [SampleCloud] {
    var clouds: [SampleCloud] = []
    for array in file.arrays where array.name.hasPrefix("samples.") {
      guard let step = Int(array.name.dropFirst("samples.".count)), step >= 0,
        array.shape.count == 2, array.shape[0] <= SampleCloud.pointLimit,
        case .float32(let values) = array.elements
      else { throw failure("\(array.name) is no set of samples") }
      clouds.append(SampleCloud(step: step, dimension: array.shape[1], points: values))
    }
    return clouds.sorted { $0.step < $1.step }
  }
}
