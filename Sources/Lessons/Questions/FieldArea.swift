import NumberFormatting

/// A part of the line or of the plane, cut into fields of one size, which are numbered from the least x
/// and, on the plane, from the least y.
package struct FieldArea: Sendable, Equatable {
  /// The names of the coordinates in conditions.
  package static let names = ["x", "y"]

  /// A range for each coordinate, one or two of them, in the units of the data.
  package let ranges: [ClosedRange<Double>]

  package init(_ ranges: [ClosedRange<Double>]) {
    precondition((1...2).contains(ranges.count), "An area is of the line or of the plane.")
    self.ranges = ranges
  }

  package var dimension: Int { ranges.count }

  /// The fields along each axis; odd, so that the middle of a range is the middle of a field.
  package var side: Int { dimension == 1 ? 41 : 21 }

  package var count: Int { dimension == 1 ? side : side * side }

  /// How many fields a field is along each axis from the first one.
  private func places(of field: Int) -> [Int] {
    dimension == 1 ? [field] : [field % side, field / side]
  }

  /// The point in the middle of a field.
  package func middle(of field: Int) -> [Double] {
    zip(ranges, places(of: field)).map { edge($1, of: $0, plus: 0.5) }
  }

  private func edge(_ place: Int, of range: ClosedRange<Double>, plus part: Double) -> Double {
    let share = (Double(place) + part) / Double(side)
    return range.lowerBound * (1 - share) + range.upperBound * share
  }

  /// The field that holds a point; nil outside the area.
  package func field(at point: [Double]) -> Int? {
    guard point.count == dimension, zip(ranges, point).allSatisfy({ $0.contains($1) }) else {
      return nil
    }
    let places = zip(ranges, point).map { range, value in
      let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      return min(side - 1, Int(share * Double(side)))
    }
    return dimension == 1 ? places[0] : places[0] + side * places[1]
  }

  /// The field that lies some fields away along an axis; nil beyond the edge.
  package func neighbour(of field: Int, along axis: Int, by way: Int) -> Int? {
    guard axis < dimension, (0..<side).contains(places(of: field)[axis] + way) else { return nil }
    return field + way * (axis == 0 ? 1 : side)
  }

  /// The coordinates of a field's middle by their names.
  func variables(of field: Int) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: zip(Self.names, middle(of: field)))
  }

  /// The field of a set that is nearest to another one, counted in fields.
  func nearest(to field: Int, in fields: Set<Int>) -> Int? {
    let here = places(of: field)
    func distance(_ other: Int) -> Int {
      zip(here, places(of: other)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return fields.sorted().min { distance($0) < distance($1) }
  }

  /// A field's middle in words, such as `x = 1.2` or `(1.2, 0.4)`.
  package func words(of field: Int) -> String {
    let numbers = middle(of: field).map { NumberText.short($0, digits: 3) }
    return dimension == 1 ? "x = \(numbers[0])" : "(\(numbers.joined(separator: ", ")))"
  }

  /// The intervals that fields of the line make up, from left to right.
  package func intervals(of fields: Set<Int>) -> [ClosedRange<Double>] {
    guard dimension == 1 else { return [] }
    var runs: [ClosedRange<Int>] = []
    for field in fields.sorted() {
      if let last = runs.last, last.upperBound == field - 1 {
        runs[runs.count - 1] = last.lowerBound...field
      } else {
        runs.append(field...field)
      }
    }
    return runs.map {
      edge($0.lowerBound, of: ranges[0], plus: 0)...edge($0.upperBound, of: ranges[0], plus: 1)
    }
  }

  /// A region in words: on the line its intervals, on the plane how much of the area it takes.
  package func words(of fields: Set<Int>) -> String {
    guard !fields.isEmpty else { return "nothing" }
    guard dimension == 1 else {
      return
        "\(NumberText.short(100 * Double(fields.count) / Double(count), digits: 2))% of the area"
    }
    func number(_ value: Double) -> String { NumberText.short(value, digits: 2) }
    return "x from "
      + intervals(of: fields).map { "\(number($0.lowerBound)) to \(number($0.upperBound))" }
      .joined(separator: ", and from ")
  }

  /// The fields whose middles lie in some intervals of the line.
  package func fields(in intervals: [ClosedRange<Double>]) -> Set<Int> {
    Set(
      (0..<count).filter { field in
        intervals.contains { $0.contains(middle(of: field)[0]) }
      })
  }
}
