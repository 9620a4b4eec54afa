import ScoreCore
import ScoreLab

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

extension Sequence<KeptPoints> {
  /// The points of all records, one after the other.
  func joined(dimension: Int) -> Points {
    reduce(into: Points(zeros: 0, dimension: dimension)) { $0.append($1.points) }
  }
}
