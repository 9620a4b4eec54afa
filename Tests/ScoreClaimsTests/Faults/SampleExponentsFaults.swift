import Glibc
import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let sampleExponents = FaultSubject(
    experiment: "sample_exponents", healthy: { try report { _ in } },
    faults: [
      ExperimentFault(
        name: "fits that use about the cube root of the points",
        fails: [
          "power_l2", "power_d_delta", "power_tv", "bound_l2", "bound_d_delta", "bound_tv",
          "l2_closed_form",
        ]
      ) {
        try report { $0.usedRows = { Int(5 * pow(Double($0), 0.35)) } }
      },
      ExperimentFault(name: "points of another distribution", fails: ["d_delta_at_points"]) {
        try report { $0.probed = NormalLaw(mean: 1, variance: 2) }
      },
      ExperimentFault(name: "samples drawn by another method", fails: ["tv_at_samples"]) {
        try report { $0.drawing = EulerMaruyama() }
      },
      ExperimentFault(name: "a distance of the means alone", fails: ["tv_quadrature"]) {
        try report { plan in
          plan.distance = { abs($0.mean - $1.mean) * StandardNormal.density(0) }
        }
      },
    ])

  private static func report(
    _ alter: (inout SampleExponentsPlan) -> Void
  ) throws -> ExperimentReport {
    try ExperimentConfiguration.finished(
      "sample_exponents",
      ["doublings=6", "steps=6", "repeats=400", "resamples=200", "draws=20000"],
      changing: SampleExponentsPlan.self, alter)
  }
}
