import NumberFormatting
import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

/// Samples as pictures at the time of the cursor, each over the picture that is nearest to where it
/// ends.
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
    let (pictures, words) = area.splitBottom(rows: area.height >= 10 ? 1 : 0)
    let (columns, rows) = size(in: pictures)
    let grid = ImageGrid(
      width: format.width, height: format.height, columns: columns,
      values: (0..<rows).flatMap { pixels(row: $0, columns: columns) },
      rowLabels: (0..<rows).flatMap { _ in ["sample", "nearest"] })
    ImagePicture(images: grid, scroll: 0, columnScroll: 0, marks: marks, isColored: isColored)
      .draw(into: &canvas, in: pictures)
    for line in marks.rows(of: facts, width: words.width, rows: 1) {
      canvas.write(line, in: words, style: Style(.muted))
    }
  }

  private var facts: [String] {
    guard let nearest else { return ["looking for the nearest pictures ..."] }
    let what = nearest.isTrainingSet ? "training pictures" : "pictures of the data"
    return [
      "below each sample the nearest of \(grouped(nearest.total)) \(what)",
      "each sample over its nearest picture",
    ]
  }

  /// How many samples go in a row and how many rows of them, as large as leaves enough of them.
  private func size(in area: Rect) -> (columns: Int, rows: Int) {
    let across = Double(area.width - (area.width >= 40 ? 8 : 0) + 1)
    let down = Double(2 * area.height + 1)
    let most = min(NearestImages.limit, learned.tracked)
    for scale in [4, 3, 2, 1, 0.5] {
      let columns = Int(across / (scale * Double(format.width + 1)))
      let rows = Int(down / (scale * Double(2 * (format.height + 1))))
      if scale == 0.5 || columns >= 4 && rows >= 2 {
        let columns = min(max(1, columns), most)
        return (columns, min(max(1, rows), most / columns))
      }
    }
    return (1, 1)
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
