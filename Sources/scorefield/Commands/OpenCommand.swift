import ArgumentParser
import CommandLineTool
import CursesTerminal
import Glibc
import Lessons
import OutsideText
import ReportFiles
import RunDatabase
import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot
import Workbench

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
    let opensPage = experiment != nil || lesson != nil || plan || showsRuns
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
    guard [experiment != nil, plan, showsRuns].count(where: { $0 }) < 2 else {
      throw ValidationError("--plan, --experiment and --runs exclude one another.")
    }
    let isElsewhere =
      experiment != nil || plan || showsRuns || keptRun != nil || judged.origin != nil
    guard lesson == nil || !isElsewhere && run_.words.isEmpty else {
      throw ValidationError("--lesson has pages and runs of its own.")
    }
    if let steps, steps < 1 { throw ValidationError("--steps must be at least 1.") }
  }

  /// Whether training waits for a key: whoever looks at runs or orders asked for no new run.
  private var startsPaused: Bool { paused || plan || showsRuns }

  private var isDemoAlone: Bool {
    let opens = [experiment, lesson, keptRun].contains { $0 != nil } || plan || showsRuns
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

  @MainActor private func openWorkbench() throws {
    let kept = try keptRun.map { try KeptRun(RunChoice($0), in: storing.choice) }
    kept?.warnOfDifferences()
    let (lessons, place) = try lessonToOpen()
    let shared =
      try place.map { SharedRun(lessons.library.lessons[$0].steps[0].configuration) }
      ?? kept.map { SharedRun($0.record.log.configuration) } ?? loadRun()
    let opener = judged.origin.map { OwnScoreOpener($0) }
    let configuration = shared.start
    let library = ThemeFolders.load(extra: themes)
    let terminal = try CursesTerminal(options: terminalOptions)
    var state = try firstState(configuration, library, on: terminal.capabilities)
    let memory = StateFile.load()
    state.memory = memory
    state.lessonShelf = lessons
    state.presetShelf = PresetShelf { PresetFolders.load() }
    if let preset = run_.preset { state.look(at: try PresetFolders.preset(named: preset)) }
    if lesson == Self.lessonList { state.open(.lessons) }
    let doorbell = Doorbell()
    let experiments = try startExperiments(doorbell)
    // From here on a thread works, and only the end below may end the program.
    // A score that is judged is no run, and those of a demo are nobody's.
    let choice = opener == nil && !demo ? storing.choice : .off
    let store = choice.openToRecord { state.notice = Notice(text: $0, role: .warning) }
    let runner = startRunner(
      of: shared, judging: opener, goingOnWith: kept?.record.id, in: store, doorbell: doorbell)
    let keptRuns = store.flatMap { try? RunLibrary($0.database, doorbell: doorbell) }
    let exports = ExportWriter(doorbell) { try ScreenExport.write($0) }
    let application = WorkbenchApplication(
      state: state, runner: runner, experiments: experiments, library: keptRuns,
      experiment: experiment.map { ExperimentConfiguration($0) }, lesson: place,
      opening: demo ? .demo : beginsTour(memory) ? .tour : .nothing, save: Self.save,
      exports: exports)
    let signal = terminal.run(application)
    let written = Self.endRecording(of: application) + Self.words(of: exports)
    opener?.stop()
    // What was trained last is on its way to the store.
    if runner.waitForEnd(atMost: 5) { store?.close() }
    keptRuns?.end(atMost: 2)
    Self.keep(application.state.memory, replacing: memory)
    if let signal { Supervisor.die(by: signal) }
    if let failure = application.failure { throw failure }
    let lines =
      kept == nil && !demo ? application.state.farewell(given: run_.words, configuration) : []
    StandardOutput.printIfRead(written + lines + keptWords(application.state.head, in: store))
    // The session thread may be inside a matrix product, and what `exit` runs would free that
    // library's memory beneath it.
    fflush(nil)
    _exit(0)
  }

  /// Whether this is the very first start, and without any argument; then it is written down at once, so
  /// that nobody is asked twice.
  private func beginsTour(_ memory: WorkbenchMemory) -> Bool {
    CommandLine.arguments.count < 2 && FileName.variable("SCOREFIELD_TOUR") != "off"
      && StateFile.begin(memory)
  }

  private var terminalOptions: TerminalOptions {
    var options = TerminalOptions()
    options.framesPerSecond = fps
    options.usesMouse = !isMouseless
    options.colorTier = colors
    return options
  }

  private func startExperiments(_ doorbell: Doorbell) throws -> ExperimentRunner {
    var options = ExperimentRunner.Options()
    options.threads = threading.threads
    return try ExperimentRunner(dataSource: DataFile(), options: options, doorbell: doorbell)
  }

  /// Keeps what is known of a person from one start to the next, also where a signal ends the program.
  private static func keep(_ memory: WorkbenchMemory, replacing old: WorkbenchMemory) {
    do {
      try StateFile.save(memory, replacing: old)
    } catch {
      printError("scorefield: layout and lessons are not kept: \(error)\n")
    }
  }

  /// The run of the command line; of one that is judged every edit would be lost.
  private func loadRun() throws -> SharedRun {
    judged.origin == nil ? try run_.loadRun() : SharedRun(try run_.load())
  }

  /// The lessons, and the place of the one that is asked for; nil where none is.
  private func lessonToOpen() throws -> (shelf: LessonShelf, place: Int?) {
    guard let lesson, lesson != Self.lessonList else {
      return (LessonShelf { LessonFolders.load() }, nil)
    }
    let (library, place) = try LessonFolders.lesson(lesson)
    return (LessonShelf { library }, place)
  }

  /// Writes what is shown into the folder of the start; a name that is taken gets a number.
  @MainActor private static func save(_ exhibit: Exhibit) throws -> String {
    let names =
      switch exhibit {
      case .figure(let figure): try ExhibitFiles.write(figure, to: "")
      case .table(let table): try ExhibitFiles.write(table, to: "")
      }
    return "saved " + names.joined(separator: ", ")
  }

  /// Ends a recording of the screen and says so, also where a signal ends the program.
  @MainActor private static func endRecording(of application: WorkbenchApplication) -> [String] {
    do {
      // The file's name may hold what a terminal would obey.
      return try application.endRecording().map { ["# " + SafeText.sanitized($0, limit: 300)] }
        ?? []
    } catch {
      printError("scorefield: the recording is lost: \(error)\n")
      return []
    }
  }

  /// What became of the files of the screen that were being written at the end.
  private static func words(of exports: ExportWriter) -> [String] {
    exports.waitForEnd(atMost: 10).map { "# " + SafeText.sanitized($0.text, limit: 300) }
  }

  /// What the run is called that was trained last, if it is kept.
  private func keptWords(_ run: RunID?, in store: DatabaseRunStore?) -> [String] {
    guard let run, let store, store.outlivesProgram,
      let name = try? store.database.name(of: run)
    else { return [] }
    return ["# kept as \(name); to go on with it: scorefield open --run \(name)"]
  }

  private func startRunner(
    of shared: SharedRun, judging judged: OwnScoreOpener?, goingOnWith run: RunID?,
    in store: DatabaseRunStore?, doorbell: Doorbell
  ) -> SessionRunner {
    var options = SessionRunner.Options()
    options.stepLimit = steps
    options.startsPaused = startsPaused
    options.edits = shared.edits
    options.threads = threading.threads
    if let store { options.store = store }
    (options.run, options.judged) = (run, judged)
    return SessionRunner(
      configuration: shared.start, dataSource: DataFile(), options: options, doorbell: doorbell)
  }

  /// What the screen shows before the first message.
  private func firstState(
    _ configuration: RunConfiguration, _ library: (themes: [Theme], problems: [ThemeError]),
    on capabilities: TerminalCapabilities
  ) throws -> WorkbenchState {
    let isUnicode = capabilities.isUTF8
    var state = WorkbenchState(
      size: Size(columns: 80, rows: 24), configuration: configuration, themes: library.themes,
      marks: marks ?? capabilities.marks,
      availableMarks: isUnicode ? Marks.allCases : [.ascii])
    if !isUnicode { state.marks = .ascii }
    state.isColored = capabilities.colorTier != .mono
    if let theme { state.themeIndex = try ThemeFolders.index(of: theme, in: library.themes) }
    if let problem = library.problems.first {
      state.notice = Notice(text: "theme not loaded: \(problem)", role: .warning)
    }
    if startsPaused { state.run.status = .paused }
    if plan { state.open(.plan) }
    if showsRuns { state.open(.runs) }
    return state
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
