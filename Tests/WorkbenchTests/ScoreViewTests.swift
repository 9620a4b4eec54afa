import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// The view of the score: arrows over a density, or curves.
@Suite struct ScoreViewTests {
  private func pane(
    _ state: WorkbenchState, columns: Int = 100, rows: Int = 30
  ) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    SamplesPane().draw(state, into: &canvas, in: canvas.bounds)
    return canvas
  }

  private func text(_ canvas: Canvas) -> String { canvas.lines.joined(separator: "\n") }

  private func heads(_ canvas: Canvas) -> Int {
    canvas.cells.count { "→↗↑↖←↙↓↘".unicodeScalars.contains($0.glyph) }
  }

  @Test("g goes to the score and through the learned one, the difference and the exact one")
  func arrows() throws {
    var state = try Fixture.state()
    state.press(.character("g"))
    #expect(state.live.sampleView == .score && state.live.scoreArrows == .learned)
    #expect(SamplesPane().note(state) == "t 0.001, step 3970")
    let both = pane(state)
    #expect(text(both).contains("s, exact") && text(both).contains("s_hat, learned"))
    #expect(text(both).contains("exact log q_t") && heads(both) > 40)
    #expect(text(both).contains("arrow of 3 columns: sigma ||.|| = "))
    #expect(text(pane(state, columns: 60)).contains("arrow of 3 columns: "))
    state.press(.character("g"))
    #expect(text(pane(state)).contains("s_hat - s"))
    state.press(.character("g"))
    let exact = pane(state)
    #expect(text(exact).contains("s, exact") && !text(exact).contains("s_hat"))
    state.press(.character("g"))
    #expect(pane(state) == both)
  }

  @Test("All arrows of a normal distribution point to its middle")
  func direction() throws {
    var state = try Fixture.state()
    state.press(.character("g"), .character("g"), .character("g"), .character("G"))
    let canvas = pane(state)
    let outer = canvas.lines.filter { $0.contains("→") && $0.contains("←") }
    #expect(!outer.isEmpty)
    for line in outer {
      let last = try #require(line.lastIndex(of: "→"))
      let first = try #require(line.firstIndex(of: "←"))
      #expect(last < first)
    }
  }

  @Test("G goes through what is under the arrows")
  func underlay() throws {
    var state = try Fixture.state()
    state.press(.character("g"))
    state.press(.character("G"))
    #expect(text(pane(state)).contains("log q_t 0.5 2 4.5 8 below its top"))
    #expect(text(pane(state, columns: 60)).contains("0.5 2 4.5 8"))
    state.press(.character("G"))
    #expect(text(pane(state)).contains("learned log p_t"))
    state.press(.character(","))
    // Of the times before the end the density is known at the noise end alone.
    #expect(text(pane(state)).contains("learned log p at t 5"))
    state.press(.character(">"), .character("G"))
    #expect(!text(pane(state)).contains("log q_t"))
    state.press(.character("G"))
    #expect(state.live.scoreUnderlay == .exactDensity)
  }

  @Test("Without colours and in ASCII arrows and density are glyphs")
  func withoutColour() throws {
    var state = try Fixture.state(marks: .ascii)
    state.isColored = false
    state.press(.character("g"))
    let canvas = pane(state)
    #expect(canvas.cells.allSatisfy { $0.glyph.isASCII })
    #expect(canvas.cells.allSatisfy { $0.style.background.rampStep == nil })
    #expect(text(canvas).contains("<<") && text(canvas).contains("%"))
  }

  @Test("Time moves the field, over axes that stay")
  func time() throws {
    var state = try Fixture.state()
    state.press(.character("g"), .character("<"))
    #expect(SamplesPane().note(state).hasPrefix("t 5,"))
    func labels() -> [String] { pane(state).lines.filter { $0.contains("-2") && $0.contains("2") } }
    let axes = labels()
    state.press(.character("."), .character("."))
    #expect(SamplesPane().note(state).hasPrefix("t 1.3,") && labels() == axes && !axes.isEmpty)
  }

  @Test("On a line there are curves of both scores and both log densities")
  func line() throws {
    var state = try Fixture.state(dimension: 1, marks: .ascii)
    state.press(.character("g"))
    let curves = text(pane(state))
    #expect(
      curves.contains("sigma s") && curves.contains("s_hat") && curves.contains("log density"))
    #expect(curves.contains("exact log q_t") && curves.contains("learned log p_t"))
    state.press(.character("g"))
    #expect(text(pane(state)).contains("sigma (s_hat - s)"))
  }

  @Test("Before anything is measured and for more axes the pane says so")
  func waiting() throws {
    var state = try Fixture.state(dimension: 5)
    state.press(.character("g"))
    #expect(text(pane(state)).contains("this data has 5 axes"))
    state = try Fixture.state()
    state.run.snapshot?.measurements[LearnedFieldMeasurement.self] = Reading()
    state.press(.character("g"))
    #expect(text(pane(state)).contains("measuring the learned score"))
    state.run.snapshot?.measurements[ExactFieldMeasurement.self] = Reading()
    #expect(text(pane(state)).contains("working out the exact score"))
  }
}
