public import ScoreLab
import TermPlot

/// Applies one message to the state and returns the work it calls for.
public func update(_ state: inout WorkbenchState, _ message: Message) -> [Effect] {
  counted(apply(message, to: &state), &state)
}

/// Opens the experiment page on an experiment, as at the start of the program.
public func openExperiment(
  _ configuration: ExperimentConfiguration, _ state: inout WorkbenchState
) -> [Effect] {
  state.page = .experiment
  return counted(startExperiment(configuration, &state), &state)
}

private func counted(_ effects: [Effect], _ state: inout WorkbenchState) -> [Effect] {
  for case .send in effects { state.commandsSent += 1 }
  return effects
}

private func apply(_ message: Message, to state: inout WorkbenchState) -> [Effect] {
  switch message {
  case .news(let news): return receive(news, &state)
  case .experiment(let news):
    receive(news, &state)
    return []
  case .input(.resized(let size)):
    state.size = size
    return []
  case .input(.key(let key)): return press(key, &state)
  case .input(.mouse(let event)): return point(event, &state)
  case .input(.paste(let text)):
    paste(text, &state)
    return []
  case .input(.tick):
    animate(&state)
    return []
  case .input(.terminate):
    state.isRunning = false
    return [.send(.stop)]
  case .input(.woke): return []
  }
}

private func receive(_ news: SessionNews, _ state: inout WorkbenchState) -> [Effect] {
  // The problem of one command comes again with all news until the next command.
  if news.commandsDone > state.commandsDone, let problem = news.problem {
    state.notice = Notice(text: problem, role: .error)
    reopenEditor(afterCommand: news.commandsDone, &state)
  }
  state.commandsDone = news.commandsDone
  guard let snapshot = news.snapshot else { return [] }
  // News from before the last command would undo in the form what it has just set.
  if news.commandsDone == state.commandsSent {
    state.status = snapshot.status
    state.configuration = snapshot.configuration
  }
  guard !state.isFrozen || state.snapshot == nil else { return [] }
  if let old = state.snapshot, old.generation != snapshot.generation { state.frame = nil }
  state.snapshot = snapshot
  let levels = snapshot.configuration.probe.levels
  state.levelIndex = min(max(0, state.levelIndex), levels - 1)
  return []
}

/// Opens the editor on a value that the session refused, unless the user has moved on.
private func reopenEditor(afterCommand command: Int, _ state: inout WorkbenchState) {
  guard let submission = state.submission, submission.command == command,
    state.editor == nil, state.overlay == nil, state.page == .live,
    PaneCatalog.all[state.focus] is SetupPane
  else { return }
  state.editor = submission.editor
  state.submission = nil
}

private func press(_ key: Key, _ state: inout WorkbenchState) -> [Effect] {
  if key == .control("c") { return perform(.interrupt, &state) }
  if state.editor != nil { return type(key, &state) }
  if let overlay = state.overlay { return pressInOverlay(key, overlay, &state) }
  guard let action = KeyTable.action(for: key, focus: state.focus, on: state.page)
  else { return [] }
  return perform(action, &state)
}

/// Carries out an action.
func perform(_ action: Action, _ state: inout WorkbenchState) -> [Effect] {
  state.notice = nil
  if isForPlan(action, state) {
    performOnPlan(action, &state)
    return []
  }
  if isForExperiment(action, state) { return performOnExperiment(action, &state) }
  switch action {
  case .quit, .interrupt:
    state.isRunning = false
    return [.send(.stop)]
  case .togglePause, .stepOnce, .restart, .restartWithNewSeed:
    return performOnSession(action, &state)
  case .fieldUp, .fieldDown, .fieldFirst, .fieldLast, .fieldDecrease, .fieldIncrease, .fieldEdit:
    return performInForm(action, &state)
  case .deltaLess, .deltaMore:
    return changeField("probe.delta", upwards: action == .deltaMore, &state)
  default:
    performOnView(action, &state)
    return []
  }
}

/// Whether an action is the experiment page's; there Esc leaves the zoom before the page.
private func isForExperiment(_ action: Action, _ state: WorkbenchState) -> Bool {
  switch action {
  case .openExperiments, .chooseExperiment, .exhibitBefore, .exhibitAfter, .scroll, .scrollColumns:
    true
  case .togglePause, .restart, .restartWithNewSeed: state.page == .experiment
  case .back: state.page == .experiment && !state.isZoomed
  default: false
  }
}

private func performOnSession(_ action: Action, _ state: inout WorkbenchState) -> [Effect] {
  switch action {
  case .togglePause:
    return togglePause(&state)
  case .stepOnce:
    state.status = .paused
    return [.send(.stepOnce)]
  case .restart: return [.send(.restart(seed: state.configuration.seed))]
  case .restartWithNewSeed:
    state.configuration.seed &+= 1
    return [.send(.restart(seed: state.configuration.seed))]
  default: return []
  }
}

/// Pauses or resumes; the status changes at once, so that a second press means the opposite.
private func togglePause(_ state: inout WorkbenchState) -> [Effect] {
  switch state.status {
  case .paused?, .diverged?:
    state.status = .training
    return [.send(.resume)]
  case .finished?:
    state.notice = Notice(text: "the step limit is reached; r starts again", role: .accent)
    return []
  case .training?, nil:
    state.status = .paused
    return [.send(.pause)]
  }
}

private func performOnView(_ action: Action, _ state: inout WorkbenchState) {
  let panes = state.page.panes.count
  switch action {
  case .help: state.overlay = .help(scroll: 0)
  case .back:
    if state.isZoomed { state.isZoomed = false }
  case .focusNext: state.focus = (state.focus + 1) % panes
  case .focusPrevious: state.focus = (state.focus + panes - 1) % panes
  case .focus(let index): state.focus = min(index, panes - 1)
  case .zoom: state.isZoomed.toggle()
  case .freeze:
    state.isFrozen.toggle()
    state.notice = Notice(
      text: state.isFrozen ? "view frozen, training goes on; f thaws" : "view live again",
      role: .accent)
  case .nextMarks:
    let index = state.availableMarks.firstIndex(of: state.marks) ?? 0
    state.marks = state.availableMarks[(index + 1) % state.availableMarks.count]
    state.notice = Notice(text: "marks: \(state.marks.rawValue)", role: .accent)
  case .nextTheme:
    state.themeIndex = (state.themeIndex + 1) % state.themes.count
    state.notice = Notice(text: "theme: \(state.theme.name)", role: .accent)
  case .toggleLogLoss: state.isLossLogarithmic.toggle()
  case .toggleLogSteps: state.isStepLogarithmic.toggle()
  case .levelLess: state.levelIndex = max(0, state.levelIndex - 1)
  case .levelMore:
    state.levelIndex = min(state.configuration.probe.levels - 1, state.levelIndex + 1)
  case .nextErrorView: state.errorView = state.errorView.next
  case .toggleWorst: state.showsWorst.toggle()
  default: performOnSamples(action, &state)
  }
}

private func performOnSamples(_ action: Action, _ state: inout WorkbenchState) {
  switch action {
  case .nextSampleView:
    // From the errors the view goes back to what it was.
    if !state.colorsErrors { state.sampleView = state.sampleView.next }
    state.colorsErrors = false
  case .toggleErrorColors: state.colorsErrors.toggle()
  case .toggleExactScoreRun: state.showsExactScoreRun.toggle()
  case .timeBack, .timeForward:
    state.isAnimating = false
    let stride = max(1, state.lastFrame / 50)
    let next = state.shownFrame + (action == .timeForward ? stride : -stride)
    state.frame = next >= state.lastFrame ? nil : max(0, next)
  case .timeFirst:
    state.isAnimating = false
    state.frame = 0
  case .timeLast:
    state.isAnimating = false
    state.frame = nil
  case .animate:
    state.isAnimating.toggle()
    if state.isAnimating && state.frame == nil { state.frame = 0 }
  default: break
  }
}

extension CaseIterable where Self: Equatable, AllCases == [Self] {
  /// The case after this one, round and round.
  var next: Self {
    let cases = Self.allCases
    return cases[((cases.firstIndex(of: self) ?? 0) + 1) % cases.count]
  }
}

/// One tick of the animation: the pass plays in about four seconds and rests at its end.
private func animate(_ state: inout WorkbenchState) {
  guard state.isAnimating, state.snapshot?.samples != nil else { return }
  let stride = max(1, state.lastFrame / 100)
  let next = state.shownFrame + stride
  state.frame = state.shownFrame >= state.lastFrame ? 0 : min(next, state.lastFrame)
}

private func point(_ event: MouseEvent, _ state: inout WorkbenchState) -> [Effect] {
  guard state.overlay == nil, state.editor == nil else { return [] }
  let layout = Layout(state: state)
  guard let hit = layout.panes.first(where: { $0.area.contains(x: event.x, y: event.y) }) else {
    return []
  }
  switch event.kind {
  case .press: state.focus = hit.index
  case .wheelUp, .wheelDown:
    let isUp = event.kind == .wheelUp
    if state.page != .live, hit.index != 0 {
      state.focus = hit.index
      return perform(.scroll(isUp ? -3 : 3), &state)
    }
    guard hit.index == 0 else { return [] }
    return performInForm(isUp ? .fieldUp : .fieldDown, &state)
  }
  return []
}
