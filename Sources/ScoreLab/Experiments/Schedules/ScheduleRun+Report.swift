import ScoreCore

extension ScheduleRun {
  var report: ExperimentReport {
    ExperimentReport(
      title: "Schedule bench",
      claim:
        "Which step schedule is best for a law and a budget of steps is open; bounds use steps "
        + "proportional to min(1, t). The schedule of least path divergence is found by search.",
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
      "Differences below the spread of the null are chance; nothing can be said of their order.",
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
    func error(_ outcome: Outcome) -> Double { (main(outcome)?.value) ?? .infinity }
    // The order of equal errors is that of the list, whatever the sort does.
    return outcomes.enumerated().sorted {
      (error($0.element), $0.offset) < (error($1.element), $1.offset)
    }.map(\.element)
  }

  /// The distance that ranks: total variation, beyond the plane the sliced distance.
  private func main(_ outcome: Outcome) -> MetricReport? {
    paths.law.dimension <= 2 ? outcome.variation : outcome.transport
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
      let chosen = outcomes.filter { $0.isLearned == isLearned && main($0) != nil }
      return .init(
        label, role, .points, x: chosen.map { costs[$0.schedule] },
        y: chosen.map { main($0)?.value ?? .nan })
    }
    let null = outcomes.first.flatMap { main($0) }
    return Figure(
      "errors", title: "Measured error against path divergence",
      caption: sizes + ". One point a schedule; the mark is the null's 95% end.",
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
        "score", "schedule", "TV by histogram", "TV null mean", "TV null, 95%",
        "\(transport), data units", "\(transport) null mean", "\(transport) null, 95%",
        "path divergence, nats", "first step", "last step",
      ],
      rows: ranking.map { outcome in
        let times = schedules[outcome.schedule].times
        return [
          .text(scoreName(outcome)), .text(schedules[outcome.schedule].name),
          .init(outcome.variation?.value), .init(outcome.variation?.nullMean),
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
      let ranked = ranking.filter { $0.isLearned == isLearned && main($0) != nil }
      guard let best = ranked.first, let report = main(best),
        let place = ranked.firstIndex(where: {
          schedules[$0.schedule].name == NamedSchedule.optimised
        })
      else { return nil }
      let spread = report.nullHigh - report.nullMean
      let ties = ranked.dropFirst().filter { (main($0)?.value ?? 0) < report.value + spread }
        .map { schedules[$0.schedule].name }
      return "With the \(scoreName(best)) score \(schedules[best.schedule].name) has the least "
        + "error"
        + (ties.isEmpty ? "" : " (not told apart from it: \(ties.joined(separator: ", ")))")
        + "; the schedule of least path divergence is number \(place + 1) of \(ranked.count)."
    }
    return ([sizes + "."] + sentences).joined(separator: " ")
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

// MARK: - Checks

extension ScheduleRun {
  /// The variances of the exponential integrator on N(0, 0.25), T = 5, stop 0.01, N = 50.
  static let references = [
    "uniform": 0.3938270220524, "geometric": 0.2834479743381, "exponential_decay": 0.2901543488069,
  ]

  private var checks: [Check] {
    let isFollowed = simulated.count == bench.pathCount
    let found = isFollowed ? Estimate(simulated) : nil
    let known = costs.first ?? .nan
    let rows = gaussian.rows
    let excess = rows.map {
      gaussian.target.kullbackLeibler(to: $0.output) - $0.cost - gaussian.startDivergence
    }
    return [
      Check(
        .identity, "optimised_is_least",
        "path divergence of the optimised schedule over the least of the others",
        measured: costs.last.map { $0 / (costs.dropLast().min() ?? .nan) }, .atMost(1 + 1e-9),
        basis: "the search is over all their times"),
      Check(
        .identity, "optimised_is_least_gaussian",
        "the same on N(0, \(Caption.number(bench.variance)))",
        measured: rows.last.map { $0.cost / (rows.dropLast().map(\.cost).min() ?? .nan) },
        .atMost(1 + 1e-9), basis: "the search is over all their times"),
      Check(
        .agreement, "divergence_along_paths",
        "path divergence of \(schedules[0].name) along paths", measured: found?.value,
        .near(
          known,
          tolerance: 4 * (found?.standardError ?? 0) + (curve.drawCount == 0 ? 5e-3 : 0.1) * known),
        basis: "Fisher information identity, 4 standard errors and the quadrature's or the draws' "
          + "share"),
      Check(
        .identity, "data_processing",
        "largest KL(q_gamma || output) beyond its bound on N(0, \(Caption.number(bench.variance)))",
        measured: excess.max(), .atMost(1e-12),
        basis: "path divergence plus that of the start, data processing"),
      variationCheck,
    ] + referenceChecks
  }

  private var variationCheck: Check {
    let exact = outcomes.filter { !$0.isLearned }
    let start = startDivergence.map { max(0, $0.value) + 4 * $0.standardError } ?? .nan
    let excess = exact.compactMap { outcome in
      outcome.variation.map {
        $0.value - $0.nullHigh - PathCertificate.pinsker(start + costs[outcome.schedule])
      }
    }
    let isPlane = paths.law.dimension <= 2
    return Check(
      .agreement, "variation_below_pinsker",
      "largest measured TV beyond Pinsker's bound and the null, exact score",
      measured: isPlane ? (isFinished ? excess.max() : nil) : 0, .atMost(0),
      basis: "Girsanov and Pinsker; only in 1 or 2 dimensions")
  }

  private var referenceChecks: [Check] {
    let process = gaussian.process
    guard bench.variance == 0.25, stepCount == 50, process.horizon == 5, process.stop == 0.01
    else { return [] }
    let length = gaussian.squaredLength / Double(stepCount)
    return Self.references.sorted { $0.key < $1.key }.map { name, variance in
      Check(
        .agreement, "recursion",
        "output variance of \(name) on N(0, 0.25)",
        measured: gaussian.rows.first { $0.name == name }?.output.variance,
        .near(variance, tolerance: 1e-9), basis: "an independent recursion")
    } + [
      Check(
        .agreement, "least_divergence_limit",
        "least path divergence on N(0, 0.25)", measured: gaussian.rows.last?.cost,
        .near(length, tolerance: 0.06 * length),
        basis: "the limit (int dt / v_t)^2 / N, whose next order is 1 / N with a factor near 2")
    ]
  }
}
