import NumberFormatting
import ScoreLab
import TermPlot

extension SamplesPane {
  static let commands: [Command] = viewCommands + particleCommands + timeCommands

  private static let viewCommands: [Command] = [
    Command(
      "samples.view", "scatter, density, trajectories, score, matrix, pictures or denoising",
      keys: Shortcut("v", .character("v")),
      hint: Hint("v", "view"),
      change: { state in
        // From the errors the view goes back to what it was.
        if !state.live.colorsErrors {
          repeat {
            state.live.sampleView = state.live.sampleView.next
          } while state.run.snapshot.map { !state.live.sampleView.isFit(for: $0) } ?? false
        }
        state.live.colorsErrors = false
      }),
    Command(
      "samples.errors", "colour the samples by the score error there",
      keys: Shortcut("c", .character("c")), hint: hint("c", "errors"),
      change: { $0.live.colorsErrors.toggle() }),
    Command(
      "samples.axes", "another pair of axes, or the principal components",
      keys: Shortcut("A", .character("A")),
      availability: {
        .when(
          $0.run.snapshot?.dimension ?? 0 > 2,
          otherwise: "these points have no more than two coordinates")
      },
      change: { state in
        state.live.plane = (state.live.plane + 1) % state.planeCount
      }),
    Command(
      "samples.metrics", "sample metrics with their nulls below the samples",
      keys: Shortcut("M", .character("M")), hint: Hint("M", "metrics"),
      change: { $0.live.showsMetrics = !SamplesPane.showsMetrics($0) }),
    Command(
      "samples.arrows", "the score: learned, learned less exact, exact",
      keys: Shortcut("g", .character("g")), hint: hint("g", "score"),
      change: { $0.showScore { $0.scoreArrows = $0.scoreArrows.next } }),
    Command(
      "samples.underlay", "under the arrows: exact density, contours, learned density",
      keys: Shortcut("G", .character("G")),
      change: { $0.showScore { $0.scoreUnderlay = $0.scoreUnderlay.next } }),
    Command(
      "samples.exact_score_run", "exact-score run, driven by the same noise",
      keys: Shortcut("x", .character("x")), hint: hint("x", "exact-score"),
      availability: {
        .when(
          !$0.live.colorsErrors && $0.live.sampleView.hasExactScoreRun,
          otherwise: "this view has no exact-score run; v goes to one with it")
      },
      change: { $0.live.showsExactScoreRun.toggle() }),
  ]

  /// A hint that makes room for those of particles where they are shown.
  private static func hint(_ keys: String, _ word: String) -> Hint {
    Hint(keys, nil) {
      $0.live.sampleView == .trajectories && !$0.live.colorsErrors ? "" : word
    }
  }

  private static let timeCommands: [Command] = [
    Command(
      "samples.back", "back in time, towards noise",
      keys: Shortcut(",", .character(",")),
      hint: Hint(", .", "time"), availability: isAfterNoise, change: { moveInTime(-1, &$0) }),
    Command(
      "samples.forward", "on in time, towards data",
      keys: Shortcut(".", .character(".")), availability: isBeforeData,
      change: { moveInTime(1, &$0) }),
    Command(
      "samples.first", "to the noise end", keys: Shortcut("<", .character("<")),
      availability: isAfterNoise, change: { rest(at: 0, &$0) }),
    Command(
      "samples.last", "to the data end", keys: Shortcut(">", .character(">")),
      availability: isBeforeData, change: { rest(at: nil, &$0) }),
    Command(
      "samples.play", "play the pass from noise to data", keys: Shortcut("a", .character("a")),
      hint: Hint("a", "play"),
      change: { state in
        state.live.isAnimating.toggle()
        if state.live.isAnimating && state.live.frame == nil { state.showTime(0) }
      }),
    Command(
      "samples.slower", "play slower", keys: Shortcut("{", .character("{")),
      availability: {
        .when($0.live.playSpeed > 0.125, otherwise: "this is the slowest play")
      }, change: { $0.play(times: 0.5) }),
    Command(
      "samples.faster", "play faster", keys: Shortcut("}", .character("}")),
      availability: { .when($0.live.playSpeed < 8, otherwise: "this is the fastest play") },
      change: { $0.play(times: 2) }),
    Command(
      "samples.link", "link time and the Error pane's level, or not",
      keys: Shortcut("T", .character("T")),
      change: { state in
        state.live.isTimeLinked.toggle()
        state.notice = Notice(
          text: state.live.isTimeLinked
            ? "time and noise level follow each other" : "time and noise level go apart",
          role: .accent)
      }),
  ]

  static let isAfterNoise: @Sendable (WorkbenchState) -> Availability = { state in
    .when(
      state.live.isAnimating || state.live.frame != 0 && state.lastFrame > 0,
      otherwise: state.lastFrame > 0 ? "this is the noise end" : "there are no samples yet")
  }

  static let isBeforeData: @Sendable (WorkbenchState) -> Availability = { state in
    .when(
      state.live.isAnimating || state.live.frame != nil,
      otherwise: state.lastFrame > 0 ? "this is the data end" : "there are no samples yet")
  }

  /// Moves the time cursor by a fiftieth of the pass, and to the newest frame at its end.
  static func moveInTime(_ direction: Int, _ state: inout WorkbenchState) {
    let next = state.shownFrame + direction * max(1, state.lastFrame / 50)
    rest(at: next >= state.lastFrame ? nil : max(0, next), &state)
  }

  private static func rest(at frame: Int?, _ state: inout WorkbenchState) {
    state.live.isAnimating = false
    state.showTime(frame)
  }
}

extension WorkbenchState {
  /// Changes the speed of the play and says it.
  fileprivate mutating func play(times factor: Double) {
    live.playSpeed *= factor
    notice = Notice(text: "play at speed \(NumberText.short(live.playSpeed))", role: .accent)
  }
}

extension WorkbenchState {
  /// Changes the view of the score, or goes to it from another view.
  fileprivate mutating func showScore(or change: (inout LivePage) -> Void) {
    if live.sampleView == .score, !live.colorsErrors {
      change(&live)
    } else {
      live.sampleView = .score
      live.colorsErrors = false
    }
  }
}
