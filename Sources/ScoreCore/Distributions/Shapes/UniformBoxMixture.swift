import Glibc

/// A mixture of uniform distributions on axis-aligned boxes, in any dimension.
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
  // The different sides of all axes, one axis after the other.
  private let sides: [(axis: Int, side: Side)]
  // Which of them each box has along each axis, [box][axis] in one row.
  private let sideIndices: [Int]
  private let logFactors: [Double]
  private let choices: IndexTable

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
    var sides: [(axis: Int, side: Side)] = []
    var indices = Array(repeating: 0, count: boxes.count * dimension)
    for axis in 0..<dimension {
      var known: [Side: Int] = [:]
      for (index, box) in boxes.enumerated() {
        let side = Side(low: box.low[axis], high: box.high[axis])
        if known[side] == nil {
          known[side] = sides.count
          sides.append((axis, side))
        }
        indices[index * dimension + axis] = known[side] ?? 0
      }
    }
    self.sides = sides
    sideIndices = indices
    let total = boxes.reduce(0) { $0 + $1.weight }
    logFactors = boxes.map { box in
      log(box.weight / total) - zip(box.low, box.high).reduce(0) { $0 + log($1.1 - $1.0) }
    }
    choices = IndexTable(weights: boxes.map(\.weight))
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    var points = Points(zeros: count, dimension: dimension)
    for row in 0..<count {
      let box = boxes[choices.draw(using: &stream)]
      for axis in 0..<dimension {
        points[row, axis] = box.low[axis] + (box.high[axis] - box.low[axis]) * stream.uniform()
      }
    }
    return points
  }

  public var moments: Moments? {
    Moments(
      mixing: boxes.lazy.map { box in
        let widths = zip(box.low, box.high).map { $1 - $0 }
        return (
          box.weight,
          Moments(
            mean: zip(box.low, box.high).map { ($0 + $1) / 2 },
            variance: widths.reduce(0) { $0 + $1 * $1 } / (12 * Double(dimension)))
        )
      })
  }

  public var covariance: [[Double]]? {
    var mixing = CovarianceMixing(dimension: dimension)
    for box in boxes {
      mixing.add(box.weight, mean: zip(box.low, box.high).map { ($0 + $1) / 2 }) { i, j in
        let width = box.high[i] - box.low[i]
        return i == j ? width * width / 12 : 0
      }
    }
    return mixing.covariance
  }

  public func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    logDensityAndScore(at: x, level: level).logDensity
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    logDensityAndScore(at: x, level: level).score
  }

  /// By quadrature, to 9 digits, in one dimension and for a single box, whose axes are
  /// independent; else nil.
  ///
  /// Without noise it is infinite: the edges are jumps.
  public func fisherInformation(at level: NoiseLevel) -> Double? {
    guard level.sigma > 0 else { return nil }
    if dimension == 1 { return fisherInformation(at: level, breakpoints: edgeMarks(at: level)) }
    guard boxes.count == 1 else { return nil }
    // Equal sides have equal terms.
    var terms: [Side: Double] = [:]
    return sides.reduce(0) { sum, entry in
      let side = entry.side
      let term =
        terms[side]
        ?? UniformBoxMixture([Box(low: [side.low], high: [side.high])])
        .fisherInformation(at: level) ?? .nan
      terms[side] = term
      return sum + term
    }
  }

  private func edgeMarks(at level: NoiseLevel) -> [Double] {
    let marks = sides.flatMap { entry in
      [entry.side.low, entry.side.high].flatMap { edge in
        [-10, -6, -3, -1, 0, 1, 3, 6, 10].map { level.alpha * edge + $0 * level.sigma }
      }
    }
    return Set(marks).sorted()
  }

  public func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points) {
    precondition(x.dimension == dimension, "Points and distribution differ in dimension.")
    let cost = 2 * boxes.count * dimension + 100 * sides.count
    return RowShards.evaluate(x, costPerRow: cost) { rows in
      var scratch = Scratch(
        intervals: Array(repeating: .init(logProbability: 0, mean: 0), count: sides.count),
        shares: logFactors, score: Array(repeating: 0, count: dimension))
      var logDensity = Array(repeating: 0.0, count: rows.count)
      var score = Array(repeating: 0.0, count: rows.count * dimension)
      for row in rows {
        let output = row - rows.lowerBound
        logDensity[output] = evaluate(x, row: row, level, &scratch)
        for axis in 0..<dimension { score[output * dimension + axis] = scratch.score[axis] }
      }
      return (logDensity, score)
    }
  }

  /// What one point needs, made once for many.
  private struct Scratch {
    var intervals: [StandardNormal.Interval]
    var shares: [Double]
    var score: [Double]
  }

  // Returns the log density and leaves the score in the scratch.
  private func evaluate(
    _ x: Points, row: Int, _ level: NoiseLevel, _ scratch: inout Scratch
  ) -> Double {
    let d = dimension
    for (index, entry) in sides.enumerated() {
      scratch.intervals[index] = interval(of: entry.side, at: x[row, entry.axis], level)
    }
    var largest = -Double.infinity
    for box in boxes.indices {
      var term = logFactors[box]
      for axis in 0..<d {
        term += scratch.intervals[sideIndices[box * d + axis]].logProbability
      }
      scratch.shares[box] = term
      // Unlike max, the comparison keeps a term that is not a number.
      if !(term <= largest) { largest = term }
    }
    guard largest > -.infinity else {
      // With noise only a point that is not finite, or whose square is not, gets here.
      let isOutside = level.sigma == 0 && largest == -.infinity
      for axis in 0..<d { scratch.score[axis] = isOutside ? 0 : .nan }
      return isOutside ? -.infinity : .nan
    }
    for axis in 0..<d { scratch.score[axis] = 0 }
    var total = 0.0
    for box in boxes.indices {
      scratch.shares[box] = exp(scratch.shares[box] - largest)
      total += scratch.shares[box]
    }
    if level.sigma > 0 { fillScore(total * level.sigma, &scratch) }
    return largest + log(total) - Double(d) * log(level.alpha)
  }

  private func fillScore(_ divisor: Double, _ scratch: inout Scratch) {
    let d = dimension
    for box in boxes.indices where scratch.shares[box] > 0 {
      for axis in 0..<d {
        let mean = scratch.intervals[sideIndices[box * d + axis]].mean
        scratch.score[axis] -= scratch.shares[box] / divisor * mean
      }
    }
  }

  // The noise z that leads from a side to x lies between the two ends.
  private func interval(
    of side: Side, at x: Double, _ level: NoiseLevel
  ) -> StandardNormal.Interval {
    guard x.isFinite else { return StandardNormal.Interval(logProbability: .nan, mean: .nan) }
    guard level.sigma > 0 else {
      let isInside = (level.alpha * side.low..<level.alpha * side.high).contains(x)
      return StandardNormal.Interval(logProbability: isInside ? 0 : -.infinity, mean: 0)
    }
    let lower = (x - level.alpha * side.high) / level.sigma
    let upper = (x - level.alpha * side.low) / level.sigma
    guard lower < upper else {
      // So far away that rounding loses the width; the density no longer varies over the side.
      let width = level.alpha * (side.high - side.low) / level.sigma
      return StandardNormal.Interval(
        logProbability: log(width) - lower * lower / 2 - StandardNormal.logSqrtTwoPi, mean: lower)
    }
    return StandardNormal.interval(from: lower, to: upper)
  }
}
