import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// What the Loss pane shows.
enum LossView: String, Sendable, CaseIterable {
  /// The loss over the steps, of all levels together.
  case curve
  /// The excess over the Bayes floor, by noise level and step.
  case excess
  /// Floor and excess together, by noise level and step.
  case levels
  /// The effective rank of the network's tangent kernel, by noise level.
  case kernel
  /// The variance and the separability of the last layer's features, by noise level.
  case features
  /// The spread of gradients and the floor's share in it, by noise level.
  case gradients

  /// Whether it is the loss by noise level.
  var isByLevel: Bool {
    switch self {
    case .excess, .levels: true
    case .curve, .kernel, .features, .gradients: false
    }
  }
}

/// The loss by noise level: where there is something left to learn, whatever the whole loss does.
///
/// Source: Yao et al. 2026 (arXiv:2605.10790): the whole loss can stay flat while levels with little noise
/// go on learning.
extension LossPane {
  /// The target in view by name: that of the run, until another is chosen.
  func targetName(_ state: WorkbenchState) -> String {
    state.live.lossTarget ?? state.run.configuration.objective.target.name
  }

  /// The same: the run's with its parameters, others with their standard ones.
  private func target(_ state: WorkbenchState) -> any TrainingTarget {
    let name = targetName(state)
    let other = TrainingTargetCatalog.all.first {
      $0.name == name && name != state.run.configuration.objective.target.name
    }
    return (try? other?.make()) ?? state.run.configuration.objective.make().target
  }

  /// Shows the loss of the next target in the catalog.
  static func showNextTarget(_ state: inout WorkbenchState) {
    let names = TrainingTargetCatalog.all.map(\.name)
    let place = names.firstIndex(of: LossPane().targetName(state)) ?? -1
    state.live.lossTarget = names[(place + 1) % names.count]
  }

  func drawLevels(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let losses = state.run.snapshot?.measurements.levelLosses,
      let last = losses.history.last
    else {
      canvas.write("measuring the loss by noise level ...", in: area, style: Style(.muted))
      return
    }
    var rest = area
    for (line, role) in levelLines(losses, state).prefix(area.height < 8 ? 1 : 3) {
      let parts = rest.splitTop(rows: 1)
      canvas.write(
        state.marks.fit(line, width: parts.top.width), in: parts.top, style: Style(role))
      rest = parts.rest
    }
    let isLogarithmic = state.live.isStepLogarithmic
    let steps = AxisRange(isLogarithmic ? 1 : 0, Double(max(10, last.step)))
    var grid = ValueGrid(
      columns: Self.columns, rows: losses.levels.count,
      values: values(losses, target(state), steps: steps, isLogarithmic: isLogarithmic, state),
      x: steps, y: AxisRange(-0.5, Double(losses.levels.count) - 0.5))
    grid.xScale = isLogarithmic ? .logarithmic : .linear
    var levels = AxisSettings("noise level: time t", lower: grid.y.lower, upper: grid.y.upper)
    levels.names = losses.levels.map { NumberText.short($0.time, digits: 2) }
    let window = state.top.window(of: title)
    let what = state.live.lossView == .excess ? "excess" : "floor + excess"
    DensityMap(
      DensityLayer(
        grid, scale: .logarithmic, marks: state.marks, isColored: state.isColored),
      label: "\(what), target \(targetName(state))",
      x: window.x(
        AxisSettings(
          "step", scale: grid.xScale, lower: steps.lower, upper: steps.upper)),
      y: window.y(levels)
    ).draw(into: &canvas, in: rest)
  }

  /// The columns of the grid, more than most screens have.
  private static let columns = 240

  /// What was known at the step of each column; NaN before the first.
  private func values(
    _ losses: LevelLosses, _ target: any TrainingTarget, steps: AxisRange,
    isLogarithmic: Bool, _ state: WorkbenchState
  ) -> [Double] {
    let axis = Axis(steps, scale: isLogarithmic ? .logarithmic : .linear)
    var place = -1
    let entries = (0..<Self.columns).map { column in
      let step = axis.value(at: (Double(column) + 1) / Double(Self.columns))
      while place + 1 < losses.history.count, Double(losses.history[place + 1].step) <= step + 0.5 {
        place += 1
      }
      return place < 0 ? nil : losses.history[place]
    }
    return losses.levels.indices.flatMap { index in
      let factor = losses.factor(of: target, at: index)
      let floor = state.live.lossView == .levels ? losses.floor(of: target, at: index) : 0
      return entries.map { $0.map { factor * $0.excess[index] + floor } ?? .nan }
    }
  }

  // MARK: - Words

  /// The chosen level in numbers, and whether it learns while the whole loss stands.
  func levelLines(_ losses: LevelLosses, _ state: WorkbenchState) -> [(String, StyleRole)] {
    guard let last = losses.history.last else { return [] }
    let index = min(state.live.levelIndex, losses.levels.count - 1)
    let target = target(state)
    let excess = losses.factor(of: target, at: index) * last.excess[index]
    let floor = losses.floor(of: target, at: index)
    let time = NumberText.short(losses.levels[index].time, digits: 2)
    var line =
      "t \(time): loss \(short(floor + excess)) = floor \(short(floor)) + excess \(short(excess))"
    if let share = losses.recoverable(of: target, at: index) {
      line += "; recoverable \(NumberText.short(100 * share, digits: 2))%"
    }
    return [(line, .text)]
      + [course(losses, at: index, state)].compactMap { $0.map { ($0, .muted) } }
  }

  /// How the whole loss and the excess of a level changed over the later half of the steps.
  private func course(
    _ losses: LevelLosses, at index: Int, _ state: WorkbenchState
  ) -> String? {
    guard let snapshot = state.run.snapshot, let last = losses.history.last,
      let before = losses.history.last(where: { 2 * $0.step <= last.step }), before.step > 0,
      let old = snapshot.history.buckets.last(where: { $0.middleStep <= Double(before.step) }),
      let new = snapshot.history.buckets.last, old.smoothed > 0, before.excess[index] > 0
    else { return nil }
    func change(_ old: Double, _ new: Double) -> String {
      let percent = 100 * (new / old - 1)
      return (percent >= 0 ? "+" : "") + NumberText.short(percent, digits: 2) + "%"
    }
    return "since step \(grouped(before.step)): excess here "
      + change(before.excess[index], last.excess[index]) + ", whole loss "
      + change(old.smoothed, new.smoothed)
  }

  private func short(_ value: Double) -> String { NumberText.short(value, digits: 3) }
}
