import ArgumentParser
import BuildInformation
import CTerminalGuard
import Glibc
import ScoreCore
import ScoreLab

/// `scorefield train CONFIG`: the same session without a screen.
struct TrainCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train without a screen: progress on a terminal, JSON lines otherwise.",
    discussion: """
      Each JSON line holds step, loss (smoothed), held_out_loss and the error of what it is above \
      the exact score's loss, floor and its error, and for every noise level its time, L2 and \
      D_delta, both times sigma_t. All losses are of the objective that is trained; with Huber's \
      the floor is null, because only the exact score's loss is known, and that is at or above it. \
      d_delta has its 95% interval \
      in d_delta_low and d_delta_high; below 10 / delta probe.points it is null, \
      d_delta_standing says unknown and d_delta_points_needed how many it takes; below \
      100 / delta it says few points. The first line holds the \
      resolved configuration and warnings, which go to standard error too. Ctrl-C ends with \
      status 130 after the step under way and its report, but within 2 seconds, or at the second \
      Ctrl-C: then the last line has the step and its loss, and interrupted.

      With --export FILE.npz the weights (initial, last, average) and the batch, gradient and \
      weights of \
      some steps are written as named arrays, enough for another program to repeat a step; \
      docs/configuration.md lists them.

      With --kl a last line holds kl, the Kullback-Leibler divergence in nats of the noisy \
      distribution at \
      the stop from what the score's probability flow makes of the prior, and kl_exact, that of \
      the exact score at the same points, each with its standard error.
      """)

  /// How long the final report may take after an interrupt, in milliseconds.
  private static let patience: Int32 = 2000

  @OptionGroup var options: ConfigurationOptions

  @Option(help: "Training steps.")
  var steps = 10_000

  @Option(help: "Steps between reports; a twentieth of the run without it.")
  var every: Int?

  @OptionGroup var threading: ThreadOptions

  @Option(
    help: "Write weights and some steps as NumPy arrays to FILE.npz, its configuration next to it.")
  var export: String?

  @Option(
    help: "The steps to export with their batch and gradient, separated by commas. (default: 1)")
  var exportSteps: String?

  @Flag(help: "JSON lines even on a terminal.")
  var json = false

  @Flag(help: "At the end, the divergence of the distribution from the flow of the learned score.")
  var kl = false

  func validate() throws {
    guard steps >= 1 else { throw ValidationError("--steps must be at least 1.") }
    if let every, every < 1 { throw ValidationError("--every must be at least 1.") }
    if let export, !export.lowercased().hasSuffix(".npz") {
      throw ValidationError("the name of --export must end in .npz.")
    }
    guard exportSteps == nil || export != nil else {
      throw ValidationError("--export-steps needs --export.")
    }
    _ = try stepsToExport()
  }

  /// The numbers of the steps to export.
  private func stepsToExport() throws -> Set<Int> {
    guard let exportSteps else { return [1] }
    let numbers = exportSteps.split(separator: ",", omittingEmptySubsequences: false).map {
      Int($0)
    }
    let wanted = numbers.compactMap { $0 }.filter { (1...steps).contains($0) }
    guard wanted.count == numbers.count, wanted.count <= RunExport.stepLimit else {
      throw ValidationError(
        "--export-steps must be at most \(RunExport.stepLimit) numbers from 1 to --steps, "
          + "separated by commas.")
    }
    return Set(wanted)
  }

  var threads: Int { threading.threads }

  func run() throws {
    let configuration = try options.load()
    let wanted = try stepsToExport()
    var session = try Session(
      configuration: configuration, dataSource: DataFile(), threads: threads,
      use: .training(exportedSteps: export == nil ? 0 : wanted.count))
    let most = FlowDivergenceStepper.largestDimension
    guard !kl || session.distribution.dimension <= most else {
      throw ValidationError(
        "--kl is for up to \(most) coordinates; this distribution has "
          + "\(session.distribution.dimension)."
      )
    }
    var exported = try makeExport(of: session)
    let isTerminal = isatty(STDOUT_FILENO) != 0 && !json
    var report = TrainReport(isTerminal: isTerminal, steps: steps)
    try report.start(session)
    let known = LastStep(isTerminal: isTerminal)
    let watch = try InterruptWatch(patience: Self.patience) { known.text }
    let every = every ?? max(1, steps / 20)
    while session.step < steps && sf_interrupted() == 0 {
      if exported != nil, wanted.contains(session.step + 1) {
        guard let record = session.recordedStep() else { break }
        exported?.add(record)
      } else {
        guard session.trainStep() != nil else { break }
      }
      known.set(step: session.step, loss: session.history.smoothed)
      report.progress(session)
      guard session.step % every == 0 && session.step < steps else { continue }
      try report.measure(&session, ending: watch)
    }
    try report.measure(&session, ending: watch)
    known.setReported()
    if let divergence = session.divergence { throw Failure.Failed(message: divergence.message) }
    if sf_interrupted() != 0 {
      try report.finish("interrupted at step \(session.step)")
      throw ExitCode(130)
    }
    if let exported { try write(exported, of: session) }
    if kl { try measureFlow(of: session, report: &report) }
    try report.finish("done: \(session.step) steps")
  }

  /// Prepares the export, once it is sure that its files can and should be written.
  private func makeExport(of session: Session) throws -> RunExport? {
    guard let export else { return nil }
    try refuseReplacingData(of: session.configuration, with: export, option: "--export")
    return try RunExport(of: session, to: export)
  }

  private func write(_ export: RunExport, of session: Session) throws {
    let version = BuildInformation.version
    let origin = "# scorefield \(version) train --export, \(steps) training steps\n"
    do throws(FileError) {
      let isWritten = try export.write(
        session, configuration: origin + session.configuration.yaml,
        isCancelled: { sf_interrupted() != 0 })
      if isWritten { return }
    } catch {
      // The folder was fine before; this is no wrong usage.
      throw Failure.Failed(message: "\(error)")
    }
    throw ExitCode(130)
  }

  /// Measures the flows of the learned and of the exact score over the same points.
  private func measureFlow(of session: Session, report: inout TrainReport) throws {
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
          throw ExitCode(130)
        }
      }
    }
    guard let learned = runs[0].divergence, let exact = runs[1].divergence else { return }
    try report.flow(learned, exact: exact, time: process.stop, step: session.step)
  }
}
