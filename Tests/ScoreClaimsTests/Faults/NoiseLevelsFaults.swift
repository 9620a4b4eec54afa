import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let noiseLevels = FaultSubject(
    experiment: "noise_levels", healthy: { try report { _ in } },
    faults: [
      ExperimentFault(
        name: "fits whose error grows like 1/sigma",
        fails: ["growth_l2", "growth_d_delta", "l2_closed_form", "d_delta_closed_form"]
      ) {
        try report { run in
          run.drawGap = { fit, m, stream in
            fit.drawGap(sampleCount: m, using: &stream) / fit.level.sigma
          }
        }
      },
      ExperimentFault(name: "fits that use 20 points, however many there are", fails: ["rate"]) {
        try report { run in
          run.drawGap = { fit, _, stream in fit.drawGap(sampleCount: 20, using: &stream) }
        }
      },
      ExperimentFault(
        name: "a score that knows the distribution instead of the points",
        fails: ["growth_memorizing"]
      ) {
        try report { run in
          run.memorizer = { _ in
            ExactScore(GaussianMixture([.init(mean: [0], spread: .isotropic(1.1))]))
          }
        }
      },
      ExperimentFault(name: "points of another distribution", fails: ["d_delta_at_points"]) {
        try report { run in
          run.distribution = GaussianMixture([.init(mean: [0], spread: .isotropic(2))])
        }
      },
    ])

  private static func report(
    _ alter: (inout NoiseLevelsPlan) -> Void
  ) throws -> ExperimentReport {
    let configuration = try ExperimentConfiguration("noise_levels").setting([
      "first_points=20", "last_points=80", "values=2", "repeats=400", "miss_share=0.5",
      "memorized=3", "levels=4",
    ])
    return try configuration.finishedDriver(NoiseLevelsPlan.self, alter).report
  }
}
