import NumberFormatting
import ScoreCore
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// The views of the error: under q_t, at the network's own samples, by distance, worst points, and
/// over the samples.
@Suite struct ErrorViewTests {
  private func errorPane(_ state: WorkbenchState) -> [String] {
    var canvas = Canvas(size: Size(columns: 70, rows: 30))
    ErrorPane().draw(state, into: &canvas, in: canvas.bounds)
    return canvas.lines
  }

  private func samplesPane(_ state: WorkbenchState) -> [String] {
    var canvas = Canvas(size: Size(columns: 70, rows: 30))
    SamplesPane().draw(state, into: &canvas, in: canvas.bounds)
    return canvas.lines
  }

  @Test(
    "b goes from q_t to the own samples, the shells, parts, bound, dimension, collapse, refine and back, each with its numbers"
  )
  func views() throws {
    var state = try Fixture.state(marks: .ascii)
    let before = errorPane(state)
    state.press(.character("b"))
    #expect(state.live.errorView == .ownSamples && ErrorPane().note(state).contains("own samples"))
    let snapshot = try #require(state.run.snapshot)
    let level = try #require(snapshot.probe?.levels[state.live.levelIndex].level)
    let own = try #require(snapshot.sampleErrors?.frame(nearestTo: level))
    #expect(errorPane(state)[0].contains("L2 \(NumberText.short(own.errors.l2)) "))
    #expect(!before[0].contains("L2 \(NumberText.short(own.errors.l2)) "))
    state.press(.character("b"))
    #expect(state.live.errorView == .shells && ErrorPane().note(state).contains("by distance"))
    #expect(errorPane(state).joined().contains("distance from the mean of q_t"))
    #expect(errorPane(state).joined().contains("% of L2^2 in the shell"))
    state.press(.character("b"))
    #expect(state.live.errorView == .parts && ErrorPane().note(state).contains("in parts"))
    state.press(.character("b"))
    #expect(state.live.errorView == .bound && ErrorPane().note(state).contains("bound"))
    state.press(.character("b"))
    #expect(state.live.errorView == .dimension && ErrorPane().note(state).contains("dimension"))
    state.press(.character("b"))
    #expect(state.live.errorView == .collapse && ErrorPane().note(state).contains("collapse"))
    state.press(.character("b"))
    #expect(state.live.errorView == .refine && ErrorPane().note(state).contains("refine"))
    state.press(.character("b"))
    #expect(errorPane(state) == before)
  }

  @Test("Pictures have the error of every pixel, next to the score 0 and one Gaussian")
  func pixels() throws {
    var state = try Fixture.digits(marks: .ascii)
    for _ in 0..<8 { state.press(.character("b")) }
    #expect(state.live.errorView == .pixels && ErrorPane().note(state).contains("by pixel"))
    var canvas = Canvas(size: Size(columns: 80, rows: 40))
    ErrorPane().draw(state, into: &canvas, in: canvas.bounds)
    let lines = canvas.lines
    for name in ["network", "zero score", "one Gaussian"] {
      #expect(lines.contains { $0.hasPrefix("\(name): L2 ") && $0.contains("D_0.05") }, "\(name)")
    }
    #expect(lines.contains { $0.contains("square of a pixel's error") })
    let words = try #require(ErrorPane().words(state)).joined()
    #expect(words.contains("row 8, column 8") && words.contains("one Gaussian L2"))
    // A small pane has the pictures, a tiny one nothing that leaves it.
    for (columns, rows) in [(38, 9), (20, 5), (6, 2)] {
      var canvas = Canvas(size: Size(columns: columns, rows: rows))
      ErrorPane().draw(state, into: &canvas, in: canvas.bounds)
    }
    state.press(.character("b"))
    #expect(state.live.errorView == .noisyDistribution)
  }

  @Test("The Markov gap is a number on screen, and changes with delta")
  func markovGap() throws {
    var state = try Fixture.state()
    let level = try #require(state.run.snapshot?.probe?.levels[state.live.levelIndex])
    func gap() -> String {
      let delta = state.run.configuration.probe.delta
      return "Markov gap "
        + NumberText.short(level.l2 / (delta.squareRoot() * level.quantileError(delta: delta)))
    }
    let first = gap()
    #expect(errorPane(state)[0].contains(first))
    state.press(.character("D"))
    #expect(gap() != first && errorPane(state)[0].contains(gap()))
  }

  @Test(
    "D_delta has its interval; below 100 / delta points they are few, below 10 / delta it is unknown"
  )
  func quantileStanding() throws {
    func numbers(_ count: Int) throws -> String {
      var state = try Fixture.state()
      let level = try #require(state.run.snapshot?.probe?.levels[state.live.levelIndex])
      let errors = (1...count).map { Float($0) / Float(count) }
      let index = state.live.levelIndex
      state.run.snapshot?.measurements[ProbeMeasurement.self].value?.levels[index] =
        ScoreErrorDistribution(level: level.level, time: level.time, unsorted: errors)
      var canvas = Canvas(size: Size(columns: 100, rows: 9))
      ErrorPane().draw(state, into: &canvas, in: canvas.bounds)
      return canvas.lines.prefix(2).joined(separator: " ")
    }
    // Ranks 1880 and 1920 of 2000, and 184 and 197 of 200: binomial percent points by scipy.
    #expect(try numbers(2000).contains("D_0.05 0.95 (0.94, 0.96)  Markov gap"))
    #expect(try numbers(200).contains("D_0.05 0.95 (0.92, 0.99) few points  Markov gap"))
    let unknown = try numbers(199)
    #expect(unknown.contains("D_0.05 unknown: 199 of 200 points"))
    #expect(!unknown.contains("gap") && !unknown.contains("worst"))
  }

  @Test("An unknown D_delta is no curve and no mark")
  func unknownCurve() throws {
    var state = try Fixture.state(marks: .ascii)
    #expect(errorPane(state).contains { $0.contains("D_0.05") && $0.contains("L2") })
    state.run.configuration.probe.delta = 0.001
    let text = errorPane(state).joined(separator: "\n")
    #expect(text.contains("D_0.001 unknown: 2048 of 10000 points"))
    #expect(text.split(separator: "D_0.001 unknown").count == 3, "in the numbers and the legend")
  }

  @Test("w lists the worst points with error, log density and position in the user's units")
  func worst() throws {
    var state = try Fixture.state()
    state.run.snapshot?.data.coordinates = CoordinateFrame(
      names: ["length", "width"], offset: [100, 0], scale: [2, 1])
    state.press(.character("w"))
    let lines = errorPane(state)
    let head = try #require(
      lines.firstIndex { $0.hasPrefix("error     log q_t   length    width") })
    // The fixture's worst point is at (1, 2).
    #expect(lines[head + 1].hasPrefix("0.4       -1        102       2"))
    // In a low pane the table has all the room.
    var canvas = Canvas(size: Size(columns: 40, rows: 9))
    ErrorPane().draw(state, into: &canvas, in: canvas.bounds)
    #expect(canvas.lines.joined().contains("log q_t"))
    state.press(.character("w"))
    #expect(!errorPane(state).joined().contains("log q_t"))
  }

  @Test("c draws the samples by their error with a scale of numbers, and v goes back")
  func colors() throws {
    var state = try Fixture.state(marks: .ascii)
    let plain = samplesPane(state)
    state.press(.character("c"))
    #expect(SamplesPane().note(state).contains("errors of step 3980"))
    let lines = samplesPane(state)
    #expect(lines.contains { $0.contains("sigma ||s_hat - s||") && $0.contains("0011") })
    #expect(lines != plain)
    state.press(.character("v"))
    #expect(state.live.sampleView == .scatter && samplesPane(state) == plain)
  }

  @Test("On a line the error has an axis of its own")
  func oneDimension() throws {
    var state = try Fixture.state(dimension: 1)
    state.press(.character("c"))
    #expect(samplesPane(state)[0].hasPrefix("sigma ||s_hat - s||"))
  }

  @Test("Before anything is measured the panes say what they wait for")
  func waiting() throws {
    var state = try Fixture.state()
    state.run.snapshot?.measurements[SampleErrorsMeasurement.self].value = nil
    state.press(.character("b"), .character("c"))
    #expect(errorPane(state)[0].contains("at the network's own samples"))
    #expect(samplesPane(state).joined().contains("measuring the error at the samples"))
  }
}
