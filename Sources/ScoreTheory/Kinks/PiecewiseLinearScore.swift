public import ScoreCore

/// A score on the line that is continuous and linear between nodes, and goes on straight beyond the
/// outer two.
///
/// What a two-layer ReLU network with a linear skip is in one dimension. It is the same at every
/// noise level: it was fitted at one.
public struct PiecewiseLinearScore: ScoreFunction, Codable, Equatable {
  /// Where pieces meet, ascending, at least two; kinks are at the inner ones.
  public let nodes: [Double]
  /// The score at the nodes.
  public let values: [Double]

  /// - Precondition: At least two nodes, ascending, with a value each.
  public init(nodes: [Double], values: [Double]) {
    precondition(
      nodes.count >= 2 && nodes.count == values.count
        && zip(nodes, nodes.dropFirst()).allSatisfy(<),
      "A piecewise linear function has ascending nodes.")
    self.nodes = nodes
    self.values = values
  }

  public var dimension: Int { 1 }

  /// The places where the slope changes.
  public var kinks: [Double] { Array(nodes.dropFirst().dropLast()) }

  /// The slope of each piece.
  public var slopes: [Double] {
    (1..<nodes.count).map { (i: Int) -> Double in
      let (rise, width) = (values[i] - values[i - 1], nodes[i] - nodes[i - 1])
      return rise / width
    }
  }

  /// The change of slope at each kink.
  public var changes: [Double] {
    let slopes = slopes
    return zip(slopes.dropFirst(), slopes).map { $0 - $1 }
  }

  /// The sum of the sizes of the changes of slope: what weight decay costs.
  public var slopeVariation: Double { changes.reduce(0) { $0 + abs($1) } }

  /// The score at a point.
  public func value(at x: Double) -> Double {
    let piece = min(max(nodes.lowerBound(of: x), 1), nodes.count - 1)
    let width = nodes[piece] - nodes[piece - 1]
    let slope = (values[piece] - values[piece - 1]) / width
    // From the nearer node, so that the value at a node is exact.
    return x - nodes[piece - 1] < width / 2
      ? values[piece - 1] + slope * (x - nodes[piece - 1])
      : values[piece] + slope * (x - nodes[piece])
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    precondition(x.dimension == 1, "This score is one-dimensional.")
    return Points(values: x.values.map(value(at:)), dimension: 1)
  }
}

extension [Double] {
  /// The number of elements of an ascending list that are below a value.
  func lowerBound(of value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
