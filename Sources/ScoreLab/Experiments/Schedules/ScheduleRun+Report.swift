import ScoreCore

extension ScheduleRun {
  var report: ExperimentReport {
    ExperimentReport(
      title: "Schedule bench",
      claim: "The step schedule of least path divergence, which the bounds on sampling go through, "
        + "also makes the samples of least error. Which schedule is best is an open question.",
      source: "Open question of Gupta et al. 2024 (arXiv:2311.13745); Benton et al. 2024 "
        + "(arXiv:2308.03686)",
      caveats: caveats, figures: [scheduleFigure, errorFigure, gaussianFigure],
      tables: [table, gaussianTable], checks: checks)
  }

  private var caveats: [String] {
    var caveats = [
      "The optimised schedule is the best for the divergence of whole paths (Girsanov), which the "
        + "bounds go through. It is not the one of least error at the end: later steps forget what "
        + "early ones got wrong, and the path divergence counts both alike.",
      "That the divergence depends on the law through its Fisher information alone is derived here "
        + "and checked along simulated paths.",
      range == nil
        ? "Differences below the spread of the null are chance; nothing can be said of their order."
        : "Errors are exact on the line: distances of the samples' density, by quadrature. Those of "
          + "the histogram are of one sample each, with the null's chance in them.",
    ]
    if curve.drawCount > 0 {
      caveats.append("The Fisher information is a mean over \(curve.drawCount) draws of the law.")
    }
    if let session {
      caveats.append(
        "The learned score is of a network after \(session.step) training steps"
          + (session.divergence == nil ? "." : ", where training diverged."))
    }
    return caveats
  }

  /// Measured outcomes, those of least error first, the rest in the order of the catalog.
  private var ranking: [Outcome] {
    func error(_ outcome: Outcome) -> Double { self.error(outcome) ?? .infinity }
    // The order of equal errors is that of the list, whatever the sort does.
    return outcomes.enumerated().sorted {
      (error($0.element), $0.offset) < (error($1.element), $1.offset)
    }.map(\.element)
  }

  /// The distance that ranks: total variation, beyond the plane the sliced distance.
  func main(_ outcome: Outcome) -> MetricReport? {
    paths.law.dimension <= 2 ? outcome.variation : outcome.transport
  }

  /// The error that ranks: exact on the line, else measured.
  func error(_ outcome: Outcome) -> Double? {
    range == nil ? main(outcome)?.value : outcome.exactVariation
  }

  private var sizes: String {
    "N = \(stepCount) steps, \(paths.count) samples, exponential integrator, stop "
      + "\(Caption.number(paths.process.stop))"
  }

  private func scoreName(_ outcome: Outcome) -> String { outcome.isLearned ? "learned" : "exact" }
}

// MARK: - Figures

extension ScheduleRun {
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
    let isPlane = paths.law.dimension <= 2
    func series(_ label: String, _ role: Plot.Role, isLearned: Bool) -> Plot.Series {
      let chosen = outcomes.filter { $0.isLearned == isLearned && error($0) != nil }
      return .init(
        label, role, .points, x: chosen.map { costs[$0.schedule] },
        y: chosen.map { error($0) ?? .nan })
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
            + (session == nil
              ? [] : [series("learned score", .comparison, isLearned: true)]),
          marks: null.map { [.init("null, 95%", at: $0.nullHigh, isVertical: false)] } ?? [])))
  }

  private var gaussianFigure: Figure {
    let rows = gaussian.rows
    return Figure(
      "gaussian", title: "Exact error on N(0, \(Caption.number(bench.variance)))",
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

// MARK: - Tables

extension ScheduleRun {
  private var table: ReportTable {
    let transport = paths.law.dimension == 1 ? "W2" : "sliced W2"
    return ReportTable(
      "ranking", title: "The schedules by measured error",
      columns: [
        "score", "schedule", "TV, exact", "TV by histogram", "TV null mean", "TV null, 95%",
        "\(transport), data units", "\(transport) null mean", "\(transport) null, 95%",
        "path divergence, nats", "first step", "last step",
      ],
      rows: ranking.map { outcome in
        let times = schedules[outcome.schedule].times
        return [
          .text(scoreName(outcome)), .text(schedules[outcome.schedule].name),
          .init(outcome.exactVariation), .init(outcome.variation?.value),
          .init(outcome.variation?.nullMean),
          .init(outcome.variation?.nullHigh), .init(outcome.transport?.value),
          .init(outcome.transport?.nullMean), .init(outcome.transport?.nullHigh),
          .number(costs[outcome.schedule]), .number(times[0] - times[1]),
          .number(times[stepCount - 1] - times[stepCount]),
        ]
      }, note: answer)
  }

  /// The answer to the question, in a sentence for each score.
  private var answer: String {
    let sentences = [false, true].compactMap { isLearned -> String? in
      let ranked = ranking.filter { $0.isLearned == isLearned && error($0) != nil }
      guard let best = ranked.first, let least = error(best),
        let place = ranked.firstIndex(where: {
          schedules[$0.schedule].name == NamedSchedule.optimised
        })
      else { return nil }
      let spread = range == nil ? main(best).map { $0.nullHigh - $0.nullMean } ?? 0 : 0
      let ties = ranked.dropFirst().filter { (error($0) ?? 0) < least + spread }
        .map { schedules[$0.schedule].name }
      return "With the \(scoreName(best)) score \(schedules[best.schedule].name) has the least "
        + "error"
        + (ties.isEmpty ? "" : " (not told apart from it: \(ties.joined(separator: ", ")))")
        + "; the schedule of least path divergence is number \(place + 1) of \(ranked.count)."
    }
    let baseline = gaussianVariation.map {
      "One Gaussian with the law's mean and variance, without any sampling, is at "
        + "\(Caption.number($0))."
    }
    return ([sizes + "."] + sentences + [baseline].compactMap { $0 }).joined(separator: " ")
  }

  private var gaussianTable: ReportTable {
    let target = gaussian.target
    let rows = gaussian.rows.enumerated().sorted {
      let (a, b) = ($0.element, $1.element)
      return (a.output.totalVariation(to: target), $0.offset)
        < (b.output.totalVariation(to: target), $1.offset)
    }.map(\.element)
    return ReportTable(
      "gaussian", title: "The schedules on N(0, \(Caption.number(bench.variance))), exactly",
      columns: [
        "schedule", "output variance", "TV", "W2", "KL(q_gamma || output)",
        "path divergence", "path divergence x N",
      ],
      rows: rows.map {
        [
          .text($0.name), .number($0.output.variance),
          .number($0.output.totalVariation(to: target)),
          .number($0.output.wasserstein2(to: target)),
          .number(target.kullbackLeibler(to: $0.output)), .number($0.cost),
          .number($0.cost * Double(stepCount)),
        ]
      },
      note:
        "N = \(stepCount), exact score; the variance of the target is \(Caption.number(target.variance)). The "
        + "least path divergence x N tends to \(Caption.number(gaussian.squaredLength)).")
  }
}
