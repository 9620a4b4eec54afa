import ScoreCore
import ScoreLab
import ScoreTables

/// The rows of one seed: those trained on, those that choices are made by, and those judged by.
struct CreditData {
  let seed: UInt64
  let split: TableSplit
  let encoding: TableEncoding
  /// The training rows, encoded; the last ``chosenCount`` are kept back by hold-out and tuning.
  let points: Points
  let chosenCount: Int

  init(_ plan: CreditDefaultPlan, set: Int) {
    seed = RandomStream.derivedSeed(seed: plan.run.seed, index: UInt64(set))
    guard let dealt = try? TableSplit(plan.table, file: "", seed: seed) else {
      preconditionFailure("The plan looked at the number of rows.")
    }
    let count = min(plan.values.trainingRows, dealt.trained.rowCount)
    split = TableSplit(trained: dealt.trained.rows(Array(0..<count)), heldOut: dealt.heldOut)
    encoding = TableEncoding(fitting: split.trained)
    points = encoding.points(split.trained)
    chosenCount = max(1, Int((plan.values.heldOut * Double(count)).rounded()))
  }

  /// The rows that hold-out and tuning train on.
  var kept: Points { points.rows(0..<points.count - chosenCount) }
  /// The rows that they choose by.
  var chosen: Points { points.rows(points.count - chosenCount..<points.count) }
  /// The rows that are judged by.
  var judging: Points { encoding.points(split.heldOut) }
}

/// The squared error of predicted rows at noise that stays as it was drawn.
///
/// It is the loss of the target `data` with uniform time, over its value for the prediction of the mean:
/// 1 for no knowledge, and at least the share that noise hides.
struct PredictionLoss: Sendable {
  private static let levels = 12
  private static let mostRows = 1200

  private let parts: [(level: NoiseLevel, clean: Points, noisy: Points)]
  private let unit: Double

  /// Draws a level and noise for each of some rows.
  init(_ rows: Points, process: any ForwardProcess, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .heldOut, index: 3 << 40)
    let count = min(rows.count, Self.mostRows)
    let width = (process.horizon - process.stop) / Double(Self.levels)
    parts = (0..<Self.levels).map { place in
      let level = process.level(at: process.stop + (Double(place) + stream.uniform()) * width)
      let size = max(1, count / Self.levels)
      let start = min(place * size, count - size)
      let clean = rows.rows(start..<start + size)
      let noise = stream.normals(count: size, dimension: rows.dimension)
      return (level, clean, level.noisy(clean, noise: noise))
    }
    unit = Self.variances(rows).reduce(0, +) / Double(rows.dimension)
  }

  /// The variance of each coordinate.
  static func variances(_ rows: Points) -> [Double] {
    (0..<rows.dimension).map { axis in
      let column = rows.column(axis)
      let mean = column.reduce(0, +) / Double(column.count)
      return column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
    }
  }

  func callAsFunction(_ score: any ScoreFunction) -> Double {
    var (sum, count) = (0.0, 0)
    for part in parts {
      let (alpha, variance) = (part.level.alpha, part.level.sigma * part.level.sigma)
      let found = score.score(at: part.noisy, level: part.level)
      for place in found.values.indices {
        // Tweedie's formula.
        let predicted = (part.noisy.values[place] + variance * found.values[place]) / alpha
        let gap = predicted - part.clean.values[place]
        sum += gap * gap
      }
      count += found.values.count
    }
    return sum / Double(count) / unit
  }
}
