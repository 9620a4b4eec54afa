import ScoreCore

/// The nearest rows among encoded rows, by going through all.
enum Neighbors {
  /// The nearest row of `points` to each row of `x`, and its distance.
  ///
  /// - Returns: Rows and distances, `[x.count]` each.
  static func nearest(_ x: Points, in points: Points) -> (rows: [Int], distances: [Double]) {
    let found = (0..<x.count).map { row -> (Int, Double) in
      var best = (0, Double.infinity)
      for other in 0..<points.count {
        let distance = squared(x, row, points, other, limit: best.1)
        if distance < best.1 { best = (other, distance) }
      }
      return (best.0, best.1.squareRoot())
    }
    return (found.map(\.0), found.map(\.1))
  }

  /// The `k` rows nearest to a row, itself left out; fewer where there are not so many.
  static func nearest(_ k: Int, to row: Int, in points: Points) -> [Int] {
    let distances = (0..<points.count).map { squared(points, row, points, $0, limit: .infinity) }
    var found: [Int] = []
    for other in 0..<points.count where other != row {
      guard found.count < k || distances[other] < distances[found[found.count - 1]] else {
        continue
      }
      let place = found.firstIndex { distances[$0] > distances[other] } ?? found.count
      found.insert(other, at: place)
      if found.count > k { found.removeLast() }
    }
    return found
  }

  /// The squared distance of each row to the `k`-th nearest of the others, infinite if there are fewer.
  static func squaredRadii(_ x: Points, k: Int) -> [Double] {
    (0..<x.count).map { row in
      var nearest = [Double](repeating: .infinity, count: k)
      for other in 0..<x.count where other != row {
        let distance = squared(x, row, x, other, limit: nearest[k - 1])
        guard distance < nearest[k - 1] else { continue }
        nearest[k - 1] = distance
        var place = k - 1
        while place > 0 && nearest[place - 1] > nearest[place] {
          nearest.swapAt(place - 1, place)
          place -= 1
        }
      }
      return nearest[k - 1]
    }
  }

  /// The squared distance of two rows, or any number not below `limit` where it is not below that.
  static func squared(
    _ x: Points, _ row: Int, _ y: Points, _ other: Int, limit: Double
  ) -> Double {
    let d = x.dimension
    return x.values.withUnsafeBufferPointer { a in
      y.values.withUnsafeBufferPointer { b in
        var (sum, axis) = (0.0, 0)
        while axis < d {
          let end = min(d, axis + 16)
          while axis < end {
            let gap = a[row * d + axis] - b[other * d + axis]
            sum += gap * gap
            axis += 1
          }
          if sum >= limit { return sum }
        }
        return sum
      }
    }
  }
}
