import ScoreCore
import ScoreLab
import ScoreTheory

extension SchedulesFindings {
  var caveats: [String] {
    var caveats = [
      range == nil
        ? "Differences below the spread of the null are chance; nothing can be said of their order."
        : "Errors are exact on the line: distances of the samples' density, by quadrature. Those "
          + "of "
          + "the histogram are of one sample each, with the null's chance in them."
    ]
    if curve.drawCount > 0 {
      caveats.append(
        "The Fisher information is a mean over \(curve.drawCount) draws of the distribution.")
    }
    if hasLearned {
      caveats.append(
        "The learned score is of a network after \(trained?.step ?? 0) training steps"
          + (trained?.divergenceStep == nil ? "." : ", where training diverged."))
    }
    return caveats
  }

  var exhibits: [Exhibit] {
    [
      .figure(scheduleFigure), .figure(errorFigure), .figure(gaussianFigure), .table(table),
      .table(gaussianTable),
    ]
  }

  /// Measured outcomes, those of least error first, the rest in the order of the catalog.
  var ranking: [Outcome] {
    func error(_ outcome: Outcome) -> Double { self.error(outcome) ?? .infinity }
    // The order of equal errors is that of the list, whatever the sort does.
    return outcomes.enumerated().sorted {
      (error($0.element), $0.offset) < (error($1.element), $1.offset)
    }.map(\.element)
  }

  /// The distance that ranks: total variation, beyond the plane the sliced distance.
  func main(_ outcome: Outcome) -> MetricResult? {
    paths.distribution.dimension <= 2 ? outcome.variation : outcome.transport
  }

  /// The error that ranks: exact on the line, else measured.
  func error(_ outcome: Outcome) -> Double? {
    range == nil ? main(outcome)?.value : outcome.exactVariation
  }

  var sizes: String {
    "N = \(stepCount) steps, \(paths.count) samples, exponential integrator, stop "
      + "\(Caption.number(paths.process.stop))"
  }

  func scoreName(_ outcome: Outcome) -> String { outcome.isLearned ? "learned" : "exact" }

  private var scheduleFigure: Figure {
    let roles: [String: Plot.Role] = [
      NamedSchedule.optimised: .measured, "exponential_decay": .claimed, "uniform": .comparison,
      "geometric": .exact,
    ]
    return Figure(
      "schedules", title: "The schedules", caption: sizes + ".",
      .plot(
        Plot(
          x: .init("steps done", lower: 0, upper: Double(stepCount)),
          y: .init("noise time t", isLogarithmic: true),
          series: schedules.map { schedule in
            .init(
              schedule.name, roles[schedule.name] ?? .muted,
              x: schedule.times.indices.map(Double.init), y: schedule.times)
          })))
  }

  private var errorFigure: Figure {
    let isPlane = paths.distribution.dimension <= 2
    func series(_ label: String, _ role: Plot.Role, isLearned: Bool) -> Plot.Series {
      let chosen = outcomes.filter { $0.isLearned == isLearned && error($0) != nil }
      return .init(
        label, role, .points, x: chosen.map { costs[$0.schedule] },
        y: chosen.map { error($0) ?? .nan },
        names: isLearned ? [] : chosen.map { schedules[$0.schedule].name })
    }
    let null = range == nil ? outcomes.first.flatMap { main($0) } : nil
    return Figure(
      "errors", title: "Measured error against path divergence",
      caption: sizes + ". One point a schedule; "
        + (range == nil ? "the mark is the null's 95% end." : "exact, no sampling error."),
      .plot(
        Plot(
          x: .init("path divergence of the exact score's steps, nats", isLogarithmic: true),
          y: .init(
            isPlane ? "total variation distance" : "sliced W2, data units", isLogarithmic: true),
          series: [series("exact score", .measured, isLearned: false)]
            + (!hasLearned
              ? [] : [series("learned score", .comparison, isLearned: true)]),
          marks: null.map { [.init("null, 95%", at: $0.nullHigh, isVertical: false)] } ?? [])))
  }

  private var gaussianFigure: Figure {
    let rows = gaussian.rows
    return Figure(
      "gaussian", title: "Exact error on N(0, \(Caption.number(values.variance)))",
      caption: "N = \(stepCount) steps, exact score, no sampling error.",
      .plot(
        Plot(
          x: .init("schedule"), y: .init("total variation distance", lower: 0),
          series: [
            .init(
              "exact score", .exact, .bars, x: rows.indices.map(Double.init),
              y: rows.map { $0.output.totalVariation(to: gaussian.target) })
          ], categories: rows.map(\.name))))
  }
}
