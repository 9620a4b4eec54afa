package import ScoreCore
package import ScoreLab

/// Rows of a table on their way from noise to data.
public struct TableDrawing: Sendable {
  /// What is known of the rows before they are drawn.
  struct Known: Sendable {
    /// A row for each, of which only the given columns count.
    var rows: Table
    /// The given columns.
    var columns: [Int]
    /// The coordinates of the others, which are drawn.
    var axes: [Int]
  }

  private var passes: [SamplingPass] = []
  /// The rows of each pass.
  private var rows: [[Int]] = []
  private let encoding: TableEncoding
  private let known: Known?
  private let count: Int
  private var place = 0
  /// How many steps there are in all.
  public let stepCount: Int
  public private(set) var stepsDone = 0

  /// Starts to draw rows of a score in the coordinates of an encoding.
  package init(
    _ configuration: RunConfiguration, _ encoding: TableEncoding, _ score: any ScoreFunction,
    count: Int
  ) {
    self.init(
      configuration, encoding, count: count, passes: [(score, Array(0..<count))], known: nil)
  }

  init(
    _ configuration: RunConfiguration, _ encoding: TableEncoding, count: Int,
    passes scores: [(score: any ScoreFunction, rows: [Int])], known: Known?
  ) {
    self.encoding = encoding
    self.known = known
    self.count = count
    let size = SampleDrawing.blockCount(dimension: encoding.dimension)
    let sampler = configuration.sampler
    for (score, rows) in scores {
      for start in stride(from: 0, to: rows.count, by: size) {
        let part = Array(rows[start..<min(rows.count, start + size)])
        self.rows.append(part)
        passes.append(
          SamplingPass(
            sampler: sampler.makeSampler(), grid: sampler.makeGrid(), stepCount: sampler.steps,
            process: configuration.process.make(), score: score, count: part.count,
            seed: configuration.seed, block: UInt32(passes.count)))
      }
    }
    stepCount = passes.count * sampler.steps
  }

  /// Takes a step.
  ///
  /// - Returns: False when all are taken.
  public mutating func step() -> Bool {
    guard place < passes.count else { return false }
    _ = passes[place].step()
    stepsDone += 1
    if passes[place].isFinished { place += 1 }
    return true
  }

  /// The rows when all steps are taken; nil if a coordinate is not finite.
  public func table() -> Table? {
    guard passes.allSatisfy({ $0.points.values.allSatisfy(\.isFinite) }) else { return nil }
    let axes = known?.axes ?? Array(0..<encoding.dimension)
    var points = Points(zeros: count, dimension: encoding.dimension)
    for (pass, rows) in zip(passes, rows) {
      for (drawn, row) in rows.enumerated() {
        for (place, axis) in axes.enumerated() { points[row, axis] = pass.points[drawn, place] }
      }
    }
    let table = encoding.table(points)
    guard let known else { return table }
    // Given values are kept as they are, not as their coordinates come back.
    var values = table.values
    for column in known.columns { values[column] = known.rows.values[column] }
    return Table(columns: table.columns, values: values)
  }
}
