/// The active-set search for the minimiser of a ``KinkProgram``: which points have kinks, the signs
/// of the changes of slope, and the values at the nodes.
struct KinkSearch {
  private let program: KinkProgram
  let penalty: Double
  /// Places of nodes among the points, ascending, from the first to the last.
  private(set) var nodes: [Int]
  /// The sign of the change of slope at each inner node.
  private var signs: [Double]
  /// The function at the nodes.
  private var heights: [Double]
  private(set) var solves = 0

  /// Starts from a function with nodes at points, or from the line.
  init(_ program: KinkProgram, penalty: Double, start: PiecewiseLinearScore?) {
    (self.program, self.penalty) = (program, penalty)
    let score = start ?? program.line
    nodes = score.nodes.map { program.points.lowerBound(of: $0) }
    heights = score.values
    signs = []
    signs = changes(of: heights).map { $0 < 0 ? -1 : 1 }
  }

  /// The function at all points.
  var values: [Double] {
    var result = [Double](repeating: 0, count: program.points.count)
    for piece in 1..<nodes.count {
      let (a, b) = (nodes[piece - 1], nodes[piece])
      let width = program.points[b] - program.points[a]
      for i in a...b {
        let share = (program.points[i] - program.points[a]) / width
        result[i] = (1 - share) * heights[piece - 1] + share * heights[piece]
      }
    }
    return result
  }

  /// Goes to the minimum over functions with these kinks and signs, dropping kinks that get to 0.
  mutating func settle() {
    while true {
      let goal = solve()
      let (old, new) = (changes(of: heights), changes(of: goal))
      var (share, out) = (1.0, Int?.none)
      for j in signs.indices where signs[j] * new[j] <= 0 {
        let from = max(0, signs[j] * old[j])
        let here = from / max(from - signs[j] * new[j], .leastNormalMagnitude)
        if out == nil || here < share { (share, out) = (here, j) }
      }
      for j in heights.indices { heights[j] += share * (goal[j] - heights[j]) }
      guard let out else { return }
      nodes.remove(at: out + 1)
      heights.remove(at: out + 1)
      signs.remove(at: out)
    }
  }

  /// Adds the kink that gains most per change of slope.
  ///
  /// - Parameter gains: ``KinkProgram/correlations(of:)`` of the function.
  /// - Returns: Whether one gains.
  mutating func grow(by gains: [Double]) -> Bool {
    var (best, place) = (1e-14 * (penalty + abs(gains[0])), Int?.none)
    for piece in 1..<nodes.count {
      for k in (nodes[piece - 1] + 1)..<max(nodes[piece - 1] + 1, nodes[piece]) {
        let gain = abs(gains[k]) - (penalty - program.discount(at: k))
        if gain > best { (best, place) = (gain, k) }
      }
    }
    guard let place else { return false }
    let index = nodes.lowerBound(place)
    let (a, b) = (nodes[index - 1], nodes[index])
    let share =
      (program.points[place] - program.points[a]) / (program.points[b] - program.points[a])
    heights.insert((1 - share) * heights[index - 1] + share * heights[index], at: index)
    nodes.insert(place, at: index)
    signs.insert(gains[place] < 0 ? -1 : 1, at: index - 1)
    return true
  }

  /// The change of slope at each inner node of a function with these nodes.
  private func changes(of heights: [Double]) -> [Double] {
    guard nodes.count > 2 else { return [] }
    let slopes = (1..<nodes.count).map { (piece: Int) -> Double in
      (heights[piece] - heights[piece - 1]) / width(piece)
    }
    return zip(slopes.dropFirst(), slopes).map { $0 - $1 }
  }

  private func width(_ piece: Int) -> Double {
    program.points[nodes[piece]] - program.points[nodes[piece - 1]]
  }

  /// The minimum over functions with these nodes where sizes are signs times changes.
  ///
  /// The normal equations of hat functions are tridiagonal.
  private mutating func solve() -> [Double] {
    solves += 1
    let count = nodes.count
    guard count > 2 else { return program.line.values }
    var (diagonal, beside) = ([Double](repeating: 0, count: count), [Double]())
    var right = [Double](repeating: 0, count: count)
    for piece in 1..<count {
      let product = gather(piece, &diagonal, &right)
      beside.append(product)
    }
    for j in signs.indices {
      let cost = signs[j] * (penalty - program.discount(at: nodes[j + 1]))
      right[j] -= cost / width(j + 1)
      right[j + 1] += cost / width(j + 1) + cost / width(j + 2)
      right[j + 2] -= cost / width(j + 2)
    }
    for j in 1..<count {
      let factor = beside[j - 1] / diagonal[j - 1]
      diagonal[j] -= factor * beside[j - 1]
      right[j] -= factor * right[j - 1]
    }
    right[count - 1] /= diagonal[count - 1]
    for j in (0..<(count - 1)).reversed() {
      right[j] = (right[j] - beside[j] * right[j + 1]) / diagonal[j]
    }
    return right
  }

  /// Adds a piece's points to the equations; a point at a node counts for the piece on its left.
  ///
  /// - Returns: The product of the two hat functions of the piece.
  private func gather(
    _ piece: Int, _ diagonal: inout [Double], _ right: inout [Double]
  ) -> Double {
    let (a, b, width) = (nodes[piece - 1], nodes[piece], width(piece))
    var product = 0.0
    for i in (piece == 1 ? a : a + 1)...b {
      let share = (program.points[i] - program.points[a]) / width
      let mass = program.masses[i]
      diagonal[piece - 1] += mass * (1 - share) * (1 - share)
      diagonal[piece] += mass * share * share
      product += mass * share * (1 - share)
      if case .values(let y) = program.target {
        right[piece - 1] += mass * y[i] * (1 - share)
        right[piece] += mass * y[i] * share
      }
    }
    if case .slope(let below) = program.target {
      right[piece - 1] += (below[b] - below[a]) / width
      right[piece] -= (below[b] - below[a]) / width
    }
    return product
  }
}

extension [Int] {
  /// The number of elements of an ascending list that are below a value.
  fileprivate func lowerBound(_ value: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
