import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// Samples of the learned reverse process next to noised data, at any time of the pass.
struct SamplesPane: Pane {
  let title = "Samples"

  var commands: [Command] { Self.commands }

  func note(_ state: WorkbenchState) -> String {
    if state.live.colorsErrors, let errors = state.run.snapshot?.sampleErrors {
      let time = errors.frame(nearestTo: state.shownFrame).errors.time
      return "t \(NumberText.short(time, digits: 2)), errors of step \(errors.step)"
    }
    if state.live.isScoreShown { return scoreNote(state) }
    guard let pass = state.run.snapshot?.samples else { return "" }
    let frame = min(state.shownFrame, pass.trajectories.frames.count - 1)
    let time = NumberText.short(pass.trajectories.times[frame], digits: 2)
    return "t \(time), weights of step \(pass.step)"
  }

  /// What time the score is shown at, and of which weights.
  private func scoreNote(_ state: WorkbenchState) -> String {
    guard
      let frame = state.run.snapshot?.exactField?.frame(
        nearestTo: state.shownFrame, isEnd: state.isAtDataEnd)
    else { return "" }
    let step = state.run.snapshot?.learnedField?.frame(of: frame.place)?.step
    return "t \(NumberText.short(frame.place.time, digits: 2))"
      + (step.map { ", weights of step \($0)" } ?? "")
  }

  func measurements(_ state: WorkbenchState) -> [any Measurement.Type] {
    if state.live.isScoreShown {
      let isFlowShown =
        state.live.scoreUnderlay == .learnedDensity || state.run.snapshot?.dimension == 1
      return [NoisedDataMeasurement.self, ExactFieldMeasurement.self, LearnedFieldMeasurement.self]
        + (isFlowShown ? [LearnedDensityMeasurement.self] : [])
    }
    let comparesPaths = state.live.showsExactScoreRun || state.live.sampleView == .trajectories
    return [NoisedDataMeasurement.self, SamplesMeasurement.self]
      + (comparesPaths ? [ExactScoreRunMeasurement.self] : [])
      + (state.live.colorsErrors ? [SampleErrorsMeasurement.self] : [])
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let area = PaneRemarks.draw(remarks(state.run.snapshot), state.marks, into: &canvas, in: area)
    if state.live.isScoreShown, let snapshot = state.run.snapshot {
      return drawScore(state, snapshot, into: &canvas, in: area)
    }
    guard let snapshot = state.run.snapshot, let pass = snapshot.samples,
      let noisedData = snapshot.noisedData,
      noisedData.frames.count == pass.trajectories.frames.count
    else {
      canvas.write("drawing samples ...", in: area, style: Style(.muted))
      return
    }
    let frame = min(state.shownFrame, pass.trajectories.frames.count - 1)
    let (plots, cursor) = area.splitBottom(rows: area.height >= 6 ? 1 : 0)
    drawCursor(state, times: pass.trajectories.times, frame: frame, into: &canvas, in: cursor)
    let picture = SamplePicture(
      snapshot: snapshot, learned: pass.trajectories, noisedData: noisedData,
      exactScoreRun: state.live.showsExactScoreRun ? snapshot.exactScoreRun : nil, frame: frame,
      marks: state.marks,
      // Where the axes share a unit and there is height for it; in a low pane a true shape would
      // be a speck.
      isTrueShape: plots.height >= 12 && snapshot.hasOneUnit,
      isColored: state.isColored)
    if state.live.colorsErrors {
      picture.drawErrors(into: &canvas, in: plots)
      return
    }
    if snapshot.dimension == 1 {
      if state.live.sampleView == .trajectories {
        picture.drawPaths1D(into: &canvas, in: plots)
      } else {
        picture.drawHistograms(into: &canvas, in: plots)
      }
      return
    }
    picture.draw(state.live.sampleView, into: &canvas, in: plots)
  }

  private func drawScore(
    _ state: WorkbenchState, _ snapshot: Snapshot, into canvas: inout Canvas, in area: Rect
  ) {
    let (plots, cursor) = area.splitBottom(rows: area.height >= 6 ? 1 : 0)
    if let data = snapshot.noisedData {
      drawCursor(state, times: data.times, frame: state.shownFrame, into: &canvas, in: cursor)
    }
    ScoreFieldPicture(
      snapshot: snapshot, frame: state.shownFrame, isEnd: state.isAtDataEnd,
      arrows: state.live.scoreArrows, underlay: state.live.scoreUnderlay, marks: state.marks,
      isTrueShape: plots.height >= 12 && snapshot.hasOneUnit, isColored: state.isColored
    ).draw(into: &canvas, in: plots)
  }

  /// Why the cloud may not be what it seems.
  private func remarks(_ snapshot: Snapshot?) -> [String] {
    guard let snapshot else { return [] }
    let dropped = snapshot.droppedSamples.map {
      "last pass not finite: \($0.brokenCount) of \($0.count) points; "
        + (snapshot.samples == nil ? "no cloud yet" : "older cloud shown")
    }
    return [dropped, PaneRemarks.untrained(snapshot)].compactMap { $0 }
  }

  /// A slider from noise to data with the time at the cursor.
  private func drawCursor(
    _ state: WorkbenchState, times: [Double], frame: Int, into canvas: inout Canvas, in row: Rect
  ) {
    guard row.height > 0, row.width >= 24, times.count >= 2 else { return }
    let left = "noise "
    let right = " data"
    canvas.write(left, in: row, style: Style(.muted))
    let track = row.inset(left: left.count, right: right.count)
    let line: Unicode.Scalar = state.marks.isUnicode ? "─" : "-"
    canvas.fill(track, with: Cell(line, Style(.axis)))
    let position = frame * (track.width - 1) / (times.count - 1)
    let head: Unicode.Scalar =
      state.live.isAnimating
      ? (state.marks.isUnicode ? "▶" : ">") : (state.marks.isUnicode ? "●" : "O")
    canvas[track.x + position, track.y] = Cell(head, Style(.accent, attributes: .bold))
    canvas.write(right, x: track.maxX, y: row.y, limit: row.maxX, style: Style(.muted))
  }
}

extension Snapshot {
  /// Whether the axes share a unit, so that the data has a shape to be kept.
  var hasOneUnit: Bool { data.coordinates.scale.allSatisfy { $0 == 1 } }
}
