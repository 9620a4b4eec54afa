import ScoreCore
import ScoreLab

extension SchedulesFindings {
  var table: ReportTable {
    let transport = paths.distribution.dimension == 1 ? "W2" : "sliced W2"
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
      "One Gaussian with the distribution's mean and variance, without any sampling, is at "
        + "\(Caption.number($0))."
    }
    return ([sizes + "."] + sentences + [baseline].compactMap { $0 }).joined(separator: " ")
  }

  var gaussianTable: ReportTable {
    let target = gaussian.target
    let rows = gaussian.rows.enumerated().sorted {
      let (a, b) = ($0.element, $1.element)
      return (a.output.totalVariation(to: target), $0.offset)
        < (b.output.totalVariation(to: target), $1.offset)
    }.map(\.element)
    return ReportTable(
      "gaussian", title: "The schedules on N(0, \(Caption.number(values.variance))), exactly",
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
        "N = \(stepCount), exact score; the variance of the target is "
        + "\(Caption.number(target.variance)). The "
        + "least path divergence x N tends to \(Caption.number(gaussian.squaredLength)).")
  }
}
