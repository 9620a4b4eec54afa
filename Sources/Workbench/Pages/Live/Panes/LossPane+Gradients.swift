import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// The spread of single gradients over their mean by noise level, and how much of it is the Bayes floor's.
extension LossPane {
  func gradientPicture(
    _ levels: [GradientLevel], step: Int, _ state: WorkbenchState
  ) -> NetworkPicture {
    let times = levels.map(\.time)
    let floors = floorShares(levels.count, state)
    // Where the mean cannot be told from 0 an interval has no end: it goes out of the chart.
    let values = levels.flatMap { [$0.drawn.value, $0.drawn.low, $0.withoutFloor.value] }
    let top = 3 * (values.filter(\.isFinite).max() ?? 1)
    func clipped(_ value: Double) -> Double { min(value, top) }
    let intervals = levels.map { clipped($0.drawn.low)...clipped($0.drawn.high) }
    return NetworkPicture(
      times: times, step: step,
      lines: gradientLines(levels, floors, at: levelIndex(levels.count, state)),
      upper: levelChart(
        [
          band(times, intervals),
          .init(
            "without floor", x: times, y: levels.map { finite($0.withoutFloor.value) },
            role: .floor, stroke: Stroke(.dashed, ascii: "o")),
          .init(
            "gradient spread", x: times, y: levels.map { finite($0.drawn.value) },
            role: .quantile, stroke: Stroke(.solid, ascii: "*")),
        ], times: times, y: AxisSettings("spread / mean", scale: .logarithmic), state),
      lower: levelChart(
        [
          band(times, levels.map(\.floorShare.interval)),
          .init(
            "floor share", x: times, y: floors.map { $0 ?? .nan }, role: .floor,
            stroke: Stroke(.dashed, ascii: "f")),
          .init(
            "noise from floor", x: times, y: levels.map(\.floorShare.value), role: .quantile,
            stroke: Stroke(.solid, ascii: "*")),
        ], times: times, y: AxisSettings("share of floor", lower: 0, upper: 1), state))
  }

  private func finite(_ value: Double) -> Double { value.isFinite ? value : .nan }

  /// The Bayes floor of the run's target at each level over the target's mean square; nil where the data's
  /// moments are not known or it is not measured yet.
  private func floorShares(_ count: Int, _ state: WorkbenchState) -> [Double?] {
    guard let losses = state.run.snapshot?.measurements.levelLosses, losses.levels.count == count
    else { return Array(repeating: nil, count: count) }
    let target = state.run.configuration.objective.make().target
    return losses.levels.indices.map { index in
      losses.recoverable(of: target, at: index).map { 1 - $0 }
    }
  }

  private func gradientLines(
    _ levels: [GradientLevel], _ floors: [Double?], at index: Int
  ) -> [(text: String, role: StyleRole)] {
    let level = levels[index]
    func text(_ spread: GradientLevel.Spread) -> String {
      self.text(spread.value, spread.low, spread.high)
    }
    let floor = floors[index].map { "\(NumberText.short(100 * $0, digits: 3))% of the target" }
    return [
      ("\(short(time: level.time)): spread \(text(level.drawn)) means", .text),
      ("without the floor \(text(level.withoutFloor))", .floor),
      (
        "the floor, \(floor ?? "of unknown share"), is \(self.text(level.floorShare, times: 100))% "
          + "of the spread's square", .quantile
      ),
    ]
  }
}
