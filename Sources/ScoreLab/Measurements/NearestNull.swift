package import ScoreCore

/// How far pictures of the data, smoothed as the distribution is, are from the nearest picture that
/// does not come from them: what a sample that copies nothing is held against.
///
/// A distribution of smoothed points has each of its points as a mode, so its own draws are near them
/// by construction. A picture that is left out is not.
public struct NearestNull: Sendable, Equatable {
  /// Ascending Euclidean norms in model coordinates, at least ``leastCount``.
  public let distances: [Double]

  /// The share of pictures left out that are nearer than the threshold.
  public static let share = 0.05
  /// The fewest distances that have such a quantile.
  public static let leastCount = 20

  /// Orders distances; nil for fewer than can say anything.
  public init?(_ distances: [Double]) {
    let known = distances.filter(\.isFinite).sorted()
    guard known.count >= Self.leastCount else { return nil }
    self.distances = known
  }

  /// The 5 % quantile: the order statistic `ceil(0.05 m)` of m.
  ///
  /// One more picture of the same kind is nearer with probability `ceil(0.05 m) / (m + 1)`.
  public var threshold: Double { distances[quantileRank - 1] }
  public var median: Double { distances[distances.count / 2] }

  /// How many of some samples would be below ``threshold`` if they were such pictures.
  public func expectedCount(of samples: Int) -> Double {
    Double(samples * quantileRank) / Double(distances.count + 1)
  }

  private var quantileRank: Int {
    Int((Self.share * Double(distances.count)).rounded(.up))
  }
}

/// The search for a ``NearestNull``, one picture a unit.
package struct NearestNullSearch: Sendable {
  /// How many pictures are left out, one at a time.
  private static let count = 200

  private let law: SmoothedPoints
  private let images: Points
  /// Whether the pictures are the rows of the distribution themselves.
  private let ownsRows: Bool
  private let rows: [Int]
  /// The same rows, smoothed, `[rows, dimension]`.
  private let smoothed: Points
  private var distances: [Double] = []
  package private(set) var result: NearestNull?

  /// Draws the pictures that are left out.
  ///
  /// - Parameters:
  ///   - law: The distribution of all pictures.
  ///   - images: Those to be near to, in model coordinates.
  ///   - ownsRows: Whether these are the rows of the distribution, in their order, not draws of it.
  ///   - seed: The seed of the run.
  package init(of law: SmoothedPoints, among images: Points, ownsRows: Bool, seed: UInt64) {
    (self.law, self.images, self.ownsRows) = (law, images, ownsRows)
    // Next to the levels of the probe, which are numbered from 0.
    var stream = RandomStream(seed: seed, purpose: .probe, index: 1 << 40)
    rows = Array(law.data.shuffledRows(using: &stream).prefix(Self.count))
    var points = law.data.rows(at: rows)
    let noise = stream.normals(count: points.count, dimension: points.dimension)
    for place in points.values.indices {
      points.values[place] += law.bandwidth * noise.values[place]
    }
    smoothed = points
  }

  /// Looks for the nearest of one picture; true when it was the last.
  package mutating func step() -> Bool {
    guard distances.count < rows.count else { return true }
    distances.append(distance(ofPlace: distances.count))
    guard distances.count == rows.count else { return false }
    result = NearestNull(distances)
    return true
  }

  /// How far a picture is from the nearest that does not come from it; infinite where all do.
  private func distance(ofPlace place: Int) -> Double {
    var squares = images.squaredDistances(from: smoothed.row(place))
    for _ in squares.indices {
      guard let nearest = squares.indices.min(by: { squares[$0] < squares[$1] }),
        squares[nearest].isFinite
      else { break }
      // A draw is of the row that it is nearest to, for the smoothing is narrow.
      let owner = ownsRows ? nearest : law.data.nearest(to: images.row(nearest)).row
      guard owner == rows[place] else { return squares[nearest].squareRoot() }
      squares[nearest] = .infinity
    }
    return .infinity
  }
}

extension Points {
  /// The squared Euclidean distance of every point from one, `[count]`.
  package func squaredDistances(from point: [Double]) -> [Double] {
    precondition(point.count == dimension, "Points of another dimension have no distance.")
    return values.withUnsafeBufferPointer { values in
      point.withUnsafeBufferPointer { point in
        (0..<count).map { row in
          let start = row * dimension
          var sum = 0.0
          for axis in 0..<dimension {
            let gap = point[axis] - values[start + axis]
            sum += gap * gap
          }
          return sum
        }
      }
    }
  }

  /// The row nearest to a point, the first of equals, and how far it is.
  ///
  /// - Precondition: At least one row.
  package func nearest(to point: [Double]) -> (row: Int, distance: Double) {
    let squares = squaredDistances(from: point)
    let row = squares.indices.min { squares[$0] < squares[$1] } ?? 0
    return (row, squares[row].squareRoot())
  }
}
