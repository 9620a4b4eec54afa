public import ScoreCore

/// How well classifiers tell rows that were made from held-out real rows: the classifier two-sample
/// test.
///
/// As many rows of each kind are dealt into two halves. Each half is scored by a classifier that learned
/// from the other, so no row is scored by one that has seen it.
///
/// Source: Lopez-Paz and Oquab 2017, "Revisiting Classifier Two-Sample Tests", arXiv:1610.06545.
public struct TwoSampleTest: Sendable, Equatable {
  /// What one kind of classifier finds.
  public struct Judgement: Sendable, Equatable {
    /// The mean of the halves' areas under the ROC curve; 1/2 where rows cannot be told apart.
    ///
    /// The null deals the labels of a half's rows again, their scores held fixed, which is exact for
    /// each half. Both halves learn from each other, so their areas go together; the mean of two
    /// varies no more than one, and the band is that of one.
    public let auc: NullBand
    /// The share of the rows that are told right; 1/2 where none can be told.
    public let accuracy: Double
  }

  public let logistic: Judgement
  public let forest: Judgement
  /// Nil where the library fails.
  public let boosting: Judgement?

  /// Tells rows from real ones.
  ///
  /// - Parameters:
  ///   - rows: Rows that were made, encoded.
  ///   - real: Held-out real rows, encoded in the same way.
  ///   - seed: The seed of the halves, the forest and the null.
  ///   - draws: How many times labels are dealt again.
  /// - Precondition: At least 4 rows of each kind; of the larger number only the first count.
  public init(rows: Points, real: Points, seed: UInt64, draws: Int = 399) {
    let count = min(rows.count, real.count)
    precondition(count >= 4 && rows.dimension == real.dimension, "Rows of both kinds.")
    var stream = RandomStream(seed: seed, purpose: .sampleMetrics, index: 4 << 40)
    var both = rows.rows(0..<count)
    both.append(real.rows(0..<count))
    let isMade = (0..<2 * count).map { $0 < count }
    let dealt = [stream.permutation(of: count), stream.permutation(of: count)]
    let halves = dealt.flatMap { order in order.map { 2 * $0 < count ? 0 : 1 } }
    logistic = Self.judgement(
      Self.logistic(both, isMade, halves), isMade, halves, draws: draws, &stream)
    forest = Self.judgement(
      Self.forest(both, isMade, halves, seed: seed), isMade, halves, draws: draws, &stream)
    let boosted = Self.boosting(both, isMade, halves)
    boosting =
      boosted.allSatisfy(\.isFinite)
      ? Self.judgement(boosted, isMade, halves, draws: draws, &stream) : nil
  }

  /// What each kind of classifier finds, those that found something.
  var judgements: [(name: String, found: Judgement)] {
    [("logistic", logistic), ("forest", forest)] + (boosting.map { [("boosting", $0)] } ?? [])
  }

  /// The probability that each row was made, by a logistic regression of the other half.
  static func logistic(_ x: Points, _ isMade: [Bool], _ halves: [Int]) -> [Double] {
    crossed(x, isMade, halves) { trained, labels, tested, _ in
      LogisticRegression(trained, labels).probabilities(tested)
    }
  }

  /// The probability that each row was made, by a forest of the other half.
  static func forest(
    _ x: Points, _ isMade: [Bool], _ halves: [Int], seed: UInt64
  ) -> [Double] {
    crossed(x, isMade, halves) { trained, labels, tested, half in
      RandomForest(
        trained, labels.map { $0 ? 1 : 0 }, classCount: 2, seed: seed &+ UInt64(half)
      ).probabilities(tested).map { $0[1] }
    }
  }

  /// The probability that each row was made, by trees that correct each other on the other half; NaN
  /// where the library fails.
  static func boosting(_ x: Points, _ isMade: [Bool], _ halves: [Int]) -> [Double] {
    crossed(x, isMade, halves) { trained, labels, tested, _ in
      GradientBoosting.probabilities(
        trained, labels.map { $0 ? 1 : 0 }, classCount: 2, testing: tested
      )?.map { $0[1] } ?? Array(repeating: .nan, count: tested.count)
    }
  }

  /// Scores each half by what is learned from the other.
  private static func crossed(
    _ x: Points, _ isMade: [Bool], _ halves: [Int],
    by scores: (_ trained: Points, _ labels: [Bool], _ tested: Points, _ half: Int) -> [Double]
  ) -> [Double] {
    var result = [Double](repeating: 0, count: x.count)
    for half in 0..<2 {
      let tested = halves.indices.filter { halves[$0] == half }
      let trained = halves.indices.filter { halves[$0] != half }
      let found = scores(
        part(x, trained), trained.map { isMade[$0] }, part(x, tested), half)
      for (row, score) in zip(tested, found) { result[row] = score }
    }
    return result
  }

  private static func part(_ x: Points, _ rows: [Int]) -> Points {
    Points(values: rows.flatMap { x.row($0) }, dimension: x.dimension)
  }

  /// The mean area and the share that is right, with the null of one half.
  static func judgement(
    _ scores: [Double], _ isMade: [Bool], _ halves: [Int], draws: Int,
    _ stream: inout RandomStream
  ) -> Judgement {
    let parts = (0..<2).map { half in
      let rows = halves.indices.filter { halves[$0] == half }
      let ranks = PrivacyComparison.ranks(rows.map { scores[$0] })
      return (ranks: ranks, made: rows.map { isMade[$0] })
    }
    func area(_ ranks: [Double], _ made: [Bool]) -> Double {
      let count = made.count { $0 }
      let sum = ranks.indices.reduce(0) { $0 + (made[$1] ? ranks[$1] : 0) }
      return (sum - Double(count * (count + 1)) / 2) / Double(count * (made.count - count))
    }
    let areas = parts.map { area($0.ranks, $0.made) }
    let null = (0..<draws).map { draw in
      let part = parts[draw % 2]
      return area(part.ranks, stream.permutation(of: part.made.count).map { part.made[$0] })
    }
    let right = scores.indices.count { (scores[$0] > 0.5) == isMade[$0] }
    return Judgement(
      auc: NullBand((areas[0] + areas[1]) / 2, null: null),
      accuracy: Double(right) / Double(scores.count))
  }
}
