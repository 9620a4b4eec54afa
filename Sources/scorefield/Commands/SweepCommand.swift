import ArgumentParser
import CommandLineTool
import Glibc
import ScoreCore
import ScoreLab
import ScoreSweeps

/// `scorefield sweep`: many runs or experiments over values of keys, here or on a cluster.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Train or measure over a grid of values and seeds, on this machine or with Slurm.",
    discussion: """
      A sweep is a YAML file: what is run, the keys that vary, and the seeds. Its folder has everything \
      that is known of it; whatever is killed, the same command does what is missing and no more.

        scorefield sweep plan widths.yaml
        scorefield sweep run widths.yaml
        scorefield sweep submit widths.yaml --partition short --time 30
        scorefield sweep status widths.sweep
        scorefield sweep export widths.sweep report

      PLACE is a specification (its folder is NAME.sweep unless --out says otherwise) or a folder. \
      docs/sweeps.md has the whole story, from a laptop to a cluster.
      """,
    subcommands: [
      Plan.self, Run.self, Submit.self, Status.self, Retry.self, Cancel.self, Merge.self,
      Export.self, Clean.self, Work.self,
    ],
    defaultSubcommand: Run.self)

  /// Which sweep.
  struct Place: ParsableArguments {
    @Argument(
      help: ArgumentHelp("A specification, SPEC.yaml, or a sweep's folder.", valueName: "place"))
    var place: String

    var task: SweepTask { SweepTask(place: place) }
  }

  /// Which sweep, where its folder may have to be made.
  struct NewPlace: ParsableArguments {
    @OptionGroup var place: Place

    @Option(name: .customLong("out"), help: "The folder. (default: NAME.sweep)")
    var output: String?

    @Option(help: "Units in a shard; a pilot chooses it without.")
    var shard: Int?

    func validate() throws {
      if let shard, !(1...1_000_000).contains(shard) {
        throw ValidationError("--shard must be from 1 to 1000000.")
      }
    }

    var task: SweepTask { SweepTask(place: place.place, output: output, shard: shard) }
  }

  struct Plan: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "plan", abstract: "Make the folder: shards, and an estimate of time and disk.")

    @OptionGroup var place: NewPlace
    @Flag(name: .customLong("no-pilot"), help: "Try no run; needs a shard size.")
    var hasNoPilot = false

    func run() throws { try place.task.plan(pilots: !hasNoPilot) }
  }

  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run", abstract: "Work on what is missing on this machine, then merge.")

    @OptionGroup var place: NewPlace

    @Option(help: "Processes at a time, 1 to 1024; each takes one core.")
    var jobs = Parallel.defaultThreads

    @Option(help: "Who starts them: local, or parallel for GNU parallel.")
    var engine = LocalSweepEngine.local

    @Option(help: "A list of machines for GNU parallel, one a line, which see the same folder.")
    var sshlogin: String?

    func validate() throws {
      guard (1...1024).contains(jobs) else {
        throw ValidationError("--jobs must be from 1 to 1024.")
      }
      guard sshlogin == nil || engine == .parallel else {
        throw ValidationError("--sshlogin needs --engine parallel.")
      }
    }

    func run() throws { try place.task.run(engine, jobs: jobs, machines: sshlogin) }
  }

  struct Submit: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "submit",
      abstract: "Hand what is missing to Slurm as job arrays, with a merge behind them.",
      discussion: """
        Safe at any time and for anybody: shards that are finished, waiting or running are left alone. \
        The folder and the program must be where every node sees them.
        """)

    @OptionGroup var place: NewPlace
    @Option(help: "A partition of the cluster.") var partition: String?
    @Option(help: "The time limit of a shard, as sbatch takes it, such as 30 or 2:00:00.")
    var time: String?

    @Option(
      name: .long, parsing: .singleValue,
      help: "A further option of sbatch, such as --sbatch=--account=theory; may be repeated.")
    var sbatch: [String] = []

    @Flag(name: .customLong("hold"), help: "Submit held, to look at it first.")
    var isHeld = false

    func run() throws {
      let options =
        (partition.map { ["--partition=\($0)"] } ?? []) + (time.map { ["--time=\($0)"] } ?? [])
        + sbatch
      try place.task.submit(options: options, isHeld: isHeld)
    }
  }

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Show how far a sweep is, from its files.")

    @OptionGroup var place: Place
    @Flag(help: "Look again every two seconds until it is finished.") var watch = false
    @Flag(help: "A JSON object.") var json = false
    @Flag(help: "Open the workbench on the page of the sweep.") var screen = false

    func validate() throws {
      guard !screen || !(json || watch) else {
        throw ValidationError("--screen goes with neither --json nor --watch.")
      }
    }

    func run() throws {
      guard screen else { return try place.task.status(isJSON: json, isWatched: watch) }
      try OpenCommand.parse(["--sweep", place.task.existing().path]).run()
    }
  }

  struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry", abstract: "Let shards that failed be tried again.")

    @OptionGroup var place: Place

    func run() throws { try place.task.retry() }
  }

  struct Cancel: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cancel", abstract: "End what was handed over; finished shards stay.")

    @OptionGroup var place: Place

    func run() throws { try place.task.cancel() }
  }

  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge",
      abstract: "Bring the shards together; refuses while some are missing.")

    @OptionGroup var place: Place
    @Flag(help: "Merge what is there; the report says what is missing.") var partial = false

    func run() throws { try place.task.merge(partial: partial) }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write merged results as a table, or as a report with figures.",
      discussion: """
        TARGET that ends in .csv or .npy is a table, a row for each run. Any other is a folder: a report \
        with means and slopes along a key, a figure, and a heat map over two keys.
        """)

    @OptionGroup var place: Place
    @Argument(help: "FILE.csv, FILE.npy or a folder.") var target: String
    @Option(help: "The number that is summarised. (default: l2_worst, or the first check)")
    var metric: String?
    @Option(help: "The key along which. (default: the first that varies)") var over: String?
    @Option(help: "The second key of the heat map. (default: the next that varies)") var by: String?

    func run() throws { try place.task.export(to: target, metric: metric, over: over, by: by) }
  }

  struct Clean: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "clean", abstract: "Take away what killed and damaged attempts left.")

    @OptionGroup var place: Place

    func run() throws { try place.task.clean() }
  }

  /// What the engines start.
  struct Work: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "work", abstract: "Do one shard in this process, as run and submit do.",
      discussion: """
        Exit status 0 when it is done, 75 when it was told to stop (what is finished is kept), 65 when \
        the folder, the program or the data do not fit, 1 when a unit failed.
        """)

    @OptionGroup var place: Place
    @Argument(help: "The number of the shard, from 0.") var shard: Int?
    @Option(help: "A file of shard numbers, one a line.") var list: String?
    @Option(help: "Which line of the list, from 0.") var entry: Int?

    func validate() throws {
      guard (shard != nil) != (list != nil), (list != nil) == (entry != nil) else {
        throw ValidationError("give a shard, or --list FILE with --entry K.")
      }
    }

    func run() throws {
      try place.task.work {
        if let list, let entry {
          try SweepTask.shard(inList: list, entry: entry)
        } else {
          shard ?? 0
        }
      }
    }
  }
}

extension LocalSweepEngine: ExpressibleByArgument {}
