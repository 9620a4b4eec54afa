import NumberFormatting
import ScoreLab
import TermPlot

extension LivePage {
  static func header(_ state: WorkbenchState) -> PageHeader {
    var header = PageHeader(words: [status(state)] + RunWarnings.words(state))
    guard let snapshot = state.run.snapshot else { return header }
    let configuration = snapshot.configuration
    header.parts = [configuration.distribution.kind]
    if snapshot.judged == nil { header.parts.append("step \(grouped(snapshot.step))") }
    if let rate = snapshot.stepsPerSecond {
      header.parts.append("\(grouped(Int(rate.rounded()))) steps/s")
    }
    if case .stepsPerSecond(let count) = state.run.pace {
      header.parts.append("at most \(grouped(count))/s")
    }
    header.parts.append("n \(configuration.trainingSet.count.text)")
    header.parts.append("seed \(configuration.seed)")
    return header
  }

  /// What the run is doing.
  static func status(_ state: WorkbenchState) -> PageHeader.Word {
    let unicode = state.marks.isUnicode
    let frozen = state.run.isFrozen ? " (view frozen)" : ""
    let word: (text: String, role: StyleRole) =
      switch state.run.status ?? state.run.snapshot?.status {
      case .training?: ((unicode ? "▶" : ">") + " training" + frozen, .good)
      case .paused?: ((unicode ? "‖" : "=") + " paused" + frozen, .warning)
      case .diverged?: ("! diverged" + frozen, .error)
      case .finished?: ((unicode ? "■" : "#") + " step limit" + frozen, .accent)
      case .judging?:
        (
          (unicode ? "■" : "#") + " judging "
            + (state.run.snapshot?.judged?.name ?? "a score") + frozen, .accent
        )
      case nil: ("starting", .muted)
      }
    return PageHeader.Word(text: word.text, role: word.role)
  }

  /// A divergence stays on screen until it is dealt with.
  static func standingNotice(_ state: WorkbenchState) -> Notice? {
    guard case .diverged(let divergence)? = state.run.status ?? state.run.snapshot?.status
    else { return nil }
    return Notice(
      text: "diverged at step \(grouped(divergence.step)): lower the rate, then Space goes on "
        + "from \(grouped(divergence.restoredStep)); r restarts (learning rate "
        + "\(NumberText.short(divergence.learningRate)))",
      role: .error)
  }

  static func helpSections(_ state: WorkbenchState) -> [HelpText.Section] {
    RunWarnings.sections(state)
  }
}
