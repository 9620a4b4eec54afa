import OutsideText
import ScoreClaims
package import ScoreLab

/// Brings the shards of a sweep together into one file, sorted by run and unit.
///
/// The file depends on the specification alone, not on who did which shard or in which order.
package struct SweepMerge {
  /// What a merge found.
  package struct Result: Sendable, Equatable, Codable {
    package var sweep: String
    package var id: String
    package var program: String
    package var rows: Int
    /// Whether shards are missing.
    package var isPartial: Bool
    /// The shards that are.
    package var missing: [Int]
    /// The SHA-256 of RESULTS.jsonl, as `sha256sum` prints it.
    package var digest: String
  }

  static func resultsPath(_ folder: SweepFolder) -> String {
    "\(folder.path)/merged/RESULTS.jsonl"
  }
  static func reportPath(_ folder: SweepFolder) -> String { "\(folder.path)/merged/REPORT.json" }

  private let folder: SweepFolder
  /// Gets a line for each shard that is set aside.
  private let warn: (String) -> Void

  package init(_ folder: SweepFolder, warn: @escaping (String) -> Void) {
    self.folder = folder
    self.warn = warn
  }

  /// Writes merged/RESULTS.jsonl and merged/REPORT.json.
  ///
  /// - Parameter isPartial: Whether missing shards are left out instead of refused.
  /// - Returns: What REPORT.json has.
  /// - Throws: ``SweepError/incomplete(_:)`` with the missing shards; nothing is written then.
  package func write(partial isPartial: Bool) throws -> Result {
    var order = RowOrder()
    let missing = try missingShards()
    guard missing.isEmpty || isPartial else { throw SweepError.incomplete(refusal(missing)) }
    try Folder.create("\(folder.path)/merged")
    var file = try PendingFile(Self.resultsPath(folder))
    var sum = SHA256()
    var rows = 0
    var damaged: [Int] = []
    func write(_ bytes: ArraySlice<UInt8>?) throws {
      guard let bytes else { return }
      try file.append(Array(bytes))
      sum.update(bytes)
    }
    try folder.checkShards(warn: warn) { shard, body in
      if let body {
        rows += body.rows
        try write(order.take(body.lines))
      } else if !missing.contains(shard) {
        damaged.append(shard)
      }
    }
    try write(order.finish())
    guard damaged.isEmpty || isPartial else {
      throw SweepError.incomplete(refusal((missing + damaged).sorted()))
    }
    try file.synchronize()
    try file.commit()
    let result = Result(
      sweep: folder.manifest.sweep, id: folder.manifest.id, program: folder.manifest.program,
      rows: rows, isPartial: !(missing + damaged).isEmpty, missing: (missing + damaged).sorted(),
      digest: sum.finish())
    try FileWriter.writeDurably(RecordCoding.encode(result), to: Self.reportPath(folder))
    return result
  }

  /// What was merged last; nil where nothing was, or where its report is damaged.
  ///
  /// - Throws: `FileError` where the system cannot read the report.
  package static func result(of folder: SweepFolder) throws(FileError) -> Result? {
    do throws(FileError) {
      return RecordCoding.decode(try FileReader.bytes(reportPath(folder), limit: 1 << 26))
    } catch {
      guard !error.isOfSystem else { throw error }
      return nil
    }
  }

  private func missingShards() throws(FileError) -> [Int] {
    let filed = try folder.filedShards()
    return (0..<folder.manifest.shards).filter { !filed.contains($0) }
  }

  private func refusal(_ missing: [Int]) -> String {
    let failed = SweepFailure.all(in: folder)
    let reasons = missing.compactMap { shard in
      failed[shard]?.last.map { "shard \(shard): \($0.reasons.first ?? "failed")" }
    }
    return "\(missing.count) of \(folder.manifest.shards) shards are missing: "
      + SafeText.sanitized(UnitNumbers(missing).description, limit: 400)
      + (reasons.isEmpty ? "" : " (\(SafeText.sanitized(reasons[0], limit: 300)))")
      + "; work on them with scorefield sweep run or submit, or merge what is there with --partial"
  }
}
