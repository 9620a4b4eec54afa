import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let twoStages: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout TwoStagesPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "two_stages", UnitDriverTests.small["two_stages"] ?? [],
          changing: TwoStagesPlan.self, alter)
      }
    }
    return FaultSubject(
      experiment: "two_stages", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "a first stage of 5 steps", fails: ["reconstruction"],
          report: report { $0.mapSteps = 5 }),
        ExperimentFault(
          name: "the circle of another radius", fails: ["learned_length"],
          report: report { $0.radiusFactor = 1.2 }),
        ExperimentFault(
          name: "samples of two stages in one place", fails: ["samples_w2", "samples_angle"],
          report: report {
            $0.taken = { points, way in
              guard way == .stages else { return points }
              return Points(rows: (0..<points.count).map { _ in points.row(0) })
            }
          }),
        ExperimentFault(
          name: "gradients times 1.1", fails: ["map_gradient", "code_gradient"],
          report: report { $0.gradientFactor = 1.1 }),
        ExperimentFault(
          name: "the density of another concentration", fails: ["known_density"],
          report: report { $0.concentrationFactor = 4 }),
        ExperimentFault(
          name: "a map with curl, and a negative divergence",
          fails: ["no_curl", "no_negative_kl"],
          report: {
            .of([TwoStagesFindings.symmetric([0.1]), TwoStagesFindings.positive([-0.1])])
          }),
      ])
  }()
}
