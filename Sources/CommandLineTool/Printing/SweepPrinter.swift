import NumberFormatting
import OutsideText
import ScoreLab
import ScoreSweeps

/// What is printed of a sweep.
enum SweepPrinter {
  /// What a plan will take.
  static func plan(_ folder: SweepFolder) -> String {
    let manifest = folder.manifest
    var text = """
      Sweep \(manifest.sweep): \(NumberText.counted(manifest.runs, "run")), \
      \(NumberText.counted(manifest.units, "unit")) of work in \
      \(NumberText.counted(manifest.shards, "shard"))
      Folder: \(SafeText.sanitized(folder.path, limit: 200))

      """
    if let pilot = manifest.pilot {
      let seconds = pilot.secondsPerUnit * Double(manifest.units)
      let bytes = pilot.bytesPerUnit * Double(manifest.units)
      text +=
        "Estimate from \(NumberText.counted(pilot.runs, "run")) tried: "
        + "\(SweepWords.duration(pilot.secondsPerUnit)) of one core a unit, \(SweepWords.duration(seconds)) in all ("
        + "\(SweepWords.duration(seconds / Double(manifest.shards))) a shard), \(size(bytes)) of results\n"
    } else {
      text += "No run was tried, so that there is no estimate\n"
    }
    let place = SafeText.sanitized(folder.path, limit: 200)
    return text + "Next: scorefield sweep run \(place), or submit \(place) where there is Slurm\n"
  }

  /// Everything that is known.
  static func table(_ status: SweepStatus, of folder: SweepFolder) -> String {
    var text = "Sweep \(folder.manifest.sweep) in \(SafeText.sanitized(folder.path, limit: 200))\n"
    text += SweepWords.line(status) + "\n"
    text +=
      "Shards: \(status.done) done, \(status.running) running, \(status.failed) failed, "
      + "\(status.missing) missing" + (status.isMerged ? "; merged" : "") + "\n"
    if status.lost > 0 {
      text += "\(NumberText.counted(status.lost, "attempt")) ended without a word\n"
    }
    text += values(status)
    for attempt in status.attempts.prefix(12) { text += "  \(SweepWords.attempt(attempt))\n" }
    for failure in status.failures.prefix(8) {
      text += "  \(SweepWords.failure(failure, in: status))\n"
    }
    return text + SweepWords.next(status, path: folder.path) + "\n"
  }

  private static func values(_ status: SweepStatus) -> String {
    let width = 24
    let names = status.values.map { "\($0.key)=\(SafeText.sanitized($0.value.text, limit: 40))" }
    let longest = min(48, names.map(\.count).max() ?? 0)
    // Many values of a random draw say nothing one by one.
    guard status.values.count <= 40 else { return "" }
    return zip(status.values, names).map { value, name in
      let share = Double(value.done) / Double(max(1, value.units))
      let bar = Int(share * Double(width))
      let pad = String(repeating: " ", count: max(0, longest - name.count))
      return "  \(name)\(pad) [" + String(repeating: "#", count: bar)
        + String(repeating: ".", count: width - bar) + "] \(value.done)/\(value.units)\n"
    }.joined()
  }

  static func json(_ status: SweepStatus, of folder: SweepFolder) -> String {
    var line = JSONLine()
    line.add("sweep", folder.manifest.sweep)
    line.add("id", folder.manifest.id)
    line.add("shards", status.shards)
    line.add("done", status.done)
    line.add("running", status.running)
    line.add("failed", status.failed)
    line.add("given_up", status.givenUp.map(Double.init))
    line.add("missing", status.missing)
    line.add("lost_attempts", status.lost)
    line.add("units", status.units.all)
    line.add("units_done", status.units.done)
    line.add("seconds_per_unit", status.secondsPerUnit ?? .nan)
    line.add("seconds_left", status.left ?? .nan)
    line.add("merged", status.isMerged)
    return line.text
  }

  /// What a merge wrote.
  static func merged(_ result: SweepMerge.Result, of folder: SweepFolder) -> String {
    let place = SafeText.sanitized(folder.path, limit: 200)
    let part =
      result.isPartial
      ? ", PARTIAL: \(NumberText.counted(result.missing.count, "shard")) missing" : ""
    return "\(NumberText.counted(result.rows, "row")) in \(place)/merged/RESULTS.jsonl\(part)\n"
      + "digest \(result.digest)\n"
  }

  private static func size(_ bytes: Double) -> String {
    switch bytes {
    case ..<1e3: "\(Int(bytes)) bytes"
    case ..<1e6: "\(NumberText.short(bytes / 1e3)) kB"
    case ..<1e9: "\(NumberText.short(bytes / 1e6)) MB"
    default: "\(NumberText.short(bytes / 1e9)) GB"
    }
  }
}
