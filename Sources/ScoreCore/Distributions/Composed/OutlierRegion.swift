/// The points further than a distance from the middle of a slab: `|u . x - c| > a`.
public struct OutlierRegion: Codable, Sendable, Equatable {
  /// The unit vector u, `[dimension]`.
  public let direction: [Double]
  /// The middle c along u.
  public let centre: Double
  /// The half width a of the slab.
  public let distance: Double

  public init(direction: [Double], centre: Double, distance: Double) {
    self.direction = direction
    self.centre = centre
    self.distance = distance
  }

  /// On which side of the slab a coordinate along u lies: -1 or 1, and 0 within it.
  public func side(of projection: Double) -> Double {
    projection > centre + distance ? 1 : projection < centre - distance ? -1 : 0
  }

  /// The coordinate `u . x` of each point, `[x.count]`.
  public static func projections(of x: Points, on direction: [Double]) -> [Double] {
    precondition(direction.count == x.dimension, "Points and direction are of one dimension.")
    return (0..<x.count).map { row in
      var sum = 0.0
      for axis in 0..<x.dimension { sum += direction[axis] * x[row, axis] }
      return sum
    }
  }
}
