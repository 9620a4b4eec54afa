import ScoreCore

/// Points of a record.
struct KeptPoints: Codable, Sendable, Equatable {
  private var dimension: Int
  private var values: Packed<Double>

  init(_ points: Points) {
    dimension = points.dimension
    values = Packed(points.values)
  }

  var points: Points { Points(values: values.values, dimension: dimension) }
}
