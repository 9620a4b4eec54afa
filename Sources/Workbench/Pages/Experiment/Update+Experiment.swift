import ScoreLab
import TermPlot

/// Takes over what the experiment thread tells.
func receive(_ news: ExperimentNews, _ state: inout WorkbenchState) {
  // News of an earlier start, or from after the page was left, say nothing about what is shown.
  guard news.start == state.experiment.starts, !state.experiment.isStopped else { return }
  state.experiment.news = news
}

/// Carries out an action that only the experiment page, or the way there, has.
func performOnExperiment(_ action: Action, _ state: inout WorkbenchState) -> [Effect] {
  switch action {
  case .openExperiments: return state.page == .live ? open(&state) : leave(&state)
  case .back: return leave(&state)
  case .chooseExperiment: chooseExperiment(&state)
  case .togglePause: return togglePause(&state)
  case .restart, .restartWithNewSeed:
    guard var configuration = state.experiment.configuration else { return [] }
    if action == .restartWithNewSeed { configuration.seed &+= 1 }
    return startExperiment(configuration, &state)
  case .exhibitBefore, .exhibitAfter:
    let count = max(1, state.experiment.exhibitCount)
    let step = action == .exhibitAfter ? 1 : count - 1
    state.experiment.exhibit = (state.experiment.shownExhibit + step) % count
    state.experiment.scroll = 0
    state.experiment.columnScroll = 0
  case .scroll(let rows):
    state.experiment.scroll = moved(state.experiment.scroll, by: rows, atMost: room(state).rows)
  case .scrollColumns(let columns):
    state.experiment.columnScroll = moved(
      state.experiment.columnScroll, by: columns, atMost: room(state).columns)
  default: break
  }
  return []
}

private func moved(_ place: Int, by step: Int, atMost most: Int) -> Int {
  max(0, min(min(place, most) + step, most))
}

/// How far the focused pane can be scrolled.
private func room(_ state: WorkbenchState) -> (rows: Int, columns: Int) {
  let layout = Layout(state: state)
  guard let area = layout.panes.first(where: { $0.index == state.focus })?.area else {
    return (0, 0)
  }
  let inner = Panel("", isCompact: layout.isCompact).inner(of: area)
  let pane = state.page.panes[state.focus]
  return (
    (pane as? any ScrollablePane)?.maximumScroll(state, in: inner) ?? 0,
    (pane as? FiguresPane)?.maximumColumnScroll(state, in: inner) ?? 0
  )
}

/// Opens the page with the experiment that was on it last; the first time with the list.
private func open(_ state: inout WorkbenchState) -> [Effect] {
  state.page = .experiment
  state.isZoomed = false
  state.isAnimating = false
  if state.experiment.configuration == nil { chooseExperiment(&state) }
  return []
}

private func chooseExperiment(_ state: inout WorkbenchState) {
  guard case .choice(let names) = ExperimentForm.nameField.kind else { return }
  let name = state.experiment.configuration?.choice.name
  state.overlay = .choices(
    field: ExperimentForm.nameField, selected: name.flatMap { names.firstIndex(of: $0) } ?? 0)
}

/// Goes back to the live run, which goes on if the page had paused it.
private func leave(_ state: inout WorkbenchState) -> [Effect] {
  state.page = .live
  state.isZoomed = false
  var effects: [Effect] = []
  if !state.experiment.isStopped { effects.append(.experiment(.stop)) }
  state.experiment.isStopped = true
  if state.experiment.hasPausedTraining {
    state.experiment.hasPausedTraining = false
    if state.status == .paused {
      state.status = .training
      effects.append(.send(.resume))
      state.notice = Notice(text: "training goes on", role: .accent)
    }
  }
  return effects
}

/// Starts an experiment in place of the one that runs; the live run waits meanwhile.
func startExperiment(
  _ configuration: ExperimentConfiguration, _ state: inout WorkbenchState
) -> [Effect] {
  if configuration.choice.name != state.experiment.configuration?.choice.name {
    state.experiment.news = nil
    state.experiment.exhibit = 0
    state.experiment.scroll = 0
    state.experiment.columnScroll = 0
    state.experiment.selectedField = ExperimentForm.namePath
  }
  state.experiment.configuration = configuration
  state.experiment.starts += 1
  state.experiment.isStopped = false
  return pauseTraining(&state) + [.experiment(.start(configuration))]
}

/// Two trainings would share the cores and slow one another.
private func pauseTraining(_ state: inout WorkbenchState) -> [Effect] {
  guard state.status == .training || state.status == nil else { return [] }
  state.status = .paused
  state.experiment.hasPausedTraining = true
  state.notice = Notice(
    text: "training is paused while experiments run; it goes on when the page is left",
    role: .accent)
  return [.send(.pause)]
}

private func togglePause(_ state: inout WorkbenchState) -> [Effect] {
  switch state.experiment.status {
  case .running:
    state.experiment.news?.status = .paused
    return [.experiment(.pause)]
  case .paused:
    state.experiment.news?.status = .running
    return [.experiment(.resume)]
  case .stopped:
    return state.experiment.configuration.map { startExperiment($0, &state) } ?? []
  case .finished:
    state.notice = Notice(text: "finished; r runs it again", role: .accent)
    return []
  case .none, .starting, .failed: return []
  }
}

/// Sets a field of the experiment's form, which starts it again.
///
/// - Returns: What follows, or nil when the value was refused: then a notice says why.
func setInExperiment(
  _ field: FormField, to text: String, _ state: inout WorkbenchState
) -> [Effect]? {
  if field.path == ExperimentForm.namePath {
    guard ExperimentCatalog.entry(named: text) != nil else { return nil }
    return startExperiment(ExperimentConfiguration(text), &state)
  }
  guard let configuration = state.experiment.configuration else { return nil }
  let label = field.label.trimmedSpaces
  do throws(ConfigurationError) {
    let changed = try configuration.setting([assignment(of: text, to: field)])
    guard changed != configuration else { return [] }
    let effects = startExperiment(changed, &state)
    state.notice = Notice(text: "started again: \(label) = \(text)", role: .accent)
    return effects
  } catch {
    state.notice = Notice(text: "\(label): \(error.message)", role: .error)
    return nil
  }
}
