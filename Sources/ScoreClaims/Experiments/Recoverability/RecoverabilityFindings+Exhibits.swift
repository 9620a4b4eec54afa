import Glibc
import ScoreCore
import ScoreLab

extension RecoverabilityFindings {
  var exhibits: [Exhibit] {
    let tables: [Exhibit] = [
      .table(weightingTable), .table(levelTable), .table(kernelTable), .table(lossTable),
    ]
    guard !records.isEmpty else { return tables }
    return [.figure(excessFigure), .figure(rankFigure), .figure(noiseFigure)] + tables
  }

  // MARK: - Figures

  /// The excess by level of four weightings.
  private var excessFigure: Figure {
    let shown: [(String, Plot.Role)] = [
      ("constant", .measured), ("erd", .comparison), ("recoverable", .claimed), ("min_snr", .muted),
    ]
    return Figure(
      "excess", title: "Excess of the noise by level",
      caption: "\(sizes); geometric means.",
      .plot(
        Plot(
          x: .init("log signal-to-noise ratio"), y: .init("excess", isLogarithmic: true),
          series: shown.map { name, role in
            .init(
              name, role, x: logSNRs,
              y: times.indices.map { level in
                geometric(records.map { outcome(name, $0).excess[level] })
              })
          })))
  }

  private var rankFigure: Figure {
    let roles: [Plot.Role] = [.null, .measured, .comparison]
    return Figure(
      "tangent_rank", title: "Effective rank of the tangent kernel by level",
      caption:
        "\(sizes), \(experiment.kernelPoints) points; means. Untrained networks stand for what "
        + "the inputs alone do.",
      .plot(
        Plot(
          x: .init("log signal-to-noise ratio"), y: .init("effective rank", lower: 0),
          series: RecoverabilityPlan.Looked.allCases.enumerated().map { place, network in
            .init(
              network.rawValue, roles[place], x: logSNRs,
              y: times.indices.map { level in
                Estimate(records.map { $0.kernels[place].rank[level] }).value
              })
          })))
  }

  /// The variance of gradients next to what it would be in proportion to the floor.
  private var noiseFigure: Figure {
    let noise = times.indices.map { level in
      geometric(records.map { $0.kernels[1].noise[level] })
    }
    let top = noise.max() ?? 1
    let hidden = shares.map { max(1 - $0, 1e-9) }
    let scale = top / (hidden.max() ?? 1)
    return Figure(
      "gradient_noise", title: "Variance of single gradients by level",
      caption:
        "\(sizes), constant weighting; geometric means. The line is in proportion to the share of "
        + "the target that is not recoverable.",
      .plot(
        Plot(
          x: .init("log signal-to-noise ratio"), y: .init("variance", isLogarithmic: true),
          series: [
            .init("gradients", .measured, .points, x: logSNRs, y: noise),
            .init("share hidden", .exact, x: logSNRs, y: hidden.map { $0 * scale }),
          ])))
  }

  // MARK: - Tables

  private var weightingTable: ReportTable {
    let names = Recoverability.weightings
    let baselines = RecoverabilityPlan.Baseline.allCases
    func row(_ name: String, _ found: [Outcome]) -> [ReportTable.Cell] {
      [.text(name)]
        + cells(found.map { mean($0.excess) { $0 >= 0.5 } })
        + cells(found.map { mean($0.excess) { $0 < 0.5 } })
        + cells(found.map(\.transport.value)) + cells(found.map(\.variation.value))
    }
    return ReportTable(
      "weightings", title: "Weightings at equal steps",
      columns: ["score"]
        + ["excess, recoverable", "excess, hidden", "sliced W2", "TV"].flatMap {
          [$0, "\($0) lower", "\($0) upper"]
        },
      rows: records.isEmpty
        ? []
        : names.map { name in row(name, records.map { outcome(name, $0) }) }
          + baselines.enumerated().map { place, baseline in
            row(baseline.name, records.map { $0.baselines[place] })
          },
      note:
        "\(sizes); geometric means with 95% Student intervals. Recoverable are levels where the "
        + "noisy "
        + "point tells half of the target's mean square or more. Samples of "
        + "\(run.sampler.count): those of "
        + "the distribution itself have sliced W2 \(null(\.transport)) and TV "
        + "\(null(\.variation)) on average."
    )
  }

  private var levelTable: ReportTable {
    ReportTable(
      "levels", title: "Excess of the noise by level",
      columns: ["t", "log SNR", "recoverable"] + Recoverability.weightings,
      rows: records.isEmpty
        ? []
        : times.indices.map { level in
          [.number(times[level]), .number(logSNRs[level]), .number(shares[level])]
            + Recoverability.weightings.map { name in
              .number(geometric(records.map { outcome(name, $0).excess[level] }))
            }
        }, note: "\(sizes); geometric means.")
  }

  private var kernelTable: ReportTable {
    let looked = RecoverabilityPlan.Looked.allCases
    return ReportTable(
      "kernels", title: "Tangent kernel, last layer and gradients by level",
      columns: ["t", "recoverable"] + looked.map { "rank, \($0.rawValue)" }
        + looked.map { "features, \($0.rawValue)" }
        + ["gradient variance", "mean gradient squared"],
      rows: records.isEmpty
        ? []
        : times.indices.map { level in
          func mean(_ value: (RecoverabilityPlan.KernelLevels) -> [Double], _ place: Int)
            -> ReportTable.Cell
          {
            .number(Estimate(records.map { value($0.kernels[place])[level] }).value)
          }
          return [.number(times[level]), .number(shares[level])]
            + looked.indices.map { mean(\.rank, $0) }
            + looked.indices.map { mean(\.featureRank, $0) }
            + [mean(\.noise, 1), mean(\.signal, 1)]
        },
      note:
        "\(sizes); means. Ranks are effective ranks: of the tangent kernel between both outputs at "
        + "\(experiment.kernelPoints) points, and of the covariance of the last hidden layer. "
        + "Gradients are "
        + "those of the constant weighting's network at the end.")
  }

  private var lossTable: ReportTable {
    ReportTable(
      "losses", title: "The whole loss and its excess, constant weighting",
      columns: ["seed", "floor", "excess half way", "excess at the end"],
      rows: records.enumerated().map { place, record in
        [
          .number(Double(place + 1)), .number(record.floor), .number(record.excessHalfway),
          .number(record.excessAtEnd),
        ]
      }, note: "Both excesses on the same fresh points.")
  }

  private func cells(_ values: [Double]) -> [ReportTable.Cell] {
    let logs = values.map { log($0) }
    let interval = Estimate.meanInterval(of: logs)
    return [
      .number(geometric(values)), .number(interval.map { exp($0.lowerBound) } ?? .nan),
      .number(interval.map { exp($0.upperBound) } ?? .nan),
    ]
  }

  private func geometric(_ values: [Double]) -> Double {
    exp(Estimate(values.map { log($0) }).value)
  }

  private func null(_ distance: KeyPath<Outcome, RecoverabilityPlan.Distance>) -> String {
    short(Estimate(records.map { $0.outcomes[0][keyPath: distance].nullMean }).value)
  }
}
