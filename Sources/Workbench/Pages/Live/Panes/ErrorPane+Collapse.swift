import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// How far the score leads to the data's manifold: the eigenvalues of its denoiser's Jacobian over the steps
/// and over the noise levels, and how far denoised points are from the manifold.
extension ErrorPane {
  func drawCollapse(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    if let missing = collapseObstacle(state) {
      canvas.write(missing, in: area, style: Style(.muted))
      return
    }
    guard let spectra = state.run.snapshot?.measurements.denoiserSpectra,
      !spectra.levels.isEmpty
    else {
      canvas.write("measuring the denoiser's Jacobian ...", in: area, style: Style(.muted))
      return
    }
    var rest = area
    let lines = zip(collapseLines(spectra, state), shorterCollapseLines(spectra, state))
    for (line, shorter) in lines.prefix(area.height < 8 ? 1 : 3) {
      let parts = rest.splitTop(rows: 1)
      let fitting = ([line.text] + shorter).first { $0.count <= parts.top.width }
      let text = fitting ?? shorter.last ?? line.text
      canvas.write(
        state.marks.fit(text, width: parts.top.width), in: parts.top, style: Style(line.role))
      rest = parts.rest
    }
    let hasTwo = rest.height >= 14
    let (upper, lower) = rest.splitTop(rows: hasTwo ? rest.height / 2 : rest.height)
    overSteps(spectra, state).draw(into: &canvas, in: upper)
    guard hasTwo else { return }
    let inner = overLevels(spectra, state).draw(into: &canvas, in: lower)
    registerLevels(into: &canvas, in: inner)
  }

  private func collapseObstacle(_ state: WorkbenchState) -> String? {
    guard let snapshot = state.run.snapshot,
      snapshot.dimension > DenoiserSpectra.largestDimension
    else { return nil }
    return "the Jacobian is measured up to \(DenoiserSpectra.largestDimension) dimensions"
  }

  private func collapseIndex(_ spectra: DenoiserSpectra, _ state: WorkbenchState) -> Int {
    min(state.live.levelIndex, spectra.levels.count - 1)
  }

  /// The chosen level over the steps; the exact values are lines.
  private func overSteps(_ spectra: DenoiserSpectra, _ state: WorkbenchState) -> LineChart {
    let index = collapseIndex(spectra, state)
    let level = spectra.levels[index]
    let steps = spectra.history.map { Double($0.step) }
    func history(_ values: (DenoiserSpectra.Entry) -> [Double]) -> [Double] {
      spectra.history.map { values($0).isEmpty ? .nan : values($0)[index] }
    }
    let exact = [(level.exact.along, "exact along"), (level.exact.across, "exact across")]
    let window = state.top.window(of: title)
    let isLogarithmic = state.live.isStepLogarithmic
    return LineChart(
      series: [
        .init(
          "along", x: steps, y: history(\.along), role: .learned,
          stroke: Stroke(.solid, ascii: "*")),
        .init(
          "across", x: steps, y: history(\.across), role: .quantile,
          stroke: Stroke(.dashed, ascii: "o")),
        .init(
          "off manifold", x: steps, y: history(\.offManifold), role: .l2,
          stroke: Stroke(.dotted, ascii: ".")),
      ],
      levels: exact.compactMap { value, label in
        value.map { LineChart.Level($0.value, label: "\(label) \(short($0.value))", role: .floor) }
      },
      x: AxisSettings(
        "step", scale: isLogarithmic ? .logarithmic : .linear, lower: isLogarithmic ? 1 : 0,
        upper: Double(max(10, spectra.step))),
      y: window.y(AxisSettings("eigenvalue")), marks: state.marks)
  }

  /// The newest step over the noise levels.
  private func overLevels(_ spectra: DenoiserSpectra, _ state: WorkbenchState) -> LineChart {
    let times = spectra.levels.map(\.time)
    func values(_ value: (DenoiserSpectra.Level) -> Estimate?) -> [Double] {
      spectra.levels.map { value($0)?.value ?? .nan }
    }
    let window = state.top.window(of: title)
    return LineChart(
      series: [
        .init(
          "along", x: times, y: values(\.learned.along), role: .learned,
          stroke: Stroke(.solid, ascii: "*")),
        .init(
          "across", x: times, y: values(\.learned.across), role: .quantile,
          stroke: Stroke(.dashed, ascii: "o")),
        .init(
          "exact along", x: times, y: values(\.exact.along), role: .exact,
          stroke: Stroke(.dotted, ascii: "a")),
        .init(
          "exact across", x: times, y: values(\.exact.across), role: .floor,
          stroke: Stroke(.dashDot, ascii: "c")),
      ],
      events: [.init(x: times[collapseIndex(spectra, state)], label: "t", role: .accent)],
      x: window.x(AxisSettings("noise level: time t", scale: .logarithmic)),
      y: window.y(AxisSettings("eigenvalue")), marks: state.marks)
  }

  func collapseLines(_ spectra: DenoiserSpectra, _ state: WorkbenchState) -> [Number] {
    let level = spectra.levels[collapseIndex(spectra, state)]
    let k = spectra.intrinsicDimension
    var parts = [
      "t \(NumberText.short(level.time, digits: 2)), sigma \(short(level.level.sigma))"
    ]
    if let along = level.learned.along, let exact = level.exact.along {
      parts.append("\(k) along \(text(along)), exact \(short(exact.value))")
    }
    if let across = level.learned.across, let exact = level.exact.across {
      parts.append(
        "\(spectra.dimension - k) across \(text(across)), exact \(short(exact.value))")
    }
    var lines: [Number] = [(parts.joined(separator: "; "), .text)]
    if let off = level.learned.offManifold, let exact = level.exact.offManifold {
      lines.append(
        ("D(x) off the manifold: \(short(off)), exact \(short(exact)) (root mean square)", .l2))
    }
    lines.append(("eigenvalues " + list(level.learned.eigenvalues), .muted))
    return lines
  }

  /// The same in fewer words, for narrow panes, the most of them first; time and exact values stand in
  /// the title and the plot too.
  private func shorterCollapseLines(
    _ spectra: DenoiserSpectra, _ state: WorkbenchState
  ) -> [[String]] {
    let level = spectra.levels[collapseIndex(spectra, state)]
    let k = spectra.intrinsicDimension
    let sides = [
      (k, "along", level.learned.along, level.exact.along),
      (spectra.dimension - k, "across", level.learned.across, level.exact.across),
    ]
    func joined(_ text: (Int, String, Estimate, Estimate?) -> String) -> String {
      sides.compactMap { count, name, learned, exact in
        learned.map { text(count, name, $0, exact) }
      }.joined(separator: ", ")
    }
    let means = joined { count, name, learned, _ in "\(count) \(name) \(short(learned.value))" }
    let known = joined { count, name, learned, exact in
      "\(count) \(name) \(short(learned.value))"
        + (exact.map { " (exact \(short($0.value)))" } ?? "")
    }
    var lines = [[known, means + "; sigma \(short(level.level.sigma))", means]]
    if let off = level.learned.offManifold, let exact = level.exact.offManifold {
      lines.append(["off manifold \(short(off)), exact \(short(exact))"])
    }
    return lines + [["eigenvalues " + list(level.learned.eigenvalues, kept: 4)]]
  }

  /// The largest and the least of many.
  private func list(_ values: [Double], kept: Int = 8) -> String {
    let texts = values.map { NumberText.short($0, digits: 2) }
    return texts.count <= kept
      ? texts.joined(separator: " ")
      : (texts.prefix(kept / 2 + 1) + ["..."] + texts.suffix(kept / 4)).joined(separator: " ")
  }

  /// A mean over points with 95 % on either side.
  private func text(_ mean: Estimate) -> String {
    "\(short(mean.value)) +- \(NumberText.short(1.96 * mean.standardError, digits: 2))"
  }

  private func short(_ value: Double) -> String { NumberText.short(value, digits: 3) }

  /// The lines as sentences.
  func collapseWords(_ state: WorkbenchState) -> [String]? {
    if let missing = collapseObstacle(state) { return [missing + "."] }
    guard let spectra = state.run.snapshot?.measurements.denoiserSpectra, !spectra.levels.isEmpty
    else { return nil }
    return collapseLines(spectra, state).map { $0.text + "." }
  }
}
