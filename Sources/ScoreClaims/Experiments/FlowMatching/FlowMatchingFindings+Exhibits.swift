import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension FlowMatchingFindings {
  var exhibits: [Exhibit] {
    [
      .figure(rippleFigure), .figure(errorFigure), .table(errorTable), .table(sampleTable),
      .table(rippleTable), .table(regionTable),
    ]
  }

  private func cells(_ repeats: [Double]) -> [ReportTable.Cell] {
    let interval = Estimate.meanInterval(of: repeats)
    return [
      repeats.isEmpty ? .none : .number(Estimate(repeats).value),
      ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
    ]
  }

  /// Every velocity that was measured, with its errors by data set.
  private var velocities: [(name: String, errors: [[Plan.VelocityError]])] {
    FlowMatching.Target.allCases.map { target in
      ("network on the \(target.rawValue)", (networks[target] ?? []).map(\.errors))
    }
      + Plan.Baseline.allCases.map { baseline in
        (baseline.name, baselines.compactMap { $0[baseline] })
      }
  }

  private var rippleFigure: Figure {
    let x = ripples.map(\.frequency)
    return Figure(
      "ripple", title: "An error of the same size everywhere",
      caption:
        "N(0, 1), an error of at most epsilon / sigma with epsilon = \(NumberText.plain(values.epsilon)); "
        + "quantiles and quadrature, no draws.",
      .plot(
        Plot(
          x: .init("turns of the error, radians per data unit", isLogarithmic: true),
          y: .init("total variation", lower: 0),
          series: [
            .init("flow", .measured, x: x, y: ripples.map(\.image.variation)),
            .init("stochastic sampler", .comparison, x: x, y: ripples.map(\.variation)),
            .init("bound for the sampler", .claimed, x: x, y: ripples.map(\.bound)),
            .init("W2 of the flow", .muted, x: x, y: ripples.map(\.image.wasserstein)),
          ])))
  }

  private var errorFigure: Figure {
    func series(
      _ label: String, _ role: Plot.Role, _ target: FlowMatching.Target,
      _ number: (Plan.VelocityError) -> Double
    ) -> Plot.Series {
      .init(
        label, role, .points, x: FlowMatching.times,
        meansOf: FlowMatching.times.indices.map { time in
          (networks[target] ?? []).map { number($0.errors[time]) }
        })
    }
    return Figure(
      "errors", title: "Errors of the velocity",
      caption:
        "Networks on n = \(values.points) points without a far one, \(baselines.count) data sets, 95% "
        + "intervals; under the distribution with its far part of weight \(NumberText.plain(values.eta)).",
      .plot(
        Plot(
          x: .init("time of the straight path"),
          y: .init("error of the velocity", isLogarithmic: true),
          series: [
            series("L2, on the velocity", .muted, .velocity, \.l2),
            series("D_delta, on the velocity", .measured, .velocity, \.dDelta),
            series("D_delta, on the noise", .comparison, .noise, \.dDelta),
          ])))
  }

  private var errorTable: ReportTable {
    ReportTable(
      "errors", title: "Errors of the velocity",
      columns: [
        "velocity", "time", "L2", "95% low", "95% high", "D_delta", "D_delta: 95% low",
        "D_delta: 95% high",
      ],
      rows: velocities.flatMap { velocity in
        FlowMatching.times.indices.map { time in
          [.text(velocity.name), .number(FlowMatching.times[time])]
            + cells(velocity.errors.map { $0[time].l2 })
            + cells(velocity.errors.map { $0[time].dDelta })
        }
      },
      note:
        "n = \(values.points) points of N(0, 1), under (1 - eta) N(0, 1) + eta N(R, 1), by quadrature; eta = "
        + "\(values.eta), R = \(values.far), delta = \(values.delta). The kernel's deviation is Silverman's; one "
        + "Gaussian is fitted to the points.")
  }

  private var sampleTable: ReportTable {
    ReportTable(
      "flows", title: "Flows of the networks",
      columns: ["network on", "TV", "95% low", "95% high", "W2", "W2: 95% low", "W2: 95% high"],
      rows: FlowMatching.Target.allCases.map { target in
        let images = (networks[target] ?? []).map(\.image)
        return [.text(target.rawValue)] + cells(images.map(\.variation))
          + cells(images.map(\.wasserstein))
      },
      note:
        "From the exact noisy distribution, by \(values.cells) quantiles and \(values.flowSteps) steps; TV is "
        + "over those cells. The far part alone has TV \(values.eta).")
  }

  private var rippleTable: ReportTable {
    ReportTable(
      "ripple", title: "An error of the same size everywhere",
      columns: [
        "radians per unit", "largest error times sigma", "TV of the flow",
        "TV of the stochastic sampler", "bound for the sampler", "W2 of the flow", "W2 bound",
      ],
      rows: ripples.map {
        [
          .number($0.frequency), .number($0.largestError), .number($0.image.variation),
          .number($0.variation), .number($0.bound), .number($0.image.wasserstein),
          .number(transportBound),
        ]
      },
      note:
        "Nothing is drawn. The bound is sqrt(sum_k h_k epsilon^2 / (2 sigma_k^2)) and the total variation of the "
        + "sampler with the exact score; of the flow there is no such bound. W2 bound: epsilon asinh(1)."
    )
  }

  private var regionTable: ReportTable {
    ReportTable(
      "region", title: "An error on a region",
      columns: ["score", "TV of the flow", "W2 of the flow", "TV of the stochastic sampler"],
      rows: region.map {
        [
          [
            .text("error on the region"), .number($0.image.variation),
            .number($0.image.wasserstein), .number($0.variation),
          ],
          [
            .text("exact"), .number($0.exact.variation), .number($0.exact.wasserstein),
            .number($0.exactVariation),
          ],
        ]
      } ?? [],
      note:
        "A kick of \(FlowMatching.kick) / sigma outward on a share \(values.mass) of the points of each level. "
        + "Nothing is drawn.")
  }
}
