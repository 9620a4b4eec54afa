import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// The form follows the session, but never behind the user's back.
@Suite struct SessionMessageTests {
  @Test("Messages older than the last command leave the form alone")
  func staleMessages() throws {
    var state = try Fixture.state()
    let old = try #require(state.run.snapshot)
    state.selectedRow = "optimizer.learning_rate"
    state.press(.right)
    #expect(state.run.configuration.optimizer.learningRate == 0.002)
    state.receive(old, done: 0)
    #expect(state.run.configuration.optimizer.learningRate == 0.002)
    // The session has dealt with the command and kept its configuration: the form shows that.
    state.receive(old, done: 1)
    #expect(state.run.configuration == old.configuration)
  }

  @Test("A problem is shown once, though the messages repeat it, and the form goes back")
  func problem() throws {
    var state = try Fixture.state()
    let old = try #require(state.run.snapshot)
    state.selectedRow = "network.hidden"
    state.press(.right)
    state.receive(old, problem: "cannot do that", done: 1)
    #expect(state.notice == Notice(text: "cannot do that", role: .error))
    #expect(state.run.configuration == old.configuration)
    state.press(.tab)
    #expect(state.notice == nil)
    state.receive(old, problem: "cannot do that", done: 1)
    #expect(state.notice == nil)
  }

  @Test("A divergence stays on screen until the run goes on, also while the view is frozen")
  func divergence() throws {
    var state = try Fixture.state()
    state.press(.character("f"))
    let diverged = try Fixture.snapshot(
      dimension: 2,
      status: .diverged(Fixture.divergence(step: 9)))
    state.notice = Notice(text: "learning rate = 1, live", role: .accent)
    state.receive(diverged)
    #expect(state.notice == nil)
    #expect(state.screen.lines[0].contains("diverged"))
    // In full, on as many lines as it takes.
    #expect(state.screen.lines[22].contains("diverged at step 9"))
    #expect(state.screen.lines[23].contains("(learning rate 10)"))
    state.selectedRow = "optimizer.learning_rate"
    state.press(.character("1"), .left)
    #expect(joined(state.screen.lines).contains("Space goes on"))
    state.press(.space)
    #expect(!state.screen.lines.joined().contains("diverged"))
  }

  @Test("A message longer than the screen is wide is wrapped and whole", arguments: [60, 80, 160])
  func longProblem(columns: Int) throws {
    let names = (1...24).map { "kind_\($0)" }.joined(separator: ", ")
    let problem = "distribution.kind: expected \(names), found \"moons\""
    var state = try Fixture.state(columns: columns, rows: 24)
    state.receive(nil, problem: problem, done: 1)
    #expect(joined(state.screen.lines).contains(problem))
    // The keys are back in one line with the next key.
    state.press(.tab)
    #expect(
      state.screen.lines[23].contains("? help")
        && !joined(state.screen.lines).contains("kind_"))
  }

  @Test("What more than a third of the screen would take ends with an ellipsis")
  func endlessProblem() throws {
    var state = try Fixture.state(columns: 60, rows: 15)
    state.receive(nil, problem: String(repeating: "word ", count: 500), done: 1)
    let lines = state.screen.lines
    #expect(lines.count { $0.contains("word") } == 5 && lines[14].contains("…"))
  }

  @Test("The row being edited stays in view above a long message")
  func editingBeneathAMessage() throws {
    var state = try Fixture.state(columns: 60, rows: 15)
    state.press(.end, .enter)
    state.notice = Notice(text: String(repeating: "word ", count: 500), role: .error)
    let screen = state.screen
    let cursor = try #require(screen.cursor)
    #expect(screen.lines[cursor.y].contains("seed") && cursor.y < 10)
  }

  @Test("Help begins with the warnings of the run, in full")
  func warningsInHelp() throws {
    var state = try Fixture.state(columns: 60, rows: 15)
    let warning = "the horizon keeps " + String(repeating: "much of ", count: 12) + "the data"
    state.run.snapshot?.warnings = [warning]
    state.press(.character("?"))
    #expect(
      joined(state.screen.lines.map { String($0.dropFirst(2).dropLast(2)) }).contains(warning))
    state.run.snapshot?.warnings = []
    #expect(!state.screen.lines.joined().contains("This run"))
  }

  /// The words of lines, however they are broken.
  private func joined(_ lines: [String]) -> String {
    lines.joined(separator: " ").split { " |│║".contains($0) }.joined(separator: " ")
  }

  @Test("A new run puts the time cursor back to the data end")
  func restart() throws {
    var state = try Fixture.state()
    state.press(.character("<"))
    var next = try Fixture.snapshot(dimension: 2)
    state.receive(next)
    #expect(state.shownFrame == 0)
    next.progress.generation = 1
    state.receive(next)
    #expect(state.live.frame == nil)
  }

  @Test("Fewer noise levels pull the shown level into range")
  func levels() throws {
    var state = try Fixture.state()
    state.live.levelIndex = 5
    var next = try Fixture.snapshot(dimension: 2)
    next.configuration = try next.configuration.setting(["probe.levels=3"])
    state.receive(next)
    #expect(state.live.levelIndex == 2)
  }

  @Test("Every effect of a restart or a change is one command to the session")
  func counts() throws {
    var state = try Fixture.state()
    state.press(.space, .character("s"), .character("r"), .character("D"), .tab, .character("?"))
    #expect(state.run.commandsSent == 4)
  }
}
