import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// Nothing that was trained is lost by a slip, and training goes as fast as is asked for.
@Suite struct RunActionTests {
  @Test("u undoes a restart and U does it again, where there is something")
  func undo() throws {
    var state = try Fixture.state()
    #expect(state.press(.character("u")).isEmpty && state.press(.character("U")).isEmpty)
    #expect(state.notice?.text == "nothing was undone")
    state.selectedRow = "network.activation"
    state.press(.right)
    #expect(state.notice?.text.contains("u undoes it") == true)
    #expect(state.press(.character("u")) == [.send(.undo)])
    var undone = try Fixture.snapshot(dimension: 2)
    undone.canRedo = true
    state.receive(undone)
    #expect(state.press(.character("u")).isEmpty)
    #expect(state.press(.character("U")) == [.send(.redo)])
  }

  @Test("share shows the run with its edits as a code, or why it has none")
  func share() throws {
    var state = try Fixture.state()
    let log = try #require(state.run.snapshot?.log)
    let share = try #require(LineCommand.all.first { $0.name == "share" })
    #expect(try share.perform(&state, "").isEmpty)
    #expect(state.notice?.text == (try SharedRun(log).code()))
    state.run.snapshot?.log.entries = try (1...60).map {
      .init(
        executedSteps: $0,
        action: .configure(
          try log.start.setting(["sampler.steps=\(100 + $0)", "sampler.count=\($0)"])))
    }
    #expect {
      try share.perform(&state, "")
    } throws: { error in
      guard let error = error as? LineError else { return false }
      return error.message.hasPrefix("the code would have ")
        && error.message.hasSuffix(":save writes it as run.yaml")
    }
    state.run.snapshot = nil
    #expect(throws: LineError(message: "there is no run yet")) { try share.perform(&state, "") }
  }

  @Test("The pace goes down and up by keys and by name, and the header says it")
  func pace() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    #expect(state.press(.character("=")).isEmpty)
    #expect(state.press(.character("_")) == [.send(.pace(.stepsPerSecond(1000)))])
    #expect(state.press(.character("_")) == [.send(.pace(.stepsPerSecond(500)))])
    #expect(state.screen.lines[0].contains("at most 500/s"))
    state.press(.character("="))
    #expect(state.press(.character("=")) == [.send(.pace(.full))])
    for _ in 0..<20 { state.press(.character("_")) }
    #expect(state.run.pace == .stepsPerSecond(1))
    #expect(state.carryOut(line: "speed 250") == [.send(.pace(.stepsPerSecond(250)))])
    #expect(state.press(.character("_")) == [.send(.pace(.stepsPerSecond(200)))])
    #expect(state.carryOut(line: "speed full") == [.send(.pace(.full))])
    #expect(state.carryOut(line: "speed 0").isEmpty && state.notice?.role == .error)
  }

  @Test("A pause can be set at a step to come")
  func pauseAt() throws {
    var state = try Fixture.state()
    #expect(state.carryOut(line: "pause_at 5000") == [.send(.pauseAt(step: 5000))])
    #expect(state.carryOut(line: "pause_at never") == [.send(.pauseAt(step: nil))])
    #expect(state.carryOut(line: "pause_at 4000").isEmpty)
    #expect(state.notice?.text.contains("a step after 4,000") == true)
  }

  @Test("W and :save write the run; what was written is said, and why it could not be")
  func save() throws {
    var state = try Fixture.state()
    #expect(state.press(.character("W")) == [.send(.save(folder: nil))])
    #expect(state.carryOut(line: "save my run") == [.send(.save(folder: "my run"))])
    var message = SessionMessage(
      snapshot: try Fixture.snapshot(dimension: 2), report: "saved in x: y", commandsDone: 1)
    _ = update(&state, .session(message))
    #expect(state.notice == Notice(text: "saved in x: y", role: .good))
    (message.report, message.problem, message.commandsDone) = (nil, "x: no", 2)
    _ = update(&state, .session(message))
    #expect(state.notice == Notice(text: "x: no", role: .error) && state.isRunning)
  }

  /// A state with so many seconds of training in no folder.
  private func state(unsaved seconds: Double) throws -> WorkbenchState {
    var state = try Fixture.state()
    var snapshot = try Fixture.snapshot(dimension: 2)
    snapshot.progress.unsavedSeconds = seconds
    state.receive(snapshot)
    return state
  }

  @Test("q asks where a minute of training is not saved, and Esc stays")
  func asks() throws {
    var short = try state(unsaved: 59)
    #expect(short.press(.character("q")) == [.send(.stop)] && !short.isRunning)
    var long = try state(unsaved: 61)
    #expect(long.press(.character("q")).isEmpty && long.isRunning)
    #expect(long.screen.lines.joined().contains("61 s of training are not saved"))
    #expect(long.press(.escape).isEmpty && long.overlay == nil && long.isRunning)
    #expect(long.press(.character("q"), .end, .down, .enter) == [.send(.stop)])
    #expect(!long.isRunning)
    var interrupted = try state(unsaved: 61)
    #expect(interrupted.press(.control("c")) == [.send(.stop)] && !interrupted.isRunning)
  }

  @Test("Saved first, the program ends when the run is written, and stays where it cannot be")
  func savesAndQuits() throws {
    for problem in [nil, "no space left"] {
      var state = try state(unsaved: 61)
      #expect(state.press(.character("q"), .enter) == [.send(.save(folder: nil))])
      #expect(state.isRunning)
      let message = SessionMessage(
        snapshot: try Fixture.snapshot(dimension: 2), problem: problem,
        report: problem == nil ? "saved" : nil, commandsDone: state.run.commandsSent)
      let effects = update(&state, .session(message))
      #expect(state.isRunning == (problem != nil))
      #expect(effects == (problem == nil ? [.send(.stop)] : []))
    }
  }

  @Test("Warnings are counted in the first row at every size, and ! shows them in full")
  func warnings() throws {
    for (columns, rows) in [(60, 15), (80, 24), (160, 48)] {
      var state = try Fixture.state(columns: columns, rows: rows)
      #expect(state.screen.lines[0].contains("! 1 warning"))
      state.press(.character("!"))
      #expect(state.screen.lines.joined().contains("the horizon is short"))
      state.press(.down, .escape)
      #expect(state.overlay == nil && state.isRunning)
      state.run.snapshot?.warnings = []
      #expect(state.press(.character("!")).isEmpty && state.overlay == nil)
      #expect(!state.screen.lines[0].contains("warning"))
    }
  }

  @Test("On leaving, the command line that gives the same run, with edits as comments")
  func farewell() throws {
    let start = try Fixture.configuration(dimension: 2)
    var state = try Fixture.state()
    state.run.snapshot?.curve.edits = []
    #expect(
      state.farewell(given: ["my run.yaml"], start) == [
        "scorefield train 'my run.yaml' --steps 4000"
      ])
    state.run.snapshot?.configuration = try start.setting(
      ["network.hidden=[8, 8]", "optimizer.learning_rate=0.002"])
    state.run.snapshot?.curve.edits = [
      EditMark(step: 1500, label: "learning_rate 0.001 -> 0.002")
    ]
    var log = RunLog(start: try start.setting(["network.hidden=[8, 8]"]))
    log.entries = [
      .init(
        executedSteps: 1500,
        action: .configure(try log.start.setting(["optimizer.learning_rate=0.002"])))
    ]
    state.run.snapshot?.log = log
    let lines = state.farewell(given: [], start)
    let code = try SharedRun(log).code()
    #expect(code.hasSuffix("/@1500/optimizer.learning_rate=0.002"))
    #expect(lines[0] == "scorefield train \(code) --steps 4000")
    #expect(lines[2] == "#   step 1500: learning_rate 0.001 -> 0.002")
    state.run.snapshot?.progress.step = 0
    #expect(state.farewell(given: [], start).isEmpty)
  }
}
