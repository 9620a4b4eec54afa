import ScoreCore
import ScoreLab

/// The missing values of a table's rows on their way from noise to data.
public struct FillingDrawing: Sendable {
  /// Rows of one pattern and the same known values, which are drawn together.
  private struct Group {
    var hidden: [Int]
    var condition: [Double]
    var rows: [Int]
  }

  private var groups: [Group] = []
  private let table: Table
  private let encoding: TableEncoding
  private let axes: FillingAxes
  private let score: ConditionalNetworkScore
  private let configuration: RunConfiguration
  private let process: any ForwardProcess
  /// The pass of the first group that is not drawn; nil before its first step.
  private var pass: SamplingPass?
  /// The points of the groups that are drawn.
  private var drawn: [Points] = []
  /// How many steps there are in all.
  public let stepCount: Int
  public private(set) var stepsDone = 0

  init(
    _ table: Table, encoding: TableEncoding, axes: FillingAxes, score: ConditionalNetworkScore,
    configuration: RunConfiguration
  ) {
    self.table = table
    self.encoding = encoding
    self.axes = axes
    self.score = score
    self.configuration = configuration
    process = configuration.process.make()
    let gaps = GapPatterns(table)
    var known: [[Double]: Int] = [:]
    for (hidden, rows) in zip(gaps.patterns, gaps.rows) {
      let points = encoding.points(table.rows(rows))
      for (place, row) in rows.enumerated() {
        let condition = axes.condition(points.row(place), hidden: hidden)
        let group = known[condition] ?? groups.count
        known[condition] = group
        if group == groups.count {
          groups.append(Group(hidden: hidden, condition: condition, rows: []))
        }
        groups[group].rows.append(row)
      }
    }
    stepCount = groups.count * configuration.sampler.steps
  }

  /// A pass for a group; there may be as many groups as rows, so they are made one at a time.
  private func makePass(_ place: Int) -> SamplingPass {
    let (sampler, group) = (configuration.sampler, groups[place])
    let part = PartialScore(
      whole: score.given(Condition(group.condition)), axes: axes.places(hidden: group.hidden))
    return SamplingPass(
      sampler: sampler.makeSampler(), grid: sampler.makeGrid(), stepCount: sampler.steps,
      process: process, score: part, count: group.rows.count, seed: configuration.seed,
      block: UInt32(place))
  }

  /// Takes a step.
  ///
  /// - Returns: False when all are taken.
  public mutating func step() -> Bool {
    guard drawn.count < groups.count else { return false }
    var pass = self.pass ?? makePass(drawn.count)
    self.pass = nil
    _ = pass.step()
    stepsDone += 1
    if pass.isFinished { drawn.append(pass.points) } else { self.pass = pass }
    return true
  }

  /// The table with its gaps filled when all steps are taken; nil if a coordinate is not finite.
  public func filled() -> Table? {
    guard drawn.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else { return nil }
    var values = table.values
    for (found, group) in zip(drawn, groups) {
      let places = axes.places(hidden: group.hidden)
      var points = Points(zeros: group.rows.count, dimension: encoding.dimension)
      for index in group.rows.indices {
        for (place, axis) in places.enumerated() {
          points[index, axes.pointAxes[axis]] = found[index, place]
        }
      }
      let made = encoding.table(points)
      for column in group.hidden {
        for (index, row) in group.rows.enumerated() {
          values[column][row] = made.values[column][index]
        }
      }
    }
    return Table(columns: table.columns, values: values)
  }
}
