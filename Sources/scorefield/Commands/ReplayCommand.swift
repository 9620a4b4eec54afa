import ArgumentParser
import CommandLineTool

/// `scorefield replay RUN`: trains a run again and compares the weights.
struct ReplayCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Train a run that is kept again from its start, and compare the weights bit for bit.",
    discussion: """
      The log of the run, its configuration and edits at their steps, gives the same bits on any \
      number of threads. Status 1 where it does not; version and processor are named where they are \
      others than those that began the run, because then the same bits cannot be promised.
      """)

  @Argument(help: ArgumentHelp("A name or the first digits of an id.", valueName: "run"))
  var reference: String

  @OptionGroup var threading: ThreadOptions
  @OptionGroup var store: RunsCommand.Store

  var threads: Int { threading.threads }

  func run() throws {
    try ReplayTask(choice: RunChoice(reference), store: store.choice, threads: threads).run()
  }
}
