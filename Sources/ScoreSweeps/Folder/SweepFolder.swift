import OutsideText
import ScoreLab

/// The folder of a sweep: everything that is known of it, in files that are whole or not there.
///
/// ```
/// sweep.json               what the sweep is; written once
/// plan.jsonl               a line for each shard
/// shards/00/00042.jsonl    a shard that is finished
/// partial/00042.jsonl      what is finished of one that was interrupted
/// running/00042.HOST.PID   an attempt under way, renewed every few seconds
/// attempts/00/00042.HOST.PID.TIME.json   an attempt that ended
/// failed/00042.1.json      an attempt that failed
/// jobs/                    what was handed to an engine
/// merged/                  RESULTS.jsonl and REPORT.json
/// ```
package struct SweepFolder: Sendable {
  package let path: String
  package let manifest: SweepManifest

  package init(path: String, manifest: SweepManifest) {
    self.path = path
    self.manifest = manifest
  }

  /// The most bytes of a manifest.
  private static let longestManifest = 64 << 20

  static func manifestPath(_ path: String) -> String { "\(path)/sweep.json" }
  static func planPath(_ path: String) -> String { "\(path)/plan.jsonl" }

  /// Whether a folder is one of a sweep.
  package static func isThere(_ path: String) -> Bool { FileReader.exists(manifestPath(path)) }

  /// Opens the folder of a sweep.
  ///
  /// - Throws: ``SweepError`` or `FileError`.
  package init(_ path: String) throws {
    let file = Self.manifestPath(path)
    guard FileReader.exists(file) else {
      throw FileError(
        path: path, reason: "no sweep is here; make one with scorefield sweep plan SPEC.yaml")
    }
    let bytes = try FileReader.bytes(file, limit: Self.longestManifest)
    guard let manifest: SweepManifest = RecordCoding.decode(bytes) else {
      throw SweepError.doesNotFit("\(SafeText.sanitized(file, limit: 200)): not what plan wrote")
    }
    self.init(path: path, manifest: manifest)
  }

  /// The same folder by a path that holds in any working folder.
  ///
  /// - Parameter working: The working folder.
  /// - Returns: It, with what was read of it.
  package func absolute(from working: String) -> SweepFolder {
    path.hasPrefix("/") ? self : SweepFolder(path: "\(working)/\(path)", manifest: manifest)
  }

  /// Refuses another specification than the one that the folder was made of.
  ///
  /// - Throws: ``SweepError/doesNotFit(_:)``.
  package func check(specification: SweepSpec) throws(SweepError) {
    guard manifest.specification != specification.yaml else { return }
    throw .doesNotFit(
      "\(SafeText.sanitized(path, limit: 200)): the folder is of another specification; give another "
        + "--out, or change it back")
  }

  /// Refuses another program than the one that made the folder, whose numbers could be others.
  ///
  /// - Throws: ``SweepError/doesNotFit(_:)``.
  package func check(program: String) throws(SweepError) {
    guard manifest.program != program else { return }
    throw .doesNotFit(
      "the sweep was made by \(SafeText.sanitized(manifest.program, limit: 100)), this is \(program); "
        + "work with that program, or plan the sweep anew")
  }

  // MARK: - Names

  /// The number of a shard as names have it.
  static func number(_ shard: Int) -> String {
    let digits = "\(shard)"
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }

  /// A thousand shards share a folder, so that none gets too long.
  static func thousand(_ shard: Int) -> String {
    let digits = "\(shard / 1000)"
    return (digits.count < 2 ? "0" : "") + digits
  }

  package func shardPath(_ shard: Int) -> String {
    "\(path)/shards/\(Self.thousand(shard))/\(Self.number(shard)).jsonl"
  }

  func partialPath(_ shard: Int) -> String { "\(path)/partial/\(Self.number(shard)).jsonl" }

  /// Makes the folders that a shard is written in.
  func makeFolders(for shard: Int) throws(FileError) {
    for name in ["shards/\(Self.thousand(shard))", "attempts/\(Self.thousand(shard))"] {
      try Folder.create("\(path)/\(name)")
    }
    for name in ["partial", "running", "failed"] { try Folder.create("\(path)/\(name)") }
  }

  // MARK: - The plan

  /// Reads the shards of the plan one by one.
  ///
  /// - Parameter take: Gets every shard; returns whether to go on.
  /// - Throws: ``SweepError`` where the plan is not the one that was written.
  package func forEachShard(_ take: (SweepShard) throws -> Bool) throws {
    let bytes = try FileReader.bytes(Self.planPath(path), limit: 1 << 31)
    guard SHA256.digest(bytes) == manifest.plan else {
      throw SweepError.doesNotFit(
        "\(SafeText.sanitized(Self.planPath(path), limit: 200)): not the plan that was written")
    }
    for line in bytes.split(separator: 0x0A) {
      guard let shard: SweepShard = RecordCoding.decode(Array(line)) else {
        throw SweepError.doesNotFit("\(SafeText.sanitized(path, limit: 200)): the plan is damaged")
      }
      if try !take(shard) { return }
    }
  }

  /// A shard of the plan, found without reading the others as more than lines.
  ///
  /// - Throws: ``SweepError`` where there is none.
  package func shard(_ number: Int) throws -> SweepShard {
    guard (0..<manifest.shards).contains(number) else {
      throw SweepError.doesNotFit(
        "there is no shard \(number); they are 0 to \(manifest.shards - 1)")
    }
    let bytes = try FileReader.bytes(Self.planPath(path), limit: 1 << 31)
    guard let line = Self.line(number, of: bytes),
      let shard: SweepShard = RecordCoding.decode(line),
      shard.shard == number
    else {
      throw SweepError.doesNotFit("\(SafeText.sanitized(path, limit: 200)): the plan is damaged")
    }
    return shard
  }

  /// A line by its number, from 0.
  private static func line(_ number: Int, of bytes: [UInt8]) -> [UInt8]? {
    bytes.withUnsafeBytes { buffer in
      var start = 0
      for line in 0... {
        guard start < buffer.count else { return nil }
        let rest = UnsafeRawBufferPointer(rebasing: buffer[start...])
        let length = rest.firstIndex(of: 0x0A) ?? rest.count
        if line == number { return Array(rest[..<length]) }
        start += length + 1
      }
      return nil
    }
  }

  /// The lines of a finished shard.
  ///
  /// - Returns: Nil where there is no file.
  /// - Throws: `FileError` where the file is damaged or of another shard or sweep.
  func body(of shard: Int) throws(FileError) -> ShardFile.Body? {
    let file = shardPath(shard)
    guard FileReader.exists(file) else { return nil }
    return try ShardFile.body(ofFile: file, shard: shard, sweep: manifest.id)
  }
}

/// Why a sweep cannot be worked on.
package enum SweepError: Error, Equatable, CustomStringConvertible {
  /// The folder, the program, the data or the specification do not fit one another: not to be tried again.
  case doesNotFit(String)
  /// Some units failed, or the shard was given up.
  case failed(String)
  /// It was asked to stop; what is finished is kept, and it goes on from there.
  case interrupted
  /// Something is missing, so that nothing was written.
  case incomplete(String)
  /// An engine refused or could not be reached.
  case engine(String)

  /// Whether it is what was given that is wrong.
  package var isUnfit: Bool { if case .doesNotFit = self { true } else { false } }

  package var description: String {
    switch self {
    case .doesNotFit(let text), .failed(let text), .incomplete(let text), .engine(let text): text
    case .interrupted: "interrupted; what is finished is kept"
    }
  }

  /// The exit status of `sweep work`, which says whether trying again makes sense: 65 it does not, 75 it
  /// does.
  package var workStatus: Int32 {
    switch self {
    case .doesNotFit: 65
    case .failed, .incomplete, .engine: 1
    case .interrupted: 75
    }
  }
}
