import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let conservativeNetworks: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout ConservativeNetworksPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "conservative_networks", UnitDriverTests.small["conservative_networks"] ?? [],
          changing: ConservativeNetworksPlan.self, alter)
      }
    }
    return FaultSubject(
      experiment: "conservative_networks", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "gradients that are far too long",
          fails: [
            "error_no_larger", "error_no_larger_deep", "tail_no_larger", "samples_no_worse",
          ],
          report: report {
            $0.looked = { score, form, _ in
              form == .conservative ? AlteredScore(score: score, factor: 4) : score
            }
          }),
        ExperimentFault(
          name: "gradients that turn about the origin",
          fails: ["no_curl", "curl_above_rounding"],
          report: report {
            $0.looked = { score, form, _ in
              form == .conservative ? AlteredScore(score: score, turn: 5) : score
            }
          }),
        ExperimentFault(
          name: "a free network that turns about the origin at the end", fails: ["curl_falls"],
          report: report { plan in
            let last = plan.values.steps
            plan.looked = { score, form, step in
              form == .free && step == last ? AlteredScore(score: score, turn: 50) : score
            }
          }),
        ExperimentFault(
          name: "Jacobians that are a tenth too large", fails: ["jacobian_differences"],
          report: report { $0.jacobianFactor = 1.1 }),
        ExperimentFault(
          name: "an exact score that turns about the origin", fails: ["exact_curl"],
          report: report { $0.exact = { AlteredScore(score: $0, turn: 0.01) } }),
        ExperimentFault(
          name: "a network with a third more parameters", fails: ["equal_parameters"],
          report: { .of([ConservativeNetworksFindings.equalSizes([1, 1.34])]) }),
      ])
  }()
}

/// A score times a factor, with a turn about the origin in the first plane on top.
private struct AlteredScore: ScoreFunction {
  let score: any ScoreFunction
  var factor = 1.0
  var turn = 0.0
  var dimension: Int { score.dimension }

  func score(at x: Points, level: NoiseLevel) -> Points {
    var result = score.score(at: x, level: level)
    for row in 0..<x.count {
      for axis in 0..<dimension { result[row, axis] *= factor }
      result[row, 0] -= turn * x[row, 1]
      result[row, 1] += turn * x[row, 0]
    }
    return result
  }
}
