import ArgumentParser
import CommandLineTool
import Glibc

/// `scorefield resume RUN`: trains a run on as if it had never stopped.
struct ResumeCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Train a run that is kept on from its end, to the bits of one that never stopped.",
    discussion: """
      The run goes on from its last checkpoint; steps after that are taken again. Prints what train \
      prints. Where version or processor are others than those that began the run, a warning says \
      that the same bits cannot be promised.
      """)

  @Argument(help: ArgumentHelp("A name or the first digits of an id.", valueName: "run"))
  var reference: String

  @Option(help: "Train so many steps more.")
  var steps = 10_000

  @Option(
    parsing: .unconditional, help: "Steps between reports; a twentieth of the run without it.")
  var every: Int?

  @OptionGroup var threading: ThreadOptions
  @OptionGroup var store: RunsCommand.Store

  @Flag(help: "JSON lines even on a terminal.")
  var json = false

  @Flag(help: "A sentence a second without escapes, for screen readers and logs.")
  var plain = false

  var threads: Int { threading.threads }

  func validate() throws {
    guard !(json && plain) else { throw ValidationError("--json and --plain exclude one another.") }
    guard steps >= 1 else { throw ValidationError("--steps must be at least 1.") }
    if let every, every < 1 { throw ValidationError("--every must be at least 1.") }
  }

  func run() throws {
    let isTable = isatty(STDOUT_FILENO) != 0 && !json
    try ResumeTask(
      choice: RunChoice(reference), store: store.choice, steps: steps, every: every,
      threads: threads, form: plain ? .plain : isTable ? .table : .json
    ).run()
  }
}
