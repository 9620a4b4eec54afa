/// How the coordinates of a point are the pixels of a picture, row by row from the top.
public struct ImageFormat: Sendable, Equatable {
  /// Pixels across and down.
  public let width: Int
  public let height: Int
  /// The darkest and the brightest pixel of the data, in the user's units.
  public let brightness: ClosedRange<Double>

  /// Describes pictures.
  ///
  /// - Parameters:
  ///   - width: Pixels across.
  ///   - height: Pixels down.
  ///   - data: The pictures in the user's units, one a row, of which the brightness is taken.
  public init(width: Int, height: Int, data: Points) {
    precondition(width * height == data.dimension, "Every coordinate is a pixel.")
    self.width = width
    self.height = height
    let (low, high) = (data.values.min() ?? 0, data.values.max() ?? 1)
    brightness = low...max(high, low + .leastNormalMagnitude)
  }

  /// Square pictures; nil where the coordinates fill no square.
  public init?(squaresOf data: Points) {
    let side = Int(Double(data.dimension).squareRoot().rounded())
    guard side * side == data.dimension else { return nil }
    self.init(width: side, height: side, data: data)
  }

  /// Brightness from 0 for the darkest pixel of the data to 1, of points in the user's units.
  public func pixels(_ points: Points) -> [Double] {
    let width = brightness.upperBound - brightness.lowerBound
    return points.values.map { ($0 - brightness.lowerBound) / width }
  }
}

extension Points {
  /// For each row of other points the row of these that is nearest to it; the first of equals.
  public func nearestRows(to points: Points) -> [Int] {
    (0..<points.count).map { row in
      let distances = (0..<count).map { other in
        (0..<dimension).reduce(0.0) { sum, axis in
          let gap = points[row, axis] - self[other, axis]
          return sum + gap * gap
        }
      }
      return distances.indices.min { distances[$0] < distances[$1] } ?? 0
    }
  }
}
