import Glibc

/// A mixture of uniform laws on axis-aligned boxes, in any dimension.
///
/// A noisy box is a product over the axes of differences of normal distribution functions:
/// ```
/// q(x)   = sum_k w_k prod_i P_ki / (alpha width_ki)
/// P_ki   = Phi(b_ki) - Phi(a_ki)       a, b = (x_i - alpha high) / sigma, (x_i - alpha low) / sigma
/// s_i(x) = -sum_k r_k E[z | a_ki < z < b_ki] / sigma
/// ```
/// with `r_k` the share of box k. All of it is evaluated by ``StandardNormal`` on logarithms, so
/// that it stays accurate far away and at small noise. Without noise the density is the uniform
/// one: outside the boxes the log density is minus infinity, and the score is 0 everywhere off
/// the edges.
public struct UniformBoxMixture: KnownScoreDistribution {
  /// One box, half open along each axis.
  public struct Box: Sendable, Equatable {
    /// The relative weight, positive; weights need not sum to one.
    public var weight: Double
    /// The lower corner, `[dimension]`.
    public var low: [Double]
    /// The upper corner, `[dimension]`, above the lower one along every axis.
    public var high: [Double]

    public init(weight: Double = 1, low: [Double], high: [Double]) {
      self.weight = weight
      self.low = low
      self.high = high
    }
  }

  /// A side that several boxes may share, so that it is evaluated once a point.
  private struct Side: Hashable {
    var low: Double
    var high: Double
  }

  public let boxes: [Box]
  public let coordinates: CoordinateFrame
  private let sides: [[Side]]
  // The side of each box along each axis, [box][axis].
  private let sideIndices: [[Int]]
  private let logFactors: [Double]
  private let cumulativeWeights: [Double]

  public var dimension: Int { boxes[0].low.count }

  /// Creates a mixture.
  ///
  /// - Parameters:
  ///   - boxes: At least one, all of the same dimension; they may overlap.
  ///   - coordinates: The user's units; the identity if nil.
  public init(_ boxes: [Box], coordinates: CoordinateFrame? = nil) {
    precondition(!boxes.isEmpty, "A mixture needs at least one box.")
    let dimension = boxes[0].low.count
    for box in boxes {
      precondition(
        box.low.count == dimension && box.high.count == dimension,
        "Every corner must have the same dimension.")
      precondition(zip(box.low, box.high).allSatisfy { $0 < $1 }, "A box has positive widths.")
      precondition(box.weight > 0, "Weights must be positive.")
    }
    self.boxes = boxes
    self.coordinates = coordinates ?? CoordinateFrame(dimension: dimension)
    var sides: [[Side]] = Array(repeating: [], count: dimension)
    var indices: [[Int]] = []
    for box in boxes {
      indices.append(
        (0..<dimension).map { axis in
          let side = Side(low: box.low[axis], high: box.high[axis])
          if let known = sides[axis].firstIndex(of: side) { return known }
          sides[axis].append(side)
          return sides[axis].count - 1
        })
    }
    self.sides = sides
    sideIndices = indices
    let total = boxes.reduce(0) { $0 + $1.weight }
    logFactors = boxes.map { box in
      log(box.weight / total) - zip(box.low, box.high).reduce(0) { $0 + log($1.1 - $1.0) }
    }
    cumulativeWeights = runningSums(boxes.map(\.weight))
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    var points = Points(zeros: count, dimension: dimension)
    for row in 0..<count {
      let box = boxes[drawIndex(cumulative: cumulativeWeights, using: &stream)]
      for axis in 0..<dimension {
        points[row, axis] = box.low[axis] + (box.high[axis] - box.low[axis]) * stream.uniform()
      }
    }
    return points
  }

  public func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    evaluate(at: x, level: level).flatMap { $0.logDensity }
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    Points(values: evaluate(at: x, level: level).flatMap { $0.score }, dimension: dimension)
  }

  /// By quadrature in one dimension with noise, to 9 digits; else nil.
  ///
  /// Without noise it is infinite: the edges are jumps.
  public func fisherInformation(at level: NoiseLevel) -> Double? {
    guard dimension == 1, level.sigma > 0 else { return nil }
    let marks = sides[0].flatMap { side in
      [side.low, side.high].flatMap { edge in
        [-10, -6, -3, -1, 0, 1, 3, 6, 10].map { level.alpha * edge + $0 * level.sigma }
      }
    }
    return AdaptiveQuadrature.integrate(over: Set(marks).sorted()) { x in
      evaluate(at: Points(values: x, dimension: 1), level: level).flatMap { shard in
        zip(shard.logDensity, shard.score).map { exp($0) * $1 * $1 }
      }
    }
  }

  private func evaluate(
    at x: Points, level: NoiseLevel
  ) -> [(logDensity: [Double], score: [Double])] {
    precondition(x.dimension == dimension, "Points and distribution differ in dimension.")
    let cost = 2 * boxes.count * dimension + sides.reduce(0) { $0 + 100 * $1.count }
    return RowShards.map(count: x.count, costPerRow: cost) { rows in
      var logDensity: [Double] = []
      var score: [Double] = []
      for row in rows {
        let (value, gradient) = evaluate(x.row(row), level)
        logDensity.append(value)
        score += gradient
      }
      return (logDensity, score)
    }
  }

  private func evaluate(_ x: [Double], _ level: NoiseLevel) -> (Double, [Double]) {
    let intervals = sides.indices.map { axis in
      sides[axis].map { interval(of: $0, at: x[axis], level) }
    }
    let terms = boxes.indices.map { box in
      var term = logFactors[box]
      for axis in sides.indices {
        term += intervals[axis][sideIndices[box][axis]].logProbability
      }
      return term
    }
    var score = Array(repeating: 0.0, count: dimension)
    let largest = terms.reduce(-.infinity) { max($0, $1) }
    guard largest > -.infinity else {
      return (
        x.allSatisfy(\.isFinite) ? -.infinity : .nan, score.map { _ in level.sigma > 0 ? .nan : 0 }
      )
    }
    let shares = terms.map { exp($0 - largest) }
    let total = shares.reduce(0, +)
    if level.sigma > 0 {
      for (box, share) in shares.enumerated() where share > 0 {
        for axis in sides.indices {
          score[axis] -= share * intervals[axis][sideIndices[box][axis]].mean
        }
      }
      for axis in sides.indices { score[axis] /= total * level.sigma }
    }
    return (largest + log(total) - Double(dimension) * log(level.alpha), score)
  }

  // The noise z that leads from a side to x lies between the two ends.
  private func interval(
    of side: Side, at x: Double, _ level: NoiseLevel
  ) -> StandardNormal.Interval {
    guard level.sigma > 0 else {
      let isInside = (level.alpha * side.low..<level.alpha * side.high).contains(x)
      return StandardNormal.Interval(logProbability: isInside ? 0 : -.infinity, mean: 0)
    }
    return StandardNormal.interval(
      from: (x - level.alpha * side.high) / level.sigma,
      to: (x - level.alpha * side.low) / level.sigma)
  }
}
