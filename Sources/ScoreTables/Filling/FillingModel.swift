import ScoreCore
public import ScoreLab

/// A score network that draws the missing values of rows given their known ones.
///
/// It is trained on rows without gaps. Each gets the pattern of gaps of another row: the columns that the
/// pattern lacks are noised and their score is learned, the others are given. So it learns the conditional
/// laws that the file's gaps need, and no others; masks of random columns would spend most of training on
/// conditions that never occur. Half of the patterns are drawn by how many rows have them, half evenly, so
/// that a rare pattern is trained too.
///
/// Source: conditional denoising with a mask as in Tashiro, Song, Song and Ermon 2021, "CSDI",
/// arXiv:2107.03502 (from memory).
public struct FillingModel: Sendable {
  private let configuration: RunConfiguration
  private let encoding: TableEncoding
  private let axes: FillingAxes
  private let gaps: GapPatterns
  private let points: Points
  private let process: any ForwardProcess
  private let objective: Objective
  private let threads: Int
  private var trainer: Trainer

  /// How many steps take their rows, levels and noise from one draw of them.
  static let blockSteps = 64
  /// About how many values the conditions of such a draw may have, 64 MiB of them: steps of large batches
  /// share rows.
  static let mostConditionValues = 1 << 23

  /// Prepares the training.
  ///
  /// - Parameters:
  ///   - table: The rows, without gaps.
  ///   - gaps: The patterns that are to be filled, at least one.
  ///   - configuration: What is trained, and how; see ``TableModel/takesConditions(_:)``, and no bank of
  ///     networks.
  ///   - threads: How many threads a step may use.
  public init(
    _ table: Table, gaps: GapPatterns, configuration: RunConfiguration, threads: Int
  ) {
    precondition(!gaps.patterns.isEmpty, "There is something to fill.")
    self.configuration = configuration
    self.gaps = gaps
    self.threads = threads
    encoding = TableEncoding(fitting: table)
    axes = FillingAxes(encoding, columns: gaps.columns)
    points = encoding.points(table)
    process = configuration.process.make()
    objective = configuration.objective.make()
    let rows = Self.rows(
      points, axes, gaps, process, objective, configuration, block: 0)
    trainer = Self.trainer(rows, configuration, process, objective, threads)
  }

  /// Whether the levels of an objective are one network's.
  public static func takes(_ configuration: RunConfiguration) -> Bool {
    TableModel.takesConditions(configuration.network)
      && configuration.objective.make().levels.networks == 1
  }

  private static func trainer(
    _ rows: TrainingRows, _ configuration: RunConfiguration, _ process: any ForwardProcess,
    _ objective: Objective, _ threads: Int
  ) -> Trainer {
    Trainer(
      architecture: TableModel.architecture(configuration.network, rows), process: process,
      trainingSet: .rows(rows), objective: objective,
      optimization: configuration.optimizer.make(), batch: configuration.optimizer.batch,
      seed: configuration.seed, threads: threads)
  }

  /// Draws rows, patterns, levels and noise for a block of steps.
  ///
  /// Given coordinates are 0 without noise, so the network has nothing to learn there.
  private static func rows(
    _ points: Points, _ axes: FillingAxes, _ gaps: GapPatterns, _ process: any ForwardProcess,
    _ objective: Objective, _ configuration: RunConfiguration, block: Int
  ) -> TrainingRows {
    let batch = configuration.optimizer.batch
    let count = min(batch * blockSteps, max(batch, mostConditionValues / axes.conditionCount))
    var stream = RandomStream(
      seed: configuration.seed, purpose: .trainingSet, index: 1 << 40 | UInt64(block))
    let hiddenPlaces = gaps.patterns.map { axes.places(hidden: $0) }
    let atoms = objective.levels.atoms(of: process)
    var clean = Points(zeros: count, dimension: axes.pointAxes.count)
    var noise = clean
    var conditions: [Double] = []
    conditions.reserveCapacity(count * axes.conditionCount)
    var times: [Double] = []
    for place in 0..<count {
      let row = points.row(stream.integer(below: points.count))
      let pattern =
        stream.uniform() < 0.5
        ? gaps.drawByRow(using: &stream) : stream.integer(below: gaps.patterns.count)
      for axis in hiddenPlaces[pattern] {
        clean[place, axis] = row[axes.pointAxes[axis]]
        noise[place, axis] = stream.normal()
      }
      conditions += axes.condition(row, hidden: gaps.patterns[pattern])
      // One level in each of equal strata.
      let u = (Double(place) + stream.uniform()) / Double(count)
      let level =
        atoms.map { $0[min($0.count - 1, Int(u * Double($0.count)))] }
        ?? objective.levels.level(atQuantile: u, of: process)
      let time = process.time(atLogSNR: level.logSNR)
      times.append(min(max(time, process.stop), process.horizon))
    }
    return TrainingRows(
      points: clean, conditions: Points(values: conditions, dimension: axes.conditionCount),
      pairs: TrainingRows.NoisePairs(times: times, noise: noise))
  }

  /// Takes a step of training.
  ///
  /// - Returns: The loss of its batch.
  public mutating func train() -> Double {
    let step = trainer.state.step
    if step > 0 && step % Self.blockSteps == 0 {
      let state = trainer.state
      let rows = Self.rows(
        points, axes, gaps, process, objective, configuration, block: step / Self.blockSteps)
      trainer = Self.trainer(rows, configuration, process, objective, threads)
      trainer.state = state
    }
    return trainer.step().loss
  }

  /// Starts to fill the gaps of a table with the averaged weights.
  ///
  /// - Parameters:
  ///   - table: Rows of the trained table's columns, with gaps in patterns that were trained.
  ///   - number: Which of several fillings of the same rows this is, from 0.
  /// - Returns: A drawing whose steps are to be taken.
  public func filling(_ table: Table, number: Int = 0) -> FillingDrawing {
    var run = configuration
    if number > 0 {
      run.seed = RandomStream.derivedSeed(
        seed: configuration.seed, purpose: .replicate, index: UInt64(number))
    }
    return FillingDrawing(
      table, encoding: encoding, axes: axes, score: trainer.averagedConditionalScore,
      configuration: run)
  }
}
