public import ScoreCore

/// Nodes at equal distances over a line or a plane of model coordinates.
public struct FieldGrid: Sendable, Equatable {
  /// The first and the last node along each axis, `[dimension]`, 1 or 2 of them.
  public let ranges: [ClosedRange<Double>]
  /// How many nodes there are along each axis, at least 2.
  public let side: Int

  public init(over ranges: [ClosedRange<Double>], side: Int) {
    precondition((1...2).contains(ranges.count), "A field is drawn over a line or a plane.")
    precondition(side >= 2, "A range has two ends.")
    self.ranges = ranges
    self.side = side
  }

  /// A node along an axis, in model coordinates.
  public func node(_ index: Int, axis: Int) -> Double {
    let range = ranges[axis]
    return range.lowerBound
      + (range.upperBound - range.lowerBound) * Double(index) / Double(side - 1)
  }

  /// Every node, `[side^dimension, dimension]`, the first axis running fastest.
  public var points: Points {
    guard ranges.count == 2 else {
      return Points(values: (0..<side).map { node($0, axis: 0) }, dimension: 1)
    }
    return Points(
      values: (0..<side).flatMap { row in
        (0..<side).flatMap { [node($0, axis: 0), node(row, axis: 1)] }
      }, dimension: 2)
  }

  /// A value between nodes, linear along each axis of a plane.
  ///
  /// - Parameters:
  ///   - values: One a node, `[side^2]`.
  ///   - x: The first coordinate.
  ///   - y: The second coordinate.
  /// - Returns: Nil outside the nodes; not a number next to a node without one.
  public func value<Number: BinaryFloatingPoint>(of values: [Number], x: Double, y: Double)
    -> Double?
  {
    guard let (column, across) = place(x, axis: 0), let (row, up) = place(y, axis: 1) else {
      return nil
    }
    func node(_ dx: Int, _ dy: Int) -> Double {
      Double(values[(row + dy) * side + column + dx])
    }
    let lower = node(0, 0) + across * (node(1, 0) - node(0, 0))
    let upper = node(0, 1) + across * (node(1, 1) - node(0, 1))
    return lower + up * (upper - lower)
  }

  /// The node below a coordinate, never the last, and how far it is to the next one.
  private func place(_ value: Double, axis: Int) -> (index: Int, fraction: Double)? {
    let range = ranges[axis]
    let place =
      (value - range.lowerBound) / (range.upperBound - range.lowerBound) * Double(side - 1)
    guard place >= 0, place <= Double(side - 1) else { return nil }
    let index = min(Int(place), side - 2)
    return (index, place - Double(index))
  }
}

/// A time of the sampler at which a field is worked out, and the nodes it is worked out at.
public struct FieldPlace: Sendable, Equatable {
  /// Its place among the sampler's times.
  public var index: Int
  public var time: Double
  public var level: NoiseLevel
  public var grid: FieldGrid
}

extension Trajectories {
  /// The range of a coordinate at a frame, with room around it.
  public func range(_ axis: Int, frame: Int) -> ClosedRange<Double> {
    let values = column(axis, frame: frame)
    let (low, high) = (values.min() ?? -1, values.max() ?? 1)
    let margin = 0.15 * (high - low) + 1e-9
    return low - margin...high + margin
  }

  /// The range of a coordinate from noise to data, with room around it.
  public func range(_ axis: Int) -> ClosedRange<Double> {
    let (first, last) = (range(axis, frame: 0), range(axis, frame: frames.count - 1))
    return min(first.lowerBound, last.lowerBound)...max(first.upperBound, last.upperBound)
  }
}
