import ScoreCore
import ScoreLab

extension CreditDefaultFindings {
  var caveats: [String] {
    [
      "Each seed deals the rows anew: at most 5,000 are held out, and \(values.trainingRows) of the "
        + "others are trained on. The first 2,000 rows of each maker are judged.",
      "F1 is the mean over both classes. Judges are this program's logistic regression and forest; "
        + "numbers of other judges, such as CatBoost's of Kotelnikov et al. 2023 (arXiv:2209.15421), are "
        + "no standard for them.",
    ]
  }

  var exhibits: [Exhibit] {
    [
      .figure(courseFigure), .figure(areaFigure), .table(targetTable), .table(distanceTable),
      .table(privacyTable), .table(stoppingTable),
    ]
  }

  private var setting: String {
    "Means over \(judged[.real]?.count ?? 0) seeds; plus or minus is half of Student's t interval, 95%."
  }

  private func cells(_ numbers: [Double]) -> [ReportTable.Cell] {
    guard !numbers.isEmpty else { return [.none, .none] }
    let half = Estimate.meanInterval(of: numbers).map { ($0.upperBound - $0.lowerBound) / 2 }
    return [.number(Estimate(numbers).value), ReportTable.Cell(half)]
  }

  private func table(
    _ name: String, _ title: String, note: String = "",
    _ columns: [(name: String, number: (Plan.Judged) -> Double)]
  ) -> ReportTable {
    ReportTable(
      name, title: title, columns: ["rows by"] + columns.flatMap { [$0.name, "+- \($0.name)"] },
      rows: Plan.Maker.allCases.map { maker in
        let found = judged[maker] ?? []
        return [.text(maker.rawValue)] + columns.flatMap { cells(found.map($0.number)) }
      }, note: note + setting)
  }

  private var targetTable: ReportTable {
    table(
      "target", "Models of the target that learn from rows, tested on held-out real rows",
      [
        ("F1, logistic", { $0.logistic[0] }), ("AUC, logistic", { $0.logistic[1] }),
        ("accuracy, logistic", { $0.logistic[2] }), ("F1, forest", { $0.forest[0] }),
        ("AUC, forest", { $0.forest[1] }), ("accuracy, forest", { $0.forest[2] }),
      ])
  }

  private var distanceTable: ReportTable {
    table(
      "distance", "How far rows are from held-out real rows",
      note: "The null is the upper end of its middle 95%: rows of both dealt again. ",
      [
        ("columns", { $0.columns.value }), ("null of columns", { $0.columns.upper }),
        ("pairs", { $0.pairs.value }), ("null of pairs", { $0.pairs.upper }),
        ("C2ST, logistic", { $0.logisticTwoSample.value }),
        ("null of C2ST, logistic", { $0.logisticTwoSample.upper }),
        ("C2ST, forest", { $0.forestTwoSample.value }),
        ("null of C2ST, forest", { $0.forestTwoSample.upper }),
        ("density", { $0.density }), ("coverage", { $0.coverage }),
      ])
  }

  private var privacyTable: ReportTable {
    table(
      "privacy", "What rows tell of the training rows",
      note: "The null is the upper end of its middle 95%: trained and held-out rows dealt again. ",
      [
        ("nearest is trained", { $0.nearest.value }), ("null of nearest", { $0.nearest.upper }),
        ("attack", { $0.attack.value }), ("null of attack", { $0.attack.upper }),
        ("copies", { $0.copies }),
      ])
  }

  private var stoppingTable: ReportTable {
    let best = trials.map { $0.filter { $0.loss.isFinite }.min { $0.loss < $1.loss } }
    let first = trials.map { $0.first }
    func steps(_ found: [Plan.Trial?]) -> [Double] {
      found.compactMap { $0.map { Double(plan.steps[$0.place]) } }
    }
    func row(_ maker: Plan.Maker, rates: [Double], steps: [Double]) -> [ReportTable.Cell] {
      [.text(maker.rawValue)] + cells(rates) + cells(steps)
        + cells((judged[maker] ?? []).compactMap(\.loss))
    }
    return ReportTable(
      "stopping", title: "Where each stops, and its loss at held-out rows",
      columns: ["network", "step size", "+- size", "step", "+- step", "loss", "+- loss"],
      rows: [
        row(
          .rule, rates: rules.map(\.rate), steps: rules.map { Double(min($0.step, values.steps)) }),
        row(.holdOut, rates: first.compactMap { $0?.rate }, steps: steps(first)),
        row(.tuned, rates: best.compactMap { $0?.rate }, steps: steps(best)),
        row(.never, rates: rules.map(\.rate), steps: rules.map { _ in Double(values.steps) }),
        row(.synth, rates: [], steps: rules.map { _ in Double(values.synthSteps) }),
      ],
      note: "The loss is that of predicted rows over that of predicting their mean, which has 1. "
        + setting
    )
  }

  private var courseFigure: Figure {
    let marks =
      rules.isEmpty ? [] : [Estimate(rules.map { Double(min($0.step, values.steps)) }).value]
    let found = rules.map(\.losses)
    return Figure(
      "course", title: "Loss at held-out rows along the run on all training rows",
      caption:
        "Fixed noise, the rule's step size; the mark is the mean step of the kernel rule. \(setting)",
      .plot(
        Plot(
          x: .init("steps"), y: .init("loss over that of the mean"),
          series: found.isEmpty
            ? []
            : [
              Plot.Series(
                "held-out rows", .measured, x: plan.steps.map { Double($0) },
                meansOf: plan.steps.indices.map { place in found.map { $0[place] } })
            ],
          marks: marks.map { .init("kernel rule", at: $0, isVertical: true) })))
  }

  private var areaFigure: Figure {
    let makers = Plan.Maker.allCases.filter { !(judged[$0] ?? []).isEmpty }
    let found = makers.map { maker in (judged[maker] ?? []).map { $0.logistic[1] } }
    return Figure(
      "area", title: "AUC of the target by logistic regressions that learn from rows",
      caption: "Tested on held-out real rows. \(setting)",
      .plot(
        Plot(
          x: .init("rows by", lower: -0.5, upper: Double(max(1, makers.count)) - 0.5),
          y: .init("AUC"),
          series: [
            Plot.Series(
              "AUC", .measured, .points, x: makers.indices.map { Double($0) }, meansOf: found)
          ], categories: makers.map(\.rawValue))))
  }
}
