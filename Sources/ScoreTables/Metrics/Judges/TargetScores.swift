import ScoreCore

/// How well models that learn the target from several tables of one maker predict it in held-out real rows.
///
/// A model of each kind is trained on every table with several seeds. Seeds are nested in tables: the scores
/// of one table share its rows and go together, so they are averaged first, and what is independent are the
/// means of the tables. An interval of their mean is Student's t over these: exact for normal means, and the
/// score of a model of many independent rows is nearly that. It holds the real rows fixed, those trained on
/// and those tested on, and with them the maker.
///
/// Source: "train on synthetic, test on real", Esteban, Hyland and Raetsch 2017, arXiv:1706.02633 (from
/// memory); nested effects as in Searle, Casella and McCulloch 1992, "Variance Components", chapter 3.
public struct TargetScores: Sendable, Equatable {
  /// One number of one kind of model.
  public struct Score: Sendable, Equatable {
    /// The mean over the seeds, for each table.
    public let tables: [Double]
    /// The standard deviation between seeds of a table, over all tables; nil for one seed.
    public let seedDeviation: Double?

    /// Makes the result from scores `[tables][seeds]`, at least one of each.
    init(_ scores: [[Double]]) {
      tables = scores.map { $0.reduce(0, +) / Double($0.count) }
      let free = scores.reduce(0) { $0 + $1.count - 1 }
      let squares = zip(scores, tables).reduce(0) { sum, pair in
        pair.0.reduce(sum) { $0 + ($1 - pair.1) * ($1 - pair.1) }
      }
      seedDeviation = free > 0 ? (squares / Double(free)).squareRoot() : nil
    }

    /// The mean over tables.
    public var mean: Double { Estimate(tables).value }
    /// The 95 % interval of the mean of further tables; nil for one table.
    public var interval: ClosedRange<Double>? { Estimate.meanInterval(of: tables) }
  }

  /// Who made the tables.
  public let name: String
  public let tableCount: Int
  private let found: [TargetJudge: [TargetMeasure: Score]]

  /// Trains and tests models; nil where the target cannot be learned: it is a day or time, or the only
  /// column.
  ///
  /// - Parameters:
  ///   - tables: What models are trained on, at least one; of each the first 5,000 rows.
  ///   - name: Who made them.
  ///   - tested: Held-out real rows, without gaps in the target.
  ///   - target: The place of the target.
  ///   - seeds: How many models of a kind that has seeds are trained on each table.
  ///   - seed: What their seeds are derived from; the first is it itself.
  ///   - check: Called before each model; an error ends the work.
  public init?(
    _ tables: [Table], by name: String, testing tested: Table, target: Int, seeds: Int,
    seed: UInt64, check: () throws -> Void
  ) rethrows {
    var scores: [TargetJudge: [TargetMeasure: [[Double]]]] = [:]
    for table in tables {
      guard let task = TargetTask(training: table, testing: tested, target: target) else {
        return nil
      }
      for judge in TargetJudge.allCases {
        let models = try (0..<(judge.hasSeed ? seeds : 1)).map { index in
          try check()
          return judge.measures(task, seed: Self.seed(seed, index))
        }
        for measure in TargetMeasure.allCases {
          let numbers = models.compactMap { $0[measure] }
          if !numbers.isEmpty { scores[judge, default: [:]][measure, default: []].append(numbers) }
        }
      }
    }
    self.name = name
    tableCount = tables.count
    found = scores.mapValues { $0.mapValues { Score($0) } }
  }

  /// What one reaches who gives every row the commonest class, or the mean, of the first 5,000 training
  /// rows; nil as for models.
  public static func simplest(
    _ trained: Table, testing tested: Table, target: Int
  ) -> [TargetMeasure: Double]? {
    TargetTask(training: trained, testing: tested, target: target)?.simplest
  }

  /// The seed of one of several repetitions; that of the first is the seed itself.
  public static func seed(_ seed: UInt64, _ index: Int) -> UInt64 {
    index == 0 ? seed : RandomStream.derivedSeed(seed: seed, index: 5 << 40 | UInt64(index))
  }

  /// A number of one kind of model; nil where it is not defined, as the AUC without rows of two classes.
  public subscript(judge: TargetJudge, measure: TargetMeasure) -> Score? { found[judge]?[measure] }

  /// The numbers that are there.
  public var measures: [TargetMeasure] {
    TargetMeasure.allCases.filter { self[.linear, $0] != nil }
  }
}
