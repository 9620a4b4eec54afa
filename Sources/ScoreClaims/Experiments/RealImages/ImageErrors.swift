import ScoreCore
import ScoreLab

/// What is measured at one noise level; errors are times sigma.
struct ImageErrors: Sendable {
  /// L2, D_delta and what Markov's inequality says of them.
  struct Error: Codable, Sendable {
    var l2: Double
    var quantile: QuantileEstimate

    init(_ errors: ScoreErrorDistribution, delta: Double) {
      l2 = errors.l2
      quantile = errors.quantileEstimate(delta: delta)
    }

    /// `D_delta sqrt(delta) / L2`, at most 1.
    var markovRatio: Double {
      l2 == 0 ? 0 : quantile.orderStatistic * quantile.delta.squareRoot() / l2
    }
  }

  /// At noisy points of training images.
  struct Training: Codable, Sendable {
    /// The network against the exact score of the training distribution.
    var network: Error
    /// The mean loss of the noise, of the network and of the exact score at the same points.
    let loss: Double
    let floor: Double
    /// Loss minus floor, and loss minus floor minus L2^2, which has the mean 0.
    let excess: Estimate
    let remainder: Estimate
  }

  /// At noisy points of held-out images.
  struct HeldOut: Codable, Sendable {
    /// The network against the exact score of the training distribution.
    let network: Error
    /// The network against the exact score of the held-out distribution.
    let generalization: Error
    /// The others against the exact score of the held-out distribution.
    let baselines: [Baseline: Error]
    /// L2 of the network over that of each, against the exact score of the held-out distribution.
    let ratios: [Baseline: ErrorRatio]
  }

  /// What the network is held against at images that it never saw.
  enum Baseline: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    case zero = "zero score"
    case gaussian = "one Gaussian"
    case memorizing = "memorising score"
  }

  let time: Double
  let level: NoiseLevel
  var training: Training?
  var heldOut: HeldOut?
}

extension ImageErrors.Training {
  /// Measures at `alpha x_0 + sigma z`, with x_0 from the distribution that the exact score is of.
  init(
    _ score: any ScoreFunction, exact: any ScoreFunction, distribution: IsotropicMixture,
    time: Double,
    level: NoiseLevel, count: Int, delta: Double, stream: inout RandomStream
  ) {
    let clean = distribution.sample(count: count, using: &stream)
    let noise = stream.normals(count: count, dimension: distribution.dimension)
    let points = level.noisy(clean, noise: noise)
    let exact = exact.score(at: points, level: level)
    let estimate = score.score(at: points, level: level)
    network = ImageErrors.Error(
      ScoreErrorDistribution(level: level, time: time, estimate: estimate, exact: exact),
      delta: delta)
    var (losses, floors, remainders) = ([Double](), [Double](), [Double]())
    for row in 0..<count {
      var (loss, floor, cross) = (0.0, 0.0, 0.0)
      for axis in 0..<distribution.dimension {
        // The noise predicted is -sigma times the score.
        let best = -level.sigma * exact[row, axis] - noise[row, axis]
        let gap = level.sigma * (exact[row, axis] - estimate[row, axis])
        loss += (best + gap) * (best + gap)
        floor += best * best
        cross += 2 * best * gap
      }
      losses.append(loss)
      floors.append(floor)
      remainders.append(cross)
    }
    loss = Estimate(losses).value
    floor = Estimate(floors).value
    excess = Estimate(zip(losses, floors).map { $0 - $1 })
    remainder = Estimate(remainders)
  }
}

extension ImageErrors.HeldOut {
  /// Measures the network's score and those of the baselines at noisy points of the held-out
  /// distribution.
  init(
    _ score: any ScoreFunction, baselines: [ImageErrors.Baseline: any ScoreFunction],
    split: ImageSplit, time: Double, level: NoiseLevel, count: Int, delta: Double,
    stream: inout RandomStream
  ) {
    let distribution = split.heldOutDistribution
    let clean = distribution.sample(count: count, using: &stream)
    let points = level.noisy(
      clean, noise: stream.normals(count: count, dimension: distribution.dimension))
    let exact = distribution.score(at: points, level: level)
    let estimate = score.score(at: points, level: level)
    func errors(_ estimate: Points, _ exact: Points) -> [Float] {
      ScoreErrorDistribution.errors(of: estimate, exact: exact, level: level)
    }
    func summary(_ errors: [Float]) -> ImageErrors.Error {
      ImageErrors.Error(
        ScoreErrorDistribution(level: level, time: time, unsorted: errors), delta: delta)
    }
    func squares(_ errors: [Float]) -> [Double] { errors.map { Double($0) * Double($0) } }
    let own = errors(estimate, exact)
    network = summary(errors(estimate, split.trainingDistribution.score(at: points, level: level)))
    generalization = summary(own)
    let others = baselines.mapValues { errors($0.score(at: points, level: level), exact) }
    self.baselines = others.mapValues(summary)
    ratios = others.mapValues { ErrorRatio(paired: squares(own), over: squares($0)) }
  }
}
