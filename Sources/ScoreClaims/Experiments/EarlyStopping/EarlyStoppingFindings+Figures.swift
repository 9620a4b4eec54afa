import ScoreCore
import ScoreLab
import ScoreTheory

extension EarlyStoppingFindings {
  var exhibits: [Exhibit] {
    [
      .figure(curves), .figure(oneDataSet), .figure(regretFigure), .figure(networkFigure),
      .table(curveTable), .table(ruleTable), .table(networkTable),
    ]
  }

  var setting: String {
    "Two atoms at -1 and 1, Ornstein-Uhlenbeck time \(values.time), n = \(values.points) noisy points; "
      + "descent on the tangent kernel of inputs (x, 1) from 0, step size one over its largest "
      + "eigenvalue."
  }

  private var curves: Figure {
    figure(
      "curves", title: "Training loss and errors against steps",
      caption:
        "Means over \(courses.count) data sets; the marks are the median steps of the rules. "
        + setting,
      courses: courses,
      stops: choices.prefix(plan.rules.count).compactMap { choice in
        choice.steps.flatMap { $0.isEmpty ? nil : (choice.name, Self.median($0)) }
      })
  }

  private var oneDataSet: Figure {
    figure(
      "one_data_set", title: "The same on one data set",
      caption: "The first data set, with the step of every rule on it. " + setting,
      courses: Array(courses.prefix(1)),
      stops: courses.isEmpty
        ? []
        : zip(plan.rules, courses[0].places).map { ($0.name, Double(plan.steps[$1])) })
  }

  private func figure(
    _ name: String, title: String, caption: String, courses: [EarlyStoppingPlan.Course],
    stops: [(name: String, step: Double)]
  ) -> Figure {
    // A logarithmic axis has no place for the start.
    let places = plan.steps.indices.filter { plan.steps[$0] > 0 && !courses.isEmpty }
    let x = places.map { Double(plan.steps[$0]) }
    func series(
      _ label: String, _ role: Plot.Role, _ value: (EarlyStoppingPlan.Course) -> [Double]
    ) -> Plot.Series {
      Plot.Series(
        label, role, x: x,
        y: places.map { place in Estimate(courses.map { value($0)[place] }).value })
    }
    return Figure(
      name, title: title, caption: caption,
      .plot(
        Plot(
          x: .init("steps", isLogarithmic: true),
          y: .init("loss, excess, sigma times the error", isLogarithmic: true),
          series: [
            series("training loss", .comparison) { $0.trainingLoss },
            series("excess", .measured) { $0.excess },
            series("sigma L2", .claimed) {
              $0.excess.map { plan.regression.scoreError(excess: $0) }
            },
            series("sigma D_delta", .exact) { $0.quantile },
          ], marks: [.init("Bayes floor", at: plan.floor, isVertical: false)] + marks(stops))))
  }

  /// One mark a step, with the names of all rules that stop there; stops before the first step are left out.
  private func marks(_ stops: [(name: String, step: Double)]) -> [Plot.Mark] {
    let steps = Set(stops.map(\.step)).filter { $0 > 0 }.sorted()
    return steps.map { step in
      let names = stops.filter { $0.step == step }.map(\.name)
      return .init(names.joined(separator: ", "), at: step, isVertical: true)
    }
  }

  static func median(_ steps: [Int]) -> Double {
    let sorted = steps.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1
      ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
  }

  private var regretFigure: Figure {
    // Where nothing is lost there is nothing to see: the oracle is left out.
    let shown = choices.filter { $0.name != "oracle" }
    let found = shown.map { Estimate.meanInterval(of: regrets(of: $0)) }
    let means = shown.map { Estimate(regrets(of: $0)).value }
    return Figure(
      "regret", title: "What each rule loses against the best step",
      caption:
        "Excess beyond the least of each data set: means over \(courses.count) data sets with "
        + "Student's t interval, 95%. " + setting,
      .plot(
        Plot(
          x: .init("", lower: -0.5, upper: Double(shown.count) - 0.5),
          y: .init("regret", isLogarithmic: true),
          series: [
            Plot.Series(
              "regret", .measured, .points, x: shown.indices.map { Double($0) }, y: means,
              lower: found.map { $0?.lowerBound ?? .nan },
              upper: found.map { $0?.upperBound ?? .nan })
          ], categories: shown.map(\.name))))
  }

  private var networkFigure: Figure {
    let places = plan.networkSteps.indices.filter { plan.networkSteps[$0] > 0 && !networks.isEmpty }
    let x = places.map { Double(plan.networkSteps[$0]) }
    func series(
      _ label: String, _ role: Plot.Role, _ value: (EarlyStoppingPlan.NetworkCourses) -> [Double]
    ) -> Plot.Series {
      Plot.Series(
        label, role, x: x, meansOf: places.map { place in networks.map { value($0)[place] } })
    }
    return Figure(
      "fixed_and_fresh", title: "Networks on fixed and on fresh noise",
      caption:
        "Two layers, \(values.width) neurons, fixed outer weights, the same points and start; "
        + "means over \(networks.count) data sets with Student's t interval, 95%.",
      .plot(
        Plot(
          x: .init("steps", isLogarithmic: true), y: .init("excess", isLogarithmic: true),
          series: [
            series("fixed noise", .measured) { $0.fixed },
            series("fresh noise", .comparison) { $0.fresh },
          ])))
  }
}
