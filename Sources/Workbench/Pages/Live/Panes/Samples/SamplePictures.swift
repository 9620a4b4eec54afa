import NumberFormatting
import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

/// Samples as pictures at the time of the cursor, each over the picture that is nearest to where it
/// ends, with how far that is.
struct SamplePictures {
  let format: ImageFormat
  let frame: CoordinateFrame
  let learned: Trajectories
  /// The time cursor.
  let index: Int
  let nearest: NearestImages?
  let marks: Marks
  let isColored: Bool

  func draw(into canvas: inout Canvas, in area: Rect) {
    let wordRows = area.height >= 12 ? 2 : area.height >= 10 ? 1 : 0
    let (pictures, words) = area.splitBottom(rows: wordRows)
    let plan = plan(in: pictures)
    for row in 0..<plan.rows {
      let block = Rect(
        x: pictures.x, y: pictures.y + row * (plan.height + plan.numberRows),
        width: pictures.width, height: plan.height)
      let grid = ImageGrid(
        width: format.width, height: format.height, columns: plan.columns,
        values: pixels(row: row, columns: plan.columns), rowLabels: ["sample", "nearest"])
      ImagePicture(images: grid, scroll: 0, columnScroll: 0, marks: marks, isColored: isColored)
        .draw(into: &canvas, in: block)
      if plan.numberRows > 0 { drawDistances(plan, row: row, below: block, into: &canvas) }
    }
    for (place, line) in facts(width: words.width).prefix(words.height).enumerated() {
      canvas.write(
        line.text, x: words.x, y: words.y + place, limit: words.maxX, style: Style(line.role))
    }
  }

  // MARK: - Words

  /// What the pictures are, and how many samples are nearer to theirs than pictures left out are.
  private func facts(width: Int) -> [(text: String, role: StyleRole)] {
    guard let nearest else { return [("looking for the nearest pictures ...", .muted)] }
    let what = nearest.isTrainingSet ? "training pictures" : "pictures of the data"
    let below = "below each sample the nearest of \(grouped(nearest.total)) \(what)"
    let place = [
      below + ", and how far its end is from it", below,
      "each sample over its nearest picture",
    ]
    guard let null = nearest.null else {
      return [(fitting(place, width), .muted), ("no null yet for the distances", .muted)]
    }
    let (count, all) = (nearest.suspiciousCount, nearest.distances.count)
    let limit = NumberText.short(null.threshold)
    let expected = NumberText.short(null.expectedCount(of: all), digits: 2)
    let copies = [
      "! nearer than all but 5% of \(null.distances.count) pictures left out (\(limit)): \(count) of "
        + "\(all) samples, by chance \(expected)",
      "! \(count) of \(all) samples nearer than \(limit), by chance \(expected)",
      "! \(count) of \(all) below \(limit)",
    ]
    return [
      (fitting(place, width), .muted),
      (fitting(copies, width), Double(count) > 2 * null.expectedCount(of: all) ? .warning : .muted),
    ]
  }

  private func fitting(_ lines: [String], _ width: Int) -> String {
    lines.first { $0.count <= width } ?? marks.fit(lines[lines.count - 1], width: width)
  }

  // MARK: - Places

  /// How large a pixel is, in half cells, and how many samples are shown.
  private struct Plan {
    var scale: Double
    var columns: Int
    var rows: Int
    /// The cells of a row of samples and the row of their nearest pictures.
    var height: Int
    /// 1 where there is room for the distances.
    var numberRows: Int
    /// What the names of the rows take.
    var labelWidth: Int
  }

  /// As large as leaves enough of them.
  private func plan(in area: Rect) -> Plan {
    let labelWidth = area.width >= 40 ? 8 : 0
    let across = Double(area.width - labelWidth + 1)
    let most = min(NearestImages.limit, learned.tracked)
    for scale in [4, 3, 2, 1, 0.5] {
      let columns = Int(across / (scale * Double(format.width + 1)))
      let height = Int(((scale * Double(2 * (format.height + 1)) - 1) / 2).rounded(.up))
      let rows = area.height / (height + 1)
      // Half a cell blurs a pixel: better one row of samples than several of those.
      guard scale == 0.5 || columns >= 4 && rows >= (scale > 1 ? 2 : 1) else { continue }
      let shown = min(max(1, columns), most)
      return Plan(
        scale: scale, columns: shown, rows: min(max(1, rows), max(1, most / shown)),
        height: min(height, area.height), numberRows: rows >= 1 ? 1 : 0, labelWidth: labelWidth)
    }
    return Plan(
      scale: 0.5, columns: 1, rows: 1, height: area.height, numberRows: 0, labelWidth: labelWidth)
  }

  /// The distances below their pictures; a sample that may be a copy has a mark before its own.
  private func drawDistances(
    _ plan: Plan, row: Int, below block: Rect, into canvas: inout Canvas
  ) {
    guard let nearest else { return }
    if plan.labelWidth > 0 {
      canvas.write(
        "apart", x: block.x, y: block.maxY, limit: block.x + plan.labelWidth - 1,
        style: Style(.muted))
    }
    for column in 0..<plan.columns {
      let sample = row * plan.columns + column
      guard sample < nearest.distances.count else { return }
      func start(_ column: Int) -> Int {
        let offset = Double(column * (format.width + 1)) * plan.scale
        return block.x + plan.labelWidth + Int(offset.rounded())
      }
      let (left, right) = (start(column), min(start(column + 1) - 1, block.maxX))
      let mark = nearest.isSuspicious(sample) ? "!" : ""
      let texts = [3, 2, 1].map {
        mark + NumberText.short(nearest.distances[sample], digits: $0)
      }
      // A number that is cut would be another one.
      let text = texts.first { left + $0.count <= right } ?? mark
      canvas.write(
        text, x: left, y: block.maxY, limit: block.maxX,
        style: Style(mark.isEmpty ? .muted : .warning))
    }
  }

  /// A row of samples and the row of the pictures that are nearest to them.
  private func pixels(row: Int, columns: Int) -> [Double] {
    let (dimension, first) = (learned.dimension, row * columns)
    let samples = Points(
      values: learned.frames[index][first * dimension..<(first + columns) * dimension].map(
        Double.init), dimension: dimension)
    let own = format.pixels(frame.userUnits(samples))
    guard let nearest, nearest.images.count >= first + columns else {
      return own + Array(repeating: .nan, count: own.count)
    }
    return own + format.pixels(frame.userUnits(nearest.images.rows(first..<first + columns)))
  }
}

extension NearestImages {
  /// The distances as a sentence.
  var words: String {
    let what = isTrainingSet ? "training pictures" : "pictures of the data"
    let sorted = distances.sorted()
    guard let least = sorted.first else { return "" }
    let course =
      "Nearest of \(grouped(total)) \(what): \(NumberText.short(least)) to "
      + "\(NumberText.short(sorted[sorted.count - 1])) apart"
    guard let null else { return course + "." }
    return course
      + "; \(suspiciousCount) of \(distances.count) samples nearer than "
      + "\(NumberText.short(null.threshold)), as 5% of pictures left out are."
  }
}
