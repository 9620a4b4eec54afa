import BuildInformation
import CTerminalGuard
import Glibc
import NumberFormatting
import ScoreCore
package import ScoreLab

/// A run that is trained and measured without a screen.
package struct TrainTask {
  /// How long the final report may take after an interrupt, in milliseconds.
  private static let patience: Int32 = 2000

  package var configuration: RunConfiguration
  /// What is changed on the way; its start is the configuration.
  package var log: RunLog
  /// The training steps; nil for no end but Ctrl-C.
  package var steps: Int?
  /// Steps between measurements; a twentieth of the run without it, or ten seconds without an end.
  package var every: Int?
  package var threads: Int
  /// The file for weights and steps as arrays.
  package var export: String?
  /// The numbers of the steps that it has.
  package var exportedSteps: Set<Int>
  /// The file for the weights with what is needed to use them.
  package var weights: String?
  /// Files for the numbers of every measured step.
  package var series: [String] = []
  package var form: TrainPrinter.Form
  /// Whether the divergence of the flows is measured at the end.
  package var kl: Bool
  /// Whether the parts of the error are measured at the end.
  package var parts = false
  /// How long the minimisers are searched for them; to the end of the search without it.
  package var partsSeconds: Double?
  /// Whether the bound on the samples is measured at the end.
  package var bound = false
  /// Where the run is kept.
  package var store: StoreChoice

  package init(
    configuration: RunConfiguration, steps: Int?, every: Int?, threads: Int, export: String?,
    exportedSteps: Set<Int>, form: TrainPrinter.Form, kl: Bool, store: StoreChoice
  ) {
    self.configuration = configuration
    log = RunLog(start: configuration)
    self.steps = steps
    self.every = every
    self.threads = threads
    self.export = export
    self.exportedSteps = exportedSteps
    self.form = form
    self.kl = kl
    self.store = store
  }

  /// Trains, prints what is measured on the way, and writes what is exported.
  ///
  /// - Throws: What is wrong with the configuration, its data or the file, a divergence, or
  ///   ``Failure/Interrupted``.
  package func run() throws {
    let wanted = exportedSteps
    let session = try Session(
      configuration: configuration, dataSource: DataFile(), threads: threads,
      use: .training(exportedSteps: export == nil ? 0 : wanted.count))
    try checkFlow(of: session)
    let exported = try makeExport(of: session)
    try checkFiles()
    try train(session, exporting: exported) { session in
      store.openToRecord { printWarnings([$0]) }.map { Recording(session, in: $0) }
    }
  }

  /// Trains a session to the end, prints what is measured on the way, and writes what is exported.
  ///
  /// - Parameters:
  ///   - start: The session.
  ///   - export: What is exported of it.
  ///   - record: Begins to record it, once it is sure that it can be trained.
  /// - Throws: A divergence, or ``Failure/Interrupted``.
  func train(
    _ start: Session, exporting export: RunExport? = nil, record: (Session) throws -> Recording?
  ) throws {
    let wanted = exportedSteps
    var (session, exported) = (start, export)
    var files = try SeriesFiles(series)
    var report = TrainPrinter(form: form, steps: steps)
    try report.start(
      session,
      following: log.entries.isEmpty ? SharedRun(session.configuration) : SharedRun(log))
    var recording = try record(session)
    let known = LastStep(form: form)
    let watch = try InterruptWatch(patience: Self.patience) { known.text }
    var pause = MeasuringPause(every ?? steps.map { max(1, $0 / 20) })
    let end = steps ?? .max
    var edits = log.entries[...]
    while session.step < end && sf_interrupted() == 0 {
      session.makeDueEdits(&edits)
      if exported != nil, wanted.contains(session.step + 1), let record = session.recordedStep() {
        exported?.add(record)
      } else if session.divergence == nil {
        _ = session.trainStep()
      }
      session.makeDueEdits(&edits)
      guard session.divergence == nil else { break }
      known.set(step: session.step, loss: session.history.smoothed)
      recording?.stepTaken(session)
      try report.progress(session)
      guard pause.isOver(at: session.step), session.step < end else { continue }
      if let measured = try report.measure(&session, ending: watch) { files.append(measured) }
      recording?.measured(session)
    }
    // The watch may end the program while this is measured.
    if sf_interrupted() != 0 { recording?.save(session) }
    if let measured = try report.measure(&session, ending: watch) { files.append(measured) }
    known.setReported()
    let name = recording?.finish(session)
    if let divergence = session.divergence { throw Failure.Failed(message: divergence.message) }
    if sf_interrupted() != 0 {
      try report.finish("interrupted at step \(session.step)")
      throw Failure.Interrupted()
    }
    if let exported { try write(exported, of: session) }
    if let weights { try writeWeights(of: session, to: weights) }
    if kl { try measureFlow(of: session, report: &report) }
    if parts { try measureParts(of: &session, report: &report) }
    if bound { try measureBound(of: &session, report: &report) }
    let taken = NumberText.counted(session.step, "step")
    try report.finish("done: " + taken + (name.map { ", kept as \($0)" } ?? ""))
    if let failure = files.failure { throw Failure.Failed(message: "\(failure)") }
  }

  private func checkFlow(of session: Session) throws(Failure.Usage) {
    let most = FlowDivergenceStepper.largestDimension
    guard !kl || session.distribution.dimension <= most else {
      throw Failure.Usage(
        "--kl is for up to \(most) coordinates; this distribution has "
          + "\(session.distribution.dimension).")
    }
  }

  /// Finds out before any work whether weights and series can be written, and whether they should be.
  private func checkFiles() throws {
    for path in series {
      try refuseReplacingData(of: configuration, with: path, option: "--series")
    }
    guard let weights else { return }
    try refuseReplacingData(of: configuration, with: weights, option: "--save-weights")
    try FileWriter.check(weights)
  }

  /// Prepares the export, once it is sure that its files can and should be written.
  private func makeExport(of session: Session) throws -> RunExport? {
    guard let export else { return nil }
    try refuseReplacingData(of: session.configuration, with: export, option: "--export")
    return try RunExport(of: session, to: export)
  }

  private func write(_ export: RunExport, of session: Session) throws {
    let version = BuildInformation.version
    let origin = "# scorefield \(version) train --export, \(session.step) training steps\n"
    do throws(FileError) {
      let isWritten = try export.write(
        session, configuration: origin + SharedRun(session.log).yaml,
        isCancelled: { sf_interrupted() != 0 })
      if isWritten { return }
    } catch {
      // The folder was fine before; this is no wrong usage.
      throw Failure.Failed(message: "\(error)")
    }
    throw Failure.Interrupted()
  }

  private func writeWeights(of session: Session, to path: String) throws {
    do throws(FileError) {
      try WeightsFile(of: session).write(to: path, origin: "scorefield \(BuildInformation.version)")
    } catch {
      // The folder was fine before; this is no wrong usage.
      throw Failure.Failed(message: "\(error)")
    }
  }

  /// Measures the flows of the learned and of the exact score over the same points.
  private func measureFlow(of session: Session, report: inout TrainPrinter) throws {
    let process = session.configuration.process.make()
    var runs = ([session.score, ExactScore(session.distribution)] as [any ScoreFunction]).map {
      FlowDivergenceStepper(
        distribution: session.distribution, process: process, score: $0,
        seed: session.configuration.seed)
    }
    let start = ContinuousClock.now
    for index in runs.indices {
      while !runs[index].isFinished {
        runs[index].step()
        report.progress(runs, since: start)
        guard sf_interrupted() == 0 else {
          try report.finish("interrupted while measuring the flow")
          throw Failure.Interrupted()
        }
      }
    }
    guard let learned = runs[0].divergence, let exact = runs[1].divergence else { return }
    try report.flow(learned, exact: exact, time: process.stop, step: session.step)
  }
}

/// When it is time to measure again: after so many steps, or else after ten seconds.
private struct MeasuringPause {
  private let steps: Int?
  private var last = ContinuousClock.now

  init(_ steps: Int?) { self.steps = steps }

  mutating func isOver(at step: Int) -> Bool {
    if let steps { return step % steps == 0 }
    guard ContinuousClock.now - last >= .seconds(10) else { return false }
    last = .now
    return true
  }
}
