import ScoreCore
public import ScoreLab
import ScoreTheory

/// A score network that is trained on the rows of a table and draws new ones, given some of their columns
/// or none.
///
/// With a `sampler.guidance` w above 0 and given columns it is trained with classifier-free dropout: a
/// `network.label_dropout` of the rows are given nothing, and samples follow `(1 + w) s(x|y) - w s(x)`.
/// A further input is 1 where columns are given and 0 where not: numbers may be 0 themselves.
///
/// Source: Ho and Salimans 2022 (arXiv:2207.12598), eq. 6 (number from memory).
public struct TableModel: Sendable {
  private let configuration: RunConfiguration
  private let encoding: TableEncoding
  /// The columns that are given, ascending.
  private let given: [Int]
  private var trainer: Trainer

  /// Prepares the training; distribution and size of the configuration's training set do not count.
  ///
  /// - Parameters:
  ///   - table: The rows.
  ///   - given: The places of the columns that are given, not all; their coordinates are further inputs
  ///     of the network, and it learns the score of the others.
  ///   - configuration: What is trained, and how.
  ///   - threads: How many threads a step may use.
  public init(
    _ table: Table, given: [Int] = [], configuration: RunConfiguration, threads: Int
  ) {
    precondition(given.count < table.columns.count, "A column is left to be made.")
    let encoding = TableEncoding(fitting: table)
    self.configuration = configuration
    self.encoding = encoding
    self.given = given.sorted()
    let points = encoding.points(table)
    guard !given.isEmpty else {
      trainer = Trainer(
        configuration: configuration, trainingSet: .fixed(points), threads: threads)
      return
    }
    let isGuided = configuration.sampler.guidance > 0
    let rows = TrainingRows(
      points: points.part(encoding.axes(given: self.given, false)),
      conditions: encoding.conditions(points, given: self.given, isMarked: isGuided),
      conditionDropout: isGuided ? configuration.network.labelDropout : 0)
    trainer = Trainer(
      architecture: Self.architecture(configuration.network, rows),
      process: configuration.process.make(), trainingSet: .rows(rows),
      objective: configuration.objective.make(), optimization: configuration.optimizer.make(),
      batch: configuration.optimizer.batch, seed: configuration.seed, threads: threads)
  }

  /// Whether a network of this kind can take conditions.
  public static func takesConditions(_ network: NetworkConfiguration) -> Bool {
    switch network.kind {
    case .mlp, .linear: true
    case .randomFeatures, .ntk, .conservative: false
    }
  }

  static func architecture(
    _ network: NetworkConfiguration, _ rows: TrainingRows
  ) -> Perceptron {
    let encoding = InputEncoding(
      dimension: rows.points.dimension, positionPairs: network.positionFeatures,
      timeFeatures: TimeFeatures(network.timeEmbedding, pairs: network.timeFeatures / 2),
      conditionCount: rows.conditions?.dimension ?? 0,
      radius: network.inputRadius > 0 ? network.inputRadius : .infinity)
    return Perceptron(
      encoding, hidden: network.kind == .linear ? [] : network.hidden,
      activation: network.activation, isResidual: network.residual)
  }

  /// The number of coordinates of an encoded row.
  public var dimension: Int { encoding.dimension }

  /// Takes a step of training.
  ///
  /// - Returns: The loss of its batch.
  public mutating func train() -> Double { trainer.step().loss }

  /// Starts to draw rows with the averaged weights, of a model without given columns.
  public func drawing(_ count: Int) -> TableDrawing {
    precondition(given.isEmpty, "Given columns need values.")
    return TableDrawing(configuration, encoding, trainer.averagedScore, count: count)
  }

  /// Starts to draw a row for each row of a table, whose given columns it keeps.
  public func drawing(given rows: Table) -> TableDrawing {
    guard !given.isEmpty else { return drawing(rows.rowCount) }
    let points = encoding.points(rows)
    let weight = configuration.sampler.guidance
    let conditions = encoding.conditions(points, given: given, isMarked: weight > 0)
    // Rows of one condition are drawn together.
    var places: [[Double]: Int] = [:]
    var groups: [(condition: [Double], rows: [Int])] = []
    for row in 0..<rows.rowCount {
      let condition = Array(conditions.row(row))
      let place = places[condition] ?? groups.count
      if place == groups.count {
        places[condition] = place
        groups.append((condition, []))
      }
      groups[place].rows.append(row)
    }
    let score = trainer.averagedConditionalScore
    let marginal = trainer.averagedScore
    let known = TableDrawing.Known(
      rows: rows, columns: given, axes: encoding.axes(given: given, false))
    return TableDrawing(
      configuration, encoding, count: rows.rowCount,
      passes: groups.map { group in
        let conditional = score.given(Condition(group.condition))
        guard weight > 0 else { return (conditional, group.rows) }
        let guided = GuidedScore(conditional: conditional, marginal: marginal, weight: weight)
        return (guided, group.rows)
      }, known: known)
  }
}

extension TableEncoding {
  /// What a network is given of encoded rows: the coordinates of given columns, and 1 behind them where
  /// having them is marked.
  func conditions(_ points: Points, given: [Int], isMarked: Bool) -> Points {
    let part = points.part(axes(given: given, true))
    guard isMarked else { return part }
    return Points(
      values: (0..<part.count).flatMap { part.row($0) + [1] }, dimension: part.dimension + 1)
  }

  /// The coordinates of given columns, or of all others.
  func axes(given: [Int], _ wanted: Bool) -> [Int] {
    (0..<columnCount).filter { given.contains($0) == wanted }.flatMap { Array(axes(ofColumn: $0)) }
  }
}

extension Points {
  /// Some of the coordinates of all points.
  func part(_ axes: [Int]) -> Points {
    var part = Points(zeros: count, dimension: axes.count)
    for row in 0..<count {
      for (place, axis) in axes.enumerated() { part[row, place] = self[row, axis] }
    }
    return part
  }
}
