import ArgumentParser
import CommandLineTool
import CursesTerminal
import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

/// `scorefield [CONFIG]`: the workbench.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open the workbench (the default).")

  @OptionGroup var run_: ConfigurationOptions

  @Option(
    name: .customLong("run"),
    help: "Go on with a run that is kept, by its name or the first digits of its id.")
  var keptRun: String?

  @Option(help: "A theme by name; see scorefield list themes.")
  var theme: String?

  @Option(help: "A folder of Base16 themes to add.")
  var themes: String?

  @Option(help: "Plot marks: braille, half_block or ascii.", transform: choice)
  var marks: Marks?

  @Option(help: "Colours: truecolor, 256, 16 or mono.", transform: choice)
  var colors: ColorTier?

  @Option(help: "Frames a second, 1 to 120.")
  var fps = 30

  @Option(parsing: .unconditional, help: "Pause after this many training steps; Space goes on.")
  var steps: Int?

  @Option(help: "Open the page of an experiment by its name.")
  var experiment: String?

  @Flag(help: "Open the page of the theorems' orders, with training paused.")
  var plan = false

  @Flag(
    name: .customLong("runs"),
    help: "Open the page of the runs that are kept, with training paused.")
  var showsRuns = false

  @Option(help: "Open the page of the sweep in a folder, with training paused.")
  var sweep: String?

  @Option(
    help: "Open the page of a table's columns, with training paused; changes are kept in --schema.")
  var table: String?

  @Option(
    help: "The schema of --table, which is written with every change; FILE.schema.yaml without it.")
  var schema: String?

  @OptionGroup var judged: OwnScoreOptions

  @Option(help: "Open a lesson by its name or number or from a file; list opens the list of them.")
  var lesson: String?

  @Flag(help: "Play the workbench by itself, for an audience; any key leaves it.")
  var demo = false

  @OptionGroup var threading: ThreadOptions
  @OptionGroup var storing: StoreOptions

  /// What stands for the list of lessons in place of one.
  static let lessonList = "list"

  @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal.")
  var isMouseless = false

  @Flag(help: "Start with training paused.")
  var paused = false

  @Flag(
    help: "Open no screen: train and print a sentence a second without escapes, until Ctrl-C.")
  var plain = false

  func validate() throws {
    guard !demo || isDemoAlone else {
      throw ValidationError("--demo has pages and runs of its own.")
    }
    let opensPage =
      experiment != nil || lesson != nil || plan || showsRuns || table != nil || sweep != nil
    guard !plain || (!opensPage && !paused && keptRun == nil) else {
      throw ValidationError("--plain goes with no page, no pause and no --run.")
    }
    guard judged.origin == nil || (!plain && keptRun == nil && steps == nil && !paused) else {
      throw ValidationError(
        "--score and --score-command train nothing; they go with no --plain, --run, --steps or --paused."
      )
    }
    guard keptRun == nil || run_.words.isEmpty else {
      throw ValidationError("--run has a configuration of its own.")
    }
    guard (1...120).contains(fps) else { throw ValidationError("--fps must be from 1 to 120.") }
    if let experiment, ExperimentCatalog.entry(named: experiment) == nil {
      throw ValidationError(
        UnknownName.message(experiment, for: "experiment", among: ExperimentCatalog.names))
    }
    let pages = [experiment != nil, plan, showsRuns, table != nil, sweep != nil]
    guard pages.count(where: { $0 }) < 2 else {
      throw ValidationError(
        "--plan, --experiment, --runs, --sweep and --table exclude one another.")
    }
    guard schema == nil || table != nil else { throw ValidationError("--schema needs --table.") }
    let isElsewhere =
      pages.contains(true) || keptRun != nil || judged.origin != nil
    guard lesson == nil || !isElsewhere && run_.words.isEmpty else {
      throw ValidationError("--lesson has pages and runs of its own.")
    }
    if let steps, steps < 1 { throw ValidationError("--steps must be at least 1.") }
  }

  /// Whether training waits for a key: whoever looks at runs or orders asked for no new run.
  var startsPaused: Bool {
    paused || plan || showsRuns || table != nil || sweep != nil
  }

  private var isDemoAlone: Bool {
    let opens =
      [experiment, lesson, keptRun, table, sweep].contains { $0 != nil } || plan || showsRuns
    return !opens && !plain && !paused && steps == nil && judged.origin == nil
      && run_.words.isEmpty
  }

  func run() throws {
    if plain { return try Workers.upTo(threading.threads).use { try printPlain() } }
    // First of all: the supervisor forks, and no thread may exist before it.
    try Supervisor.enter()
    try MainActor.assumeIsolated { try openWorkbench() }
  }

  private func printPlain() throws {
    // A name that no theme has is refused with and without a screen.
    _ = try theme.map {
      try ThemeFolders.index(of: $0, in: ThemeFolders.load(extra: themes).themes)
    }
    let run = try run_.loadRun()
    var task = TrainTask(
      configuration: run.start, steps: steps, every: nil, threads: threading.threads,
      export: nil, exportedSteps: [], form: .plain, kl: false, store: storing.choice)
    task.log = try run.log()
    try task.run()
  }
}

/// Reads one of a closed set of names.
private func choice<Choice: RawRepresentable<String> & CaseIterable>(
  _ text: String
) throws -> Choice {
  guard let choice = Choice(rawValue: text) else {
    let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("\"\(text)\" is not one of \(names)")
  }
  return choice
}
