import BuildInformation
import CTerminalGuard
import Glibc
import NumberFormatting
import OutsideText
import ScoreLab
package import ScoreSweeps

/// The commands of a sweep, on its folder.
package struct SweepTask {
  /// A specification, or the folder that was made of one.
  package var place: String
  /// The folder, where a specification is given.
  package var output: String?
  /// Units in a shard.
  package var shard: Int?

  package init(place: String, output: String? = nil, shard: Int? = nil) {
    self.place = place
    self.output = output
    self.shard = shard
  }

  private static func isSpecification(_ place: String) -> Bool {
    place.hasSuffix(".yaml") || place.hasSuffix(".yml")
  }

  /// The folder that is there, for a command that changes nothing of the plan.
  package func existing() throws -> SweepFolder {
    guard Self.isSpecification(place) else { return try SweepFolder(trimmed(place)) }
    let spec = try SweepSpec.load(file: place)
    let folder = try SweepFolder(trimmed(output ?? usualPath(spec)))
    try folder.check(specification: spec)
    return folder
  }

  /// The folder, made where it is missing.
  package func folder(pilots: Bool = true) throws -> SweepFolder {
    guard Self.isSpecification(place) else {
      guard shard == nil, output == nil else {
        throw Failure.Usage("--shard and --out go with a specification, SPEC.yaml.")
      }
      return try SweepFolder(trimmed(place))
    }
    let spec = try SweepSpec.load(file: place)
    var line = ProgressLine(on: .errors)
    var planner = SweepPlanner(
      spec, program: BuildInformation.text, workingFolder: Self.workingFolder,
      dataSource: DataFile())
    planner.progress = { words in line.show { words } }
    defer { line.clear() }
    return try planner.makeFolder(
      trimmed(output ?? usualPath(spec)), shard: shard, pilots: pilots)
  }

  private func usualPath(_ spec: SweepSpec) -> String { "\(spec.name).sweep" }

  private func trimmed(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  static var workingFolder: String {
    guard let name = getcwd(nil, 0) else { return "." }
    defer { free(name) }
    return String(cString: name)
  }

  /// Where this program is, for those that start it.
  package static func programPath() throws -> String {
    guard let path = FileName.link("/proc/self/exe") else {
      throw Failure.Failed(message: "the program cannot find its own file under /proc")
    }
    return path
  }

  // MARK: - Commands

  /// Makes the folder and says what it will take.
  package func plan(pilots: Bool) throws {
    if !pilots, shard == nil, Self.isSpecification(place),
      try SweepSpec.load(file: place).shard == nil
    {
      throw Failure.Usage("--no-pilot needs --shard, or shard in the specification.")
    }
    let folder = try folder(pilots: pilots)
    try StandardOutput.print(SweepPrinter.plan(folder), terminator: "")
  }

  /// Does one shard in this process.
  ///
  /// - Parameter shard: Finds out which.
  /// - Throws: `Failure.Stopped` with the status that an engine understands.
  package func work(on shard: () throws -> Int) throws {
    do {
      try work(on: shard())
    } catch let error as SweepError {
      throw Failure.Stopped(message: "\(error)", status: error.workStatus)
    } catch let error as ConfigurationError {
      throw Failure.Stopped(message: "\(error)", status: SweepError.doesNotFit("").workStatus)
    } catch let error as FileError {
      throw Failure.Stopped(message: "\(error)", status: SweepError.failed("").workStatus)
    }
  }

  private func work(on number: Int) throws {
    sf_watch_interrupts()
    let folder = try existing().absolute(from: Self.workingFolder)
    // Data files are named as they were seen where the sweep was planned.
    _ = chdir(FileName.systemName(folder.manifest.workingFolder))
    try ShardWorker(
      folder, shard: number, program: BuildInformation.text, dataSource: DataFile(),
      isEnding: { sf_interrupted() != 0 }, warn: { printWarnings([$0]) }
    ).work()
  }

  /// The shard of an entry of a list, from 0.
  package static func shard(inList file: String, entry: Int) throws -> Int {
    let lines = try FileReader.text(file, limit: 1 << 28).split(separator: "\n")
    guard lines.indices.contains(entry), let number = Int(lines[entry]) else {
      throw SweepError.doesNotFit(
        "\(SafeText.sanitized(file, limit: 200)): no entry \(entry); there are \(lines.count)")
    }
    return number
  }

  /// Brings everything together, and says what is missing.
  package func merge(partial isPartial: Bool) throws {
    let folder = try existing()
    let result = try SweepMerge(folder) { printWarnings([$0]) }.write(partial: isPartial)
    try StandardOutput.print(SweepPrinter.merged(result, of: folder), terminator: "")
  }

  package func retry() throws {
    let folder = try existing()
    let count = try SweepFailure.forgetAll(in: folder)
    try StandardOutput.print(
      "\(NumberText.counted(count, "shard")) that failed may be tried again; go on with scorefield "
        + "sweep run or submit \(SafeText.sanitized(folder.path, limit: 200))")
  }

  package func clean() throws {
    let count = try existing().clean()
    try StandardOutput.print("\(NumberText.counted(count, "file")) taken away")
  }
}
