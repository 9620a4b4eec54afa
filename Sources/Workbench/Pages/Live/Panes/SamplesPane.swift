import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// Samples of the learned reverse process next to noised data, at any time of the pass; the ways of
/// single particles; and the score that drives them.
struct SamplesPane: Pane {
  let title = "Samples"
  let hasPlots = true

  var commands: [Command] { Self.commands }

  func note(_ state: WorkbenchState) -> String {
    guard let snapshot = state.run.snapshot else { return "" }
    if state.live.colorsErrors, let errors = snapshot.sampleErrors {
      let time = errors.frame(nearestTo: state.shownFrame).errors.time
      return
        "t \(NumberText.short(time, digits: 2)), errors of step \(NumberText.short(Double(errors.step)))"
    }
    switch state.live.sampleView {
    case .scatter, .density:
      guard let pass = snapshot.samples else { return "" }
      return note(time: pass.trajectories.times, of: state, step: pass.step)
    case .trajectories:
      guard let walks = snapshot.walks, let times = walks.ways.first?.learned.times else {
        return ""
      }
      return note(time: times, of: state, step: walks.step)
    case .score:
      guard
        let frame = snapshot.exactField?.frame(
          nearestTo: state.shownFrame, isEnd: state.isAtDataEnd)
      else { return "" }
      let step = snapshot.learnedField?.frame(of: frame.place)?.step
      return note(time: [frame.place.time], of: state, step: step)
    }
  }

  /// The time at the cursor, and whose weights are shown.
  private func note(time times: [Double], of state: WorkbenchState, step: Int?) -> String {
    let time = NumberText.short(times[min(state.shownFrame, times.count - 1)], digits: 2)
    return "t \(time)" + (step.map { ", step \(NumberText.short(Double($0)))" } ?? "")
  }

  func measurements(_ state: WorkbenchState) -> [any Measurement.Type] {
    let data: any Measurement.Type = NoisedDataMeasurement.self
    if state.live.colorsErrors {
      return [data, SamplesMeasurement.self, SampleErrorsMeasurement.self]
    }
    switch state.live.sampleView {
    case .scatter, .density:
      return [data, SamplesMeasurement.self]
        + (state.live.showsExactScoreRun ? [ExactScoreRunMeasurement.self] : [])
    case .trajectories:
      return [data, WalksMeasurement.self]
        + (state.live.placed == nil ? [] : [PlacedWalksMeasurement.self])
    case .score:
      let isFlowShown =
        state.live.scoreUnderlay == .learnedDensity || state.run.snapshot?.dimension == 1
      return [data, ExactFieldMeasurement.self, LearnedFieldMeasurement.self]
        + (isFlowShown ? [LearnedDensityMeasurement.self] : [])
    }
  }

  /// The crosshair, where there is one over a plane.
  func focalPoint(_ state: WorkbenchState) -> (x: Double, y: Double)? {
    guard let place = state.live.crosshair, place.count == 2,
      let frame = state.run.snapshot?.coordinates
    else { return nil }
    return (
      frame.offset[0] + frame.scale[0] * place[0], frame.offset[1] + frame.scale[1] * place[1]
    )
  }

  func placedParticle(_ state: WorkbenchState) -> PlacedParticle? { state.live.placed }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let area = PaneRemarks.draw(remarks(state.run.snapshot), state.marks, into: &canvas, in: area)
    guard let snapshot = state.run.snapshot, let noisedData = snapshot.noisedData else {
      canvas.write("drawing samples ...", in: area, style: Style(.muted))
      return
    }
    let (plots, cursor) = area.splitBottom(rows: area.height >= 6 ? 1 : 0)
    drawCursor(state, times: noisedData.times, into: &canvas, in: cursor)
    // Where the axes share a unit and there is height for it; in a low pane a true shape would be a
    // speck.
    let isTrueShape =
      plots.height >= 12 && snapshot.coordinates.scale.allSatisfy { $0 == 1 }
    switch state.live.sampleView {
    case .trajectories where !state.live.colorsErrors:
      drawWalks(state, snapshot, noisedData, isTrueShape, into: &canvas, in: plots)
    case .score where !state.live.colorsErrors:
      ScoreFieldPicture(
        snapshot: snapshot, frame: state.shownFrame, isEnd: state.isAtDataEnd,
        arrows: state.live.scoreArrows, underlay: state.live.scoreUnderlay,
        window: state.live.window(of: title),
        marks: state.marks,
        isTrueShape: isTrueShape, isColored: state.isColored
      ).draw(into: &canvas, in: plots)
    case .scatter, .density, .trajectories, .score:
      drawSamples(state, snapshot, noisedData, isTrueShape, into: &canvas, in: plots)
    }
  }

  private func drawSamples(
    _ state: WorkbenchState, _ snapshot: Snapshot, _ noisedData: Trajectories,
    _ isTrueShape: Bool, into canvas: inout Canvas, in area: Rect
  ) {
    guard let pass = snapshot.samples, noisedData.frames.count == pass.trajectories.frames.count
    else {
      canvas.write("drawing samples ...", in: area, style: Style(.muted))
      return
    }
    let picture = SamplePicture(
      snapshot: snapshot, learned: pass.trajectories, noisedData: noisedData,
      exactScoreRun: state.live.showsExactScoreRun ? snapshot.exactScoreRun : nil,
      frame: state.shownFrame, axes: state.shownAxes, window: state.live.window(of: title),
      isEnd: state.isAtDataEnd, marks: state.marks, isTrueShape: isTrueShape,
      isColored: state.isColored)
    if state.live.colorsErrors { return picture.drawErrors(into: &canvas, in: area) }
    let plots = picture.drawRareCounts(into: &canvas, in: area)
    let isDensity = state.live.sampleView == .density
    if snapshot.dimension == 1 {
      picture.drawHistograms(
        scale: isDensity ? .logarithmic : .linear, into: &canvas, in: plots)
    } else if isDensity {
      picture.drawDensities(into: &canvas, in: plots)
    } else {
      picture.drawScatter(into: &canvas, in: plots)
    }
  }

  private func drawWalks(
    _ state: WorkbenchState, _ snapshot: Snapshot, _ noisedData: Trajectories,
    _ isTrueShape: Bool, into canvas: inout Canvas, in area: Rect
  ) {
    guard let walks = snapshot.walks,
      walks.ways.allSatisfy({ $0.learned.frames.count == noisedData.frames.count })
    else {
      canvas.write("following particles ...", in: area, style: Style(.muted))
      return
    }
    let placed = snapshot.placedWalks.flatMap { $0.particle == state.live.placed ? $0 : nil }
    WalkPicture(
      snapshot: snapshot, walks: walks, noisedData: noisedData, placed: placed,
      frame: state.shownFrame, axes: state.shownAxes, count: state.live.particleCount,
      followed: state.live.followed,
      crosshair: state.live.crosshair, window: state.live.window(of: title), marks: state.marks,
      isTrueShape: isTrueShape
    ).draw(into: &canvas, in: area)
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

  /// A slider from noise to data with the time at the cursor, and the speed of its play.
  private func drawCursor(
    _ state: WorkbenchState, times: [Double], into canvas: inout Canvas, in row: Rect
  ) {
    guard row.height > 0, row.width >= 24, times.count >= 2 else { return }
    let left = "noise "
    let speed = state.live.playSpeed
    let right = " data" + (speed == 1 ? "" : " x\(NumberText.short(speed))")
    canvas.write(left, in: row, style: Style(.muted))
    let track = row.inset(left: left.count, right: right.count)
    let line: Unicode.Scalar = state.marks.isUnicode ? "─" : "-"
    canvas.fill(track, with: Cell(line, Style(.axis)))
    let position = state.shownFrame * (track.width - 1) / (times.count - 1)
    let head: Unicode.Scalar =
      state.live.isAnimating
      ? (state.marks.isUnicode ? "▶" : ">") : (state.marks.isUnicode ? "●" : "O")
    let last = times.count - 1
    let action = PointerAction(isDraggable: true) { state, event in
      let place = min(max(event.x - track.x, 0), track.width - 1)
      state.rest(atFrame: place * last / max(1, track.width - 1))
      return []
    }
    canvas.register(PointerTarget.action(action), in: track)
    canvas[track.x + position, track.y] = Cell(head, Style(.accent, attributes: .bold))
    canvas.write(right, x: track.maxX, y: row.y, limit: row.maxX, style: Style(.muted))
  }
}
