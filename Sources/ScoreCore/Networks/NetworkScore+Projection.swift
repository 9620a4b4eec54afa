extension Points {
  /// Brings points that are farther from zero than a radius back to it.
  func projected(toRadius radius: Double) -> Points {
    var result = self
    for row in 0..<count {
      let squared = self.squaredLength(row)
      guard squared > radius * radius else { continue }
      let factor = radius / squared.squareRoot()
      for axis in 0..<dimension { result[row, axis] = factor * self[row, axis] }
    }
    return result
  }

  /// How ``projected(toRadius:)`` changes along a direction at each point:
  /// `radius / ||y|| (v - y (y . v) / ||y||^2)` where y is outside.
  func projectionDerivative(along directions: Points, radius: Double) -> Points {
    var result = directions
    for row in 0..<count {
      let squared = squaredLength(row)
      guard squared > radius * radius else { continue }
      let factor = radius / squared.squareRoot()
      let along = (0..<dimension).reduce(0.0) { $0 + self[row, $1] * directions[row, $1] }
      for axis in 0..<dimension {
        result[row, axis] = factor * (directions[row, axis] - self[row, axis] * along / squared)
      }
    }
    return result
  }

  private func squaredLength(_ row: Int) -> Double {
    (0..<dimension).reduce(0.0) { $0 + self[row, $1] * self[row, $1] }
  }

  /// `factor self + skip other`.
  func combined(_ factor: Double, adding skip: Double, times other: Points) -> Points {
    var result = self
    for i in values.indices { result.values[i] = factor * values[i] + skip * other.values[i] }
    return result
  }
}
