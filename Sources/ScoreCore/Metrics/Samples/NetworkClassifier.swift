/// A classifier two-sample test with a small trained network.
///
/// Half of each side trains a network with one hidden layer of 64 rectifiers, and the value is the
/// accuracy on the other half, `m` points. Curved borders that neighbours blur and quadratic
/// features miss are learned. Training needs no repetition for the null: when there is no
/// difference each held-out point is right with probability one half whatever the network, so
/// ```
/// m accuracy ~ Binomial(m, 1/2)
/// ```
/// with a spread of `1 / (2 sqrt(m))`. As the held-out halves are of one size, a network that names
/// one side more often varies a little less than that.
///
/// Source: Lopez-Paz and Oquab 2017, "Revisiting classifier two-sample tests" (arXiv:1610.06545),
/// section 3.
public struct NetworkClassifier: SampleMetric {
  private static let largestDimension = 64

  public init() {}

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    dimension > Self.largestDimension
      ? "the network is for up to \(Self.largestDimension) dimensions" : nil
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    let (x, y) = ClassifierTest.sides(sample, reference, settings)
    let heldOut = 2 * (x.count - x.count / 2)
    let null = settings.perDraw { draw in
      var stream = settings.stream(.null, draw)
      return Double(stream.heads(of: heldOut)) / Double(heldOut)
    }
    let spread = 0.5 / Double(heldOut).squareRoot()
    return MetricEvaluation(
      value: NetworkClassifier.accuracy(x, y, settings: settings), null: null,
      note: "\(heldOut) points held out, chance 0.5, binomial spread \(ShortNumber.text(spread))")
  }

  /// Trains on half of the points and tests on the others.
  ///
  /// - Parameters:
  ///   - x: One side; the order of its points does not matter.
  ///   - y: The other, as many points.
  ///   - settings: The seed of the split and of the training.
  /// - Returns: The share of held-out points put on the right side.
  public static func accuracy(_ x: Points, _ y: Points, settings: MetricSettings) -> Double {
    precondition(x.count == y.count && x.count >= 2, "Both sides have as many points, at least 2.")
    var pooled = x.rows(at: x.rowsInOrder())
    pooled.append(y.rows(at: y.rowsInOrder()))
    let scaled = QuadraticClassifier.standardized(pooled, from: 0)
    var stream = settings.stream(.network)
    let (trainX, testX) = halves(of: scaled.rows(0..<x.count), using: &stream)
    let (trainY, testY) = halves(of: scaled.rows(x.count..<pooled.count), using: &stream)
    let network = LogisticNetwork(telling: trainX, from: trainY, using: &stream)
    let right =
      network.logOdds(at: testX).count { $0 > 0 } + network.logOdds(at: testY).count { $0 <= 0 }
    return Double(right) / Double(testX.count + testY.count)
  }

  private static func halves(
    of points: Points, using stream: inout RandomStream
  ) -> (training: Points, heldOut: Points) {
    let order = points.shuffledRows(using: &stream)
    let half = points.count / 2
    return (points.rows(at: order.prefix(half)), points.rows(at: order.dropFirst(half)))
  }
}

extension Points {
  /// The numbers of the rows by first, then second, then further coordinates.
  fileprivate func rowsInOrder() -> [Int] {
    (0..<count).sorted { first, second in
      for axis in 0..<dimension where self[first, axis] != self[second, axis] {
        return self[first, axis] < self[second, axis]
      }
      return false
    }
  }
}

extension RandomStream {
  /// How many of some fair coins show heads.
  fileprivate mutating func heads(of count: Int) -> Int {
    var sum = (0..<count / 64).reduce(0) { sum, _ in sum + next().nonzeroBitCount }
    let rest = count % 64
    if rest > 0 { sum += (next() >> UInt64(64 - rest)).nonzeroBitCount }
    return sum
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var networkClassifier: Self {
    Self(
      name: "c2st_network",
      summary: "accuracy of a small trained network on held-out points",
      source: "Lopez-Paz and Oquab 2017 (arXiv:1610.06545)"
    ) { _ in NetworkClassifier() }
  }
}
