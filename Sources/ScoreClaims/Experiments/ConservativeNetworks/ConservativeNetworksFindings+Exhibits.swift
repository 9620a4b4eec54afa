import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

extension ConservativeNetworksFindings {
  var exhibits: [Exhibit] {
    Law.allCases.map { law in .figure(curlFigure(law)) }
      + Law.allCases.map { law in .figure(courseFigure(law)) }
      + Law.allCases.map { law in .table(scoreTable(law)) }
      + Law.allCases.map { law in .table(levelTable(law)) }
  }

  private var setting: String {
    "means of \(values.starts) starts, 95% intervals; \(values.steps) steps"
  }

  private func roles(_ form: Form) -> Plot.Role {
    switch form {
    case .conservative: .measured
    case .free: .comparison
    case .deep: .claimed
    }
  }

  private var levels: [NoiseLevel] {
    plan.probe(.mixture).times.map { values.process.level(at: $0) }
  }

  /// The relative curl by level.
  private func curlFigure(_ law: Law) -> Figure {
    Figure(
      "curl_\(law.rawValue)", title: "Relative curl by noise level, \(law.name)",
      caption:
        "norm of the antisymmetric part of the Jacobian over that of the symmetric one; \(setting). "
        + "The conservative network has that of rounding.",
      .plot(
        Plot(
          x: .init("sigma", isLogarithmic: true), y: .init("curl", isLogarithmic: true),
          series: Form.allCases.map { form in
            let all = trainings(law, form).map { Self.curl(Self.end($0)) }
            return Plot.Series(
              form.name, roles(form), x: all.isEmpty ? [] : levels.map(\.sigma),
              meansOf: all.isEmpty ? [] : levels.indices.map { level in all.map { $0[level] } })
          })))
  }

  /// Error and antisymmetric part over training.
  private func courseFigure(_ law: Law) -> Figure {
    func series(
      _ name: String, _ form: Form, _ role: Plot.Role, _ value: (Look) -> Double
    ) -> Plot.Series {
      let all = trainings(law, form)
      return Plot.Series(
        name, role, x: all.isEmpty ? [] : values.looks.map { Double($0) },
        meansOf: all.isEmpty
          ? [] : values.looks.indices.map { place in all.map { value($0.looks[place]) } })
    }
    return Figure(
      "course_\(law.rawValue)", title: "Error and curl over training, \(law.name)",
      caption:
        "sigma^2 E||s_hat - s||^2 and the norm of the antisymmetric part of sigma^2 ds/dx, both over "
        + "\(ConservativeNetworks.levelCount) levels; \(setting)",
      .plot(
        Plot(
          x: .init("step", isLogarithmic: true), y: .init("error, curl", isLogarithmic: true),
          series: Form.allCases.map { form in
            series("error, \(form.name)", form, roles(form)) { Self.mean($0.errors) }
          } + [
            series("curl, free, two layers", .free, .muted) { Self.mean($0.odd) },
            series("curl, free, three layers", .deep, .null) { Self.mean($0.odd) },
          ])))
  }

  // MARK: - Tables

  private func scoreTable(_ law: Law) -> ReportTable {
    func row(
      _ name: String, _ size: (Int, Int)?, _ looks: [Look], _ distances: [Double]
    ) -> [ReportTable.Cell] {
      [.text(name), size.map { .integer($0.0) } ?? .none, size.map { .integer($0.1) } ?? .none]
        + interval(looks.map { Self.mean($0.errors) })
        + interval(looks.map { Self.mean($0.tails) })
        + interval(looks.map { Self.mean(Self.curl($0)) }) + interval(distances)
    }
    let networks = Form.allCases.map { form in
      let all = trainings(law, form)
      return row(
        form.name, all.first.map { ($0.parameters, $0.operations) }, all.map(Self.end),
        all.map(\.distance.value))
    }
    let known = references[law].map { found in
      zip(["exact", "one Gaussian", "zero"], [found.exact, found.gaussian, found.zero])
        .enumerated().map { place, score in
          row(score.0, nil, [score.1], [found.distances[[0, 2, 1][place]].value])
        }
    }
    let null = Form.allCases.flatMap { trainings(law, $0).map(\.distance.nullMean) }
    return ReportTable(
      "scores_\(law.rawValue)", title: "Networks and baselines, \(law.name)",
      columns: ["score", "parameters", "operations"]
        + ["squared error", "sigma D_delta", "curl", "sliced W2"].flatMap {
          [$0, "\($0) lower", "\($0) upper"]
        },
      rows: networks + (known ?? []),
      note:
        "\(setting); errors and curl are means over \(ConservativeNetworks.levelCount) levels, D_delta at "
        + "\(NumberText.plain(ConservativeNetworks.delta)). Operations: of a forward pass, a point. "
        + "\(values.samples) samples of the distribution itself have sliced W2 "
        + "\(NumberText.plain(Estimate(null).value, digits: 3)) on average.")
  }

  private func levelTable(_ law: Law) -> ReportTable {
    ReportTable(
      "levels_\(law.rawValue)", title: "Error and curl by level, \(law.name)",
      columns: ["sigma"] + Form.allCases.map { "squared error, \($0.name)" }
        + Form.allCases.map { "curl, \($0.name)" },
      rows: levels.enumerated().map { place, level in
        func means(_ value: (Look) -> [Double]) -> [ReportTable.Cell] {
          Form.allCases.map { form in
            let all = trainings(law, form).map { value(Self.end($0))[place] }
            return all.isEmpty ? .none : .number(Estimate(all).value)
          }
        }
        return [.number(level.sigma)] + means(\.errors) + means { Self.curl($0) }
      },
      note: "\(setting). Curl: norm of the antisymmetric part over that of the symmetric one.")
  }

  /// A mean with its interval; a single value has none.
  private func interval(_ values: [Double]) -> [ReportTable.Cell] {
    guard !values.isEmpty else { return [.none, .none, .none] }
    let interval = values.count > 1 ? Estimate.meanInterval(of: values) : nil
    return [
      .number(Estimate(values).value), interval.map { .number($0.lowerBound) } ?? .none,
      interval.map { .number($0.upperBound) } ?? .none,
    ]
  }
}
