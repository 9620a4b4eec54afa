import ScoreCore
import ScoreLab

/// What classifier-free guidance samples from, on two classes whose scores are known exactly.
///
/// Source: Chidambaram, Gatmiry, Chen, Lee and Lu 2024 (arXiv:2409.13074); Bradley and Nakkiran 2024
/// (arXiv:2408.09000) for the Gaussian pair.
struct Guidance: ClaimExperiment {
  static let claim = Claim(
    "guidance", title: "Guidance",
    summary: "the law of guided samples against the tilted law, exactly and learned",
    statement:
      "Classifier-free guidance does not sample from the tilted law p(x|y)^(1+w) p(x)^(-w). On two Gaussian "
      + "classes on the line, with exact scores, its samples are further from the other class than that law, "
      + "the more so the larger w is, and spread less. A learned network's guided samples have the same "
      + "distortion: their law is nearer to that of the exact guided score than that is to the tilted law.",
    source:
      "Chidambaram et al. 2024 (arXiv:2409.13074), abstract; Bradley and Nakkiran 2024 (arXiv:2408.09000)",
    paper: .chidambaram2024, .derived,
    caveats: [
      "On the line and for two Gaussian classes of equal shares only. The constants here are not the papers'.",
      "The deterministic flow is followed for mixtures; the stochastic sampler for the Gaussian pair alone.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .number("deviation", "of each class; the means are -1 and 1", \.deviation, in: 0.1...1),
    .number("weight", "w of the networks and of the draws", \.weight, in: 0.5...4),
    .integer("points", "training points of both classes", \.points, in: 20...100_000),
    .integer("repeats", "data sets", \.repeats, in: 3...200),
    .integer("width", "units of each of two hidden layers", \.width, in: 4...512),
    .integer("steps", "training steps of a network", \.steps, in: 20...1_000_000),
    .integer("batch", "rows of a step", \.batch, in: 8...4096),
    .number("rate", "first step size of Adam", \.rate, in: 1e-5...0.1),
    .integer("flow_steps", "steps of the flow", \.flowSteps, in: 20...10_000),
    .integer(
      "cells", "cells of equal shares that a flow is followed by", \.cells, in: 100...100_000),
    .integer("draws", "draws that laws are compared with", \.draws, in: 500...1_000_000),
    .integer("sampler_steps", "steps of the stochastic sampler", \.samplerSteps, in: 20...2000),
  ]

  var deviation = 0.5
  var weight = 2.0
  var points = 4000
  var repeats = 10
  var width = 32
  var steps = 3000
  var batch = 64
  var rate = 0.003
  var flowSteps = 200
  var cells = 500
  var draws = 20_000
  var samplerSteps = 200

  init() {}

  func makePlan(_ setup: ExperimentSetup) -> GuidancePlan {
    GuidancePlan(values: self, seed: setup.seed)
  }
}

extension Guidance {
  /// The weights w that are swept; 0 is no guidance.
  static let weights = [0.0, 0.5, 1, 2, 4, 8]
  /// Noise over signal at which the guided score is held next to that of the noisy tilted law.
  static let ratios = [0.25, 0.5, 1, 2, 4]
  /// The share of rows whose label a network does not see, as is usual (from memory).
  static let unlabelled = 0.2
  /// The conditional and the marginal variance of the Gaussian pair, as in Bradley and Nakkiran (from memory).
  static let pairVariances = (conditional: 1.0, marginal: 2.0)

  var process: OrnsteinUhlenbeck { OrnsteinUhlenbeck(horizon: 5, stop: 1e-4) }

  /// The classes N(-1, s^2) and N(1, s^2), in equal shares.
  var classes: ClassMixture {
    ClassMixture(
      [-1.0, 1].map { mean in
        ClassMixture.Class(
          distribution: GaussianMixture([.init(mean: [mean], spread: .isotropic(deviation))]))
      })
  }

  /// The class that samples are asked for, on the right.
  var wanted: Condition { .label(1, of: 2) }
}
