import CommandLineTool
import CursesTerminal
import Glibc
import Lessons
import OutsideText
import ReportFiles
import RunDatabase
import ScoreClaims
import ScoreLab
import ScoreSweeps
import TermPlot
import Workbench

/// The workbench from its first screen to its last words.
extension OpenCommand {
  @MainActor func openWorkbench() throws {
    let kept = try keptRun.map { try KeptRun(RunChoice($0), in: storing.choice) }
    kept?.warnOfDifferences()
    let (lessons, place) = try lessonToOpen()
    let table = try table.map { try TableChoice.open($0, schema: schema) }
    if let sweep { _ = try SweepFolder(sweep) }
    let shared =
      try place.map { SharedRun(lessons.library.lessons[$0].steps[0].configuration) }
      ?? kept.map { SharedRun($0.record.log.configuration) } ?? loadRun()
    let opener = judged.origin.map { OwnScoreOpener($0) }
    let memory = StateFile.load()
    let library = ThemeFolders.load(extra: themes)
    let terminal = try CursesTerminal(options: terminalOptions)
    var state = try firstState(shared.start, library, lessons, on: terminal.capabilities)
    state.memory = memory
    if let table { state.open(table) }
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
      sweeps: try? SweepWatcher(doorbell: doorbell),
      experiment: experiment.map { ExperimentConfiguration($0) }, lesson: place,
      opening: demo ? .demo : beginsTour(memory) ? .tour : .nothing, save: Self.save,
      keep: { try PresetFolders.keep($0, replacing: $1, replacer: $2) }, exports: exports)
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
      kept == nil && !demo ? application.state.farewell(given: run_.words, shared.start) : []
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
    _ lessons: LessonShelf, on capabilities: TerminalCapabilities
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
    state.lessonShelf = lessons
    state.presetShelf = PresetShelf { PresetFolders.load() }
    if let preset = run_.preset { state.look(at: try PresetFolders.preset(named: preset)) }
    if startsPaused { state.run.status = .paused }
    if plan { state.open(.plan) }
    if showsRuns { state.open(.runs) }
    if let sweep { state.openSweep(sweep) }
    if lesson == Self.lessonList { state.open(.lessons) }
    return state
  }
}
