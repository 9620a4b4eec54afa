import NumberFormatting
import ScoreCore
import ScoreTheory
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// The bound on samples: its terms with and without constants, and what is measured.
@Suite struct PathBoundViewTests {
  private func state(_ bound: PathBound) throws -> WorkbenchState {
    var state = try Fixture.state(marks: .ascii)
    state.live.errorView = .bound
    state.run.snapshot?.measurements[PathBoundMeasurement.self].value = bound
    return state
  }

  private func text(_ state: WorkbenchState) -> String {
    var canvas = Canvas(size: Size(columns: 100, rows: 24))
    ErrorPane().draw(state, into: &canvas, in: canvas.bounds)
    return canvas.lines.joined(separator: "\n")
  }

  @Test("Terms that are orders, terms with constants and the measured distance have a line each")
  func terms() throws {
    let terms = Fixture.pathBound
    let text = try text(state(.known(terms)))
    // delta / N is 0.05 / 6, of which 2,048 points know something: 10 / share is 1,200.
    let quantile = try #require(terms.worst(delta: 0.05)?.quantile)
    #expect(quantile.standing == .few)
    #expect(text.contains("eps \(NumberText.short(quantile.orderStatistic)) ("))
    #expect(text.contains("few points at t 0.001"))
    let order = terms.corollary(delta: 0.05)
    for value in [order.share, order.steps, order.start, terms.explicit.sum, terms.explicit.limit] {
      #expect(text.contains(NumberText.short(value)))
    }
    #expect(text.contains("measured TV") && text.contains("0.25; by chance 0.02, at most 0.03"))
    #expect(text.contains("D_0.00833, few points"), "the curve at all steps")
  }

  @Test("Too few points for delta / N are unknown, with the number that it takes")
  func unknown() throws {
    var terms = Fixture.pathBound
    terms.stepCount = 200
    let text = try text(state(.known(terms)))
    #expect(text.contains("unknown: delta/N 2.5e-4 needs 40000 probe points, not 2048"))
    #expect(terms.corollary(delta: 0.05).score == nil)
  }

  @Test("What the bound is not of says what to set, and before it is measured the pane waits")
  func missing() throws {
    #expect(try text(state(.missing(.process))).contains("set process.kind to it"))
    #expect(try text(state(.missing(.sampler))).contains("set sampler.kind to it"))
    var state = try state(.known(Fixture.pathBound))
    let words = try #require(ErrorPane().words(state)).joined(separator: " ")
    #expect(words.contains("measured TV 0.25") && words.contains("Cor. B.6"))
    state.run.snapshot?.measurements[PathBoundMeasurement.self].value = nil
    #expect(text(state).hasPrefix("measuring the terms of the bound"))
  }
}
