import OutsideText
import ScoreLab

/// Keeps the state of a run that is under way, so that another attempt at its shard goes on from there.
struct RunKeeper {
  /// How often a run is kept, in seconds.
  private static let interval = 60.0

  private let folder: SweepFolder
  private let shard: Int

  init(_ folder: SweepFolder, shard: Int) {
    self.folder = folder
    self.shard = shard
  }

  private func path(_ run: Int) -> String {
    "\(folder.path)/partial/\(SweepFolder.number(shard)).run\(run).state"
  }

  /// Trains a run from where it was kept, and keeps it now and then.
  ///
  /// - Returns: Whether nothing is left to train; if it was asked to stop, it was kept.
  func train(_ unit: inout TrainedUnit, run: Int, isEnding: () -> Bool) -> Bool {
    if let bytes = kept(run) { unit.restore(bytes, path: path(run)) }
    while true {
      let start = MonotonicClock.now
      let isStopped = { isEnding() || MonotonicClock.now - start > Self.interval }
      if unit.train(isEnding: isStopped) { return true }
      keep(unit, run: run)
      if isEnding() { return false }
    }
  }

  /// Takes the state of a run away that is finished.
  func forget(_ run: Int) { try? FileWriter.remove(path(run)) }

  // That it cannot be kept costs time, never a result.
  private func keep(_ unit: TrainedUnit, run: Int) {
    guard let bytes = unit.state else { return }
    try? FileWriter.writeAtomically(
      ShardFile.sealed(bytes + [0x0A], rows: 0, shard: shard, sweep: folder.manifest.id),
      to: path(run))
  }

  private func kept(_ run: Int) -> [UInt8]? {
    guard FileReader.exists(path(run)),
      let body = try? ShardFile.body(ofFile: path(run), shard: shard, sweep: folder.manifest.id)
    else { return nil }
    return Array(body.lines.dropLast())
  }
}
