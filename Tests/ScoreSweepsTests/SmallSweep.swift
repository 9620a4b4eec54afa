import ScoreCore
import ScoreLab
import TestSupport

@testable import ScoreSweeps

/// Sweeps that take a moment.
enum SmallSweep {
  static let program = "scorefield test"

  /// Six runs of a few steps.
  static let trained = """
    sweep: small
    train: {steps: 4}
    configuration: {network: {hidden: [4]}, optimizer: {batch: 8}, probe: {points: 200, levels: 2}}
    vary: {training_set.count: [20, 40, 80]}
    seeds: 2
    """

  /// Two experiments of units that need one another in groups.
  static let experiment = """
    sweep: units
    experiment: certificate
    configuration: {paths: 1000, run: {sampler: {count: 500, steps: 8}}}
    vary: {training_steps: [10, 20]}
    """

  /// The planned folder of a sweep.
  static func folder(
    _ text: String = trained, in place: TemporaryFolder, named name: String = "a", shard: Int = 2
  ) throws -> SweepFolder {
    let spec = try SweepSpec.parse(text: text, file: "s.yaml")
    return try SweepPlanner(
      spec, program: program, workingFolder: place.path, dataSource: DataFile()
    ).makeFolder("\(place.path)/\(name)", shard: shard, pilots: false)
  }

  /// Does a shard, and says what was set aside.
  @discardableResult
  static func work(
    _ folder: SweepFolder, _ shard: Int, program: String = program,
    isEnding: @escaping () -> Bool = { false }
  ) throws -> [String] {
    var warnings: [String] = []
    try ShardWorker(
      folder, shard: shard, program: program, dataSource: DataFile(), isEnding: isEnding,
      warn: { warnings.append($0) }
    ).work()
    return warnings
  }

  static func workAll(_ folder: SweepFolder, _ shards: some Sequence<Int>) throws {
    for shard in shards { try work(folder, shard) }
  }

  static func merge(_ folder: SweepFolder, partial: Bool = false) throws -> SweepMerge.Result {
    try SweepMerge(folder) { _ in }.write(partial: partial)
  }

  static func bytes(_ folder: SweepFolder, _ shard: Int) throws -> [UInt8] {
    try FileReader.bytes(folder.shardPath(shard), limit: 1 << 24)
  }
}
