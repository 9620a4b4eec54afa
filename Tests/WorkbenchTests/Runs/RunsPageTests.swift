import RunDatabase
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// The page of the runs that are kept.
@Suite struct RunsPageTests {
  private func names(_ state: WorkbenchState) -> [String] {
    let listing = state.listedRuns
    return (0..<listing.count).map { listing[$0].name }
  }

  private func text(_ state: WorkbenchState) -> String {
    state.screen.lines.joined(separator: "\n")
  }

  @Test("o opens the page, o and Esc leave it, and training goes on")
  func comesAndGoes() throws {
    for key in [Key.character("o"), .escape] {
      var state = try Fixture.state()
      #expect(state.libraryRequest == nil)
      #expect(state.press(.character("o")).isEmpty && state.page == .runs)
      #expect(text(state).contains("reading ..."))
      #expect(state.press(key).isEmpty && state.page == .live)
      #expect(state.run.status == .training && state.libraryRequest == nil)
    }
  }

  @Test("What is asked for is what the screen shows: rows in view, and the runs looked at")
  func request() throws {
    var state = try RunsFixture.state()
    #expect(state.libraryRequest?.pictures == (1...8).map(RunsFixture.id))
    #expect(state.libraryRequest?.runs == [RunsFixture.id(1)])
    state.press(.down, .character("c"), .down, .character("c"))
    #expect(state.libraryRequest?.runs == [2, 3].map(RunsFixture.id))
    state.press(.character("s"))
    #expect(state.libraryRequest?.order == .created)
    state.receive(try RunsFixture.message(count: 5000))
    let rows = try #require(state.libraryRequest?.pictures)
    #expect(rows.count < 24 && rows.contains(RunsFixture.id(3)))
    state.press(.character("1"), .end)
    #expect(state.libraryRequest?.pictures.contains(RunsFixture.id(5000)) == true)
    #expect(state.listedRuns.selected?.name == "two_moons-5000")
  }

  @Test("The filter narrows the list at every key; Esc gives up what is typed, then shows all")
  func filters() throws {
    var state = try RunsFixture.state()
    state.press(.character("/"))
    #expect(names(state).count == 9)
    state.type("checker")
    #expect(names(state) == ["checkerboard-3", "checkerboard-6", "checkerboard-9"])
    state.type(" 6")
    #expect(names(state) == ["checkerboard-6"])
    #expect(state.listedRuns.selected?.name == "checkerboard-6")
    state.press(.escape)
    #expect(names(state).count == 9 && state.page == .runs)
    state.press(.character("/"))
    state.type("TRIED")
    state.press(.enter)
    #expect(names(state) == ["two_moons-1", "two_moons-5", "checkerboard-9"])
    #expect(state.screen.lines[0].contains("/TRIED"))
    state.press(.character("/"))
    state.type(" nowhere")
    #expect(text(state).contains("no run has these words"))
    state.press(.escape, .escape)
    #expect(names(state).count == 9 && state.page == .runs)
    state.press(.escape)
    #expect(state.page == .live)
  }

  @Test("Enter goes on with the run and leaves the page; the run that is trained is not opened")
  func opens() throws {
    var state = try RunsFixture.state()
    state.press(.down)
    #expect(state.press(.enter) == [.send(.open(RunsFixture.id(2)))] && state.page == .live)
    var own = try RunsFixture.state()
    var snapshot = try Fixture.snapshot(dimension: 2)
    snapshot.runs = RunTree([try RunsFixture.stored(1).record])
    snapshot.runs.moveHead(to: RunsFixture.id(1))
    own.receive(snapshot)
    #expect(own.press(.enter).isEmpty && own.page == .runs)
    #expect(own.notice?.text.contains("is the run that is trained") == true)
    #expect(own.press(.character("D")).isEmpty && own.overlay == nil)
    #expect(own.notice?.text.contains("open another one first") == true)
  }

  @Test("A branch begins at a step with values that are typed; what does not fit is said")
  func branches() throws {
    var state = try RunsFixture.state()
    state.press(.down, .character("b"))
    #expect(state.overlay?.line?.text == "branch 6000 ")
    state.type("optimizer.learning_rate=0.01 optimizer.batch=32")
    #expect(
      state.press(.enter) == [
        .send(
          .branch(
            RunsFixture.id(2), executedStep: 6000,
            changes: ["optimizer.learning_rate=0.01", "optimizer.batch=32"]))
      ])
    #expect(state.page == .live)
    for (line, reason) in [
      ("branch", "takes a step"), ("branch x", "takes a step"), ("branch 5 fast", "KEY=VALUE"),
    ] {
      var state = try RunsFixture.state()
      state.press(.character(":"))
      state.type(line)
      #expect(state.press(.enter).isEmpty && state.page == .runs)
      #expect(state.notice?.text.contains(reason) == true, "\(line)")
      var live = try Fixture.state()
      live.press(.character(":"))
      live.type(line)
      #expect(live.press(.enter).isEmpty)
      #expect(live.notice?.text.contains("for the page of the runs") == true)
    }
  }

  @Test("Names, tags and notes are typed; what cannot be one is said before anything is asked for")
  func names() throws {
    var state = try RunsFixture.state()
    state.press(.character("n"))
    #expect(state.overlay?.line?.text == "rename two_moons-1")
    state.press(.control("u"))
    state.type("rename best")
    #expect(state.press(.enter) == [.library(.rename(RunsFixture.id(1), "best"))])
    state.press(.character("T"))
    #expect(state.overlay?.line?.text == "tag good tried")
    state.type(" again good")
    #expect(
      state.press(.enter) == [.library(.tag(RunsFixture.id(1), ["again", "good", "tried"]))])
    state.press(.character("N"))
    state.type("a note, with words")
    #expect(state.press(.enter) == [.library(.note(RunsFixture.id(1), "a note, with words"))])
    let long = String(repeating: "a", count: 61)
    for line in ["rename two words", "rename ", "tag a/b", "rename \(long)"] {
      state.press(.character(":"))
      state.type(line)
      #expect(state.press(.enter).isEmpty)
      #expect(state.notice?.role == .error, "\(line)")
    }
    // What came of it is said once.
    var message = try RunsFixture.message()
    (message.commandsDone, message.problem) = (1, "another run is called best")
    state.receive(message)
    #expect(state.notice?.text == "another run is called best")
    state.press(.down)
    state.receive(message)
    #expect(state.notice == nil)
  }

  @Test("A deletion asks, takes the run out of the curves, and can be undone")
  func deletes() throws {
    var state = try RunsFixture.state(chosen: 3)
    state.press(.down, .character("D"))
    #expect(text(state).contains("Delete two_moons-2?"))
    #expect(state.press(.enter).isEmpty && state.overlay == nil)
    #expect(state.press(.delete, .down, .escape).isEmpty && state.overlay == nil)
    #expect(
      state.press(.delete, .down, .enter)
        == [.library(.delete(RunsFixture.id(2), isOwn: false))])
    #expect(state.runsPage.chosen == [1, 3].map(RunsFixture.id))
    #expect(state.press(.character("u")).isEmpty)
    #expect(state.notice?.text.contains("nothing was deleted") == true)
    var message = try RunsFixture.message()
    message.deleted = [.init(run: RunsFixture.id(2), name: "two_moons-2")]
    state.receive(message)
    #expect(state.footer.contains("u undo"))
    #expect(state.press(.character("u")) == [.library(.restore)])
  }

  @Test("Up to six runs are drawn over each other by letter, with what differs in a table")
  func compares() throws {
    var state = try RunsFixture.state(columns: 160, rows: 48)
    for _ in 0..<6 { state.press(.character("c"), .down) }
    #expect(state.runsPage.chosen == (1...6).map(RunsFixture.id))
    state.press(.character("c"))
    #expect(state.runsPage.chosen.count == 6)
    #expect(state.notice?.text.contains("6 runs are drawn over each other, no more") == true)
    let table = try #require(RunSettingsPane().table(state))
    #expect(table.columns == ["", "A", "B", "C", "D", "E", "F"])
    #expect(table.rows[0] == ["steps", "12,000", "6,000", "4,000", "3,000", "2,400", "2,000"])
    let seeds = try #require(table.rows.first { $0[0] == "seed" })
    #expect(seeds == ["seed", "1", "2", "3", "4", "5", "6"])
    let batches = try #require(table.rows.first { $0[0] == "batch" })
    #expect(batches.dropFirst() == ["65", "66", "67", "68", "69", "70"])
    #expect(!table.rows.contains { $0[0] == "hidden" })
    let plot = try #require(state.plots(ofPane: 1).first)
    #expect(plot.seriesNames.contains("A two_moons-1"))
    #expect(plot.seriesNames.contains("F checkerboard-6"))
    state.press(.character("]"))
    #expect(RunCurvesPane().note(state) == "l2 2/3")
    state.press(.character("["), .character("["))
    #expect(RunCurvesPane().note(state) == "mmd 3/3")
    state.press(.character("C"))
    #expect(state.runsPage.chosen.isEmpty && RunSettingsPane().table(state) == nil)
    #expect(text(state).contains("optimizer.learning_rate 0.0068359375"))
  }

  @Test("Rows and heads take clicks: a row is selected, then opened, a head sorts")
  func clicks() throws {
    var state = try RunsFixture.state()
    let rows = state.areas(of: 0) { if case .action = $0 { true } else { false } }
    let row = try #require(rows.first { $0.y == 5 })
    state.click(row)
    #expect(state.listedRuns.selection == 2)
    #expect(state.click(row) == [.send(.open(RunsFixture.id(3)))])
    var sorted = try RunsFixture.state()
    let head = try #require(rows.first { $0.y == 2 })
    sorted.click(head)
    #expect(sorted.runsPage.order == .name)
  }

  @Test("The panes say in words what they show")
  func words() throws {
    var state = try RunsFixture.state(chosen: 2)
    let list = try #require(RunListPane().words(state))
    #expect(list[0].hasPrefix("Selected: A, two_moons-1: 12,000 steps, loss 0.8125, worst L2 0.5"))
    let settings = try #require(RunSettingsPane().words(state))
    #expect(settings[0] == "A is two_moons-1, B is two_moons-2.")
    #expect(settings.contains("seed: A 1, B 2."))
    #expect(settings.contains { $0.hasPrefix("batch: A 65") })
    state.press(.character("2"), .character("\""))
    #expect(text(state).contains("Curves in words"))
  }

  @Test("Without a store the page says so, and without runs too")
  func empty() throws {
    var state = try Fixture.state()
    state.press(.character("o"))
    state.runsPage.absence = "the store is off, so no run is kept"
    #expect(text(state).contains("the store is off"))
    state.runsPage.absence = nil
    var message = LibraryMessage()
    message.isWhole = true
    state.receive(message)
    #expect(text(state).contains("no run is kept yet"))
    for key in [Key.enter, .down, .character("c"), .character("b"), .character("D")] {
      #expect(state.press(key).isEmpty && state.notice?.text == "there is no run", "\(key)")
    }
  }
}
