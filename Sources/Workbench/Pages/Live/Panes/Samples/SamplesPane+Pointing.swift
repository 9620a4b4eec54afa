import ScoreCore
import ScoreLab
import TermPlot

/// On the ways of particles the crosshair says where to put one down, and a click on a letter follows
/// that one.
extension SamplesPane: CrosshairPane {
  func hasOwnCrosshair(_ state: WorkbenchState) -> Bool {
    state.live.sampleView == .trajectories && !state.live.colorsErrors
  }

  func canPlaceCrosshair(_ state: WorkbenchState) -> Availability {
    guard let dimension = state.run.snapshot?.dimension, state.run.snapshot?.noisedData != nil
    else { return .no("there are no samples yet") }
    return .when(dimension <= 2, otherwise: "a particle is put down on a line or a plane")
  }

  func toggleCrosshair(_ state: inout WorkbenchState) {
    state.showTrajectories()
    guard state.live.crosshair == nil, let data = state.run.snapshot?.noisedData else {
      state.live.crosshair = nil
      return
    }
    state.focus = state.samplesPane
    state.live.crosshair = (0..<data.dimension).map { axis in
      let range = state.inView(axis) ?? data.range(axis)
      return (range.lowerBound + range.upperBound) / 2
    }
  }

  func click(
    _ plot: PlacedPlot, _ event: MouseEvent, _ state: inout WorkbenchState
  ) -> [Effect] {
    let value = plot.value(column: event.x, row: event.y)
    if let particle = particle(at: value, of: plot, state) {
      state.live.followed = state.live.followed == particle ? nil : particle
      return []
    }
    if case .no(let reason) = canPlaceCrosshair(state) {
      state.notice = Notice(text: reason, role: .accent)
      return []
    }
    guard let data = state.run.snapshot?.noisedData, let frame = state.run.snapshot?.coordinates
    else { return [] }
    if data.dimension == 1 { state.rest(atFrame: Int(value.x.rounded())) }
    let clicked = data.dimension == 1 ? [value.y] : [value.x, value.y]
    let position = clicked.enumerated().map { axis, value in
      let range = data.range(axis)
      let model = frame.modelCoordinate(value, axis: axis)
      return min(max(model, range.lowerBound), range.upperBound)
    }
    let isThere =
      position == state.live.crosshair || isCrosshair(of: state, at: event, in: plot, frame)
    if isThere, let place = Self.place {
      return state.perform(place)
    }
    state.live.crosshair = position
    return []
  }

  private static let place = particleCommands.first { $0.id == "samples.place" }

  /// The particle whose letter is at a place, or whose twin's.
  private func particle(
    at value: (x: Double, y: Double), of plot: PlacedPlot, _ state: WorkbenchState
  ) -> Int? {
    guard let letter = plot.letter(x: value.x, y: value.y) else { return nil }
    return (0..<state.live.particleCount).first { index in
      [false, true].contains { WalkPicture.letter(index, isTwin: $0) == letter }
    }
  }

  private func isCrosshair(
    of state: WorkbenchState, at event: MouseEvent, in plot: PlacedPlot, _ frame: CoordinateFrame
  ) -> Bool {
    guard let crosshair = state.live.crosshair else { return false }
    let user = crosshair.enumerated().map { frame.userUnits($1, axis: $0) }
    let cell =
      user.count == 1
      ? plot.cell(x: Double(state.shownFrame), y: user[0]) : plot.cell(x: user[0], y: user[1])
    return cell.map { $0 == (event.x, event.y) } ?? false
  }

  func words(_ state: WorkbenchState) -> [String]? {
    guard state.run.snapshot?.noisedData != nil else { return nil }
    let nearest: [String] =
      switch state.live.sampleView {
      case .pictures, .nearest: state.run.snapshot?.nearestImages.map { [$0.words] } ?? []
      case .scatter, .density, .trajectories, .score, .matrix, .denoising: []
      }
    return ["Samples at \(note(state))."] + nearest
      + state.wordsOfPlots(ofPane: state.samplesPane)
  }
}

extension WorkbenchState {
  /// Where values are read in the plane of the samples, in model coordinates.
  var readPosition: [Double]? {
    guard page == .live, pageType.panes[focus] is SamplesPane, let crosshair = shownCrosshair,
      let frame = run.snapshot?.coordinates, run.snapshot?.dimension == 2,
      let plot = focusedPlots.dropFirst(crosshair.plot).first,
      [plot.x.title, plot.y.title] == frame.names
    else { return nil }
    return [crosshair.x, crosshair.y].enumerated().map { axis, value in
      frame.modelCoordinate(value, axis: axis)
    }
  }

  /// Stops the play and puts the time cursor on a frame of the pass, or the nearest there is.
  mutating func rest(atFrame frame: Int) {
    live.isAnimating = false
    showTime(frame >= lastFrame ? nil : max(0, frame))
  }
}
