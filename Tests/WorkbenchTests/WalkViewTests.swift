import TermPlot
import Testing

@testable import ScoreCore
@testable import ScoreLab
@testable import Workbench

/// Trajectories: particles with letters, one followed with its twin, one put down by a person.
@Suite struct WalkViewTests {
  private func pane(
    _ state: WorkbenchState, columns: Int = 90, rows: Int = 30
  ) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    SamplesPane().draw(state, into: &canvas, in: canvas.bounds)
    return canvas
  }

  private func text(_ canvas: Canvas) -> String { canvas.lines.joined(separator: "\n") }

  private func trajectories(dimension: Int = 2) throws -> WorkbenchState {
    var state = try Fixture.state(dimension: dimension)
    state.live.sampleView = .trajectories
    return state
  }

  /// How many bold capital letters are in the plots.
  private func letters(_ canvas: Canvas) -> Int {
    canvas.cells.count {
      ("A"..."T").contains($0.glyph) && $0.style.attributes.contains(.bold)
        && $0.style.foreground == .role(.text)
    }
  }

  @Test("The reverse SDE is next to the flow from the same start, with letters and whole ways")
  func sideBySide() throws {
    var state = try trajectories()
    let canvas = pane(state)
    #expect(text(canvas).contains("exponential_integrator (SDE)"))
    #expect(text(canvas).contains("probability_flow_heun (flow)"))
    #expect(SamplesPane().note(state) == "t 0.001, step 3960")
    func dots() -> Int { pane(state).cells.count { (0x2801...0x28FF).contains($0.glyph.value) } }
    let whole = dots()
    state.press(.character("<"))
    // At the noise end no way has been gone, but every letter is there.
    #expect(dots() < whole / 2 && letters(pane(state)) > 6)
  }

  @Test("n and N change how many there are, from 1 to 20")
  func count() throws {
    var state = try trajectories()
    for _ in 0..<9 { state.press(.character("n")) }
    #expect(state.live.particleCount == 20)
    for _ in 0..<9 { state.press(.character("N")) }
    #expect(state.live.particleCount == 1 && letters(pane(state)) == 2)
    state.press(.character("N"))
    #expect(state.notice?.text.contains("last particle") == true)
  }

  @Test("i follows a particle with its twin, and says where it is, both scores and the step")
  func followed() throws {
    var state = try Fixture.state()
    state.press(.character("i"))
    #expect(state.live.sampleView == .trajectories && state.live.followed == 0)
    state.press(.character("."), .character(","))
    let words = text(pane(state))
    for fact in ["A at (", "t 0.031", "sigma s_hat (", "sigma s (", "step (", "twin 0.18 away"] {
      #expect(words.contains(fact), "\(fact)")
    }
    #expect(words.contains("A learned") && words.contains("a exact"))
    state.press(.character("I"))
    #expect(state.live.followed == nil)
    state.press(.character("I"))
    #expect(state.live.followed == 5)
    state.press(.character("N"))
    #expect(state.live.followed == 3)
  }

  @Test("Whole facts are left out where there is no room, none is cut")
  func narrow() throws {
    var state = try trajectories()
    state.live.followed = 1
    for columns in 30...60 {
      let lines = pane(state, columns: columns, rows: 14).lines
      for line in lines where line.contains("sigma s_hat") { #expect(line.contains(")")) }
    }
    #expect(Marks.ascii.rows(of: ["aaa", "bb", "cccc"], width: 7, rows: 2) == ["aaa  bb", "cccc"])
    #expect(Marks.ascii.rows(of: ["aaaa", "b"], width: 3, rows: 2) == ["b"])
    #expect(Marks.ascii.rows(of: ["aa", "bb", "cc"], width: 4, rows: 2) == ["aa", "bb"])
  }

  @Test("The crosshair moves by arrows, and Enter puts a particle down that is asked for")
  func crosshair() throws {
    var state = try Fixture.state()
    state.press(.character("+"))
    #expect(state.focus == 3 && state.live.sampleView == .trajectories)
    let start = try #require(state.live.crosshair)
    state.press(.up, .right, .right)
    let moved = try #require(state.live.crosshair)
    #expect(moved[0] > start[0] && moved[1] > start[1])
    #expect(text(pane(state)).contains("Enter puts a particle down"))
    for _ in 0..<200 { state.press(.left, .down) }
    let range = try #require(state.run.snapshot?.noisedData?.range(0))
    #expect(state.live.crosshair?[0] == range.lowerBound)
    state.press(.character(","), .enter)
    let placed = try #require(state.live.placed)
    #expect(placed.index == 7 && state.shownMeasurements.placed == placed)
    #expect(state.shownMeasurements.contains(PlacedWalksMeasurement.self))
    // Its ways come with the next message.
    let walks = try #require(state.run.snapshot?.walks?.ways)
    state.run.snapshot?.measurements[PlacedWalksMeasurement.self].value = [
      PlacedWalks(step: 3960, particle: placed, ways: walks)
    ]
    #expect(text(pane(state)).contains("X learned") && text(pane(state)).contains("x exact"))
    #expect(text(pane(state)).contains("X at ("))
    state.press(.enter)
    #expect(state.live.placed == nil)
    state.press(.character("+"))
    #expect(state.live.crosshair == nil)
  }

  @Test("On a line the crosshair goes up and down and left and right are time")
  func line() throws {
    var state = try trajectories(dimension: 1)
    #expect(text(pane(state)).contains("sampler step"))
    state.press(.character("+"), .left)
    #expect(state.shownFrame == 7)
    let start = state.live.crosshair
    state.press(.up)
    #expect(state.live.crosshair != start)
    var many = try trajectories(dimension: 5)
    many.press(.character("+"))
    #expect(many.live.crosshair == nil && many.notice?.text.contains("line or a plane") == true)
  }

  @Test("Time and noise level follow each other until L parts them")
  func linked() throws {
    var state = try Fixture.state()
    // The levels' times are 0.001, 0.01, 0.05, 0.25, 1, 5; the pass has 0.25 and 5 too.
    for _ in 0..<4 { state.press(.character(",")) }
    #expect(state.shownFrame == 4 && state.live.levelIndex == 3)
    state.press(.character("<"))
    #expect(state.live.levelIndex == 5)
    state.press(.character("["), .character("["))
    #expect(state.live.levelIndex == 3 && state.shownFrame == 4)
    for _ in 0..<3 { state.press(.character("[")) }
    #expect(state.live.levelIndex == 0 && state.live.frame == nil)
    state.press(.character("T"), .character("<"))
    #expect(state.live.levelIndex == 0 && state.shownFrame == 0)
    state.press(.character("]"))
    #expect(state.live.levelIndex == 1 && state.shownFrame == 0)
  }

  @Test("Play goes slower and faster, and says so")
  func speed() throws {
    var state = try Fixture.state()
    state.press(.character("{"), .character("{"), .character("a"))
    #expect(state.live.playSpeed == 0.25 && pane(state).lines.joined().contains("data x0.25"))
    for _ in 0..<3 { state.send(.tick) }
    #expect(state.shownFrame == 0)
    state.send(.tick)
    #expect(state.shownFrame == 1)
    for _ in 0..<9 { state.press(.character("}")) }
    #expect(state.live.playSpeed == 8)
    state.send(.tick)
    #expect(state.shownFrame == 8)
  }

  @Test("Axes stay while time moves")
  func axes() throws {
    for view in [SampleView.scatter, .trajectories] {
      var state = try Fixture.state(marks: .ascii)
      state.live.sampleView = view
      func labels() -> [String] {
        pane(state).lines.filter { $0.contains("-2") && $0.contains("2 ") }
      }
      state.press(.character("<"))
      let first = labels()
      state.press(.character("."), .character("."), .character("."))
      #expect(!first.isEmpty && labels() == first)
    }
  }

  @Test("A goes through the components and every pair of axes once, on samples and particles alike")
  func axisPairs() throws {
    let pairs = (0..<10).map { AxisPair(number: $0, dimension: 5) }
    #expect(pairs.allSatisfy { $0.x < $0.y && $0.y < 5 })
    #expect(Set(pairs.map { $0.x * 5 + $0.y }).count == 10)
    #expect(AxisPair(number: 10, dimension: 5) == pairs[0])
    #expect(AxisPair(number: 3, dimension: 2).y == 1 && AxisPair(number: 0, dimension: 1).y == 0)
    for view in [SampleView.scatter, .trajectories] {
      var state = try Fixture.state(dimension: 5)
      state.live.sampleView = view
      #expect(text(pane(state)).contains("x2"))
      state.press(.character("A"))
      let components = text(pane(state))
      #expect(components.contains("PC 1, 75% of the variance") && !components.contains("x2"))
      #expect(components.contains("PC 2, 16% of the variance"))
      state.press(.character("A"))
      #expect(text(pane(state)).contains("x3") && !text(pane(state)).contains("x2"))
      for _ in 0..<9 { state.press(.character("A")) }
      #expect(state.live.plane == 0)
    }
    var plane = try Fixture.state()
    plane.press(.character("A"))
    #expect(plane.live.plane == 0 && plane.notice != nil)
  }

  @Test("Points in a rare part are counted and compared with what is expected")
  func rarePart() throws {
    var state = try Fixture.state(dimension: 1)
    let part = LowerBoundPair(eta: 0.01, separation: 10).first.rarePart
    state.run.snapshot?.data.rarePart = part
    let words = text(pane(state))
    // 200 x 0.01 and the root of 2 x 0.99; the fixture's points are far from 10.
    #expect(words.contains("far part: 0 of 200, expected 2 ± 1"))
    #expect(words.contains("data: 0"))
    state.press(.character(","))
    #expect(!text(pane(state)).contains("far part"))
  }

  @Test("On a line the density view has a logarithmic axis, where a rare part is seen")
  func logDensity() throws {
    var state = try Fixture.state(dimension: 1)
    let linear = pane(state)
    state.press(.character("v"))
    #expect(state.live.sampleView == .density && pane(state) != linear)
    #expect(text(pane(state)).contains("0.1"))
  }
}
