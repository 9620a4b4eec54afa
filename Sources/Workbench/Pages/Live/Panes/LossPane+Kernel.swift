import ScoreLab
import TermPlot

/// The effective rank of the tangent kernel by noise level, next to that of the network before its first
/// step.
extension LossPane {
  func kernelPicture(
    _ levels: [TangentRank], step: Int, _ state: WorkbenchState
  ) -> NetworkPicture {
    let times = levels.map(\.time)
    let count = levels[0].pointCount
    return NetworkPicture(
      times: times, step: step, lines: kernelLines(levels[levelIndex(levels.count, state)]),
      upper: levelChart(
        [
          band(times, levels.map(\.trained.interval)),
          .init(
            "first weights", x: times, y: levels.map(\.untrained.value), role: .floor,
            stroke: Stroke(.dashed, ascii: "o")),
          .init(
            "tangent rank", x: times, y: levels.map(\.trained.value), role: .quantile,
            stroke: Stroke(.solid, ascii: "*")),
        ], times: times, y: AxisSettings("rank of \(count)"), state))
  }

  private func kernelLines(_ level: TangentRank) -> [(text: String, role: StyleRole)] {
    [
      (
        "\(short(time: level.time)): rank \(text(level.trained)) of \(level.pointCount)", .text
      ),
      ("at first weights \(text(level.untrained))", .floor),
    ]
  }
}
