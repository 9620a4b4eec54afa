public import ScoreCore

/// Whether rows tell which real rows they were made from.
///
/// Both numbers have the null that the rows know no more of the training rows than of held-out ones:
/// which of the real rows were trained on is dealt again.
public struct PrivacyComparison: Sendable, Equatable {
  /// The most rows of each kind that are looked at: the first of a random order.
  public static let mostRows = 2000

  /// The share of the rows whose nearest real row is one that was trained on; as many of these as
  /// held-out ones are looked at, so it is 1/2 where nothing is given away.
  public let nearestIsTrained: NullBand
  /// The area under the ROC curve of the guess that a real row near a row was trained on; 1/2 where
  /// nothing is given away.
  ///
  /// Source: the distance attack of Chen, Yu, Zhang and Fritz 2020, "GAN-Leaks", arXiv:1909.03935 (from
  /// memory).
  public let attack: NullBand
  /// The median distance of a row to the nearest training row, and that of a held-out row.
  public let medianDistance: (rows: Double, heldOut: Double)

  /// Looks at rows that are encoded in one way.
  ///
  /// - Precondition: At least one row of each kind.
  public init(
    rows: Points, trained: Points, heldOut: Points, seed: UInt64, draws: Int = 399
  ) {
    var stream = RandomStream(seed: seed, purpose: .sampleMetrics, index: 2 << 40)
    let real = min(trained.count, heldOut.count, Self.mostRows)
    let x = Self.part(rows, min(rows.count, Self.mostRows), &stream)
    let trained = Self.part(trained, real, &stream)
    let heldOut = Self.part(heldOut, real, &stream)
    var both = trained
    both.append(heldOut)
    let nearest = Neighbors.nearest(x, in: both).rows
    let reach = Neighbors.nearest(both, in: x).distances
    let ranks = Self.ranks(reach.map { -$0 })
    let isTrained = (0..<2 * real).map { $0 < real }
    var (shares, areas): ([Double], [Double]) = ([], [])
    for draw in 0...draws {
      let labels =
        draw == 0 ? isTrained : stream.permutation(of: 2 * real).map { isTrained[$0] }
      shares.append(Double(nearest.count { labels[$0] }) / Double(nearest.count))
      let sum = ranks.indices.reduce(0) { $0 + (labels[$1] ? ranks[$1] : 0) }
      areas.append((sum - Double(real * (real + 1)) / 2) / Double(real * real))
    }
    nearestIsTrained = NullBand(shares[0], null: Array(shares.dropFirst()))
    attack = NullBand(areas[0], null: Array(areas.dropFirst()))
    medianDistance = (
      Self.median(Neighbors.nearest(x, in: trained).distances),
      Self.median(Neighbors.nearest(heldOut, in: trained).distances)
    )
  }

  public static func == (a: Self, b: Self) -> Bool {
    a.nearestIsTrained == b.nearestIsTrained && a.attack == b.attack
      && a.medianDistance == b.medianDistance
  }

  private static func part(
    _ points: Points, _ count: Int, _ stream: inout RandomStream
  ) -> Points {
    let rows = stream.permutation(of: points.count).prefix(count)
    return Points(values: rows.flatMap { points.row($0) }, dimension: points.dimension)
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  /// The ranks from 1, equal values with the mean of theirs.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count && values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }
}
