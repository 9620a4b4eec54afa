import BuildInformation
import CTerminalGuard
import Glibc
import NumberFormatting
import OutsideText
import ScoreLab
import ScoreSweeps

/// Which engine works on this machine.
package enum LocalSweepEngine: String, CaseIterable, Sendable {
  case local, parallel
}

extension SweepTask {
  /// Works on what is missing, here, and merges it.
  ///
  /// - Parameters:
  ///   - kind: Who starts the processes.
  ///   - jobs: How many at a time.
  ///   - machines: A list of machines for GNU parallel.
  /// - Throws: What does not fit, what is missing at the end, or `Failure.Interrupted`.
  package func run(_ kind: LocalSweepEngine, jobs: Int, machines: String?) throws {
    sf_watch_interrupts()
    let folder = try folder()
    try folder.check(program: BuildInformation.text)
    let lock = try folder.lockRun()
    defer { withExtendedLifetime(lock) {} }
    let program = try Self.programPath()
    let engine: any SweepEngine =
      switch kind {
      case .local: LocalEngine(program: program, places: jobs)
      case .parallel: ParallelEngine(program: program, jobs: jobs, machines: machines)
      }
    let engines: [any SweepEngine] = [engine, SlurmEngine(program: program)]
    var tried: Set<Int> = []
    var said: Set<String> = []
    while true {
      let found = try folder.idleShards(engines, isPatient: true) {
        if said.insert($0).inserted { printWarnings([$0]) }
      }
      let idle = found.idle.filter { !tried.contains($0) }
      if idle.isEmpty && found.active == 0 {
        // What a process said that was tried again with success is of no interest.
        let isWhole = found.idle.isEmpty && found.givenUp.isEmpty
        if !isWhole, let words = (engine as? LocalEngine)?.lastWords { printWarnings([words]) }
        break
      }
      if idle.isEmpty {
        try wait(for: found.active)
      } else {
        try follow(engine, idle, folder)
        tried.formUnion(idle)
      }
    }
    try merge(partial: false)
  }

  /// Waits a moment for shards that others work on, such as processes that a killed run left.
  private func wait(for count: Int) throws {
    var line = ProgressLine(on: .errors)
    for _ in 0..<40 {
      line.show { "waiting for \(NumberText.counted(count, "shard")) under way elsewhere" }
      usleep(50_000)
      guard sf_interrupted() == 0 else { throw Failure.Interrupted() }
    }
    line.clear()
  }

  /// Hands shards over and waits for them, with a line of progress.
  private func follow(_ engine: any SweepEngine, _ shards: [Int], _ folder: SweepFolder) throws {
    var line = ProgressLine(on: .errors)
    let scan = try SweepScan(folder)
    let jobs = try engine.submit(shards, of: folder.absolute(from: Self.workingFolder))
    defer { for job in jobs { try? folder.forget(job) } }
    var looked = ContinuousClock.now - .seconds(10)
    while true {
      let left = try jobs.reduce(0) { try $0 + engine.active($1, of: folder).count }
      if left == 0 { break }
      if sf_interrupted() != 0 {
        for job in jobs { try engine.cancel(job) }
        while try jobs.contains(where: { try !engine.active($0, of: folder).isEmpty }) {
          usleep(20_000)
        }
        line.finish(
          "interrupted; what is finished is kept, and the same command goes on from there")
        throw Failure.Interrupted()
      }
      if line.isShown, ContinuousClock.now - looked > .seconds(1) {
        if let status = try? scan.status() { line.show { SweepWords.line(status) } }
        looked = .now
      }
      usleep(10_000)
    }
    line.clear()
  }

  /// Hands what is missing to Slurm, and a merge behind it.
  package func submit(options: [String], isHeld: Bool) throws {
    let folder = try folder()
    try folder.check(program: BuildInformation.text)
    let program = try Self.programPath()
    let engine = SlurmEngine(program: program, options: options + (isHeld ? ["--hold"] : []))
    // Two that submit at once would hand over everything twice.
    let lock = try folder.lockSubmission()
    defer { withExtendedLifetime(lock) {} }
    let (idle, active, givenUp) = try folder.idleShards([engine]) { printWarnings([$0]) }
    if !givenUp.isEmpty {
      printWarnings([
        "\(NumberText.counted(givenUp.count, "shard")) failed too often and are left out; scorefield "
          + "sweep retry lets them be tried again"
      ])
    }
    guard !idle.isEmpty else {
      try StandardOutput.print(
        active > 0
          ? "nothing to submit: \(NumberText.counted(active, "shard")) waiting or running"
          : "nothing to submit: no shard is missing")
      return
    }
    let place = folder.absolute(from: Self.workingFolder)
    let jobs = try engine.submit(idle, of: place)
    for job in jobs {
      try StandardOutput.print(
        "job \(job.id): \(NumberText.counted(job.shardNumbers.count, "shard"))")
    }
    let merge = try engine.submitMerge(after: jobs, of: place)
    try StandardOutput.print("merge \(merge)")
  }

  /// Ends what was handed over and has not finished.
  package func cancel() throws {
    let folder = try existing()
    let engines: [any SweepEngine] = [
      SlurmEngine(program: ""), LocalEngine(program: "", places: 1),
      ParallelEngine(program: "", jobs: 1, machines: nil),
    ]
    var count = 0
    for job in folder.jobs {
      for engine in engines where type(of: engine).name == job.engine {
        if try engine.cancel(job) { count += 1 }
      }
      try folder.forget(job)
    }
    try StandardOutput.print(
      count == 0
        ? "nothing to cancel"
        : "\(NumberText.counted(count, "job")) cancelled; finished shards stay")
  }

  // MARK: - Status

  package func status(isJSON: Bool, isWatched: Bool) throws {
    let folder = try existing()
    let scan = try SweepScan(folder)
    guard isWatched else { return try show(try scan.status(), of: folder, isJSON: isJSON) }
    sf_watch_interrupts()
    while sf_interrupted() == 0 {
      let status = try scan.status()
      // The screen is cleared where there is one; else the tables follow one another.
      if isatty(STDOUT_FILENO) != 0 {
        try StandardOutput.print("\u{1B}[H\u{1B}[2J", terminator: "")
      }
      try show(status, of: folder, isJSON: isJSON)
      try StandardOutput.flush()
      if status.isComplete { return }
      for _ in 0..<20 where sf_interrupted() == 0 { usleep(100_000) }
    }
  }

  private func show(_ status: SweepStatus, of folder: SweepFolder, isJSON: Bool) throws {
    try StandardOutput.print(
      isJSON
        ? SweepPrinter.json(status, of: folder) + "\n" : SweepPrinter.table(status, of: folder),
      terminator: "")
  }
}
