import ArgumentParser
import CommandLineTool
import Glibc
import RunDatabase

/// `scorefield runs`: the runs that are kept.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List, show, compare, name, delete and hand on the runs that are kept.",
    discussion: """
      Every run of the workbench and of train is kept, unless --no-store was given. RUN is a name or \
      the first digits of an id. On a terminal, without a word behind it, the workbench opens on its page \
      of the runs.

        scorefield runs list --filter moons --sort error
        scorefield runs show two_moons-3
        scorefield runs diff two_moons-3 two_moons-4
      """,
    subcommands: [
      Browse.self, List.self, Show.self, Diff.self, Rename.self, Tag.self, Note.self, Delete.self,
      Export.self, Import.self, Clean.self,
    ],
    defaultSubcommand: Browse.self)

  /// What is done without a subcommand: the page of the runs on a terminal, else the list.
  struct Browse: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "browse",
      abstract: "Open the page of the runs, or list them where there is no terminal.",
      shouldDisplay: false)

    @OptionGroup var options: ListOptions
    @OptionGroup var store: Store

    func run() throws {
      let isTerminal = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0
      guard isTerminal, options.areStandard else { return try options.list(in: store) }
      // Nothing that is not kept anywhere can be looked at.
      try store.check()
      let place = store.store.map { ["--store", $0] } ?? []
      try OpenCommand.parse(["--runs", "--paused"] + place).run()
    }
  }

  /// What of the runs is listed, and how.
  struct ListOptions: ParsableArguments {
    @Option(help: "Only runs with these words in name, id, distribution, tags or note.")
    var filter = ""

    @Option(help: "Sort by \(RunSummary.Order.allCases.map(\.rawValue).joined(separator: ", ")).")
    var sort = RunSummary.Order.updated

    @Option(parsing: .unconditional, help: "List at most so many.")
    var limit: Int?

    @Flag(help: "A JSON object a line.")
    var json = false

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
    }

    /// Whether nothing was said of them.
    var areStandard: Bool { filter.isEmpty && sort == .updated && limit == nil && !json }

    func list(in store: Store) throws {
      try store.task().list(filter: filter, order: sort, limit: limit, isJSON: json)
    }
  }

  /// What every one of them takes.
  struct Store: ParsableArguments {
    @Option(help: "Where the runs are; else SCOREFIELD_STORE, else scorefield in the data folder.")
    var store: String?

    var choice: StoreChoice { StoreChoice(option: store, isOff: false) }

    func task() throws -> RunsTask { try RunsTask(choice) }

    /// Finds out whether there can be runs to look at, and opens nothing.
    func check() throws { try choice.checkReadable() }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List runs, those that were trained last first.")

    @OptionGroup var options: ListOptions
    @OptionGroup var store: Store

    func run() throws { try options.list(in: store) }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show a run: facts, configuration and edits; with --json its series too.")

    @Argument(help: ArgumentHelp("A name or the first digits of an id.", valueName: "run"))
    var reference: String
    @Flag(help: "JSON lines: the run, then a point of a series each.") var json = false
    @OptionGroup var store: Store

    func run() throws { try store.task().show(reference, isJSON: json) }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff", abstract: "Show where the settings of two runs differ at their ends.")

    @Argument(help: "A run.") var first: String
    @Argument(help: "Another run.") var second: String
    @Flag(help: "A JSON object for each key.") var json = false
    @OptionGroup var store: Store

    func run() throws { try store.task().diff(first, second, isJSON: json) }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename", abstract: "Give a run another name.")

    @Argument(help: ArgumentHelp("A run.", valueName: "run")) var reference: String
    @Argument(help: "Its new name.") var name: String
    @OptionGroup var store: Store

    func run() throws { try store.task().rename(reference, to: name) }
  }

  struct Tag: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tag", abstract: "Add tags to a run.")

    @Argument(help: ArgumentHelp("A run.", valueName: "run")) var reference: String
    @Argument(help: "Words.") var tags: [String]
    @Flag(help: "Take them away instead.") var remove = false
    @OptionGroup var store: Store

    func run() throws { try store.task().tag(reference, tags, isRemoval: remove) }
  }

  struct Note: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "note", abstract: "Write a note on a run, in place of the one it has.")

    @Argument(help: ArgumentHelp("A run.", valueName: "run")) var reference: String
    @Argument(help: "The note; an empty one takes it away.") var note: String
    @OptionGroup var store: Store

    func run() throws { try store.task().note(reference, note) }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Delete runs for good.")

    @Argument(help: "Runs.") var runs: [String]
    @Flag(help: "Do not ask.") var yes = false
    @Flag(help: "A JSON object for each run.") var json = false
    @OptionGroup var store: Store

    func run() throws { try store.task().delete(runs, isConfirmed: yes, isJSON: json) }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write a run into one file that `scorefield runs import` takes.",
      discussion: """
        The file has the configuration, the edits at their steps, every series, the samples that were \
        kept and the digest of the weights, in the safetensors format; docs/runs.md says where. Trained \
        again from it, the run has the same bits. Weights are written by scorefield export.
        """)

    @Argument(help: ArgumentHelp("A run.", valueName: "run")) var reference: String
    @Argument(help: "The file; the run's name with .run.safetensors without it.") var file: String?
    @Flag(help: "A JSON object.") var json = false
    @OptionGroup var store: Store

    func run() throws { try store.task().export(reference, to: file, isJSON: json) }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Take runs from files that `scorefield runs export` wrote.")

    @Argument(help: "The files.") var files: [String]
    @Flag(help: "A JSON object for each run.") var json = false
    @OptionGroup var store: Store

    func run() throws { try RunImport(store: store.choice).run(files, isJSON: json) }
  }

  struct Clean: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "clean",
      abstract: "Take away checkpoints over the disk budget, and what deletions and kills left.")

    @Option(help: "What checkpoints may take together, in MiB.")
    var budget = CheckpointBudget.standard.total >> 20

    @Flag(help: "A JSON object.") var json = false
    @OptionGroup var store: Store

    func validate() throws {
      guard (0...1 << 30).contains(budget) else {
        throw ValidationError("--budget must be from 0 to \(1 << 30).")
      }
    }

    func run() throws {
      try store.task().clean(CheckpointBudget(total: budget << 20), isJSON: json)
    }
  }
}

extension RunSummary.Order: ExpressibleByArgument {}
