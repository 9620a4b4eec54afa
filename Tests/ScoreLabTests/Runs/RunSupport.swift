import ScoreCore

@testable import ScoreLab

extension LiveRuns {
  /// Starts a small run next to those of a store.
  init(_ assignments: String..., store: any RunStore = MemoryRunStore()) throws {
    let configuration = try RunConfiguration.small().setting(assignments)
    self.init(try Session(configuration), store: store) { try Session($0) }
  }

  /// Trains to a number of executed steps, or to a divergence.
  mutating func train(to executed: Int) {
    finishReplay()
    while session.executedSteps < executed, session.divergence == nil { trainStep() }
  }

  mutating func set(_ assignments: String...) throws {
    configure(try session.configuration.setting(assignments))
  }

  mutating func finishReplay() {
    while isReplaying { replay() }
  }
}
