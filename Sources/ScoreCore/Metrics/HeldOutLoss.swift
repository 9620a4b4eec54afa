/// The denoising loss on fresh points that training never sees, above that of the exact score.
///
/// Given the noisy point, the expected squared loss is that of the exact score plus the squared
/// distance to it, so averaging over the noise first leaves
/// ```
/// loss - floor = E w ||sigma (s_hat - s)||^2
/// ```
/// over the levels drawn, w the objective's weight of the noise's squared error. The right side is
/// what is estimated: it has the same mean as the plain held-out loss, far less variance (Rao and
/// Blackwell), and is never below the floor. Huber's loss has no such form; its excess is the
/// difference to the exact score's Huber loss on the same draws, and may be negative.
///
/// Levels are drawn evenly within 128 or more cells of the strata of `LevelStrata`, two to a cell,
/// so that the mean has no bias and its error is seen. They and the points stay as they are drawn, so
/// that two scores, or one score at two steps, are compared on the same points.
///
/// Source: Vincent 2011, "A connection between score matching and denoising autoencoders".
public struct HeldOutLoss: Sendable {
  private struct Batch: Sendable {
    let level: NoiseLevel
    let points: Points
    let exact: Points
    /// The noise of the points; empty for a squared loss, which does not need it.
    let noise: Points
    /// The factor on the squared error of the score, or of the noise where the loss is Huber's.
    let weight: Double
    /// The squared error of the target that a squared error 1 of the noise causes.
    let targetPerNoise: Double
    /// The sum of the Huber losses of the exact score, without the weight.
    let exactLoss: Double
  }

  private static let cells = 128
  private let objective: Objective
  /// Two batches of every cell, one after the other.
  private var batches: [Batch] = []

  /// Draws `pointsPerLevel` points, at least 1, at each of 256 levels or a little more.
  public init(
    distribution: any KnownScoreDistribution, process: any ForwardProcess,
    objective: Objective, seed: UInt64, pointsPerLevel: Int = 16
  ) {
    precondition(pointsPerLevel >= 1, "A held-out loss needs points.")
    self.objective = objective
    var stream = RandomStream(seed: seed, purpose: .heldOut)
    let strata = LevelStrata(objective.levels, of: process)
    let cells = max(1, Self.cells / strata.count)
    for stratum in 0..<strata.count {
      for half in 0..<2 * cells {
        let fraction = (Double(half / 2) + stream.uniform()) / Double(cells)
        let (level, share) = strata.level(fraction, ofStratum: stratum)
        let point = objective.point(at: level, process: process)
        batches.append(
          Self.draw(
            pointsPerLevel, of: distribution, at: point, objective: objective,
            share: share / Double(2 * cells * pointsPerLevel), using: &stream))
      }
    }
  }

  private static func draw(
    _ count: Int, of distribution: any KnownScoreDistribution, at point: WeightingPoint,
    objective: Objective, share: Double, using stream: inout RandomStream
  ) -> Batch {
    let level = point.level
    let clean = distribution.sample(count: count, using: &stream)
    let noise = stream.normals(count: count, dimension: distribution.dimension)
    let points = level.noisy(clean, noise: noise)
    let exact = distribution.score(at: points, level: level)
    let weight = share * objective.weighting.weight(at: point)
    guard objective.isHuber else {
      return Batch(
        level: level, points: points, exact: exact,
        noise: Points(zeros: 0, dimension: distribution.dimension),
        weight: weight * point.targetPerNoise * level.sigma * level.sigma,
        targetPerNoise: point.targetPerNoise, exactLoss: 0)
    }
    return Batch(
      level: level, points: points, exact: exact, noise: noise, weight: weight,
      targetPerNoise: point.targetPerNoise,
      exactLoss: huberLoss(
        of: exact, noise: noise, sigma: level.sigma, targetPerNoise: point.targetPerNoise,
        objective: objective))
  }

  /// The sum of the Huber losses of a score's predictions.
  private static func huberLoss(
    of score: Points, noise: Points, sigma: Double, targetPerNoise: Double, objective: Objective
  ) -> Double {
    var sum = 0.0
    for row in 0..<score.count {
      var squared = 0.0
      for axis in 0..<score.dimension {
        // The error of the predicted noise -sigma s.
        let gap = sigma * score[row, axis] + noise[row, axis]
        squared += gap * gap
      }
      sum += objective.loss(ofSquaredError: squared * targetPerNoise)
    }
    return sum
  }

  /// The mean loss above that of the exact score, which is the Bayes floor of a squared loss; 0 for
  /// the exact score itself.
  public func excess(of score: any ScoreFunction) -> Double { estimate(of: score).value }

  /// The excess with its standard error over levels and points.
  public func estimate(of score: any ScoreFunction) -> Estimate {
    var (value, variance) = (0.0, 0.0)
    for cell in stride(from: 0, to: batches.count, by: 2) {
      let (a, b) = (excess(of: score, in: batches[cell]), excess(of: score, in: batches[cell + 1]))
      value += a + b
      variance += (a - b) * (a - b)
    }
    return Estimate(value: value, standardError: variance.squareRoot())
  }

  private func excess(of score: any ScoreFunction, in batch: Batch) -> Double {
    let estimate = score.score(at: batch.points, level: batch.level)
    guard !objective.isHuber else {
      let loss = Self.huberLoss(
        of: estimate, noise: batch.noise, sigma: batch.level.sigma,
        targetPerNoise: batch.targetPerNoise, objective: objective)
      return batch.weight * (loss - batch.exactLoss)
    }
    var sum = 0.0
    for i in estimate.values.indices {
      let gap = estimate.values[i] - batch.exact.values[i]
      sum += gap * gap
    }
    return batch.weight * sum
  }
}
