import ScoreCore

/// What a tree learns of its rows.
protocol TreeTarget: Sendable {
  /// Whether rows need no further cut.
  func isDone(_ rows: [Int]) -> Bool
  /// What a leaf of these rows says.
  func leaf(_ rows: [Int]) -> [Double]
  /// The best cut of rows that are in the order of a coordinate.
  ///
  /// - Parameters:
  ///   - rows: The rows in order.
  ///   - ranks: The rank of each; a cut is only between different ones.
  /// - Returns: The last row of the left side and how mixed both sides are; nil where no cut is allowed.
  func cut(_ rows: [Int], _ ranks: [Int]) -> (place: Int, impurity: Double)?
}

/// A tree of cuts, each at the middle between two values of a coordinate.
struct DecisionTree: Sendable {
  private struct Node {
    var axis = -1
    var cut = 0.0
    var left = 0
    var right = 0
    var leaf: [Double] = []
  }

  private struct Cut {
    var axis: Int
    var value: Double
    var impurity: Double
  }

  private var nodes: [Node] = []

  /// Grows a tree on rows, which may be there several times.
  ///
  /// - Parameters:
  ///   - x: All rows.
  ///   - target: What is learned of them.
  ///   - rows: The rows that it is grown on.
  ///   - tried: How many coordinates are tried at a cut; more where these do not vary.
  ///   - stream: Gives their order.
  init(
    _ x: RankedRows, _ target: some TreeTarget, rows: [Int], tried: Int,
    using stream: inout RandomStream
  ) {
    // A stack, not recursion: trees can be as deep as there are rows.
    var waiting = [(0, rows)]
    nodes = [Node()]
    while let (index, rows) = waiting.popLast() {
      guard !target.isDone(rows), let cut = Self.cut(x, target, rows, tried, &stream) else {
        nodes[index].leaf = target.leaf(rows)
        continue
      }
      let isLeft = { x.points[$0, cut.axis] <= cut.value }
      nodes[index].axis = cut.axis
      nodes[index].cut = cut.value
      nodes[index].left = nodes.count
      nodes[index].right = nodes.count + 1
      waiting.append((nodes.count, rows.filter(isLeft)))
      waiting.append((nodes.count + 1, rows.filter { !isLeft($0) }))
      nodes += [Node(), Node()]
    }
  }

  /// What the leaf of a row says.
  func leaf(_ x: Points, _ row: Int) -> [Double] {
    var index = 0
    while nodes[index].axis >= 0 {
      let isLeft = x[row, nodes[index].axis] <= nodes[index].cut
      index = isLeft ? nodes[index].left : nodes[index].right
    }
    return nodes[index].leaf
  }

  private static func cut(
    _ x: RankedRows, _ target: some TreeTarget, _ rows: [Int], _ tried: Int,
    _ stream: inout RandomStream
  ) -> Cut? {
    var best: Cut?
    var varying = 0
    for axis in stream.permutation(of: x.points.dimension) where varying < tried {
      guard let (order, ranks) = x.ordered(rows, by: axis) else { continue }
      varying += 1
      guard let found = target.cut(order, ranks), found.impurity < best?.impurity ?? .infinity
      else { continue }
      let (low, high) = (
        x.value(axis, ranks[found.place]), x.value(axis, ranks[found.place + 1])
      )
      // Half and half, as a sum of large numbers would overflow.
      let middle = low / 2 + high / 2
      best = Cut(axis: axis, value: middle < high ? middle : low, impurity: found.impurity)
    }
    return best
  }
}

/// Rows whose coordinates are ranked once, so that any of them are soon in order.
struct RankedRows: Sendable {
  let points: Points
  /// The rank of each row among the distinct values, `[axes][rows]`.
  private let ranks: [[Int]]
  /// The distinct values, ascending, `[axes][ranks]`.
  private let values: [[Double]]

  init(_ points: Points) {
    self.points = points
    let ranked = (0..<points.dimension).map { axis in
      let column = points.column(axis)
      let order = column.indices.sorted { column[$0] < column[$1] }
      var values: [Double] = []
      var ranks = [Int](repeating: 0, count: column.count)
      for row in order {
        if values.last != column[row] { values.append(column[row]) }
        ranks[row] = values.count - 1
      }
      return (ranks: ranks, values: values)
    }
    (ranks, values) = (ranked.map(\.ranks), ranked.map(\.values))
  }

  func value(_ axis: Int, _ rank: Int) -> Double { values[axis][rank] }

  /// Rows in the order of a coordinate with their ranks, equal ones as they come; nil where it does not
  /// vary.
  func ordered(_ rows: [Int], by axis: Int) -> (rows: [Int], ranks: [Int])? {
    let ranks = ranks[axis]
    let count = values[axis].count
    let first = ranks[rows[0]]
    guard count > 1, rows.contains(where: { ranks[$0] != first }) else { return nil }
    guard count <= 4 * rows.count else {
      // Few rows of many values: place after rank in one number sorts without a closure.
      let keys = rows.indices.map { ranks[rows[$0]] << 32 | $0 }.sorted()
      return (keys.map { rows[$0 & 0xFFFF_FFFF] }, keys.map { $0 >> 32 })
    }
    var starts = [Int](repeating: 0, count: count + 1)
    for row in rows { starts[ranks[row] + 1] += 1 }
    for rank in 1...count { starts[rank] += starts[rank - 1] }
    var order = [Int](repeating: 0, count: rows.count)
    var sorted = order
    for row in rows {
      let place = starts[ranks[row]]
      starts[ranks[row]] += 1
      (order[place], sorted[place]) = (row, ranks[row])
    }
    return (order, sorted)
  }
}
