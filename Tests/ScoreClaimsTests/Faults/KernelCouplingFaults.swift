import ScoreCore
import ScoreTheory

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let kernelCoupling = FaultSubject(
    experiment: "kernel_coupling", healthy: { try report { _ in } },
    faults: [
      ExperimentFault(
        name: "networks of 64 neurons whatever the width",
        fails: ["gap_slope", "movement_slope"]
      ) {
        try report { plan in
          plan.network = { TwoLayerNetwork(width: 64 + 0 * $0, inputCount: 2, using: &$1) }
        }
      },
      ExperimentFault(name: "a network with three times the targets", fails: ["movement"]) {
        try report { $0.networkTargets = { $0.map { 3 * $0 } } }
      },
      ExperimentFault(name: "balls that hold nothing", fails: ["ball_ends"]) {
        try report { $0.radius = { _ in nil } }
      },
      ExperimentFault(name: "step sizes that stay at 1", fails: ["step_ends"]) {
        try report { $0.stepSize = { _, standard in standard } }
      },
      ExperimentFault(name: "weights that are all positive", fails: ["empirical_kernel"]) {
        try report { plan in
          plan.network = { width, stream in
            var network = TwoLayerNetwork(width: width, inputCount: 2, using: &stream)
            network.weights = network.weights.map { abs($0) }
            return network
          }
        }
      },
    ])

  private static func report(
    _ alter: (inout KernelCouplingPlan) -> Void
  ) throws -> ExperimentReport {
    try ExperimentConfiguration.finished(
      "kernel_coupling", UnitDriverTests.small["kernel_coupling"] ?? [],
      changing: KernelCouplingPlan.self, alter)
  }
}
