import ScoreLab
import TermPlot

extension ErrorPane {
  static let commands = [
    Command(
      "error.less_noise", "less noise: the next smaller noise level",
      keys: Shortcut("[", .character("[")), Shortcut("left", .left, title: "less noise"),
      hint: Hint("[ ]", "level"),
      availability: {
        .when($0.live.levelIndex > 0, otherwise: "this is the level with the least noise")
      },
      change: { $0.showLevel($0.live.levelIndex - 1) }),
    Command(
      "error.more_noise", "more noise: the next larger noise level",
      keys: Shortcut("]", .character("]")), Shortcut("right", .right, title: "more noise"),
      availability: {
        .when(
          $0.live.levelIndex < $0.run.configuration.probe.levels - 1,
          otherwise: "this is the level with the most noise")
      },
      change: { $0.showLevel($0.live.levelIndex + 1) }),
    Command(
      "error.smaller_delta", "smaller delta", keys: Shortcut("d", .character("d")),
      hint: Hint("d D", "delta"), availability: { $0.canChange(delta, upwards: false) },
      perform: { $0.change(delta, upwards: false) }),
    Command(
      "error.larger_delta", "larger delta", keys: Shortcut("D", .character("D")),
      availability: { $0.canChange(delta, upwards: true) },
      perform: { $0.change(delta, upwards: true) }),
    Command(
      "error.view",
      "errors under q_t, at own samples, by distance, in parts, in a bound; dimension, collapse, refine, pixels",
      keys: Shortcut("b", .character("b")), hint: Hint("b", "view"),
      change: { state in
        repeat {
          state.live.errorView = state.live.errorView.next
        } while state.run.snapshot.map { !state.live.errorView.isFit(for: $0) } ?? false
      }),
    Command(
      "error.worst", "the worst points: error, density, position",
      keys: Shortcut("w", .character("w")), hint: Hint("w", "worst"),
      change: { $0.live.showsWorst.toggle() }),
  ]

  private static let delta = "probe.delta"
}

extension CaseIterable where Self: Equatable, AllCases == [Self] {
  /// The case after this one, round and round.
  var next: Self {
    let cases = Self.allCases
    return cases[((cases.firstIndex(of: self) ?? 0) + 1) % cases.count]
  }
}
