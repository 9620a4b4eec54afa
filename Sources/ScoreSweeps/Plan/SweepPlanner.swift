import OutsideText
package import ScoreCore
import ScoreLab

/// Makes the folder of a sweep.
package struct SweepPlanner {
  private let spec: SweepSpec
  /// The program, such as `scorefield 0.1.0, commit 1a2b3c`.
  private let program: String
  private let workingFolder: String
  private let dataSource: any DataSource
  /// What it is busy with, for a progress line.
  package var progress: (String) -> Void = { _ in }

  package init(
    _ spec: SweepSpec, program: String, workingFolder: String, dataSource: any DataSource
  ) {
    self.spec = spec
    self.program = program
    self.workingFolder = workingFolder
    self.dataSource = dataSource
  }

  /// Plans a sweep, and takes up the folder where there is one of the same sweep.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - shard: Units in a shard; nil for what the specification or else a pilot says.
  ///   - pilots: Whether some runs may be tried.
  /// - Returns: The folder.
  /// - Throws: What is wrong with the specification or its data; ``SweepError`` where the folder is of
  ///   another sweep.
  package func makeFolder(_ path: String, shard: Int?, pilots: Bool) throws -> SweepFolder {
    if SweepFolder.isThere(path) { return try opened(path, shard: shard) }
    let draft = try draft()
    let pilot =
      pilots || (shard ?? spec.shard) == nil ? try tried(draft) : nil
    let size = shard ?? spec.shard ?? pilot?.shard(units: draft.units) ?? 1
    let (plan, shards) = try packed(draft, size: size)
    let data = try digests(draft.files)
    let sum = SHA256.digest(plan)
    let manifest = SweepManifest(
      sweep: spec.name,
      id: SweepManifest.id(specification: spec.yaml, program: program, data: data, plan: sum),
      program: program, specification: spec.yaml, workingFolder: workingFolder, data: data,
      runs: draft.runs.count, units: draft.units, shards: shards, plan: sum, pilot: pilot)
    try Folder.create(path)
    let lock = try FolderLock(path, waiting: 10)
    defer { withExtendedLifetime(lock) {} }
    // Another may have been first.
    if SweepFolder.isThere(path) { return try opened(path, shard: shard) }
    try FileWriter.writeDurably(plan, to: SweepFolder.planPath(path))
    try FileWriter.writeDurably(RecordCoding.encode(manifest), to: SweepFolder.manifestPath(path))
    return SweepFolder(path: path, manifest: manifest)
  }

  /// Opens a folder of the same specification.
  private func opened(_ path: String, shard: Int?) throws -> SweepFolder {
    let folder = try SweepFolder(path)
    try folder.check(specification: spec)
    guard shard == nil else {
      throw SweepError.doesNotFit(
        "\(SafeText.sanitized(path, limit: 200)): the shards are made already; give another --out")
    }
    return folder
  }

  // MARK: - Parts of a plan

  /// Every run with its units.
  private struct Draft {
    var runs: [(run: SweepRun, groups: [[Int]])] = []
    var files: Set<String> = []
    var units = 0
  }

  private func draft() throws -> Draft {
    var draft = Draft()
    try spec.forEachRun { run, subject in
      let units = try SweepUnits(of: subject, dataSource: dataSource)
      draft.runs.append((run, units.groups))
      draft.units += units.groups.reduce(0) { $0 + $1.count }
      draft.files.formUnion(subject.dataFiles)
      if draft.runs.count % 1000 == 0 { progress("planning, \(draft.runs.count) runs") }
    }
    guard !draft.runs.isEmpty else {
      throw SweepError.doesNotFit("no point fulfils the conditions under only")
    }
    return draft
  }

  private func tried(_ draft: Draft) throws -> SweepPilot {
    progress("trying some runs")
    let places = Set([0, draft.runs.count / 2, draft.runs.count - 1]).sorted()
    return try SweepPilot(
      try places.map { (draft.runs[$0].run, try spec.subject(of: draft.runs[$0].run)) },
      dataSource: dataSource)
  }

  private func packed(_ draft: Draft, size: Int) throws -> (plan: [UInt8], shards: Int) {
    var plan: [UInt8] = []
    var packing = ShardPacking(size: size) { plan += RecordCoding.encode($0) }
    for (run, groups) in draft.runs {
      for group in groups { try packing.add(group, of: run) }
    }
    try packing.finish()
    return (plan, packing.shards)
  }

  private func digests(_ files: Set<String>) throws -> [String: String] {
    try Dictionary(
      uniqueKeysWithValues: files.map {
        ($0, SHA256.digest(try FileReader.bytes($0, limit: 1 << 32)))
      })
  }
}
