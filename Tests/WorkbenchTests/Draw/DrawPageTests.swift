import Glibc
import Lessons
import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// What is drawn becomes a mixture with an exact score, and a run.
@Suite struct DrawPageTests {
  private static func page(columns: Int = 80, rows: Int = 24) throws -> WorkbenchState {
    try Fixture.state(of: DrawPage.self, columns: columns, rows: rows)
  }

  /// The mixture of a drawing.
  private func mixture(_ drawing: Drawing) throws -> any KnownScoreDistribution {
    try #require(drawing.distribution).distribution(reading: DataFile())
  }

  @Test("The density along a straight stroke stays within 1.5 % of its mean, for every pen")
  func ripple() throws {
    for index in Drawing.widths.indices {
      var drawing = Drawing()
      drawing.widthIndex = index
      drawing.draw(to: DrawnPoint(x: -3, y: 0), isStart: true)
      drawing.draw(to: DrawnPoint(x: 3, y: 0), isStart: false)
      // Without the rounding to two digits, which the thinnest pen would show.
      let mixture = GaussianMixture(
        drawing.components.map {
          .init(weight: $0.weight, mean: [$0.mean.x, $0.mean.y], spread: .isotropic($0.deviation))
        })
      let along = (0...400).map { -1 + Double($0) / 200 }
      let points = Points(values: along.flatMap { [$0, 0] }, dimension: 2)
      let level = NoiseLevel(alpha: 1, sigma: 0)
      let densities = mixture.logDensity(at: points, level: level).map { exp($0) }
      // The mean over the distance of two of the n components, (n - 1) / 6 of them a unit.
      let count = Double(drawing.components.count)
      let mean = (count - 1) / (6 * count) / ((2 * Double.pi).squareRoot() * drawing.width)
      #expect(densities.allSatisfy { abs($0 / mean - 1) < 0.015 }, "width \(drawing.width)")
    }
  }

  @Test("Components stand equally far apart along a stroke, both ends among them")
  func places() {
    let stroke = DrawnStroke(
      points: [.init(x: 0, y: 0), .init(x: 1, y: 0), .init(x: 1, y: 0), .init(x: 1, y: 2)],
      width: 0.1)
    let places = stroke.places(7)
    #expect(places.first == stroke.points.first && places.count == 7)
    // Length 3 in six parts: half a unit each, round the corner too.
    let wanted = [(0, 0), (0.5, 0), (1, 0), (1, 0.5), (1, 1), (1, 1.5), (1, 2)]
    for (place, wanted) in zip(places, wanted) {
      #expect(place.distance(to: DrawnPoint(x: wanted.0, y: wanted.1)) < 1e-12)
    }
    let dot = DrawnStroke(points: [.init(x: 1, y: 1)], width: 0.1)
    #expect(dot.places(5) == dot.points && dot.length == 0)
  }

  @Test("However much is drawn, there are no more components than the limit")
  func limit() {
    var drawing = Drawing()
    drawing.widthIndex = 0
    for row in 0..<40 {
      let y = -3 + 0.15 * Double(row)
      drawing.draw(to: DrawnPoint(x: -4, y: y), isStart: true)
      drawing.draw(to: DrawnPoint(x: 4, y: y), isStart: false)
    }
    #expect((200...Drawing.componentLimit).contains(drawing.components.count))
  }

  @Test("Beyond the most strokes the pen stays up, and says so")
  func strokeLimit() throws {
    var state = try Self.page()
    for _ in 0..<Drawing.strokeLimit { state.press(.space, .space) }
    #expect(state.press(.space).isEmpty && state.notice?.text.contains("100 strokes") == true)
    state.drawPage.drawing.draw(to: DrawnPoint(x: 1, y: 1), isStart: true)
    state.press(.character("s"))
    #expect(state.drawPage.drawing.strokes.count == Drawing.strokeLimit)
    #expect(state.drawPage.drawing.components.count == Drawing.strokeLimit)
  }

  @Test("A stroke of a wide pen has as much weight along its length as one of a thin pen")
  func weights() {
    var drawing = Drawing()
    for (index, x) in [(0, -1.0), (4, 1.0)] {
      drawing.widthIndex = index
      drawing.draw(to: DrawnPoint(x: x, y: -2), isStart: true)
      drawing.draw(to: DrawnPoint(x: x, y: 2), isStart: false)
    }
    let left = drawing.components.filter { $0.mean.x < 0 }.map(\.weight).reduce(0, +)
    let right = drawing.components.filter { $0.mean.x > 0 }.map(\.weight).reduce(0, +)
    // A stroke of 4 has one component more than its parts: 40 of 0.1, and 10 of fourfold weight.
    #expect(left == 41 && right == 44)
  }

  @Test("Keys draw: the pen goes down, draws, is lifted, and a stroke is taken back")
  func keys() throws {
    var state = try Self.page()
    #expect(state.page == .draw && state.press(.enter).isEmpty)
    #expect(state.notice?.text.contains("nothing is drawn yet") == true)
    state.press(.right, .space, .up, .up, .space, .right)
    #expect(state.drawPage.drawing.strokes.count == 1)
    #expect(state.drawPage.drawing.strokes[0].points.count == 3)
    state.press(.character("]"), .space, .character("]"), .left)
    // A stroke has one width, so another pen begins another stroke.
    #expect(state.drawPage.drawing.strokes.map(\.width) == [0.1, 0.15, 0.2])
    state.press(.character("u"))
    #expect(state.drawPage.drawing.strokes.count == 2 && !state.drawPage.drawing.isDown)
    state.press(.character("x"))
    #expect(state.drawPage.drawing.strokes.isEmpty)
    for _ in 0..<40 { state.press(.right) }
    #expect(abs(state.drawPage.drawing.pen.x - Drawing.reach.x) < 1e-9)
    #expect(state.notice?.text == "this is the edge")
  }

  @Test("The mouse draws where it goes, and what is drawn is on screen")
  func mouse() throws {
    var state = try Self.page()
    let area = try #require(
      state.areas(of: 0) { if case .action(let action) = $0 { action.isDraggable } else { false } }
        .last)
    let empty = state.screen
    let row = area.y + area.height / 2
    state.send(.mouse(MouseEvent(.press, x: area.x + area.width / 3, y: row)))
    state.send(.mouse(MouseEvent(.drag, x: area.x + area.width / 2, y: row)))
    state.send(.mouse(MouseEvent(.release, x: area.x + area.width / 2, y: row)))
    #expect(state.drawPage.drawing.strokes.map(\.points.count) == [2])
    #expect(state.screen != empty && state.screen.lines[1].contains("1 stroke"))
  }

  @Test("Enter trains on the drawing in a run of its own, and the run before can be had back")
  func trains() throws {
    var state = try Self.page()
    state.press(.character("s"))
    let sent = state.press(.enter)
    #expect(state.page == .live && state.run.canUndo)
    #expect(sent == [.send(.configure(state.run.configuration))])
    #expect(state.run.configuration.distribution.kind == "gaussian_mixture")
    // The spiral ends on the left, 2.7 away; on the right nothing is nearer to there than half a unit.
    let mixture = try mixture(state.drawPage.drawing)
    let densities = mixture.logDensity(
      at: Points(values: [-2.7, 0, 2.7, 0], dimension: 2), level: NoiseLevel(alpha: 1, sigma: 0))
    #expect(densities[0] > densities[1] + 5)
    var paused = try Self.page()
    paused.run.status = .paused
    paused.press(.character("s"))
    #expect(paused.press(.enter).last == .send(.resume))
  }

  @Test("A drawing is saved as a configuration that reads back, and never over a file unasked")
  func saved() throws {
    var state = try Self.page()
    #expect(state.carryOut(line: "draw_save a.yaml").isEmpty && state.notice?.role == .error)
    state.press(.character("s"))
    #expect(state.carryOut(line: "draw_save a.md").isEmpty)
    guard case .export(let export)? = state.carryOut(line: "draw_save a.yaml").first,
      case .bytes(let bytes) = export.content
    else {
      Issue.record("nothing was written")
      return
    }
    #expect(!export.replaces && export.path == "a.yaml")
    let read = try RunConfiguration.parse(text: String(decoding: bytes, as: UTF8.self), file: "a")
    #expect(read.distribution == state.drawPage.drawing.distribution)
    let over = Export(
      path: "a.yaml", replaces: true, content: export.content, summary: export.summary,
      replacer: "draw_save!")
    #expect(state.carryOut(line: "draw_save! a.yaml") == [.export(over)])
  }

  @Test("A drawing is kept as a preset that reads back, under a name that is free")
  func kept() throws {
    var state = try Self.page()
    func refusal(_ line: String) -> String? {
      let effects = state.carryOut(line: line)
      return effects.isEmpty && state.notice?.role == .error ? state.notice?.text : nil
    }
    #expect(refusal("draw_preset a")?.contains("nothing is drawn yet") == true)
    state.press(.character("s"))
    #expect(refusal("draw_preset")?.contains("a name and a sentence") == true)
    for name in ["A", "a.yaml", "../a", "ä", String(repeating: "a", count: 41)] {
      #expect(refusal("draw_preset \(name) S.")?.contains("small letters") == true, "\(name)")
    }
    #expect(refusal("draw_preset spiral S.")?.contains("draw_preset! replaces it") == true)
    let long = String(repeating: "a", count: 201)
    #expect(refusal("draw_preset a \(long)")?.contains("at most 200") == true)
    let effects = state.carryOut(line: "draw_preset my-curl \"Two \u{1B}[2Jturns: \"mine\".\"")
    guard case .keep(let preset, let replaces, let replacer)? = effects.first else {
      Issue.record("nothing is kept")
      return
    }
    #expect(effects.count == 1 && !replaces && replacer == "draw_preset!")
    #expect(preset.name == "my-curl" && preset.title == "My curl" && preset.part == "My own")
    #expect(preset.summary == "Two [2Jturns: \"mine\".")
    var configuration = state.run.configuration
    configuration.distribution = try #require(state.drawPage.drawing.distribution)
    #expect(preset.configuration == configuration)
    #expect(try Preset.read(preset.text, file: "a") == preset)
    guard case .keep(let over, true, _)? = state.carryOut(line: "draw_preset! spiral").first else {
      Issue.record("nothing is replaced")
      return
    }
    #expect(over.name == "spiral" && over.summary.hasPrefix("Drawn by hand: a mixture of "))
  }

  @Test("k begins the line that keeps a drawing, and the largest drawing fits into a preset")
  func keepKey() throws {
    var state = try Self.page()
    #expect(state.press(.character("k")).isEmpty && state.overlay == nil)
    for _ in 0..<Drawing.strokeLimit { state.press(.character("s"), .character("s")) }
    state.press(.character("k"))
    state.type("all")
    #expect(state.screen.lines.last?.contains("draw_preset all") == true)
    guard case .keep(let preset, _, _)? = state.press(.enter).first else {
      Issue.record("nothing is kept")
      return
    }
    #expect(preset.text.utf8.count < Preset.sizeLimit)
  }

  @Test("A large drawing has no code of one line, and share says that the file has it")
  func shared() throws {
    var drawing = Drawing()
    drawing.addSpiral()
    var configuration = RunConfiguration.start
    configuration.distribution = try #require(drawing.distribution)
    #expect(throws: SharedRun.CodeTooLong.self) { try SharedRun(configuration).code() }
    var small = Drawing()
    for x in [-2.0, 0, 2] { small.draw(to: DrawnPoint(x: x, y: 0), isStart: true) }
    configuration.distribution = try #require(small.distribution)
    let code = try SharedRun(configuration).code()
    #expect(try SharedRun(code: code).start == configuration)
  }
}
