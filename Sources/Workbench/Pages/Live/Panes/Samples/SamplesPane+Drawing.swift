import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

extension SamplesPane {
  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let area = PaneRemarks.draw(remarks(state.run.snapshot), state.marks, into: &canvas, in: area)
    guard let snapshot = state.run.snapshot, let noisedData = snapshot.noisedData else {
      canvas.write("drawing samples ...", in: area, style: Style(.muted))
      return
    }
    let above = drawMetrics(state, into: &canvas, in: area)
    let (plots, cursor) = above.splitBottom(rows: above.height >= 6 ? 1 : 0)
    drawCursor(state, times: noisedData.times, into: &canvas, in: cursor)
    switch state.live.sampleView {
    case .trajectories where !state.live.colorsErrors:
      drawWalks(state, snapshot, noisedData, into: &canvas, in: plots)
    case .score where !state.live.colorsErrors:
      ScoreFieldPicture(
        snapshot: snapshot, frame: state.shownFrame, isEnd: state.isAtDataEnd,
        arrows: state.live.scoreArrows, underlay: state.live.scoreUnderlay,
        window: state.top.window(of: title), marks: state.marks,
        isTrueShape: Self.isTrueShape(state.shownPlane, in: plots), isColored: state.isColored
      ).draw(into: &canvas, in: plots)
    case .denoising where !state.live.colorsErrors:
      drawDenoising(state, into: &canvas, in: plots)
    case .scatter, .density, .trajectories, .score, .matrix, .pictures, .nearest, .denoising:
      drawSamples(state, snapshot, noisedData, into: &canvas, in: plots)
    }
  }

  /// Whether one unit is drawn as long both ways: where it means the same and there is height for it;
  /// in a low pane a true shape would be a speck.
  private static func isTrueShape(_ plane: PlotPlane?, in plots: Rect) -> Bool {
    plots.height >= 12 && plane?.isTrueToShape ?? false
  }

  private func drawSamples(
    _ state: WorkbenchState, _ snapshot: Snapshot, _ noisedData: Trajectories,
    into canvas: inout Canvas, in area: Rect
  ) {
    guard let pass = snapshot.samples, noisedData.frames.count == pass.trajectories.frames.count
    else {
      canvas.write("drawing samples ...", in: area, style: Style(.muted))
      return
    }
    guard let plane = state.shownPlane else { return writeNoComponents(into: &canvas, in: area) }
    let picture = SamplePicture(
      snapshot: snapshot, learned: pass.trajectories, noisedData: noisedData,
      exactScoreRun: state.live.showsExactScoreRun ? snapshot.exactScoreRun : nil,
      frame: state.shownFrame, plane: plane, window: state.top.window(of: title),
      isEnd: state.isAtDataEnd, marks: state.marks,
      isTrueShape: Self.isTrueShape(plane, in: area), isColored: state.isColored)
    if state.live.colorsErrors { return picture.drawErrors(into: &canvas, in: area) }
    let plots = picture.drawRareCounts(into: &canvas, in: area)
    switch state.live.sampleView {
    case .matrix where snapshot.dimension > 1: picture.drawMatrix(into: &canvas, in: plots)
    case .pictures where snapshot.images != nil: picture.drawPictures(into: &canvas, in: plots)
    case .nearest where snapshot.images != nil: picture.drawNearest(into: &canvas, in: plots)
    case .scatter, .density, .trajectories, .score, .matrix, .pictures, .nearest, .denoising:
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
  }

  private func drawDenoising(
    _ state: WorkbenchState, into canvas: inout Canvas, in area: Rect
  ) {
    guard let path = denoisingPath(state) else {
      canvas.write("following particles ...", in: area, style: Style(.muted))
      return
    }
    path.draw(into: &canvas, in: area)
  }

  private func writeNoComponents(into canvas: inout Canvas, in area: Rect) {
    canvas.write("working out the principal components ...", in: area, style: Style(.muted))
  }

  private func drawWalks(
    _ state: WorkbenchState, _ snapshot: Snapshot, _ noisedData: Trajectories,
    into canvas: inout Canvas, in area: Rect
  ) {
    guard let plane = state.shownPlane else { return writeNoComponents(into: &canvas, in: area) }
    guard let walks = snapshot.walks,
      walks.ways.allSatisfy({ $0.learned.frames.count == noisedData.frames.count })
    else {
      canvas.write("following particles ...", in: area, style: Style(.muted))
      return
    }
    let placed = snapshot.placedWalks.flatMap { $0.particle == state.live.placed ? $0 : nil }
    WalkPicture(
      snapshot: snapshot, walks: walks, noisedData: noisedData, placed: placed,
      frame: state.shownFrame, plane: plane, count: state.live.particleCount,
      followed: state.live.followed, crosshair: state.live.crosshair,
      window: state.top.window(of: title), marks: state.marks,
      isTrueShape: Self.isTrueShape(plane, in: area)
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
