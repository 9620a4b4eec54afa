package import Lessons
import OutsideText
package import RunDatabase
package import ScoreClaims
package import ScoreLab
package import ScoreSweeps
public import TermPlot

/// The workbench as the terminal's event loop drives it.
@MainActor public final class WorkbenchApplication: TerminalApplication {
  public private(set) var state: WorkbenchState
  public private(set) var needsDraw = true
  /// Why there is no live run, which ends the program; nil while there is one.
  public private(set) var failure: (any Error)?
  private let runner: SessionRunner
  private let experiments: ExperimentRunner
  /// The runs that are kept; nil where none are.
  private let library: RunLibrary?
  /// Looks at the sweep that is shown; nil where its thread could not be started.
  private let sweeps: SweepWatcher?
  /// The measurements that were asked for last.
  private var shown: MeasurementRequest?
  /// What of the kept runs was asked for last.
  private var read: LibraryRequest?
  /// The sweep that was asked for last.
  private var watched: String?
  /// Writes a figure or table to files and gives their names.
  private let save: @MainActor (Exhibit) throws -> String
  /// Keeps a preset and gives the presets there are then, with what to say.
  private let keep:
    @MainActor (Preset, _ replaces: Bool, _ replacer: String) throws -> (
      library: PresetLibrary, words: String
    )
  private let exports: ExportWriter
  private var recorder: ScreenRecorder?
  private var opening: Opening

  /// What begins by itself when the workbench opens.
  package enum Opening: Sendable {
    case nothing
    case demo
    /// The tour, as soon as the run has something to show, unless a key was pressed by then.
    case tour
  }

  /// - Parameters:
  ///   - state: What the screen shows first.
  ///   - runner: The live run.
  ///   - experiments: Runs experiments; its mailbox shares the runner's doorbell.
  ///   - library: The runs that are kept, if any are; its mailbox shares the same doorbell.
  ///   - sweeps: Looks at a sweep; its mailbox shares the same doorbell.
  ///   - experiment: What to open the experiment page on; nil opens the live run.
  ///   - lesson: The place of a lesson to open in the state's library; nil opens none.
  ///   - opening: What begins by itself, next to none of the others.
  ///   - save: Writes a figure or table to files and returns what to say of them.
  ///   - keep: Keeps a preset and returns the presets there are then, with what to say.
  ///   - exports: Writes files of what the screen shows; rings the same doorbell.
  package init(
    state: WorkbenchState, runner: SessionRunner, experiments: ExperimentRunner,
    library: RunLibrary? = nil, sweeps: SweepWatcher? = nil,
    experiment: ExperimentConfiguration? = nil, lesson: Int? = nil,
    opening: Opening = .nothing,
    save: @escaping @MainActor (Exhibit) throws -> String,
    keep:
      @escaping @MainActor (Preset, _ replaces: Bool, _ replacer: String) throws -> (
        library: PresetLibrary, words: String
      ),
    exports: ExportWriter
  ) {
    precondition(
      [
        experiments.mailbox.descriptor, library?.mailbox.descriptor, sweeps?.mailbox.descriptor,
      ].allSatisfy {
        $0 == nil || $0 == runner.mailbox.descriptor
      },
      "The loop listens to one doorbell.")
    self.state = state
    self.runner = runner
    self.experiments = experiments
    self.library = library
    self.sweeps = sweeps
    self.save = save
    self.keep = keep
    self.exports = exports
    self.opening = opening
    if library == nil { self.state.runsPage.absence = "the store is off, so no run is kept" }
    if let experiment { carryOut(openExperiment(experiment, &self.state)) }
    if let lesson {
      let effects = self.state.openLesson(at: lesson)
      carryOut(counted(effects, &self.state))
    }
    if opening == .demo { carryOut(counted(self.state.startDemo(), &self.state)) }
    askForWhatIsShown()
  }

  public var isRunning: Bool { state.isRunning && failure == nil }
  public var theme: Theme { state.theme }
  public var wakeDescriptor: Int32 { runner.mailbox.descriptor }
  public var tickMilliseconds: Int? { state.tickMilliseconds }

  public func receive(_ event: InputEvent) {
    if case .woke = event {
      if let message = runner.mailbox.take() {
        failure = message.failure
        apply(.session(message))
        openTour()
      }
      if let message = experiments.mailbox.take() { apply(.experiment(message)) }
      if let message = library?.mailbox.take() { apply(.library(message)) }
      if let message = sweeps?.mailbox.take() { apply(.sweep(message)) }
      for notice in exports.takeNotices() { (state.notice, needsDraw) = (notice, true) }
    } else {
      apply(.input(event))
    }
  }

  public func draw(into canvas: inout Canvas) {
    needsDraw = false
    Workbench.draw(state, into: &canvas)
    record(canvas)
  }

  /// Opens the tour once, behind the first frames: they do not wait for the lessons to be read.
  private func openTour() {
    guard opening == .tour, state.run.snapshot != nil else { return }
    opening = .nothing
    guard !state.isTouched, let place = state.lessonShelf.library.place(of: "tour") else { return }
    carryOut(counted(state.openLesson(at: place), &state))
    askForWhatIsShown()
  }

  private func apply(_ message: Message) {
    carryOut(update(&state, message))
    askForWhatIsShown()
    needsDraw = true
  }

  /// Asks for what the screen shows of runs, if that is no longer the same.
  private func askForWhatIsShown() {
    let wanted = state.libraryRequest
    if wanted != read {
      read = wanted
      library?.send(.show(wanted))
    }
    let sweep = state.watchedSweep
    if sweep != watched {
      watched = sweep
      sweeps?.watch(sweep)
    }
    let request = state.shownMeasurements
    guard request != shown else { return }
    shown = request
    runner.show(request)
  }

  private func carryOut(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .send(let command): runner.send(command)
      case .experiment(let command): experiments.send(command)
      case .library(let command): library?.send(command)
      case .save(let exhibit): say { try save(exhibit) }
      case .export(let export):
        say(role: .text) {
          try exports.start(export)
          return "writing \(SafeText.sanitized(export.path, limit: 200))"
        }
      case .keep(let preset, let replaces, let replacer):
        say {
          let kept = try keep(preset, replaces, replacer)
          state.presetShelf = PresetShelf { kept.library }
          return kept.words
        }
      case .keepSchema(let yaml, let path):
        say(role: .text) {
          try FileWriter.writeAtomically(yaml, to: path)
          return "written to \(SafeText.sanitized(path, limit: 200))"
        }
      case .startRecording(let path, let replaces): startRecording(path, replacing: replaces)
      case .stopRecording: say { try endRecording() ?? "" }
      }
    }
  }

  /// Does something to files and says what, or why it cannot be done.
  private func say(role: StyleRole = .good, _ work: () throws -> String) {
    do {
      state.notice = Notice(text: try work(), role: role)
    } catch {
      state.notice = Notice(text: "\(error)", role: .error)
    }
  }
}

// MARK: - Recording

extension WorkbenchApplication {
  private func startRecording(_ path: String, replacing replaces: Bool) {
    say {
      recorder = try ScreenRecorder(path, replacing: replaces)
      state.recording = path
      return "recording \(path); :record ends it"
    }
  }

  private func record(_ canvas: Canvas) {
    guard let recorder else { return }
    do {
      guard try !recorder.add(canvas, theme: theme) else { return }
      say { (try endRecording() ?? "") + ": it is as large as it may be" }
    } catch {
      (self.recorder, state.recording) = (nil, nil)
      state.notice = Notice(text: "the recording is lost: \(error)", role: .error)
    }
    needsDraw = true
  }

  /// Ends a recording, if there is one, and gives its file the name.
  ///
  /// - Returns: What was recorded; nil where nothing was.
  /// - Throws: ``FileError``; then there is no file.
  package func endRecording() throws(FileError) -> String? {
    guard let recorder else { return nil }
    (self.recorder, state.recording) = (nil, nil)
    return try recorder.finish()
  }
}
