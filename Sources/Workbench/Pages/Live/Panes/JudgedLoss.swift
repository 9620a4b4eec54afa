import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// What is known of a score's loss where nobody trains it here.
struct JudgedLoss {
  let snapshot: Snapshot
  let judged: JudgedScore
  let marks: Marks

  /// The lines that take the place of the training loss.
  var lines: [TextBlock.Line] {
    var lines: [TextBlock.Line] = [
      .init("Judged: \(judged.name)", .title, isBold: true),
      .init("Nothing is trained here.", .muted), .init("", .text),
    ]
    if let problem = judged.problem { lines.append(.init("! " + problem, .warning, isBold: true)) }
    let (floor, heldOut) = (snapshot.floor, snapshot.heldOut.last)
    if let floor, let heldOut {
      lines.append(.init(row("loss", floor.value + heldOut.excess), .heldOut))
    }
    if let floor {
      let name = floor.isLeast ? "Bayes floor" : "exact score"
      lines.append(.init(row(name, floor.value, error: floor.error), .floor))
    }
    if let heldOut {
      // The middle 95% of a normal distribution.
      let reach = StandardNormal.quantile(0.975) * heldOut.standardError
      lines.append(.init(row("excess", heldOut.excess, error: reach), .heldOut))
    } else if judged.problem == nil {
      lines.append(.init("measuring the loss ...", .muted))
    }
    if heldOut != nil {
      lines.append(.init("", .text))
      lines.append(.init("Excess: the loss above the floor, with its 95% interval", .muted))
    }
    return lines
  }

  private func row(_ name: String, _ value: Double, error: Double = 0) -> String {
    let number = NumberText.short(value, digits: 4)
    let interval =
      error > 0 ? " \(marks.isUnicode ? "±" : "+-") \(NumberText.short(error, digits: 2))" : ""
    return name + String(repeating: " ", count: max(1, 13 - name.count)) + number + interval
  }
}
