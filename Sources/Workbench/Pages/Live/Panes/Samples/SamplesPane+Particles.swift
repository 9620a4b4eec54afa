import ScoreCore
import ScoreLab
import TermPlot

/// Following particles, and putting one down with the crosshair.
extension SamplesPane {
  /// How many particles can be shown at once.
  private static let counts = [1, 2, 4, 6, 10, Walk.particleLimit]

  static let particleCommands: [Command] = [
    Command(
      "samples.follow", "follow the next particle", keys: Shortcut("i", .character("i")),
      hint: Hint("i", "follow"), change: { $0.follow(1) }),
    Command(
      "samples.follow_previous", "follow the particle before",
      keys: Shortcut("I", .character("I")), change: { $0.follow(-1) }),
    Command(
      "samples.more_particles", "more particles, up to 20", keys: Shortcut("n", .character("n")),
      availability: {
        .when($0.live.particleCount < Walk.particleLimit, otherwise: "these are all particles")
      },
      change: { state in
        state.live.particleCount = counts.first { $0 > state.live.particleCount } ?? counts[0]
      }),
    Command(
      "samples.fewer_particles", "fewer particles", keys: Shortcut("N", .character("N")),
      availability: { .when($0.live.particleCount > 1, otherwise: "this is the last particle") },
      change: { state in
        state.live.particleCount = counts.last { $0 < state.live.particleCount } ?? counts[0]
        if let followed = state.live.followed {
          state.live.followed = min(followed, state.live.particleCount - 1)
        }
      }),
    Command(
      "samples.left", "back in time, or the crosshair left", keys: Shortcut("left", .left),
      availability: { $0.movesCrosshair ? .yes : isAfterNoise($0) },
      change: { $0.movesCrosshair ? $0.moveCrosshair(0, -1) : moveInTime(-1, &$0) }),
    Command(
      "samples.right", "on in time, or the crosshair right", keys: Shortcut("right", .right),
      availability: { $0.movesCrosshair ? .yes : isBeforeData($0) },
      change: { $0.movesCrosshair ? $0.moveCrosshair(0, 1) : moveInTime(1, &$0) }),
    Command(
      "samples.up", "crosshair up", keys: Shortcut("up", .up), availability: hasCrosshair,
      change: { $0.moveCrosshair($0.crosshairAxes - 1, 1) }),
    Command(
      "samples.down", "crosshair down", keys: Shortcut("down", .down), availability: hasCrosshair,
      change: { $0.moveCrosshair($0.crosshairAxes - 1, -1) }),
    Command(
      "samples.place", "put a particle down at the crosshair", keys: Shortcut("Enter", .enter),
      availability: { $0.readPosition == nil ? hasCrosshair($0) : .yes },
      change: { state in
        if let read = state.readPosition {
          state.showTrajectories()
          (state.live.crosshair, state.crosshair) = (read, nil)
        }
        guard let position = state.live.crosshair else { return }
        let particle = PlacedParticle(position: position, index: state.shownFrame)
        // Where one lies already it is picked up.
        state.live.placed = state.live.placed == particle ? nil : particle
        state.live.followed = nil
      }),
  ]

  private static let hasCrosshair: @Sendable (WorkbenchState) -> Availability = {
    .when($0.live.crosshair != nil, otherwise: "+ shows the crosshair first")
  }
}

extension WorkbenchState {
  /// How many coordinates the crosshair has.
  fileprivate var crosshairAxes: Int { live.crosshair?.count ?? 1 }

  /// Whether left and right move the crosshair; on a line across is time.
  fileprivate var movesCrosshair: Bool { crosshairAxes == 2 }

  mutating func showTrajectories() {
    live.sampleView = .trajectories
    live.colorsErrors = false
  }

  /// Goes on among none and the particles shown.
  fileprivate mutating func follow(_ direction: Int) {
    if live.sampleView == .denoising { live.colorsErrors = false } else { showTrajectories() }
    let count = live.particleCount + 1
    let next = ((live.followed ?? -1) + 1 + direction + count) % count
    live.followed = next == 0 ? nil : next - 1
  }

  /// What is in view of an axis of the plane, in model coordinates; nil where that is all of it.
  func inView(_ axis: Int) -> ClosedRange<Double>? {
    guard let frame = run.snapshot?.coordinates else { return nil }
    // On a line the coordinate goes up, and across is time.
    let range = top.window(of: SamplesPane().title).range(
      ofAxis: frame.names[axis], isVertical: axis == 1 || frame.names.count == 1)
    return range.map {
      frame.modelCoordinate(
        $0.lowerBound, axis: axis)...frame.modelCoordinate(
          $0.upperBound, axis: axis)
    }
  }

  /// Moves the crosshair along an axis by a fortieth of what is in view, up to the edge.
  fileprivate mutating func moveCrosshair(_ axis: Int, _ direction: Double) {
    guard let position = live.crosshair, position.indices.contains(axis),
      let range = run.snapshot?.noisedData?.range(axis)
    else { return }
    let shown = inView(axis) ?? range
    let step = (shown.upperBound - shown.lowerBound) / 40
    let next = position[axis] + direction * step
    live.crosshair?[axis] = min(max(next, range.lowerBound), range.upperBound)
  }
}
