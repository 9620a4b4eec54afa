import ScoreCore

/// What is measured at one noise level; errors are times sigma.
struct ImageErrors: Sendable {
  /// L2, D_delta and what Markov's inequality says of them.
  struct Error: Sendable {
    let l2: Double
    let quantile: Double
    /// `D_delta sqrt(delta) / L2`, at most 1.
    let markovRatio: Double

    init(_ errors: ScoreErrorDistribution, delta: Double) {
      l2 = errors.l2
      quantile = errors.quantileError(delta: delta)
      markovRatio = l2 == 0 ? 0 : quantile / errors.markovBound(delta: delta)
    }
  }

  /// At noisy points of training images.
  struct Training: Sendable {
    /// The network against the exact score of the training law.
    let network: Error
    /// The mean loss of the noise, of the network and of the exact score at the same points.
    let loss: Double
    let floor: Double
    /// Loss minus floor, and loss minus floor minus L2^2, which has the mean 0.
    let excess: Estimate
    let remainder: Estimate
  }

  /// At noisy points of held-out images.
  struct HeldOut: Sendable {
    /// The network against the exact score of the training law.
    let network: Error
    /// The network against the exact score of the held-out law.
    let generalization: Error
    /// The exact score of the training law against that of the held-out law.
    let memorizing: Error
  }

  let time: Double
  let level: NoiseLevel
  var training: Training?
  var heldOut: HeldOut?
}

extension ImageErrors.Training {
  /// Measures at `alpha x_0 + sigma z`, with x_0 from the law that the exact score is of.
  init(
    _ score: any ScoreFunction, law: IsotropicMixture, time: Double, level: NoiseLevel,
    count: Int, delta: Double, stream: inout RandomStream
  ) {
    let clean = law.sample(count: count, using: &stream)
    let noise = stream.normals(count: count, dimension: law.dimension)
    let points = level.noisy(clean, noise: noise)
    let exact = law.score(at: points, level: level)
    let estimate = score.score(at: points, level: level)
    network = ImageErrors.Error(
      ScoreErrorDistribution(level: level, time: time, estimate: estimate, exact: exact),
      delta: delta)
    var (losses, floors, remainders) = ([Double](), [Double](), [Double]())
    for row in 0..<count {
      var (loss, floor, cross) = (0.0, 0.0, 0.0)
      for axis in 0..<law.dimension {
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
  init(
    _ score: any ScoreFunction, split: ImageSplit, time: Double, level: NoiseLevel, count: Int,
    delta: Double, stream: inout RandomStream
  ) {
    let law = split.heldOutLaw
    let clean = law.sample(count: count, using: &stream)
    let points = level.noisy(
      clean, noise: stream.normals(count: count, dimension: law.dimension))
    let training = split.trainingLaw.score(at: points, level: level)
    let heldOut = law.score(at: points, level: level)
    let estimate = score.score(at: points, level: level)
    func error(_ estimate: Points, _ exact: Points) -> ImageErrors.Error {
      ImageErrors.Error(
        ScoreErrorDistribution(level: level, time: time, estimate: estimate, exact: exact),
        delta: delta)
    }
    network = error(estimate, training)
    generalization = error(estimate, heldOut)
    memorizing = error(training, heldOut)
  }
}
