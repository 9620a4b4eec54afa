import NumberFormatting
import ScoreCore
import ScoreLab

extension CollapseAndRefineFindings {
  var exhibits: [Exhibit] {
    [
      .figure(wayFigure(.score)), .figure(wayFigure(.noise)), .figure(collapseFigure),
      .figure(refineFigure), .figure(flowFigure), .table(stepTable), .table(scoreTable),
      .table(flowTable),
    ]
  }

  /// Everything that is followed, by name.
  private static var measures: [(name: String, measure: Measure)] {
    [
      ("normal eigenvalue, low noise", \.normal),
      ("squared distance of D(x), low noise", \.spread),
      ("angular KL, moderate noise", \.densityKL), ("angular KL of samples", \.sampleKL),
    ]
  }

  private var setting: String {
    "circle in \(values.dimension) dimensions, sigma \(NumberText.plain(values.lowSigma)) and "
      + "\(NumberText.plain(values.moderateSigma)); means of \(values.seeds) trainings, 95% intervals"
  }

  /// The checkpoints but the first, which has no place on a logarithmic axis.
  private var steps: [Double] { values.checkpoints.dropFirst().map { Double($0) } }

  /// Numbers of every training at each checkpoint but the first.
  private func byStep(
    _ weighting: Weighting, _ numbers: ([CollapseState]) -> [Double]
  ) -> [[Double]] {
    let found = states(weighting).map(numbers)
    return values.checkpoints.indices.dropFirst().map { place in
      found.compactMap { $0.indices.contains(place) ? $0[place] : nil }
    }
  }

  private func series(
    _ label: String, _ role: Plot.Role, _ weighting: Weighting,
    _ numbers: ([CollapseState]) -> [Double]
  ) -> Plot.Series {
    let found = byStep(weighting, numbers)
    return Plot.Series(
      label, role, x: found.contains(where: \.isEmpty) ? [] : steps,
      meansOf: found.contains(where: \.isEmpty) ? [] : found)
  }

  private func wayFigure(_ weighting: Weighting) -> Figure {
    let roles: [Plot.Role] = [.measured, .exact, .comparison, .claimed]
    return Figure(
      "way_\(weighting.rawValue)", title: "Share of the way to the exact score, \(weighting.name)",
      caption: "from the score 0; \(setting)",
      .plot(
        Plot(
          x: .init("step", isLogarithmic: true),
          y: .init("share of the way", lower: -0.2, upper: 1.2),
          series: zip(Self.measures, roles).map { measure, role in
            series(measure.name, role, weighting) { way($0, measure.measure) }
          },
          marks: [.init("required", at: values.share, isVertical: false)])))
  }

  private var collapseFigure: Figure {
    Figure(
      "collapse", title: "Eigenvalues of the denoiser's Jacobian at low noise",
      caption: setting,
      .plot(
        Plot(
          x: .init("step", isLogarithmic: true), y: .init("mean eigenvalue"),
          series: Weighting.allCases.flatMap { weighting in
            [
              series(
                "across, \(weighting.name)", weighting == .score ? .measured : .comparison,
                weighting
              ) { $0.map(\.normal) },
              series(
                "along, \(weighting.name)", weighting == .score ? .exact : .claimed, weighting
              ) { $0.map(\.tangential) },
            ]
          },
          marks: references.map {
            [
              .init("across, exact", at: $0.exact.normal, isVertical: false),
              .init("along, exact", at: $0.exact.tangential, isVertical: false),
            ]
          } ?? [])))
  }

  private var refineFigure: Figure {
    Figure(
      "refine", title: "Angular KL",
      caption:
        "\(setting); \(values.samples) samples, for which chance alone gives "
        + NumberText.plain(plan.probe.nullKL),
      .plot(
        Plot(
          x: .init("step", isLogarithmic: true), y: .init("KL in nats"),
          series: Weighting.allCases.flatMap { weighting in
            [
              series(
                "moderate noise, \(weighting.name)",
                weighting == .score ? .measured : .comparison, weighting
              ) { $0.map(\.densityKL) },
              series(
                "samples, \(weighting.name)", weighting == .score ? .exact : .claimed, weighting
              ) { $0.map(\.sampleKL) },
            ]
          },
          marks: references.map {
            [
              .init("one Gaussian, moderate noise", at: $0.gaussian.densityKL, isVertical: false),
              .init("exact score, samples", at: $0.exact.sampleKL, isVertical: false),
            ]
          } ?? [])))
  }

  private var flowFigure: Figure {
    let path = flow?.paths.first { $0.loss == .score }
    let roles: [Plot.Role] = [.exact, .claimed, .null]
    return Figure(
      "subspace_flow",
      title: "Linear denoiser on a subspace, flow of the squared error of the score",
      caption:
        "each direction's part of W; marks by integration, lines by the formula; sigma = 0.5",
      .plot(
        Plot(
          x: .init("time of the flow", isLogarithmic: true), y: .init("w"),
          series: (path?.modes ?? []).enumerated().flatMap { place, mode -> [Plot.Series] in
            let name = mode.variance > 0 ? "along, variance \(mode.variance)" : "across"
            return [
              Plot.Series(
                name, roles[place % roles.count], x: path?.times ?? [], y: mode.formula),
              Plot.Series(
                "\(name), integrated", .measured, .points, x: path?.times ?? [], y: mode.integrated),
            ]
          })))
  }

  // MARK: - Tables

  private var stepTable: ReportTable {
    ReportTable(
      "steps", title: "Steps at which \(NumberText.plain(values.share)) of the way is done",
      columns: ["weighting", "training"] + Self.measures.map(\.name)
        + ["log2 lead of the eigenvalue", "log2 lead of the distance"],
      rows: Weighting.allCases.flatMap { weighting in
        zip(
          states(weighting),
          zip(
            leads(weighting, \.normal, \.densityKL), leads(weighting, \.spread, \.sampleKL))
        ).enumerated().map { seed, found -> [ReportTable.Cell] in
          [.text(weighting.name), .integer(seed + 1)]
            + Self.measures.map { ReportTable.Cell(step(found.0, $0.measure)) }
            + [.number(found.1.0), .number(found.1.1)]
        }
      },
      note:
        "No number: never within \(values.steps) steps. Leads compare columns 1 and 3, and 2 and 4; "
        + "the last step stands for a KL that was never there.")
  }

  private var scoreTable: ReportTable {
    func cells(_ states: [CollapseState]) -> [ReportTable.Cell] {
      ([\.normal, \.tangential, \.spread, \.densityKL, \.sampleKL] as [Measure]).map { measure in
        states.isEmpty ? .none : .number(Estimate(states.map { $0[keyPath: measure] }).value)
      }
    }
    let known = references.map { [$0.exact, $0.gaussian, $0.zero] } ?? []
    return ReportTable(
      "scores", title: "Scores at the last step, and what they are held against",
      columns: [
        "score", "normal eigenvalue", "tangential eigenvalue", "squared distance of D(x)",
        "angular KL, moderate noise", "angular KL of samples",
      ],
      rows: Weighting.allCases.map { weighting in
        [.text("network, \(weighting.name)")] + cells(states(weighting).compactMap(\.last))
      }
        + zip(["exact", "one Gaussian", "zero"], known).map { [.text($0)] + cells([$1]) },
      note:
        "\(setting). KL in nats; perfect samples have \(NumberText.plain(plan.probe.nullKL)) on "
        + "average over \(CollapseProbe.bins) bins.")
  }

  private var flowTable: ReportTable {
    ReportTable(
      "subspace", title: "A linear denoiser on a subspace at its start, W = I",
      columns: [
        "variance along the direction", "rate, x0 loss", "rate, squared error of the score",
        "squared error of the score at W = I", "formula",
      ],
      rows: (flow?.paths.first?.modes ?? []).map { mode in
        let noise = SubspaceFlow().sigma * SubspaceFlow().sigma
        let rate = 2 * (mode.variance + noise)
        return [
          .number(mode.variance), .number(rate), .number(rate / (noise * noise)),
          .number(mode.startError), .number(mode.startFormula),
        ]
      },
      note: "sigma = 0.5. The directions with the larger rates have the smaller errors.")
  }
}
