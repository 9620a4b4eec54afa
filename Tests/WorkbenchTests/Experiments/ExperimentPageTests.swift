import ScoreClaims
import ScoreCore
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// What keys and messages do on the experiment page, and what becomes of the live run meanwhile.
@Suite struct ExperimentPageTests {
  private static let standard = ExperimentFixture.configuration

  @Test("e opens the page with the list, and Enter starts the experiment chosen")
  func opens() throws {
    var state = try Fixture.state(columns: 100, rows: 48)
    #expect(state.press(.character("e")).isEmpty && state.page == .experiment)
    let lines = state.screen.lines.joined()
    for entry in ExperimentCatalog.all {
      #expect(lines.contains(entry.name) && lines.contains(entry.summary.prefix(30)))
    }
    #expect(state.chooseStandard() == [.send(.pause), .experiment(.start(Self.standard))])
    #expect(state.overlay == nil && state.run.status == .paused)
    // The footer is free for the page's keys.
    #expect(state.screen.lines[0].contains("training paused") && state.notice == nil)
  }

  @Test(
    "e and Esc leave it: the experiment stops and training goes on",
    arguments: [
      Key.character("e"), .escape,
    ])
  func leaves(key: Key) throws {
    var state = try ExperimentFixture.state()
    #expect(state.press(key) == [.experiment(.stop), .send(.resume)])
    #expect(state.page == .live && state.run.status == .training)
    // What was found stays on the page; r starts it again.
    state.press(.character("e"))
    #expect(state.screen.lines[0].contains("stopped"))
    #expect(state.screen.lines.joined().contains("Error against distance"))
    #expect(state.press(.character("r")) == [.send(.pause), .experiment(.start(Self.standard))])
  }

  @Test("A live run that was paused stays so", arguments: [SessionStatus.paused, .finished])
  func staysPaused(status: SessionStatus) throws {
    var state = try Fixture.state()
    state.receive(try Fixture.snapshot(dimension: 2, status: status))
    state.press(.character("e"))
    #expect(state.chooseStandard() == [.experiment(.start(Self.standard))])
    #expect(state.press(.escape) == [.experiment(.stop)])
    #expect(state.run.status == status)
  }

  @Test("Leaving without an experiment stops and resumes nothing")
  func leavesUnchosen() throws {
    var state = try Fixture.state()
    state.press(.character("e"), .escape)
    #expect(state.page == .experiment && state.overlay == nil)
    #expect(state.screen.lines.joined().contains("n chooses an experiment"))
    #expect(state.press(.character("r"), .space).isEmpty)
    #expect(state.press(.escape).isEmpty && state.page == .live && state.run.status == .training)
  }

  @Test("Esc leaves the zoom before the page, and each page has a focus of its own")
  func zoomAndFocus() throws {
    var state = try Fixture.state()
    state.press(.character("4"), .character("e"))
    state.chooseStandard()
    #expect(state.focus == 0)
    state.press(.character("3"), .character("z"))
    #expect(state.isZoomed && state.focus == 2)
    #expect(state.press(.escape).isEmpty && !state.isZoomed && state.page == .experiment)
    state.press(.escape)
    #expect(state.focus == 3)
  }

  @Test("Space pauses and resumes, and explains itself at the end")
  func pauses() throws {
    var state = try ExperimentFixture.state()
    #expect(state.footer.contains("Space pause"))
    #expect(state.press(.space) == [.experiment(.pause)])
    #expect(state.footer.contains("Space resume"))
    #expect(state.screen.lines[0].contains("paused"))
    #expect(state.press(.space) == [.experiment(.resume)])
    _ = update(&state, .experiment(ExperimentFixture.message(status: .finished)))
    #expect(state.press(.space).isEmpty && state.notice?.text.contains("finished") == true)
    #expect(state.screen.lines[0].contains("finished"))
  }

  @Test("r starts again, R with the next seed; the last report stays until the new one comes")
  func restarts() throws {
    var state = try ExperimentFixture.state()
    #expect(state.press(.character("r")) == [.experiment(.start(Self.standard))])
    var seeded = Self.standard
    seeded.seed = 8
    #expect(state.press(.character("R")) == [.experiment(.start(seeded))])
    #expect(state.screen.lines[0].contains("starting"))
    #expect(state.screen.lines.joined().contains("Error against distance"))
    // Messages of the first start are out of date.
    _ = update(&state, .experiment(ExperimentFixture.message(start: 1, status: .finished)))
    #expect(state.screen.lines[0].contains("starting"))
    _ = update(&state, .experiment(ExperimentFixture.message(start: 3)))
    #expect(state.screen.lines[0].contains("running") && state.screen.lines[0].contains("seed 8"))
  }

  @Test("A value changed in the form starts the experiment again with it")
  func edits() throws {
    var state = try ExperimentFixture.state()
    state.press(.down, .down)
    #expect(state.selectedRow == "separation")
    let larger = try Self.standard.setting(["separation=200"])
    #expect(state.press(.right) == [.experiment(.start(larger))])
    #expect(state.experiment.configuration == larger)
    state.press(.enter, .control("u"))
    state.type("350")
    let typed = try Self.standard.setting(["separation=350"])
    #expect(state.press(.enter) == [.experiment(.start(typed))] && state.editor == nil)
    #expect(state.screen.lines.joined().contains("350"))
  }

  @Test("A refused value stays in the editor with the reason, and nothing starts")
  func refuses() throws {
    var state = try ExperimentFixture.state()
    state.press(.down, .enter, .control("u"))
    state.type("999")
    #expect(state.press(.enter).isEmpty)
    #expect(state.editor?.text == "999" && state.notice?.role == .error)
    #expect(state.notice?.text.hasPrefix("switch point: ") == true)
    #expect(state.experiment.configuration == Self.standard)
  }

  @Test("An experiment that cannot start says why in a line on the page")
  func failures() throws {
    let message = "missing.csv: no such file"
    let state = try ExperimentFixture.state(
      message: ExperimentFixture.message(status: .failed(message), report: nil))
    #expect(state.screen.lines[0].contains("failed"))
    #expect(state.screen.lines.joined().contains("! \(message)"))
  }

  @Test("[ and ] go through figures and tables and round")
  func exhibits() throws {
    var state = try ExperimentFixture.state()
    let names = ["curves 1/4", "bars 2/4", "images 3/4", "table gaps 4/4"]
    for name in names {
      #expect(state.screen.lines.joined().contains(name))
      state.press(.character("]"))
    }
    #expect(state.screen.lines.joined().contains(names[0]))
    state.press(.character("["))
    #expect(state.screen.lines.joined().contains(names[3]))
  }

  @Test("S saves what is shown, a figure or a table, and says why not before there is one")
  func save() throws {
    var state = try ExperimentFixture.state()
    #expect(state.press(.character("S")) == [.save(.figure(ExperimentFixture.curves))])
    state.press(.character("["))
    let table = try #require(ExperimentFixture.report.tables.first)
    #expect(state.press(.character("S")) == [.save(.table(table))])
    var early = try ExperimentFixture.state(
      message: ExperimentFixture.message(report: nil))
    #expect(early.press(.character("S")).isEmpty)
    #expect(early.notice?.text == "there is no figure yet")
  }

  @Test("The focused pane scrolls to its end and no further, and afresh in the next pane")
  func scrolls() throws {
    var state = try ExperimentFixture.state(columns: 60, rows: 15)
    state.press(.character("3"), .character("["))
    let top = state.screen
    for _ in 0..<30 { state.press(.pageDown) }
    #expect(state.screen.lines.joined().contains("distribution 12"))
    let most = state.experiment.scroll
    state.press(.up)
    #expect(state.experiment.scroll == most - 1)
    for _ in 0..<30 { state.press(.pageUp) }
    #expect(state.notice?.text == "this is the top")
    state.notice = nil
    #expect(state.screen == top)
    state.press(.right, .right, .right, .right)
    #expect(state.experiment.columnScroll == 2)
    state.press(.character("2"))
    #expect(state.experiment.scroll == 0 && state.experiment.columnScroll == 0)
  }

  @Test(
    "Checks show verdict, value and basis, also without colour",
    arguments: [
      Marks.ascii, .braille,
    ])
  func checks(marks: Marks) throws {
    let state = try ExperimentFixture.state(columns: 160, rows: 48, marks: marks)
    let text = state.screen.lines.joined()
    for word in ["pass share of repeats", "FAIL excess", "open slope", "0.364; expected 0.3679"] {
      #expect(text.contains(word), "\(word)")
    }
    #expect(text.contains("claim: did not hold ─") || text.contains("claim: did not hold -"))
    #expect(text.contains("3 (95%: 2.75 to 3.25); expected at most 2.5"))
    for kind in [
      "Claim, decides the verdict (0/2)", "Agreement, another method (1/1)", "the code (1/1)",
    ] {
      #expect(text.contains(kind), "\(kind)")
    }
    #expect(text.contains("not measured yet; expected at least 0.5"))
  }

  @Test(
    "Claim, source and every caveat can be read at every size",
    arguments: [
      (60, 15), (80, 24), (160, 48),
    ])
  func claim(columns: Int, rows: Int) throws {
    var state = try ExperimentFixture.state(columns: columns, rows: rows)
    state.press(.character("4"))
    let text = state.screen.lines.joined(separator: " ")
    for word in ["nobody", "arXiv:0000.00000", "memory", "disputed"] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test("Progress shows units, time taken and to go, and the pace")
  func progress() throws {
    let text = try ExperimentFixture.state(columns: 160, rows: 48).screen.lines.joined()
    for word in ["40/100", "12 s taken, about 18 s to go", "drawing 1000", "3.5 units/s"] {
      #expect(text.contains(word), "\(word)")
    }
    #expect(ExperimentSetupPane.duration(0.2) == "under 1 s")
    #expect(ExperimentSetupPane.duration(125) == "2 min 5 s")
  }

  @Test("Help begins with what the page shows, and the footer says how to come and go")
  func help() throws {
    var state = try Fixture.state()
    #expect(state.footer.prefix(5).contains("e experiments"))
    state.press(.character("e"))
    state.chooseStandard()
    #expect(state.footer.contains("e back"))
    state.press(.character("?"))
    #expect(state.screen.lines.prefix(3).joined().contains("A claim of the theory"))
    state.type("/with a new seed")
    #expect(state.screen.lines.joined().contains("Experiment page"))
  }

  @Test("The program can open on the page of an experiment, with training paused")
  func opensAtStart() throws {
    var state = try Fixture.state(dimension: nil)
    let effects = openExperiment(Self.standard, &state)
    #expect(effects == [.send(.pause), .experiment(.start(Self.standard))])
    #expect(state.page == .experiment && state.overlay == nil && state.run.commandsSent == 1)
    #expect(state.press(.escape) == [.experiment(.stop), .send(.resume)])
  }

  @Test("An experiment that trains a run shows its settings, and they can be changed")
  func runRows() throws {
    for entry in ExperimentCatalog.all {
      let configuration = ExperimentConfiguration(entry.name)
      let paths = ExperimentForm.rows(of: configuration).map(\.field.path)
      #expect(Set(paths).count == paths.count)
      #expect(Set(entry.parameters.map(\.name)).isSubset(of: paths), "\(entry.name)")
      let hasRun = configuration.experiment.standardRun != nil
      #expect(paths.contains("run.optimizer.learning_rate") == hasRun, "\(entry.name)")
      #expect(!paths.contains("run.seed"))
    }
  }
}
