import ScoreCore

/// A forest of classification trees: bootstrap rows, the best of the root of the number of coordinates at
/// each cut, grown until leaves are pure; the mean of the leaves' shares is the probability.
///
/// Source: Breiman 2001, "Random Forests", Machine Learning 45; cuts by Gini's index as in scikit-learn.
struct RandomForest: Sendable {
  private let trees: [ClassificationTree]

  /// Fits trees to rows and their classes `0..<classCount`.
  init(_ x: Points, _ classes: [Int], classCount: Int, trees count: Int = 50, seed: UInt64) {
    let tried = max(1, Int(Double(x.dimension).squareRoot()))
    trees = (0..<count).map { index in
      var stream = RandomStream(seed: seed, purpose: .sampleMetrics, index: 3 << 40 | UInt64(index))
      let rows = (0..<x.count).map { _ in stream.integer(below: x.count) }
      return ClassificationTree(
        x, classes, classCount: classCount, rows: rows, tried: tried, using: &stream)
    }
  }

  /// The probability of each class, `[x.count][classCount]`.
  func probabilities(_ x: Points) -> [[Double]] {
    (0..<x.count).map { row in
      let shares = trees.map { $0.shares(x, row) }
      return shares[0].indices.map { place in
        shares.reduce(0) { $0 + $1[place] } / Double(shares.count)
      }
    }
  }
}

/// A tree of cuts, each at the middle between two values of a coordinate.
struct ClassificationTree: Sendable {
  private struct Node {
    var axis = -1
    var cut = 0.0
    var left = 0
    var right = 0
    var shares: [Double] = []
  }

  private struct Cut {
    var axis: Int
    var value: Double
    var impurity: Double
  }

  private var nodes: [Node] = []
  private let classCount: Int

  /// Grows a tree on rows, which may be there several times.
  ///
  /// - Parameters:
  ///   - x: All rows.
  ///   - classes: Their classes.
  ///   - classCount: The number of classes.
  ///   - rows: The rows that it is grown on.
  ///   - tried: How many coordinates are tried at a cut; more where these do not vary.
  ///   - stream: Gives their order.
  init(
    _ x: Points, _ classes: [Int], classCount: Int, rows: [Int], tried: Int,
    using stream: inout RandomStream
  ) {
    self.classCount = classCount
    // A stack, not recursion: trees can be as deep as there are rows.
    var waiting = [(0, rows)]
    nodes = [Node()]
    while let (index, rows) = waiting.popLast() {
      var counts = [Int](repeating: 0, count: classCount)
      for row in rows { counts[classes[row]] += 1 }
      guard counts.max() != rows.count,
        let cut = Self.cut(x, classes, rows, counts, tried, &stream)
      else {
        nodes[index].shares = counts.map { Double($0) / Double(rows.count) }
        continue
      }
      let isLeft = { x.values[$0 * x.dimension + cut.axis] <= cut.value }
      nodes[index].axis = cut.axis
      nodes[index].cut = cut.value
      nodes[index].left = nodes.count
      nodes[index].right = nodes.count + 1
      waiting.append((nodes.count, rows.filter(isLeft)))
      waiting.append((nodes.count + 1, rows.filter { !isLeft($0) }))
      nodes += [Node(), Node()]
    }
  }

  /// The shares of the classes in the leaf of a row.
  func shares(_ x: Points, _ row: Int) -> [Double] {
    var index = 0
    while nodes[index].axis >= 0 {
      let isLeft = x.values[row * x.dimension + nodes[index].axis] <= nodes[index].cut
      index = isLeft ? nodes[index].left : nodes[index].right
    }
    return nodes[index].shares
  }

  private static func cut(
    _ x: Points, _ classes: [Int], _ rows: [Int], _ counts: [Int], _ tried: Int,
    _ stream: inout RandomStream
  ) -> Cut? {
    var best: Cut?
    var varying = 0
    for axis in stream.permutation(of: x.dimension) where varying < tried {
      let values = rows.map { (x.values[$0 * x.dimension + axis], classes[$0]) }
        .sorted { $0.0 < $1.0 }
      guard values[0].0 < values[values.count - 1].0 else { continue }
      varying += 1
      if let found = cut(axis, values, counts), found.impurity < best?.impurity ?? .infinity {
        best = found
      }
    }
    return best
  }

  /// The best cut of one coordinate, by the sum of Gini's index over both sides.
  private static func cut(_ axis: Int, _ values: [(Double, Int)], _ counts: [Int]) -> Cut? {
    var left = [Int](repeating: 0, count: counts.count)
    var (leftSquares, rightSquares) = (0, counts.reduce(0) { $0 + $1 * $1 })
    var best: Cut?
    for place in 0..<values.count - 1 {
      let kind = values[place].1
      let right = counts[kind] - left[kind]
      leftSquares += 2 * left[kind] + 1
      rightSquares -= 2 * right - 1
      left[kind] += 1
      guard values[place].0 < values[place + 1].0 else { continue }
      let (nl, nr) = (Double(place + 1), Double(values.count - place - 1))
      let impurity = nl - Double(leftSquares) / nl + nr - Double(rightSquares) / nr
      if impurity < best?.impurity ?? .infinity {
        // Half and half, as a sum of large numbers would overflow.
        let middle = values[place].0 / 2 + values[place + 1].0 / 2
        let value = middle < values[place + 1].0 ? middle : values[place].0
        best = Cut(axis: axis, value: value, impurity: impurity)
      }
    }
    return best
  }
}
