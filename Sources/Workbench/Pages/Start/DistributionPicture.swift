import Lessons
import ScoreCore
import ScoreLab
import Synchronization
import TermPlot

/// A small picture of a distribution: its points in the plane, or how often values of the line come.
struct DistributionPicture: Sendable {
  private enum Content: Sendable {
    /// Points in the plane, with equal units along both axes.
    case points(x: [Double], y: [Double])
    /// Counts in equal intervals of the line.
    case counts([Double])
    /// Why there is none.
    case nothing(String)
  }

  private static let pointCount = 1500
  private static let lineCount = 8192
  private static let intervals = 120

  private let content: Content
  /// What is drawn, where that is not the distribution as it is.
  let words: String?

  /// Draws points of a distribution; one whose data stand in a file has no picture.
  init(of configuration: DistributionConfiguration) {
    guard let distribution = try? configuration.makeDistribution(dataSource: NoFiles()) else {
      (content, words) = (.nothing("its data stand in a file"), nil)
      return
    }
    var stream = RandomStream(seed: 7, purpose: .distributionSamples)
    let isLine = distribution.dimension == 1
    let points = distribution.sample(
      count: isLine ? Self.lineCount : Self.pointCount, using: &stream)
    guard !isLine else {
      (content, words) = (.counts(Self.counts(points.values)), nil)
      return
    }
    guard distribution.dimension > 2 else {
      content = .points(
        x: (0..<points.count).map { points[$0, 0] }, y: (0..<points.count).map { points[$0, 1] })
      words = nil
      return
    }
    let axes = PrincipalComponents(of: distribution, count: 2, seed: 7)
    func along(_ axis: Int) -> [Double] {
      (0..<points.count).map { row in
        axes.coordinate(axis, of: (0..<points.dimension).map { points[row, $0] })
      }
    }
    content = .points(x: along(0), y: along(1))
    words = "\(distribution.dimension) dimensions, along the two main directions"
  }

  private static func counts(_ values: [Double]) -> [Double] {
    let range = AxisRange(covering: values, scale: .linear)
    var counts = Array(repeating: 0.0, count: intervals)
    for value in values {
      let place = Int((value - range.lower) / range.width * Double(intervals))
      counts[min(max(0, place), intervals - 1)] += 1
    }
    return counts
  }

  func draw(marks: Marks, into canvas: inout Canvas, in area: Rect) {
    let (picture, foot) = area.splitBottom(rows: words == nil || area.height < 4 ? 0 : 1)
    if let words {
      canvas.write(marks.fit(words, width: foot.width), in: foot, style: Style(.muted))
    }
    var grid = DotGrid(size: Size(columns: picture.width, rows: picture.height), marks: marks)
    switch content {
    case .nothing(let reason):
      canvas.write(marks.fit(reason, width: area.width), in: area, style: Style(.muted))
    case .counts(let counts): draw(counts, into: &grid)
    case .points(let x, let y): draw(x, y, into: &grid)
    }
    grid.flush(into: &canvas, in: picture)
  }

  /// Bars from the foot of the grid; the highest is as high as the grid.
  private func draw(_ counts: [Double], into grid: inout DotGrid) {
    let most = max(1, counts.max() ?? 1)
    for x in 0..<grid.width {
      let first = x * counts.count / grid.width
      let end = max(first + 1, (x + 1) * counts.count / grid.width)
      let share = (counts[first..<end].max() ?? 0) / most
      let height = Int((share * Double(grid.height)).rounded(.up))
      for y in 0..<height { grid.plot(x: x, y: grid.height - 1 - y, pen: Pen(.exact)) }
    }
  }

  private func draw(_ x: [Double], _ y: [Double], into grid: inout DotGrid) {
    guard grid.width > 1, grid.height > 1 else { return }
    let ranges = [x, y].map { AxisRange(covering: $0, scale: .linear) }
    let unit = min(
      Double(grid.width - 1) / ranges[0].width, Double(grid.height - 1) / ranges[1].width)
    for (x, y) in zip(x, y) {
      let across = (x - (ranges[0].lower + ranges[0].upper) / 2) * unit
      let up = (y - (ranges[1].lower + ranges[1].upper) / 2) * unit
      grid.plot(
        at: DotPoint(
          x: Double(grid.width - 1) / 2 + across, y: Double(grid.height - 1) / 2 - up),
        pen: Pen(.exact))
    }
  }
}

/// Pictures of distributions, each made when it is first looked at.
final class DistributionPictures: Sendable {
  private typealias Made = (of: DistributionConfiguration, picture: DistributionPicture)

  private let made = Mutex<[Made]>([])

  func picture(of configuration: DistributionConfiguration) -> DistributionPicture {
    made.withLock { made in
      if let known = made.first(where: { $0.of == configuration }) { return known.picture }
      let picture = DistributionPicture(of: configuration)
      made.append((configuration, picture))
      return picture
    }
  }
}
