package import Lessons
import ScoreLab
import TermPlot

extension WorkbenchState {
  /// Begins a run with the settings of a preset, and looks at what it is about.
  ///
  /// - Parameter preset: The preset.
  /// - Returns: What the session has to do.
  mutating func begin(_ preset: Preset) -> [Effect] {
    let restarts = preset.configuration.requiresRestart(comparedTo: run.configuration)
    let isNew = preset.configuration != run.configuration
    run.configuration = preset.configuration
    (run.canUndo, run.canRedo, run.status) = (true, false, .training)
    // What only changes live would go on with the weights of the run before.
    let fresh = restarts ? [] : run.restart(seed: preset.configuration.seed)
    look(at: preset)
    notice = Notice(text: "\(preset.title): \(preset.summary)", role: .accent)
    return (isNew ? [.send(.configure(preset.configuration))] : []) + fresh
      + [.send(.pauseAt(step: nil)), .send(.resume)]
  }

  /// Shows on the live page what a preset is about.
  package mutating func look(at preset: Preset) {
    show(preset.picture)
    live.windows = [:]
    live.focus = LivePage.place(of: preset.picture.pane)
  }
}
