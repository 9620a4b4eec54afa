import Glibc

/// The bandwidth of a kernel density estimate under which each point is likeliest given the others.
///
/// ```
/// h = argmax sum_i log( 1/(n-1) sum_{j != i} N(x_i; x_j, h^2 I) )
/// ```
/// A row of bandwidths from a thousandth of the data's deviation to three times it comes first,
/// then a golden section about the best of them. A single point far from all others pulls h up, for
/// only a wide kernel gives it any likelihood; that is a known weakness of this choice.
///
/// Source: Duin 1976, "On the choice of smoothing parameters for Parzen estimators of probability
/// density functions", IEEE Trans. Computers C-25.
public struct LeaveOneOutBandwidth: Sendable {
  private static let gridCount = 24
  private static let sectionCount = 12

  private let points: Points
  private let queryCount: Int
  private let grid: [Double]
  /// The ends and the two inner places of the section, in log h.
  private var section: (low: Double, left: Double, right: Double, high: Double)?
  private var values: (left: Double, right: Double) = (0, 0)
  private var best = (logBandwidth: 0.0, value: -Double.infinity)
  private var gridDone = 0
  private var sectionsDone = 0

  /// Prepares the search.
  ///
  /// - Parameters:
  ///   - points: At least two.
  ///   - queryLimit: The likelihood is summed over at most this many of the points, the first.
  public init(_ points: Points, queryLimit: Int = 1000) {
    precondition(points.count >= 2, "Leaving one out must leave one.")
    self.points = points
    queryCount = min(points.count, queryLimit)
    let deviation = Self.deviation(points)
    grid = (0..<Self.gridCount).map {
      log(deviation) + log(1e-3) + log(3e3) * Double($0) / Double(Self.gridCount - 1)
    }
  }

  public var isFinished: Bool { sectionsDone == Self.sectionCount }

  /// The best bandwidth so far, in the units of the points.
  public var bandwidth: Double { exp(best.logBandwidth) }

  /// Tries one bandwidth.
  public mutating func step() {
    guard !isFinished else { return }
    if gridDone < grid.count {
      _ = tried(grid[gridDone])
      gridDone += 1
      return
    }
    let ratio = (5.0.squareRoot() - 1) / 2
    guard var s = section else {
      let spacing = grid[1] - grid[0]
      let (low, high) = (best.logBandwidth - spacing, best.logBandwidth + spacing)
      let reach = ratio * (high - low)
      let places = (low: low, left: high - reach, right: low + reach, high: high)
      values = (tried(places.left), tried(places.right))
      section = places
      return
    }
    if values.left > values.right {
      (s.high, s.right, values.right) = (s.right, s.left, values.left)
      s.left = s.high - ratio * (s.high - s.low)
      values.left = tried(s.left)
    } else {
      (s.low, s.left, values.left) = (s.left, s.right, values.right)
      s.right = s.low + ratio * (s.high - s.low)
      values.right = tried(s.right)
    }
    section = s
    sectionsDone += 1
  }

  private mutating func tried(_ logBandwidth: Double) -> Double {
    let value = logLikelihood(bandwidth: exp(logBandwidth))
    if value > best.value { best = (logBandwidth, value) }
    return value
  }

  /// The mean log likelihood of the points left out, in nats.
  public func logLikelihood(bandwidth h: Double) -> Double {
    let (n, d) = (points.count, points.dimension)
    let front = -0.5 * Double(d) * log(2 * .pi * h * h) - log(Double(n - 1))
    var total = 0.0
    var squares = [Double](repeating: 0, count: n)
    points.values.withUnsafeBufferPointer { x in
      for i in 0..<queryCount {
        var nearest = Double.infinity
        for j in 0..<n where j != i {
          var square = 0.0
          for axis in 0..<d {
            let gap = x[i * d + axis] - x[j * d + axis]
            square += gap * gap
          }
          squares[j] = square
          nearest = min(nearest, square)
        }
        // Terms below e^-40 of the largest change nothing.
        let reach = nearest + 80 * h * h
        var sum = 0.0
        for j in 0..<n where j != i && squares[j] <= reach {
          sum += exp((nearest - squares[j]) / (2 * h * h))
        }
        total += front - nearest / (2 * h * h) + log(sum)
      }
    }
    return total / Double(queryCount)
  }

  /// The root of the mean variance over the axes; 1 where all points are one.
  private static func deviation(_ points: Points) -> Double {
    var sum = 0.0
    for axis in 0..<points.dimension {
      let column = points.column(axis)
      let mean = column.reduce(0, +) / Double(column.count)
      sum += column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
    }
    return sum > 0 ? (sum / Double(points.dimension)).squareRoot() : 1
  }
}
