import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// Whole ways of some particles from noise to data, by the reverse SDE next to the probability flow.
struct WalkPicture {
  let snapshot: Snapshot
  let walks: Walks
  let noisedData: Trajectories
  /// The particle that was put down, where its ways are known.
  let placed: PlacedWalks?
  /// The time cursor.
  let frame: Int
  let plane: PlotPlane
  let count: Int
  let followed: Int?
  let crosshair: [Double]?
  /// The part of the plots that is looked at.
  let window: PlotWindow
  let marks: Marks
  let isTrueShape: Bool

  func draw(into canvas: inout Canvas, in area: Rect) {
    let rows = area.height < 9 ? 0 : area.height < 16 ? 1 : 3
    let (plots, words) = area.splitBottom(rows: rows)
    for (row, line) in marks.rows(of: facts, width: words.width, rows: rows).enumerated() {
      canvas.write(
        line, x: words.x, y: words.y + row, limit: words.maxX, style: Style(.text))
    }
    guard let sides = plots.pair(isColored: true), walks.ways.count == 2 else {
      plot(of: configuredWay).draw(into: &canvas, in: plots)
      return
    }
    plot(of: 0).draw(into: &canvas, in: sides.first)
    plot(of: 1).draw(into: &canvas, in: sides.second)
  }

  /// Which of the ways is the configured sampler's.
  private var configuredWay: Int {
    walks.ways.firstIndex { $0.sampler == snapshot.configuration.sampler.kind.name } ?? 0
  }

  private var dimension: Int { noisedData.dimension }

  /// Axes that hold noise and data, so that they stay while time plays.
  private func axis(_ side: PlotPlane.Side) -> AxisSettings {
    plane.settings(side, covering: noisedData)
  }

  private var settings: (x: AxisSettings, y: AxisSettings) {
    let steps = AxisSettings(
      "sampler step", lower: 0, upper: Double(noisedData.frames.count - 1))
    return dimension == 1
      ? (window.x(steps), window.y(axis(.across)))
      : (window.x(axis(.across)), window.y(axis(.up)))
  }
}

// MARK: - One plot

extension WalkPicture {
  /// One way of a particle up to the time cursor, as a plot takes it.
  private struct Path {
    var x: [Double] = []
    var y: [Double] = []
    var end: (x: Double, y: Double)? { x.isEmpty ? nil : (x[x.count - 1], y[y.count - 1]) }
  }

  private func path(_ way: Trajectories, _ particle: Int) -> Path {
    // A particle that was put down begins later than the noise.
    let first = noisedData.frames.count - way.frames.count
    var path = Path()
    guard frame >= first else { return path }
    for index in 0...frame - first {
      let values = way.frames[index]
      let base = particle * way.dimension
      if way.dimension == 1 {
        path.x.append(Double(first + index))
        path.y.append(snapshot.coordinates.userUnits(Double(values[base]), axis: 0))
      } else {
        let point = values[base..<base + way.dimension]
        path.x.append(plane.coordinate(.across, of: point))
        path.y.append(plane.coordinate(.up, of: point))
      }
    }
    return path
  }

  private func plot(of way: Int) -> ScatterPlot {
    let walk = walks.ways[way]
    // Next to the names of a pair there is no room for the sampler's.
    let kind = walk.isDeterministic ? "flow" : "SDE"
    let title = followed == nil && placed == nil ? "\(walk.sampler) (\(kind))" : kind
    var plot = ScatterPlot(
      layers: [], x: settings.x, y: settings.y,
      isEqualAspect: isTrueShape && dimension > 1, marks: marks)
    plot.layers = crowd(walk, title) + pairs(way)
    if let crosshair {
      let (x, y) =
        dimension == 1
        ? (Double(frame), snapshot.coordinates.userUnits(crosshair[0], axis: 0))
        : (
          snapshot.coordinates.userUnits(crosshair[0], axis: 0),
          snapshot.coordinates.userUnits(crosshair[1], axis: 1)
        )
      plot.layers.append(
        .letters(.init(x: [x], y: [y], glyphs: [marks.pick("✛", "+")], role: .accent)))
    }
    return plot
  }

  /// All particles, in colours of their own; one that is followed puts the others in the shade.
  private func crowd(_ walk: Walk, _ title: String) -> [ScatterPlot.Layer] {
    let shown = 0..<min(count, walk.learned.tracked)
    let isShaded = followed != nil || placed != nil
    let paths = shown.map { path(walk.learned, $0) }
    let lines = shown.map { particle in
      ScatterPlot.Layer.paths(
        .init(
          particle == 0 ? title : "", x: paths[particle].x, y: paths[particle].y,
          role: isShaded ? .muted : .trajectory,
          ink: isShaded || shown.count < 2
            ? nil : .ramp(0.25 + 0.75 * Double(particle) / Double(shown.count - 1)),
          name: title))
    }
    let ends = shown.compactMap { particle in
      paths[particle].end.map { (end: $0, glyph: Self.letter(particle, isTwin: false)) }
    }
    return lines + [
      .letters(
        .init(
          x: ends.map(\.end.x), y: ends.map(\.end.y), glyphs: ends.map(\.glyph),
          role: isShaded ? .muted : .text))
    ]
  }

  /// What is followed, each particle with its exact-score twin.
  private func pairs(_ way: Int) -> [ScatterPlot.Layer] {
    var layers: [ScatterPlot.Layer] = []
    if let followed, followed < walks.ways[way].learned.tracked {
      layers += pair(walks.ways[way], followed, letter: followed)
    }
    if let placed, placed.ways.indices.contains(way) {
      layers += pair(placed.ways[way], 0, letter: nil)
    }
    return layers
  }

  private func pair(_ walk: Walk, _ particle: Int, letter: Int?) -> [ScatterPlot.Layer] {
    let (learned, twin) = (path(walk.learned, particle), path(walk.exact, particle))
    let names = (Self.letter(letter, isTwin: false), Self.letter(letter, isTwin: true))
    var layers: [ScatterPlot.Layer] = [
      .paths(.init("\(names.1) exact", x: twin.x, y: twin.y, role: .exact, dash: .dashed)),
      .paths(.init("\(names.0) learned", x: learned.x, y: learned.y, role: .learned)),
    ]
    for (end, glyph, role) in [
      (twin.end, names.1, StyleRole.exact), (learned.end, names.0, .learned),
    ] {
      guard let end else { continue }
      layers.append(.letters(.init(x: [end.x], y: [end.y], glyphs: [glyph], role: role)))
    }
    return layers
  }

  /// A particle's letter: A to T, X for the one put down; small for its twin.
  static func letter(_ particle: Int?, isTwin: Bool) -> Unicode.Scalar {
    let place = particle ?? 23
    return Unicode.Scalar((isTwin ? 0x61 : 0x41) + UInt32(min(max(0, place), 25))) ?? "?"
  }
}

// MARK: - Words

extension WalkPicture {
  /// What is to be known of the followed particle, the most important first.
  private var facts: [String] {
    if let crosshair, placed == nil || placed?.particle.position != crosshair {
      return ["crosshair at \(point(crosshair.map { $0 })): Enter puts a particle down", timeText]
    }
    if let placed {
      let way = placed.ways[min(configuredWay, placed.ways.count - 1)]
      return facts(of: way, particle: 0, letter: nil) + [
        "put down at \(point(placed.particle.position))"
      ]
    }
    guard let followed else {
      let rare = goesToRarePart ? ["the exact score brings A to the far part"] : []
      return ["\(count) particles"] + rare + [
        "i follows one", "n N more, fewer", "+ puts one down", "a plays",
      ]
    }
    return facts(of: walks.ways[configuredWay], particle: followed, letter: followed)
  }

  /// Whether the exact score brings the first particle to the rare part.
  private var goesToRarePart: Bool {
    let way = walks.ways[configuredWay].exact
    guard let part = snapshot.rarePart, let end = way.frames.last else { return false }
    return part.contains(end.prefix(way.dimension).map(Double.init))
  }

  private var timeText: String {
    "t \(NumberText.short(noisedData.times[min(frame, noisedData.times.count - 1)], digits: 2))"
  }

  private func facts(of walk: Walk, particle: Int, letter: Int?) -> [String] {
    let first = noisedData.frames.count - walk.learned.frames.count
    let name = String(Character(Self.letter(letter, isTwin: false)))
    guard frame >= first, particle < walk.learned.tracked else {
      return ["\(name) begins at t \(NumberText.short(walk.learned.times[0], digits: 2))"]
    }
    let index = min(frame - first, walk.learned.frames.count - 1)
    func row(_ values: [Float]) -> [Double] {
      values[particle * dimension..<(particle + 1) * dimension].map(Double.init)
    }
    let (here, twin) = (row(walk.learned.frames[index]), row(walk.exact.frames[index]))
    var facts = [
      "\(name) at \(point(here))", timeText,
      "sigma s_hat \(vector(row(walk.estimates[index])))",
      "sigma s \(vector(row(walk.exactScores[index])))",
    ]
    if index > 0 {
      let before = row(walk.learned.frames[index - 1])
      facts.append("step \(vector(zip(here, before).map { $0 - $1 }))")
    }
    let gap = zip(here, twin).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    facts.append("twin \(NumberText.short(gap, digits: 2)) away")
    return facts
  }

  /// A place in the user's units.
  private func point(_ model: [Double]) -> String {
    vector(model.enumerated().map { snapshot.coordinates.userUnits($1, axis: $0) })
  }

  private func vector(_ values: [Double]) -> String {
    let shown = values.prefix(3).map { NumberText.short($0, digits: 2) }
    let rest = values.count > 3 ? ", ..." : ""
    return shown.count == 1 && rest.isEmpty
      ? shown[0] : "(" + shown.joined(separator: ", ") + rest + ")"
  }
}
