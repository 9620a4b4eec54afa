/// Classes, cut by Gini's index until leaves are pure; a leaf has the shares of its classes.
struct ClassTarget: TreeTarget {
  let classes: [Int]
  let count: Int

  private func counts(_ rows: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for row in rows { counts[classes[row]] += 1 }
    return counts
  }

  func isDone(_ rows: [Int]) -> Bool {
    let first = classes[rows[0]]
    return rows.allSatisfy { classes[$0] == first }
  }

  func leaf(_ rows: [Int]) -> [Double] { counts(rows).map { Double($0) / Double(rows.count) } }

  func cut(_ rows: [Int], _ ranks: [Int]) -> (place: Int, impurity: Double)? {
    var right = counts(rows)
    var left = [Int](repeating: 0, count: count)
    var (leftSquares, rightSquares) = (0, right.reduce(0) { $0 + $1 * $1 })
    var best: (place: Int, impurity: Double)?
    for place in 0..<rows.count - 1 {
      let kind = classes[rows[place]]
      leftSquares += 2 * left[kind] + 1
      rightSquares -= 2 * right[kind] - 1
      left[kind] += 1
      right[kind] -= 1
      guard ranks[place] < ranks[place + 1] else { continue }
      let (nl, nr) = (Double(place + 1), Double(rows.count - place - 1))
      let impurity = nl - Double(leftSquares) / nl + nr - Double(rightSquares) / nr
      if impurity < best?.impurity ?? .infinity { best = (place, impurity) }
    }
    return best
  }
}

/// Numbers, cut by the squared error; a leaf has their mean.
struct NumberTarget: TreeTarget {
  /// The fewest rows of a leaf, as in R's randomForest.
  static let leastRows = 5

  let numbers: [Double]

  func isDone(_ rows: [Int]) -> Bool {
    let first = numbers[rows[0]]
    return rows.count < 2 * Self.leastRows || rows.allSatisfy { numbers[$0] == first }
  }

  private func sum(_ rows: [Int]) -> Double { rows.reduce(0) { $0 + numbers[$1] } }

  func leaf(_ rows: [Int]) -> [Double] { [sum(rows) / Double(rows.count)] }

  /// The squared error is that of all rows less `sum^2 / count` of either side.
  func cut(_ rows: [Int], _ ranks: [Int]) -> (place: Int, impurity: Double)? {
    var (left, right) = (0.0, sum(rows))
    var best: (place: Int, impurity: Double)?
    for place in 0..<rows.count - Self.leastRows {
      left += numbers[rows[place]]
      right -= numbers[rows[place]]
      guard place + 1 >= Self.leastRows, ranks[place] < ranks[place + 1] else { continue }
      let (nl, nr) = (Double(place + 1), Double(rows.count - place - 1))
      let impurity = -left * left / nl - right * right / nr
      if impurity < best?.impurity ?? .infinity { best = (place, impurity) }
    }
    return best
  }
}
