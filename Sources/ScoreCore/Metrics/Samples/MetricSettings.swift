/// The seed of a measurement and the size of its null.
public struct MetricSettings: Sendable, Equatable {
  /// What a random stream of a measurement is for; the raw values are part of reproducibility.
  enum Role: UInt64 {
    case reference = 1
    case null = 2
    case thinSample = 3
    case thinReference = 4
    case split = 5
    case directions = 6
    case folds = 7
    case line = 8
    case shuffle = 9
    case bandwidth = 10
    case network = 11
    case heldOut = 12
  }

  public var seed: UInt64
  /// How many values the null consists of, at least 19.
  public var draws: Int
  /// The share of the null on either side of its band: 0.05 gives the band from 5% to 95%.
  public var delta: Double

  public init(seed: UInt64 = 7, draws: Int = 99, delta: Double = 0.05) {
    precondition(draws >= 19, "A null needs at least 19 draws.")
    precondition(delta > 0 && delta < 0.5, "A band needs 0 < delta < 1/2.")
    self.seed = seed
    self.draws = draws
    self.delta = delta
  }

  func stream(_ role: Role, _ index: Int = 0) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .sampleMetrics, index: role.rawValue << 48 | UInt64(index))
  }

  /// All points, or `limit` of them chosen at random.
  func thinned(_ points: Points, to limit: Int, role: Role) -> Points {
    guard points.count > limit else { return points }
    var stream = self.stream(role)
    return points.rows(at: Array(points.shuffledRows(using: &stream).prefix(limit)))
  }
}

extension Points {
  /// The rows of a list, in its order.
  public func rows(at rows: some Sequence<Int>) -> Points {
    var values: [Double] = []
    for row in rows { values += self.values[row * dimension..<(row + 1) * dimension] }
    return Points(values: values, dimension: dimension)
  }

  /// The rows by first, then second, then further coordinates.
  var inOrder: Points {
    rows(
      at: (0..<count).sorted { first, second in
        for axis in 0..<dimension where self[first, axis] != self[second, axis] {
          return self[first, axis] < self[second, axis]
        }
        return false
      })
  }

  /// The numbers of all rows in random order (Fisher-Yates).
  public func shuffledRows(using stream: inout RandomStream) -> [Int] {
    stream.permutation(of: count)
  }
}
