import ScoreCore
import ScoreLab

/// Where the flow of a score takes standard normal noise on the line, by its quantiles.
///
/// Flows on the line keep the order of points, so the quantiles of the samples are the images of those of the
/// noise: the law is known without a draw.
struct GuidedLaw: Codable, Sendable, Equatable {
  /// The images of the quantiles at k / cells, k = 1 to cells - 1, from the least; empty where one is no number.
  let images: [Double]

  init(
    of score: any ScoreFunction, process: any ForwardProcess, steps: Int, cells: Int
  ) {
    var pass = SamplingPass(
      sampler: ProbabilityFlowHeun(),
      times: LogSNRGrid().times(stepCount: steps, process: process), process: process,
      score: score, start: Points(values: Self.quantiles(cells), dimension: 1), seed: 0)
    while pass.step() != nil {}
    images = pass.points.values.contains(where: \.isNaN) ? [] : pass.points.values.sorted()
  }

  static func quantiles(_ cells: Int) -> [Double] {
    (1..<cells).map { StandardNormal.quantile(Double($0) / Double(cells)) }
  }

  var mean: Double { images.isEmpty ? .nan : Estimate(images).value }
  var deviation: Double {
    let mean = mean
    return images.isEmpty
      ? .nan : Estimate(images.map { ($0 - mean) * ($0 - mean) }).value.squareRoot()
  }

  /// Half the sum of what the shares of the cells differ by, which is at most the total variation distance and
  /// near it where cells are small.
  func variation(to share: (Double) -> Double) -> Double {
    guard !images.isEmpty else { return .nan }
    let below = [0] + images.map(share) + [1]
    let cell = 1 / Double(images.count + 1)
    return zip(below, below.dropFirst()).reduce(0.0) { $0 + abs($1.1 - $1.0 - cell) } / 2
  }

  /// The share of samples below a point, linear between quantiles.
  func share(below x: Double) -> Double {
    guard let first = images.first, let last = images.last else { return .nan }
    let cells = Double(images.count + 1)
    // What is beyond the outermost quantiles is shared out at the ends.
    if x < first { return 0 }
    if x >= last { return 1 }
    var (low, high) = (0, images.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if images[middle] <= x { low = middle } else { high = middle }
    }
    let width = images[high] - images[low]
    return (Double(low + 1) + (width > 0 ? (x - images[low]) / width : 0)) / cells
  }
}
