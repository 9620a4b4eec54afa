import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

extension LossPane {
  func words(_ state: WorkbenchState) -> [String]? {
    if let snapshot = state.run.snapshot, let judged = snapshot.judged {
      return JudgedLoss(snapshot: snapshot, judged: judged, marks: state.marks).lines.map(\.text)
        .filter { !$0.isEmpty }
    }
    guard let snapshot = state.run.snapshot,
      let course = Course.words(snapshot.history.buckets.map(\.smoothed))
    else { return nil }
    var sentence = "Loss: \(course) over \(grouped(snapshot.step)) steps"
    if let floor = snapshot.floor {
      sentence +=
        ", \(floor.isLeast ? "Bayes floor" : "exact score's loss") "
        + NumberText.short(floor.value)
    }
    switch state.live.lossView {
    case .curve: break
    case .excess, .levels:
      if let losses = snapshot.measurements.levelLosses {
        return [sentence + "."] + levelLines(losses, state).map { $0.0 + "." }
      }
    case .kernel, .features, .gradients: return [sentence + "."] + networkWords(state)
    }
    var parts = [sentence]
    if let floor = snapshot.floor, let newest = snapshot.heldOut.last {
      parts.append(
        "newest held-out \(NumberText.short(floor.value + newest.excess)) at step "
          + grouped(newest.step))
      if let best = snapshot.heldOut.min(by: { $0.excess < $1.excess }), best.step != newest.step {
        parts.append(
          "best \(NumberText.short(floor.value + best.excess)) at step \(grouped(best.step))")
      }
    }
    if let spread = snapshot.history.spreads(atMost: 40).last {
      parts.append(
        "band of batches \(NumberText.short(spread.lower)) to \(NumberText.short(spread.upper))")
    }
    let edits = snapshot.edits.map { "Changed at step \(grouped($0.step)): \($0.label)." }
    return [parts.joined(separator: "; ") + "."] + edits
  }
}
