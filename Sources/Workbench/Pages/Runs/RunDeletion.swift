import RunDatabase
import ScoreLab
import TermPlot

/// The question whether a run is to be deleted.
struct RunDeletion: Sendable, Equatable {
  var run: RunID
  var name: String
  /// Whether the answer that deletes is selected.
  var isConfirmed = false

  /// The answers, what keeps the run first.
  static let answers = ["keep it", "delete it"]

  /// Draws the question over the screen.
  func draw(_ state: WorkbenchState, into canvas: inout Canvas) {
    let summaries = ["Esc", "u brings it back until the program ends"]
    ChoiceList(
      "Delete \(name)?",
      choices: zip(Self.answers, summaries).map { .init($0, summary: $1) },
      selected: isConfirmed ? 1 : 0, hint: "Enter chooses, Esc keeps it", marks: state.marks
    ).draw(into: &canvas, in: canvas.bounds)
  }
}

extension WorkbenchState {
  /// A key while it is asked whether a run is to be deleted.
  mutating func press(_ key: Key, in open: RunDeletion) -> [Effect] {
    var question = open
    switch key {
    case .up, .character("k"): question.isConfirmed = false
    case .down, .character("j"): question.isConfirmed = true
    case .escape, .character("q"):
      overlay = nil
      return []
    case .enter:
      overlay = nil
      guard question.isConfirmed else { return [] }
      runsPage.chosen.removeAll { $0 == question.run }
      return [.library(.delete(question.run, isOwn: isOwn(question.run)))]
    default: break
    }
    overlay = .deletion(question)
    return []
  }

  /// Whether this start of the program has trained or opened a run.
  private func isOwn(_ run: RunID) -> Bool { self.run.snapshot?.runs[run] != nil }
}
