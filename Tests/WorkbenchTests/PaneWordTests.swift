import TermPlot
import Testing

@testable import ScoreCore
@testable import ScoreLab
@testable import Workbench

/// What a pane shows, in words.
@Suite struct PaneWordTests {
  private func words(_ state: inout WorkbenchState) -> [String] {
    state.press(.character("\""))
    guard case .text(let text)? = state.overlay else { return [] }
    return text.paragraphs
  }

  @Test("The loss says where it came from and stands, its floor, held-out losses, band and edits")
  func loss() throws {
    var state = try Fixture.state()
    state.focus = 1
    let words = words(&state)
    // Held-out excess 0.5 / 10 above the floor of 0.75, by the fixture.
    #expect(words[0].hasPrefix("Loss: falls from "))
    #expect(
      words[0].contains(" over 4,000 steps, Bayes floor 0.75; newest held-out 0.8 at step 4,000"))
    #expect(words[0].contains("band of batches "))
    #expect(words[1] == "Changed at step 1,500: learning_rate 0.001 -> 0.002.")
    #expect(state.screen.lines.joined().contains("Loss in words"))
    state.press(.character("x"))
    #expect(state.overlay == nil)
  }

  @Test("The errors say their level with all numbers, and how they go over the levels")
  func error() throws {
    var state = try Fixture.state()
    state.focus = 2
    let words = words(&state)
    // The fixture's third level has errors 0.4 u^2 of 2,048 points.
    #expect(words[0].hasPrefix("Error at noise level 3 of 6, time 0.05: L2 0.179, D_0.05 0.361"))
    #expect(words[0].contains("half of the 2,048 points have an error below 0.1."))
    #expect(words[1].contains("L2 falls from 0.403 to 0.0224"))
  }

  @Test("Every pane of every page has words, and a form those of its row")
  func everyPane() throws {
    for page in PageCatalog.all {
      for index in page.panes.indices {
        var state = try Fixture.state(of: page)
        #expect(state.page == page.id)
        state.focus = index
        let words = words(&state)
        #expect(!words.joined().isEmpty, "\(page.panes[index].title)")
      }
    }
    var state = try Fixture.state()
    state.press(.down)
    #expect(words(&state)[0] == "Row 2 of \(state.formLines.count): batch is 256.")
  }

  @Test("A plot without words of its own says its axes and its points")
  func samples() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.focus = 3
    let words = words(&state)
    #expect(words[0] == "Samples at t 0.001, step 3980.")
    #expect(words.contains { $0.contains("learned: 200 points about (") })
  }
}
