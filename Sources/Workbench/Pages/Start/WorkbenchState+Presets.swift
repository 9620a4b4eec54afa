package import Lessons
import ScoreCore
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
    live.levelIndex = Self.levelIndex(of: preset)
    live.windows = [:]
    live.focus = LivePage.place(of: preset.picture.pane)
  }

  /// The place of the noise level that a preset shows, among those of its probe.
  ///
  /// They are even in log SNR from the least noise. Without one it is that which every run begins with.
  private static func levelIndex(of preset: Preset) -> Int {
    let count = preset.configuration.probe.levels
    guard let time = preset.picture.level else { return count / 3 }
    let process = preset.configuration.process.make()
    let range = process.logSNRRange
    let place =
      (range.upperBound - process.level(at: time).logSNR) / (range.upperBound - range.lowerBound)
    guard place.isFinite else { return 0 }
    return min(max(0, Int((place * Double(count - 1)).rounded())), count - 1)
  }
}
