import Glibc
import NumberFormatting
import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

/// The way of one sample from noise to a picture as a strip, and under each of its steps the picture
/// that the network and the exact score expect it to come from.
///
/// The expected picture is the denoiser `E[x_0 | x_t] = (x_t + sigma_t^2 s) / alpha_t`.
///
/// Source: Tweedie's formula; Robbins 1956, Efron 2011, "Tweedie's formula and selection bias".
struct DenoisingPath {
  let format: ImageFormat
  let frame: CoordinateFrame
  let walk: Walk
  /// The level of each of the walk's times.
  let levels: [NoiseLevel]
  /// Which particle it is.
  let particle: Int
  /// The time cursor.
  let index: Int
  /// Whether the run's samples have classes, which particles have not.
  let hasClasses: Bool
  let marks: Marks
  let isColored: Bool

  func draw(into canvas: inout Canvas, in area: Rect) {
    let (pictures, words) = area.splitBottom(rows: area.height >= 10 ? 1 : 0)
    let plan = plan(in: pictures)
    let frames = frames(plan.columns)
    let grid = ImageGrid(
      width: format.width, height: format.height, columns: plan.columns,
      values: frames.flatMap(noisy) + frames.flatMap { guess(walk.estimates, $0) }
        + frames.flatMap { guess(walk.exactScores, $0) },
      rowLabels: ["noisy", "network", "exact"])
    let block = Rect(x: pictures.x, y: pictures.y, width: pictures.width, height: plan.height)
    ImagePicture(images: grid, scroll: 0, columnScroll: 0, marks: marks, isColored: isColored)
      .draw(into: &canvas, in: block)
    drawNumbers(plan, frames, into: &canvas, in: pictures)
    canvas.write(marks.fit(fact(words.width), width: words.width), in: words, style: Style(.muted))
  }

  /// The frames of the columns, both ends of the walk included.
  private func frames(_ columns: Int) -> [Int] {
    let last = levels.count - 1
    return (0..<columns).map { columns == 1 ? last : $0 * last / (columns - 1) }
  }

  // MARK: - Pictures

  private func row(_ values: [Float]) -> [Double] {
    let dimension = walk.learned.dimension
    return values[particle * dimension..<(particle + 1) * dimension].map(Double.init)
  }

  private func pixels(_ values: [Double]) -> [Double] {
    format.pixels(frame.userUnits(Points(values: values, dimension: walk.learned.dimension)))
  }

  /// `x_t / sqrt(alpha^2 + sigma^2)`: all levels have about the deviation of the data.
  private func noisy(_ frame: Int) -> [Double] {
    let level = levels[frame]
    let deviation = (level.alpha * level.alpha + level.sigma * level.sigma).squareRoot()
    return pixels(row(walk.learned.frames[frame]).map { $0 / deviation })
  }

  /// `(x_t + sigma (sigma s)) / alpha`.
  private func guess(_ scores: [[Float]], _ frame: Int) -> [Double] {
    let level = levels[frame]
    return pixels(
      zip(row(walk.learned.frames[frame]), row(scores[frame])).map { x, score in
        (x + level.sigma * score) / level.alpha
      })
  }

  /// The root mean square difference of the two guesses over the pixels, in model coordinates.
  func gap(_ frame: Int) -> Double {
    let level = levels[frame]
    let squares = zip(row(walk.estimates[frame]), row(walk.exactScores[frame])).map { own, exact in
      (own - exact) * (own - exact)
    }
    return level.sigma / level.alpha
      * (squares.reduce(0, +) / Double(max(1, squares.count))).squareRoot()
  }

  // MARK: - Numbers

  private struct Plan {
    var scale: Double
    var columns: Int
    var height: Int
    var labelWidth: Int
  }

  /// Pixels as large as leaves six steps or more, of whole cells four; but no less than half a cell.
  private func plan(in area: Rect) -> Plan {
    let labelWidth = area.width >= 40 ? 8 : 0
    let across = Double(area.width - labelWidth + 1)
    for scale in [4, 3, 2, 1, 0.5] {
      let columns = Int(across / (scale * Double(format.width + 1)))
      let height = Int(((scale * Double(3 * (format.height + 1)) - 1) / 2).rounded(.up))
      guard scale == 0.5 || columns >= (scale == 1 ? 4 : 6) && height + 2 <= area.height
      else { continue }
      return Plan(
        scale: scale, columns: min(max(1, columns), levels.count),
        height: min(height, area.height), labelWidth: labelWidth)
    }
    return Plan(scale: 0.5, columns: 1, height: area.height, labelWidth: labelWidth)
  }

  /// Below the columns their times, that of the cursor's with a mark, and how far the guesses differ.
  private func drawNumbers(
    _ plan: Plan, _ frames: [Int], into canvas: inout Canvas, in area: Rect
  ) {
    let chosen = frames.indices.min { abs(frames[$0] - index) < abs(frames[$1] - index) }
    let lines: [(name: String, text: (Int) -> String)] = [
      (
        "time t",
        { column in
          (column == chosen ? ">" : "")
            + NumberText.short(walk.learned.times[frames[column]], digits: 2)
        }
      ),
      ("apart", { NumberText.short(gap(frames[$0]), digits: 2) }),
    ]
    for (place, line) in lines.enumerated() {
      let y = area.y + plan.height + place
      guard y < area.maxY else { return }
      if plan.labelWidth > 0 {
        canvas.write(
          line.name, x: area.x, y: y, limit: area.x + plan.labelWidth - 1, style: Style(.muted))
      }
      var free = area.x + plan.labelWidth
      for column in frames.indices {
        let offset = Double(column * (format.width + 1)) * plan.scale
        let (x, text) = (area.x + plan.labelWidth + Int(offset.rounded()), line.text(column))
        // A number that is cut would be another one; so some columns have none.
        guard x >= free, x + text.count <= area.maxX else { continue }
        canvas.write(
          text, x: x, y: y, limit: area.maxX,
          style: Style(column == chosen && place == 0 ? .accent : .text))
        free = x + text.count + 1
      }
    }
  }

  private func fact(_ width: Int) -> String {
    let name = "\(WalkPicture.letter(particle, isTwin: false))"
    let classless = hasClasses ? ", of no class" : ""
    let facts = [
      "sample \(name)\(classless) by \(walk.sampler); below each step E[x_0|x_t] by network and exact "
        + "score, and their rms difference",
      "sample \(name)\(classless): noisy, E[x_0|x_t] by network and by exact score",
      "sample \(name)\(classless), and E[x_0|x_t]",
    ]
    return facts.first { $0.count <= width } ?? facts[facts.count - 1]
  }
}

extension SamplesPane {
  /// The way of the configured sampler for the particle that is followed, or the first.
  func denoisingPath(_ state: WorkbenchState) -> DenoisingPath? {
    guard let snapshot = state.run.snapshot, let format = snapshot.images,
      let walks = snapshot.walks,
      let walk = walks.ways.first(where: {
        $0.sampler == snapshot.configuration.sampler.kind.name
      }) ?? walks.ways.first,
      walk.estimates.count == walk.learned.times.count, walk.learned.tracked > 0
    else { return nil }
    let process = snapshot.configuration.process.make()
    return DenoisingPath(
      format: format, frame: snapshot.coordinates, walk: walk,
      levels: walk.learned.times.map { process.level(at: $0) },
      particle: min(state.live.followed ?? 0, walk.learned.tracked - 1),
      index: state.shownFrame, hasClasses: snapshot.samples?.classes != nil,
      marks: state.marks, isColored: state.isColored)
  }
}
