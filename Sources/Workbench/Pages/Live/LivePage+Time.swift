import ScoreCore
import ScoreLab

/// The time cursor of the Samples pane, its play, and its link to the Error pane's level.
extension WorkbenchState {
  /// The last frame of the pass on screen.
  var lastFrame: Int { max(0, (run.snapshot?.noisedData?.frames.count ?? 1) - 1) }

  /// The frame shown.
  var shownFrame: Int { min(live.frame ?? lastFrame, lastFrame) }

  /// Whether the data end is looked at, not time.
  var isAtDataEnd: Bool { live.frame == nil && !live.isAnimating }

  /// Puts the time cursor on a frame, and the Error pane on its noise level where they are linked.
  mutating func showTime(_ frame: Int?) {
    live.frame = frame
    guard live.isTimeLinked, let times = run.snapshot?.noisedData?.times,
      let levels = run.snapshot?.probe?.levels, !levels.isEmpty
    else { return }
    live.levelIndex = nearest(to: times[shownFrame], among: levels.map(\.time))
  }

  /// Chooses a noise level, and puts the time cursor where it is nearest if they are linked.
  mutating func showLevel(_ index: Int) {
    live.levelIndex = index
    guard live.isTimeLinked, let times = run.snapshot?.noisedData?.times,
      let levels = run.snapshot?.probe?.levels, levels.indices.contains(index)
    else { return }
    let frame = nearest(to: levels[index].time, among: times)
    live.isAnimating = false
    live.frame = frame == lastFrame ? nil : frame
  }

  /// The place of the time whose log signal-to-noise ratio is nearest to that of another.
  func nearest(to time: Double, among times: [Double]) -> Int {
    let process = run.snapshot?.configuration.process.make()
    func logSNR(_ time: Double) -> Double { process?.level(at: time).logSNR ?? 0 }
    let target = logSNR(time)
    return times.indices.min {
      abs(logSNR(times[$0]) - target) < abs(logSNR(times[$1]) - target)
    } ?? 0
  }

  /// One tick of the play: a pass takes about four seconds at the speed 1 and begins again.
  mutating func animate() {
    guard live.isAnimating, run.snapshot?.noisedData != nil else { return }
    let way = Double(max(1, lastFrame / 100)) * live.playSpeed + live.playRest
    live.playRest = way - way.rounded(.down)
    guard way >= 1 else { return }
    showTime(shownFrame >= lastFrame ? 0 : min(shownFrame + Int(way), lastFrame))
  }
}
