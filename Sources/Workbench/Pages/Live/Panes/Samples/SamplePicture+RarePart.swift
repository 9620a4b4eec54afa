import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

extension SamplePicture {
  /// Says below the plots how many points are in a part that few samples show, and how many are
  /// expected there.
  ///
  /// - Parameters:
  ///   - canvas: Where to write.
  ///   - area: The room there is.
  /// - Returns: What is left for the plots.
  func drawRareCounts(into canvas: inout Canvas, in area: Rect) -> Rect {
    guard isEnd, let part = snapshot.rarePart, area.height >= 8 else { return area }
    let (rest, row) = area.splitBottom(rows: 1)
    let expected = part.expectation(of: learned.tracked)
    var facts = [
      "far part: \(grouped(count(learned, in: part))) of \(grouped(learned.tracked)), expected "
        + "\(NumberText.short(expected.value)) \(marks.pick("±", "+"))\(marks.isUnicode ? "" : "-") "
        + NumberText.short(expected.standardError, digits: 1)
    ]
    if let exactScoreRun { facts.append("exact score: \(grouped(count(exactScoreRun, in: part)))") }
    facts.append("data: \(grouped(count(noisedData, in: part)))")
    for line in marks.rows(of: facts, width: row.width, rows: 1) {
      canvas.write(line, in: row, style: Style(.text))
    }
    return rest
  }

  private func count(_ points: Trajectories, in part: RarePart) -> Int {
    part.count(
      of: Points(
        values: points.frames[frame].map(Double.init), dimension: points.dimension))
  }
}
