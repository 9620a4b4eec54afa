import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Where the deterministic flow of a score takes a distribution on the line, by its quantiles.
///
/// Flows on the line keep the order of points, so those between two quantiles stay between their images: the
/// shares of all cells are known without a draw.
struct FlowImage: Codable, Sendable, Equatable {
  /// Half the sum of what the shares of the cells differ by: at most the total variation distance, and near it
  /// where the cells are small against what the flow makes.
  let variation: Double
  /// The distance between equal quantiles, whose mean square is W2 squared.
  let wasserstein: Double

  /// Follows the quantiles of the exact noisy distribution from the horizon to the stop.
  init(
    of score: any ScoreFunction, law: LineMixture, process: FlowProcess, steps: Int, cells: Int
  ) {
    let start = law.noisy(at: process.level(at: process.horizon))
    let shares = (1..<cells).map { Double($0) / Double(cells) }
    var pass = SamplingPass(
      sampler: ProbabilityFlowHeun(),
      times: ExponentialDecayGrid().times(stepCount: steps, process: process), process: process,
      score: score, start: Points(values: shares.map(start.quantile), dimension: 1), seed: 0)
    while pass.step() != nil {}
    let end = law.noisy(at: process.level(at: process.stop))
    let images = pass.points.values.contains(where: \.isNaN) ? [] : pass.points.values.sorted()
    guard !images.isEmpty else {
      (variation, wasserstein) = (.nan, .nan)
      return
    }
    let below = [0] + images.map { end.share(below: $0) } + [1]
    variation =
      zip(below, below.dropFirst()).reduce(0.0) { $0 + abs($1.1 - $1.0 - 1 / Double(cells)) } / 2
    let squares = zip(images, shares).map { image, share in
      let gap = image - end.quantile(share)
      return gap * gap
    }
    wasserstein = Estimate(squares).value.squareRoot()
  }
}
