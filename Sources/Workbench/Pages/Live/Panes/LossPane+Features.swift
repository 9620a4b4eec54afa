import NumberFormatting
import ScoreLab
import TermPlot

/// The features of the last layer by noise level: the share of their variance along the first axes, and how
/// well they tell the parts of the distribution apart.
extension LossPane {
  func featurePicture(
    _ levels: [FeatureLevel], step: Int, _ state: WorkbenchState
  ) -> NetworkPicture {
    let times = levels.map(\.time)
    return NetworkPicture(
      times: times, step: step, lines: featureLines(levels[levelIndex(levels.count, state)]),
      upper: levelChart(
        [
          band(times, levels.map(\.trained.firstTwoAxes.interval)),
          .init(
            "first weights", x: times, y: levels.map(\.untrained.firstTwoAxes.value), role: .floor,
            stroke: Stroke(.dotted, ascii: "o")),
          .init(
            "first axis", x: times, y: levels.map(\.trained.firstAxis.value), role: .l2,
            stroke: Stroke(.dashed, ascii: "1")),
          .init(
            "first two axes", x: times, y: levels.map(\.trained.firstTwoAxes.value),
            role: .quantile, stroke: Stroke(.solid, ascii: "2")),
        ], times: times, y: AxisSettings("share of variance"), state),
      lower: levels[0].partCount == nil ? nil : separabilityChart(levels, times, state))
  }

  private func separabilityChart(
    _ levels: [FeatureLevel], _ times: [Double], _ state: WorkbenchState
  ) -> LineChart {
    levelChart(
      [
        band(times, levels.compactMap(\.trained.separability?.interval)),
        // First in the legend, which a narrow pane cuts.
        .init(
          "separability", x: times, y: levels.map { $0.trained.separability?.value ?? .nan },
          role: .quantile, stroke: Stroke(.solid, ascii: "*")),
        .init(
          "permuted labels", x: times, y: levels.map { $0.permuted ?? .nan }, role: .markov,
          stroke: Stroke(.dotted, ascii: "p")),
        .init(
          "noisy points", x: times, y: levels.map { $0.pointSeparability ?? .nan }, role: .l2,
          stroke: Stroke(.dashed, ascii: "x")),
        .init(
          "first weights", x: times,
          y: levels.map { $0.untrained.separability?.value ?? .nan }, role: .floor,
          stroke: Stroke(.dashDot, ascii: "o")),
      ], times: times, y: AxisSettings("share told right", lower: 0, upper: 1), state)
  }

  private func featureLines(_ level: FeatureLevel) -> [(text: String, role: StyleRole)] {
    let (trained, start) = (level.trained, level.untrained)
    var lines: [(text: String, role: StyleRole)] = [
      (
        "\(short(time: level.time)): 2 axes \(text(trained.firstTwoAxes, times: 100))%, at first "
          + "weights \(percent(start.firstTwoAxes.value))", .text
      )
    ]
    guard let parts = level.partCount, let told = trained.separability,
      let permuted = level.permuted
    else {
      lines.append(("no parts to tell apart: the distribution has one, or none known", .muted))
      return lines
    }
    lines.append(
      ("\(parts) parts told \(text(told, times: 100))%, permuted \(percent(permuted))", .quantile))
    lines.append(
      (
        "by first weights \(percent(start.separability?.value)), by noisy points "
          + percent(level.pointSeparability), .floor
      ))
    lines.append(
      (
        "1 axis \(text(trained.firstAxis, times: 100))%, of \(level.width) features",
        .muted
      ))
    return lines
  }

  private func percent(_ share: Double?) -> String {
    share.map { NumberText.short(100 * $0, digits: 3) + "%" } ?? "unknown"
  }
}
