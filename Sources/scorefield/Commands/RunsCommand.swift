import ArgumentParser
import CommandLineTool
import RunDatabase

/// `scorefield runs`: the runs that are kept.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List, show, compare, name and delete the runs that are kept.",
    discussion: """
      Every run of the workbench and of train is kept, unless --no-store was given. RUN is a name or \
      the first digits of an id.

        scorefield runs list --filter moons --sort error
        scorefield runs show two_moons-3
        scorefield runs diff two_moons-3 two_moons-4
      """,
    subcommands: [
      List.self, Show.self, Diff.self, Rename.self, Tag.self, Note.self, Delete.self, Clean.self,
    ],
    defaultSubcommand: List.self)

  /// What every one of them takes.
  struct Store: ParsableArguments {
    @Option(help: "Where the runs are; else SCOREFIELD_STORE, else scorefield in the data folder.")
    var store: String?

    var choice: StoreChoice { StoreChoice(option: store, isOff: false) }

    func task() throws -> RunsTask { try RunsTask(choice) }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List runs, those that were trained last first (the default).")

    @Option(help: "Only runs with these words in name, id, distribution, tags or note.")
    var filter = ""

    @Option(help: "Sort by \(RunSummary.Order.allCases.map(\.rawValue).joined(separator: ", ")).")
    var sort = RunSummary.Order.updated

    @Option(parsing: .unconditional, help: "List at most so many.")
    var limit: Int?

    @Flag(help: "A JSON object a line.")
    var json = false

    @OptionGroup var store: Store

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
    }

    func run() throws {
      try store.task().list(filter: filter, order: sort, limit: limit, isJSON: json)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a run: facts, configuration and edits; with --json its series too.")

    @Argument(help: ArgumentHelp("A name or the first digits of an id.", valueName: "run"))
    var reference: String
    @Flag(help: "JSON lines: the run, then a point of a series each.") var json = false
    @OptionGroup var store: Store

    func run() throws { try store.task().show(reference, isJSON: json) }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show where the settings of two runs differ at their ends.")

    @Argument(help: "A run.") var first: String
    @Argument(help: "Another run.") var second: String
    @Flag(help: "A JSON object for each key.") var json = false
    @OptionGroup var store: Store

    func run() throws { try store.task().diff(first, second, isJSON: json) }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give a run another name.")

    @Argument(help: ArgumentHelp("A run.", valueName: "run")) var reference: String
    @Argument(help: "Its new name.") var name: String
    @OptionGroup var store: Store

    func run() throws { try store.task().rename(reference, to: name) }
  }

  struct Tag: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add tags to a run.")

    @Argument(help: ArgumentHelp("A run.", valueName: "run")) var reference: String
    @Argument(help: "Words.") var tags: [String]
    @Flag(help: "Take them away instead.") var remove = false
    @OptionGroup var store: Store

    func run() throws { try store.task().tag(reference, tags, isRemoval: remove) }
  }

  struct Note: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a note on a run, in place of the one it has.")

    @Argument(help: ArgumentHelp("A run.", valueName: "run")) var reference: String
    @Argument(help: "The note; an empty one takes it away.") var note: String
    @OptionGroup var store: Store

    func run() throws { try store.task().note(reference, note) }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Delete runs for good.")

    @Argument(help: "Runs.") var runs: [String]
    @Flag(help: "Do not ask.") var yes = false
    @OptionGroup var store: Store

    func run() throws { try store.task().delete(runs, isConfirmed: yes) }
  }

  struct Clean: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take away checkpoints over the disk budget, and what kills have left.")

    @Option(help: "What checkpoints may take together, in MiB.")
    var budget = CheckpointBudget.standard.total >> 20

    @OptionGroup var store: Store

    func validate() throws {
      guard (0...1 << 30).contains(budget) else {
        throw ValidationError("--budget must be from 0 to \(1 << 30).")
      }
    }

    func run() throws { try store.task().clean(CheckpointBudget(total: budget << 20)) }
  }
}

extension RunSummary.Order: ExpressibleByArgument {}
