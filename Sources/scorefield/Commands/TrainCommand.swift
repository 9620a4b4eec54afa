import ArgumentParser
import CTerminalGuard
import Glibc
import ScoreCore
import ScoreLab

/// `scorefield train CONFIG`: the same session without a screen.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train without a screen: progress on a terminal, JSON lines otherwise.",
    discussion: """
      Each JSON line holds step, loss (smoothed), held_out_loss, floor and its error, and for \
      every noise level its time, L2 and D_delta, both times sigma_t. The first line holds the \
      resolved configuration and warnings, which go to standard error too. Ctrl-C ends after the step under way with status 130.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(help: "Training steps.")
  var steps = 10_000

  @Option(help: "Steps between reports; a twentieth of the run without it.")
  var every: Int?

  @Option(help: "Threads for training.")
  var threads = Parallel.defaultThreads

  @Flag(help: "JSON lines even on a terminal.")
  var json = false

  func validate() throws {
    guard steps >= 1 else { throw ValidationError("--steps must be at least 1.") }
    guard (1...256).contains(threads) else {
      throw ValidationError("--threads must be from 1 to 256.")
    }
    if let every, every < 1 { throw ValidationError("--every must be at least 1.") }
  }

  func run() throws {
    let configuration = try options.load()
    var session = try Session(
      configuration: configuration, dataSource: DataFile(), threads: threads)
    let isTerminal = isatty(STDOUT_FILENO) != 0 && !json
    var report = TrainReport(isTerminal: isTerminal, steps: steps)
    report.start(session)
    sf_watch_interrupts()
    let every = every ?? max(1, steps / 20)
    while session.step < steps && sf_interrupted() == 0 {
      guard session.trainStep() != nil else { break }
      report.progress(session)
      if session.step % every == 0 && session.step < steps { report.measure(&session) }
    }
    report.measure(&session)
    if let divergence = session.divergence { throw Failure.Failed(message: divergence.message) }
    if sf_interrupted() != 0 {
      report.finish("interrupted at step \(session.step)")
      throw ExitCode(130)
    }
    report.finish("done: \(session.step) steps")
  }
}
