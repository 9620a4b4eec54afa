import Glibc
import ScoreCore
import ScoreLab

/// What ways to new points say of two stages.
struct TwoStagesFindings: ExperimentFindings {
  typealias Way = TwoStages.Way

  let plan: TwoStagesPlan
  private var outcomes: [Way: [TwoStagesPlan.Outcome]] = [:]
  private var agreement: TwoStagesPlan.Agreement?
  private let isDone: Bool

  init(_ plan: TwoStagesPlan, _ records: TwoStagesPlan.Records) {
    self.plan = plan
    isDone = records.isComplete
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.way(let way, _), .way(let outcome)): outcomes[way, default: []].append(outcome)
      case (.agreement, .agreement(let found)): agreement = found
      case (.way, _), (.agreement, _): preconditionFailure("A record is that of its unit.")
      }
    }
  }

  var values: TwoStages { plan.values }

  /// A number of a way on each data set so far.
  func numbers(_ way: Way, _ number: (TwoStagesPlan.Outcome) -> Double?) -> [Double] {
    (outcomes[way] ?? []).compactMap(number)
  }
}

// MARK: - Checks

extension TwoStagesFindings {
  /// What samples of two stages are held against.
  private static let rivals: [Way] = [.plane, .planeCode, .network]

  var checks: [Check] {
    reconstructions
      + Self.rivals.map { rival in
        claim(
          "samples_w2", "log2 of sliced W2 of samples from the law, two stages over \(rival.name)",
          logarithms(\.distance, over: rival), .atMost(0))
      }
      + Self.rivals.map { rival in
        claim(
          "samples_angle",
          "KL of the angle of samples in nats, two stages less \(rival.name)",
          differences(\.angleKL, from: rival), .atMost(0))
      } + [
        claim(
          "learned_length", "length of the learned curve over that of the circle",
          numbers(.stages, \.length), .near(1, tolerance: 0.05))
      ] + selfTests
  }

  private var reconstructions: [Check] {
    [(Way.component, -3.0), (.code, 0)].map { rival, bound in
      claim(
        "reconstruction",
        "log2 of the squared error of held-out points that come back, two stages over \(rival.name)",
        logarithms(\.reconstruction, over: rival), .atMost(bound))
    }
  }

  private var selfTests: [Check] {
    [
      Check(
        .agreement, "map_gradient", "largest relative difference of the gradient of stage 1",
        measured: agreement?.mapGap, .atMost(1e-6), basis: "central differences in float64"),
      Check(
        .agreement, "code_gradient", "largest relative difference of the autoencoder's gradient",
        measured: agreement?.codeGap, .atMost(1e-6), basis: "central differences in float64"),
      Check(
        .agreement, "known_density",
        "mean squared error of the score of the angle over the mean square of the exact one",
        measured: agreement?.densityError, .atMost(0.05),
        basis: "Fourier series of a von Mises density after noise; 20,000 points, 16 draws each"),
      Self.symmetric(isDone ? numbers(.stages, \.asymmetry) : nil),
      Self.positive(isDone ? Way.allCases.flatMap { numbers($0, \.angleKL) } : nil),
    ]
  }

  private func claim(
    _ name: String, _ statement: String, _ repeats: [Double], _ requirement: Check.Requirement
  ) -> Check {
    Check(
      .claim, name, statement, meanOf: isDone ? repeats : nil, requirement,
      basis: "Student's t over \(values.repeats) data sets")
  }

  private func logarithms(
    _ number: (TwoStagesPlan.Outcome) -> Double?, over rival: Way
  ) -> [Double] {
    zip(numbers(.stages, number), numbers(rival, number)).map { log2($0 / $1) }
  }

  private func differences(
    _ number: (TwoStagesPlan.Outcome) -> Double?, from rival: Way
  ) -> [Double] {
    zip(numbers(.stages, number), numbers(rival, number)).map { $0 - $1 }
  }

  /// The Jacobian of a gradient is symmetric.
  static func symmetric(_ asymmetries: [Double]?) -> Check {
    Check(
      .identity, "no_curl", "largest difference of the map's Jacobian from its transpose",
      measured: asymmetries?.largest, .atMost(1e-6),
      basis: "the map is a gradient; differences, relative to the largest entry")
  }

  /// No divergence is negative.
  static func positive(_ divergences: [Double]?) -> Check {
    Check(
      .identity, "no_negative_kl", "least KL of all that were measured",
      measured: divergences.map { -$0.map { -$0 }.largest }, .atLeast(-1e-12),
      basis: "Gibbs' inequality, to rounding")
  }
}
