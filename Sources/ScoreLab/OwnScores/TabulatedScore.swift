public import ScoreCore
import Synchronization

/// Scores on a grid of points and times, and between them by linear interpolation.
///
/// Between two times it is sigma times the score that is linear, in the log of the signal-to-noise ratio:
/// the score itself grows without bound as the noise vanishes. Outside the grid the score at its edge is
/// taken.
public final class TabulatedScore: OwnScoreSource {
  /// The most coordinates of a table.
  private static let largestDimension = 4

  /// The log SNR and sigma of each time, with the log SNR falling.
  private let levels: [(logSNR: Double, sigma: Double)]
  /// The places of the grid along each axis, ascending.
  private let axes: [[Double]]
  /// `[levels, axis 1, ..., axis d, d]`.
  private let scores: [Double]
  private let asked = Atomic(0)
  private let outside = Atomic(0)

  /// The share of the points asked so far that lie outside the grid.
  public var outsideShare: Double {
    Double(outside.load(ordering: .relaxed)) / Double(max(1, asked.load(ordering: .relaxed)))
  }

  public var remark: String? {
    guard outsideShare > 0 else { return nil }
    return "\(Int((100 * outsideShare).rounded(.up)))% of the points asked lie outside the table; "
      + "there the score at its edge is taken"
  }

  /// Reads a table: `times` `[levels]`, `x1` to `xd` with the places along each axis, all ascending, and
  /// `score` `[levels, places of x1, ..., places of xd, d]`, in the units of the distribution's axes.
  ///
  /// - Parameters:
  ///   - file: An npz file that was saved without compression.
  ///   - dimension: The number of coordinates of the distribution.
  ///   - process: The process whose times they are.
  /// - Throws: ``DataFileError`` naming the array and what is allowed.
  public init(
    file: String, dimension: Int, process: any ForwardProcess
  ) throws(DataFileError) {
    func failure(_ message: String) -> DataFileError { DataFileError(file: file, message: message) }
    guard dimension <= Self.largestDimension else {
      throw failure(
        "a table is for up to \(Self.largestDimension) coordinates; here are \(dimension)")
    }
    let reader = try NpzReader(file: file)
    func ascending(_ name: String, atLeast count: Int) throws(DataFileError) -> [Double] {
      let array = try reader.array(name)
      guard array.shape.count == 1, array.values.count >= count,
        zip(array.values, array.values.dropFirst()).allSatisfy({ $0 < $1 })
      else { throw failure("array \"\(name)\": expected \(count) or more ascending numbers") }
      return array.values
    }
    let times = try ascending("times", atLeast: 1)
    guard times[0] > 0, times[times.count - 1] <= process.horizon else {
      throw failure("array \"times\": expected times above 0 to the horizon \(process.horizon)")
    }
    levels = times.map { time in
      let level = process.level(at: time)
      return (level.logSNR, level.sigma)
    }
    var axes: [[Double]] = []
    for axis in 1...dimension { axes.append(try ascending("x\(axis)", atLeast: 2)) }
    self.axes = axes
    let table = try reader.array("score")
    let shape = [times.count] + axes.map(\.count) + [dimension]
    guard table.shape == shape else {
      throw failure("array \"score\": shape \(table.shape); expected \(shape)")
    }
    scores = table.values
  }

  public func score(
    at points: Points, time: Double, level: NoiseLevel
  ) throws(OwnScoreError) -> Points {
    let places = levels.map { -$0.logSNR }
    let (first, share) = Self.cell(of: -level.logSNR, in: places)
    let parts = [(first, 1 - share), (min(first + 1, levels.count - 1), share)].filter { $0.1 != 0 }
    var result = Points(zeros: points.count, dimension: points.dimension)
    var outsideCount = 0
    for row in 0..<points.count {
      let x = points.row(row)
      if zip(x, axes).contains(where: { $0 < $1[0] || $0 > $1[$1.count - 1] }) { outsideCount += 1 }
      let cells = zip(x, axes).map { Self.cell(of: $0, in: $1) }
      for (index, weight) in parts {
        let factor = weight * levels[index].sigma / level.sigma
        add(index, cells, times: factor, to: &result, row: row)
      }
    }
    asked.add(points.count, ordering: .relaxed)
    outside.add(outsideCount, ordering: .relaxed)
    return result
  }

  /// The place before a value and the share of the way to the next, in 0...1.
  private static func cell(of value: Double, in places: [Double]) -> (first: Int, share: Double) {
    guard places.count > 1 else { return (0, 0) }
    var (low, high) = (0, places.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if places[middle] <= value { low = middle } else { high = middle }
    }
    let share = (value - places[low]) / (places[high] - places[low])
    return (low, min(max(share, 0), 1))
  }

  /// Adds the multilinear interpolation of one level.
  private func add(
    _ level: Int, _ cells: [(first: Int, share: Double)], times factor: Double,
    to result: inout Points, row: Int
  ) {
    let d = axes.count
    for corner in 0..<1 << d {
      var (weight, index) = (factor, level)
      for axis in 0..<d {
        let isUpper = corner >> axis & 1 == 1
        weight *= isUpper ? cells[axis].share : 1 - cells[axis].share
        index = index * axes[axis].count + cells[axis].first + (isUpper ? 1 : 0)
      }
      guard weight != 0 else { continue }
      for axis in 0..<d { result[row, axis] += weight * scores[index * d + axis] }
    }
  }
}
