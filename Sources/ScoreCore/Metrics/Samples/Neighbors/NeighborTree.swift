/// Finds the nearest points of a set, by a k-d tree.
///
/// In few dimensions a query looks at about the logarithm of the number of points; in many it
/// comes to look at all of them, and is still exact.
///
/// Source: Friedman, Bentley and Finkel 1977, ACM Trans. Math. Softw. 3.
struct NeighborTree: Sendable {
  /// The neighbours of one query, kept by the caller so that many queries share the memory.
  struct Neighbors: Sendable {
    /// Squared distances, ascending; infinite where there are fewer points than asked for.
    fileprivate(set) var squared: [Double]
    /// The rows of the points; -1 where there are fewer points than asked for.
    fileprivate(set) var rows: [Int]

    init(count: Int) {
      squared = Array(repeating: .infinity, count: count)
      rows = Array(repeating: -1, count: count)
    }

    fileprivate mutating func clear() {
      for i in squared.indices { (squared[i], rows[i]) = (.infinity, -1) }
    }
  }

  /// A range of the points in tree order; the left child is the next node.
  private struct Node: Sendable {
    var range: Range<Int>
    /// The axis of the cut, -1 for a leaf.
    var axis = -1
    var cut = 0.0
    var right = 0
  }

  private static let leafSize = 12

  let dimension: Int
  private var nodes: [Node] = []
  /// The points in tree order, and the rows they had.
  private var values: [Double]
  private var rows: [Int]

  init(_ points: Points) {
    dimension = points.dimension
    rows = Array(0..<points.count)
    values = points.values
    build(0..<points.count)
    values = points.rows(at: rows).values
  }

  private mutating func build(_ range: Range<Int>) {
    let index = nodes.count
    nodes.append(Node(range: range))
    guard range.count > Self.leafSize else { return }
    var (axis, widest) = (0, 0.0)
    for candidate in 0..<dimension {
      var (low, high) = (Double.infinity, -Double.infinity)
      for place in range {
        let value = values[rows[place] * dimension + candidate]
        low = min(low, value)
        high = max(high, value)
      }
      if high - low > widest { (axis, widest) = (candidate, high - low) }
    }
    guard widest > 0 else { return }
    let middle = (range.lowerBound + range.upperBound) / 2
    select(middle, in: range, axis: axis)
    nodes[index].axis = axis
    nodes[index].cut = values[rows[middle] * dimension + axis]
    build(range.lowerBound..<middle)
    nodes[index].right = nodes.count
    build(middle..<range.upperBound)
  }

  // Quickselect: afterwards no row before `place` is greater, and none after it is smaller.
  private mutating func select(_ place: Int, in range: Range<Int>, axis: Int) {
    func key(_ position: Int) -> Double { values[rows[position] * dimension + axis] }
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
      let pivot = key((low + high) / 2)
      var (i, j) = (low, high)
      while i <= j {
        while key(i) < pivot { i += 1 }
        while key(j) > pivot { j -= 1 }
        if i <= j {
          rows.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if place <= j { high = j } else if place >= i { low = i } else { return }
    }
  }

  /// Finds the points nearest to a row of `x`.
  ///
  /// - Parameters:
  ///   - x: Points of the tree's dimension.
  ///   - row: The row whose neighbours are wanted.
  ///   - excluded: A row of the tree's points that does not count; -1 for none.
  ///   - neighbors: Receives as many neighbours as it has room for.
  func find(
    nearestTo x: Points, row: Int, excluding excluded: Int = -1, into neighbors: inout Neighbors
  ) {
    precondition(x.dimension == dimension, "Points and tree differ in dimension.")
    neighbors.clear()
    neighbors.squared.withUnsafeMutableBufferPointer { squared in
      neighbors.rows.withUnsafeMutableBufferPointer { found in
        x.values.withUnsafeBufferPointer { x in
          nodes.withUnsafeBufferPointer { nodes in
            values.withUnsafeBufferPointer { values in
              rows.withUnsafeBufferPointer { rows in
                guard let start = x.baseAddress else { return }
                Search(
                  dimension: dimension, nodes: nodes, values: values, rows: rows,
                  x: start + row * dimension, excluded: excluded, squared: squared, found: found
                ).visit(0)
              }
            }
          }
        }
      }
    }
  }

  /// One query, on memory whose bounds the tree has made sure of.
  private struct Search {
    let dimension: Int
    let nodes: UnsafeBufferPointer<Node>
    let values: UnsafeBufferPointer<Double>
    let rows: UnsafeBufferPointer<Int>
    let x: UnsafePointer<Double>
    let excluded: Int
    let squared: UnsafeMutableBufferPointer<Double>
    let found: UnsafeMutableBufferPointer<Int>

    private var worst: Double { squared[squared.count - 1] }

    func visit(_ index: Int) {
      let node = nodes[index]
      guard node.axis >= 0 else {
        for place in node.range where rows[place] != excluded {
          var sum = 0.0
          for axis in 0..<dimension {
            let gap = x[axis] - values[place * dimension + axis]
            sum += gap * gap
          }
          if sum < worst { insert(sum, row: rows[place]) }
        }
        return
      }
      let gap = x[node.axis] - node.cut
      let (near, far) = gap < 0 ? (index + 1, node.right) : (node.right, index + 1)
      visit(near)
      if gap * gap < worst { visit(far) }
    }

    private func insert(_ distance: Double, row: Int) {
      var place = squared.count - 1
      while place > 0 && squared[place - 1] > distance {
        squared[place] = squared[place - 1]
        found[place] = found[place - 1]
        place -= 1
      }
      squared[place] = distance
      found[place] = row
    }
  }

  /// One result for each row of `x`, from its neighbours; on all cores.
  func map<Result: Sendable>(
    _ x: Points, count: Int, excludingSelf: Bool = false,
    _ body: @Sendable (_ row: Int, Neighbors) -> Result
  ) -> [Result] {
    RowShards.map(count: x.count, costPerRow: 1000 + 200 * count) { range in
      var neighbors = Neighbors(count: count)
      return range.map { row in
        find(nearestTo: x, row: row, excluding: excludingSelf ? row : -1, into: &neighbors)
        return body(row, neighbors)
      }
    }.flatMap { $0 }
  }
}
