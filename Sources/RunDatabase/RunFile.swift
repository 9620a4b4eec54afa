import Glibc
import OutsideText
package import ScoreLab

/// A run on its way from one store to another: one file with all that is kept of it but its states, which
/// its log gives again, to the same bits.
///
/// It is a safetensors file. The texts say how the run began, what was done to it and what it is called;
/// the arrays are its series and samples. docs/runs.md has the names.
package struct RunFile: Sendable, Equatable {
  /// What the file calls itself.
  static let format = "scorefield run 1"
  /// The most bytes of a file that is read.
  static let longest = 1 << 28

  package var record: RunRecord
  /// What lists show of it.
  package var summary: RunSummary
  package var points: [MetricPoint]
  package var clouds: [SampleCloud]

  /// Takes a run from a store; nil where the run is not kept any more.
  ///
  /// - Parameters:
  ///   - summary: The run, from a list.
  ///   - database: The store.
  /// - Throws: ``FileError``.
  package init?(_ summary: RunSummary, in database: RunDatabase) throws(FileError) {
    guard let record = try database.record(summary.id) else { return nil }
    self.record = record
    self.summary = summary
    points = try database.series(of: summary.id)
    clouds = try database.clouds(of: summary.id)
  }

  init(record: RunRecord, summary: RunSummary, points: [MetricPoint], clouds: [SampleCloud]) {
    self.record = record
    self.summary = summary
    self.points = points
    self.clouds = clouds
  }

  // MARK: - Writing

  /// Writes the file under a temporary name and renames it.
  ///
  /// - Parameter path: Where it goes.
  /// - Returns: Its size in bytes.
  /// - Throws: ``FileError``; then an old file is untouched.
  package func write(to path: String) throws(FileError) -> Int {
    try SafetensorsFile(arrays, metadata: texts).write(to: path)
    var status = stat()
    return stat(FileName.systemName(path), &status) == 0 ? Int(status.st_size) : 0
  }

  private var texts: [String: String] {
    let origin = summary.origin
    var texts = [
      "format": Self.format, "run": SharedRun(record.log).yaml, "id": "\(record.id)",
      "name": summary.name, "tags": summary.tags.joined(separator: " "), "note": summary.note,
      "executed_steps": "\(record.executedSteps)", "steps": "\(summary.steps)",
      "created": "\(summary.created)", "updated": "\(summary.updated)", "version": origin.version,
      "processor": origin.processor,
    ]
    texts["source_commit"] = origin.commit
    texts["loss"] = summary.loss.map { "\($0)" }
    texts["parent"] = record.parent.map { Self.text($0) }
    if let digest = summary.digest {
      (texts["digest"], texts["digest_place"]) = (digest.text, Self.text(digest.place))
    }
    return texts
  }

  /// A place as its run, steps and entries.
  private static func text(_ place: RunPlace) -> String {
    "\(place.run) \(place.executedSteps) \(place.entries)"
  }

  private var arrays: [NamedArray] {
    let names = Set(points.map(\.name)).sorted()
    return names.flatMap { name in series(name, points.filter { $0.name == name }) }
      + clouds.map { cloud in
        let d = max(1, cloud.dimension)
        return NamedArray(
          "samples.\(cloud.step)", shape: [cloud.points.count / d, d], .float32(cloud.points))
      }
  }

  /// A series as columns; what a point does not have is not a number.
  private func series(_ name: String, _ points: [MetricPoint]) -> [NamedArray] {
    func column(_ part: String, _ value: (MetricPoint) -> Double?) -> NamedArray {
      NamedArray(
        "series.\(name).\(part)", shape: [points.count], .float64(points.map { value($0) ?? .nan }))
    }
    return [
      NamedArray("series.\(name).step", shape: [points.count], .int64(points.map(\.step))),
      column("value") { $0.value }, column("time") { $0.level }, column("low") { $0.low },
      column("high") { $0.high },
    ]
  }
}

// MARK: - Taking in

extension RunFile {
  /// What became of a run that was taken in.
  package struct Addition: Sendable, Equatable {
    package var run: RunID
    package var name: String
    /// Whether the run was not there before.
    package var isNew: Bool
  }

  /// Adds the run to a store, under its own name and id where they are free.
  ///
  /// - Parameter database: The store.
  /// - Returns: What it is called there; a run of the same id and log is there already.
  /// - Throws: ``FileError``.
  package func add(to database: RunDatabase) throws(FileError) -> Addition {
    let known = try database.record(record.id)
    if let known, known.log == record.log, known.executedSteps >= record.executedSteps,
      try database.restore(record.id), let name = try database.name(of: record.id)
    {
      return Addition(run: record.id, name: name, isNew: false)
    }
    let id = known == nil ? record.id : RunID(Int.random(in: 1 << 44..<1 << 48))
    let name = try database.add(self, as: id)
    return Addition(run: id, name: name, isNew: true)
  }
}
