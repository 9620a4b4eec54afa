import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension EarlyStoppingFindings {
  var caveats: [String] {
    let zero = NumberText.plain(plan.regression.excessOfZeroScore)
    return [
      "The Bayes floor \(NumberText.plain(plan.floor)) and the noise's deviation that Raskutti's rule "
        + "takes are the exact ones; with data alone both would be estimated.",
      "Hold-out and patience choose a step on a part of the points and take it on all of them. The "
        + "score 0 has the excess \(zero).",
    ]
  }

  var curveTable: ReportTable {
    let places = [0] + tablePlaces
    return ReportTable(
      "u_curve", title: "Descent on the kernel against steps",
      columns: [
        "steps", "training loss", "standard error", "excess", "standard error of the excess",
        "sigma L2", "sigma D_delta", "excess at the training points", "the same expected",
      ],
      rows: places.map { place in
        let training = Estimate(courses.map { $0.trainingLoss[place] })
        let excess = Estimate(courses.map { $0.excess[place] })
        return [.integer(plan.steps[place])]
          + [
            training.value, training.standardError, excess.value, excess.standardError,
            Estimate(courses.map { plan.regression.scoreError(excess: $0.excess[place]) }).value,
            Estimate(courses.map { $0.quantile[place] }).value,
            Estimate(courses.map { $0.inSample[place] }).value,
            Estimate(courses.map { $0.expectedInSample[place] }).value,
          ].map { ReportTable.Cell.number($0) }
      }, note: "Means over \(courses.count) data sets. delta = \(values.delta). \(setting)")
  }

  var ruleTable: ReportTable {
    ReportTable(
      "rules", title: "Rules and what they lose",
      columns: [
        "rule", "source", "median step", "mean excess", "regret", "95% low", "95% high",
        "regret over that of never stopping",
      ],
      rows: choices.map { choice in
        let regrets = regrets(of: choice)
        let interval = Estimate.meanInterval(of: regrets)
        let never = courses.map { course in
          course.excess[course.excess.count - 1] - (course.excess.min() ?? .nan)
        }
        let median = choice.steps.flatMap { $0.isEmpty ? nil : Self.median($0) }
        return [
          .text(choice.name), .text(choice.source), ReportTable.Cell(median),
          .number(Estimate(choice.excesses).value), .number(Estimate(regrets).value),
          ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
          .number(Estimate(regrets).value / Estimate(never).value),
        ]
      },
      note:
        "Regret: excess beyond the least of each data set; means over \(courses.count) data sets, "
        + "Student's t interval. \(setting)")
  }

  var networkTable: ReportTable {
    let places = plan.networkSteps.indices.filter {
      EarlyStopping.tableSteps.contains(plan.networkSteps[$0])
        || $0 == plan.networkSteps.count - 1
    }
    return ReportTable(
      "networks", title: "Networks on fixed and on fresh noise",
      columns: [
        "steps", "excess, fixed noise", "95% low", "95% high", "excess, fresh noise",
        "fresh: 95% low", "fresh: 95% high",
      ],
      rows: places.map { place in
        let cells = [networks.map { $0.fixed[place] }, networks.map { $0.fresh[place] }].flatMap {
          let interval = Estimate.meanInterval(of: $0)
          return [
            ReportTable.Cell.number(Estimate($0).value), .init(interval?.lowerBound),
            .init(interval?.upperBound),
          ]
        }
        return [.integer(plan.networkSteps[place])] + cells
      },
      note: "Means over \(networks.count) data sets, Student's t interval; \(values.width) neurons."
    )
  }
}
