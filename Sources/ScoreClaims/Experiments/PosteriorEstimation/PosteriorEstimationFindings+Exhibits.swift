import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension PosteriorEstimationFindings {
  var exhibits: [Exhibit] {
    [.figure(budgetFigure)] + Task.allCases.map { task in .figure(rankFigure(task)) }
      + [.table(accuracyTable), .table(rankTable), .table(roundTable)]
  }

  private func cells(_ repeats: [Double]) -> [ReportTable.Cell] {
    let interval = Estimate.meanInterval(of: repeats)
    return [
      repeats.isEmpty ? .none : .number(Estimate(repeats).value),
      ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
    ]
  }

  private var budgetFigure: Figure {
    let roles: [Plot.Role] = [.measured, .comparison, .claimed, .muted]
    return Figure(
      "budget", title: "Accuracy of a classifier against simulations",
      caption:
        "A network's samples against exact draws, \(values.samples) of each, mean over "
        + "\(values.observations) observations, 95% intervals; a half is no difference.",
      .plot(
        Plot(
          x: .init("simulations", isLogarithmic: true),
          y: .init("accuracy", lower: 0.4, upper: 1),
          series: zip(Task.allCases, roles).map { task, role in
            .init(
              task.name, role, .points, x: values.budgets.map { Double($0) },
              meansOf: values.budgets.map { accuracies(task, $0) })
          }, marks: [.init("no difference", at: 0.5, isVertical: false)])))
  }

  /// Shares of the bins of a histogram over both parameters' counts.
  private func shares(_ ranks: RankHistogram?, axis: Int) -> [Double] {
    guard let counts = ranks?.binned(PosteriorEstimation.rankBins)[axis] else { return [] }
    let total = Double(counts.reduce(0, +))
    return counts.map { Double($0) / total }
  }

  private func rankFigure(_ task: Task) -> Figure {
    let bins = PosteriorEstimation.rankBins
    let x = (0..<bins).map { (Double($0) + 0.5) / Double(bins) }
    let chance = BinomialDistribution(count: values.pairs, probability: 1 / Double(bins))
    let (low, high) = (
      Double(chance.quantile(0.025)) / Double(values.pairs),
      Double(chance.quantile(0.975)) / Double(values.pairs)
    )
    func series(_ label: String, _ role: Plot.Role, _ ranks: RankHistogram?) -> Plot.Series {
      let y = shares(ranks, axis: 0)
      return .init(label, role, .steps, x: y.isEmpty ? [] : x, y: y)
    }
    return Figure(
      "ranks_\(task.rawValue)", title: "Ranks of the first parameter, \(task.name)",
      caption:
        "Ranks among \(PosteriorEstimation.rankDraws) draws in \(bins) bins, \(values.pairs) pairs with networks "
        + "and \(values.exactPairs) with exact draws; the band holds 95% of a bin's shares for uniform ranks of "
        + "\(values.pairs) pairs.",
      .plot(
        Plot(
          x: .init("rank over draws", lower: 0, upper: 1), y: .init("share of pairs", lower: 0),
          series: [
            .band(
              "uniform", .null, x: x, lower: x.map { _ in low }, upper: x.map { _ in high }),
            series(
              "\(values.budgets.last ?? 0) simulations", .measured,
              networks[task]?[values.budgets.last ?? 0]?.ranks),
            series(
              "\(values.budget) simulations", .comparison, networks[task]?[values.budget]?.ranks),
            series("exact", .exact, known[task]?.exactRanks),
            series("spread less", .muted, known[task]?.scaledRanks),
          ])))
  }

  private var accuracyTable: ReportTable {
    ReportTable(
      "accuracies", title: "Accuracy of a classifier on samples and exact draws",
      columns: ["simulator", "samples of", "simulations", "accuracy", "95% low", "95% high"],
      rows: Task.allCases.flatMap { task -> [[ReportTable.Cell]] in
        values.budgets.map { budget in
          [.text(task.name), .text("network"), .integer(budget)]
            + cells(accuracies(task, budget))
        }
          + Plan.Baseline.allCases.map { baseline in
            [
              .text(task.name), .text(baseline.name),
              baseline == .regression ? .integer(values.budget) : .none,
            ] + cells(accuracies(task, baseline))
          }
      },
      note:
        "\(values.samples) samples of each, half of them to train a network of 64 units, "
        + "\(values.observations) observations; exact posterior against itself is the null.")
  }

  private var rankTable: ReportTable {
    func row(
      _ task: Task, _ name: String, _ simulations: Int?, _ ranks: RankHistogram?
    ) -> [[ReportTable.Cell]] {
      (0..<task.simulator.parameterCount).map { axis in
        [
          .text(task.name), .text(name), simulations.map { .integer($0) } ?? .none,
          .integer(axis + 1),
          ReportTable.Cell(ranks?.chiSquares(bins: PosteriorEstimation.rankBins)[axis]),
        ] + cells(ranks?.spreads(axis: axis) ?? [])
      }
    }
    return ReportTable(
      "ranks", title: "Ranks of parameters among draws",
      columns: [
        "simulator", "draws of", "simulations", "parameter", "chi-square", "spread", "95% low",
        "95% high",
      ],
      rows: Task.allCases.flatMap { task in
        values.budgets.flatMap { row(task, "network", $0, networks[task]?[$0]?.ranks) }
          + row(task, "exact posterior", nil, known[task]?.exactRanks)
          + row(task, "spread less", nil, known[task]?.scaledRanks)
      },
      note:
        "Of \(values.pairs) pairs with networks, \(values.exactPairs) with exact draws; chi-square in "
        + "\(PosteriorEstimation.rankBins) bins (95% of uniform ranks below 16.9). Spread is 12 (u - 1/2)^2, 1 for "
        + "uniform ranks. Draws of the prior have uniform ranks too: ranks alone do not show that a posterior is "
        + "near.")
  }

  private var roundTable: ReportTable {
    let half = values.roundBudget / 2
    return ReportTable(
      "rounds", title: "Rounds on two moons",
      columns: [
        "rounds", "second by", "simulations", "accuracy", "95% low", "95% high", "held", "95% low",
        "95% high",
      ],
      rows: [half, values.roundBudget].map { count in
        [.integer(1), .none, .integer(count)] + cells(singles[count]?.accuracies ?? [])
          + cells([])
      }
        + Plan.Truncation.allCases.map { truncation in
          [.integer(2), .text(truncation.rawValue), .integer(values.roundBudget)]
            + cells(accuracies(truncation)) + cells(rounds[truncation]?.map(\.held) ?? [])
        },
      note:
        "\(values.roundObservations) observations; a half is no difference. Held is the share of exact draws "
        + "where the second round had parameters.")
  }
}
