import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// One test a key: what changes when it is pressed.
@Suite struct KeyEffectTests {
  @Test("Tab, Shift-Tab and digits move the focus")
  func focus() throws {
    var state = try Fixture.state()
    state.press(.tab)
    #expect(state.focus == 1)
    state.press(.backTab, .backTab)
    #expect(state.focus == 3)
    state.press(.tab)
    #expect(state.focus == 0)
    for digit in 1...4 {
      state.press(.character(Character("\(digit)")))
      #expect(state.focus == digit - 1)
    }
  }

  @Test("Space pauses and resumes, twice in a row before any answer too")
  func pause() throws {
    var state = try Fixture.state()
    #expect(state.press(.space) == [.send(.pause)])
    #expect(state.press(.space) == [.send(.resume)])
    #expect(state.press(.space) == [.send(.pause)])
    // Messages from before the first press say nothing about the last.
    state.receive(try Fixture.snapshot(dimension: 2), done: 0)
    #expect(state.run.status == .paused)
    #expect(state.screen.lines[0].contains("paused"))
    state.receive(try Fixture.snapshot(dimension: 2, status: .training), done: 3)
    #expect(state.run.status == .training)
  }

  @Test("The footer says what Space does now")
  func footerOfPause() throws {
    var state = try Fixture.state()
    #expect(state.footer.contains("Space pause"))
    state.press(.space)
    #expect(state.footer.contains("Space resume"))
    #expect(!state.footer.contains("Space pause"))
    state.press(.space)
    #expect(state.footer.contains("Space pause"))
  }

  @Test("Space resumes a diverged run, and one that paused at its step limit")
  func pauseAtEnds() throws {
    var state = try Fixture.state()
    let divergence = Fixture.divergence(step: 9)
    state.receive(try Fixture.snapshot(dimension: 2, status: .diverged(divergence)))
    #expect(state.press(.space) == [.send(.resume)])
    state.receive(try Fixture.snapshot(dimension: 2, status: .finished))
    #expect(state.footer.contains("Space resume"))
    #expect(state.press(.space) == [.send(.resume)] && state.run.status == .training)
  }

  @Test("s steps, r restarts with the seed, R with the next one")
  func session() throws {
    var state = try Fixture.state()
    #expect(state.press(.character("s")) == [.send(.step(count: 1))])
    #expect(state.press(.character("S")) == [.send(.step(count: 10))])
    #expect(state.press(.character("r")) == [.send(.restart(seed: 7))])
    #expect(state.press(.character("R")) == [.send(.restart(seed: 8))])
    #expect(state.press(.character("R")) == [.send(.restart(seed: 9))])
    #expect(state.run.configuration.seed == 9)
  }

  @Test("z zooms, and z or Esc goes back")
  func zoom() throws {
    var state = try Fixture.state()
    for back in [Key.character("z"), .escape] {
      state.press(.character("z"))
      #expect(state.isZoomed)
      state.press(back)
      #expect(!state.isZoomed)
    }
  }

  @Test("f freezes the view but not what is known of the session")
  func freeze() throws {
    var state = try Fixture.state()
    state.press(.character("f"))
    var later = try Fixture.snapshot(dimension: 2, status: .paused)
    later.progress.step = 9000
    state.receive(later)
    #expect(state.run.snapshot?.step == 4000)
    #expect(state.press(.space) == [.send(.resume)])
    state.press(.character("f"))
    state.receive(later)
    #expect(state.run.snapshot?.step == 9000)
  }

  @Test("m goes round the marks the terminal has, t round the themes")
  func looks() throws {
    var state = try Fixture.state()
    state.availableMarks = [.braille, .ascii]
    state.press(.character("m"))
    #expect(state.marks == .ascii)
    state.press(.character("m"))
    #expect(state.marks == .braille)
    state.press(.character("t"))
    #expect(state.themeIndex == 1)
    state.press(.character("t"))
    #expect(state.themeIndex == 0)
  }

  @Test("y and Y change the axes of the loss from any pane")
  func lossAxes() throws {
    var state = try Fixture.state()
    state.press(.character("y"))
    #expect(state.live.isLossLogarithmic && !state.live.isStepLogarithmic)
    state.press(.character("Y"), .character("y"))
    #expect(!state.live.isLossLogarithmic && state.live.isStepLogarithmic)
  }

  @Test("[ and ] walk over the noise levels and stop at both ends, arrows do in the pane")
  func levels() throws {
    var state = try Fixture.state()
    for keys in [(Key.character("["), Key.character("]")), (.left, .right)] {
      state.focus = 2
      for _ in 0..<9 { state.press(keys.0) }
      #expect(state.live.levelIndex == 0)
      state.press(keys.1)
      #expect(state.live.levelIndex == 1)
      for _ in 0..<9 { state.press(keys.1) }
      #expect(state.live.levelIndex == 5)
    }
  }

  @Test("d and D move delta by 1, 2, 5 to its limits, live")
  func delta() throws {
    var state = try Fixture.state()
    let expected = try state.run.configuration.setting(["probe.delta=0.1"])
    #expect(state.press(.character("D")) == [.send(.configure(expected))])
    #expect(state.notice?.text.contains("restarted") == false)
    state.press(.character("d"), .character("d"))
    #expect(state.run.configuration.probe.delta == 0.02)
    for _ in 0..<30 { state.press(.character("d")) }
    #expect(state.run.configuration.probe.delta == 1e-4)
    #expect(state.press(.character("d")).isEmpty)
    for _ in 0..<30 { state.press(.character("D")) }
    #expect(state.run.configuration.probe.delta == 0.5)
  }

  @Test("v goes round the views there are of the data, x shows the exact-score run")
  func samples() throws {
    var state = try Fixture.state()
    let plane: [SampleView] = [.density, .trajectories, .score, .scatter]
    let cases = [
      (state, plane),
      (try Fixture.state(dimension: 5), Array(plane.prefix(2)) + [.matrix, .scatter]),
      (try Fixture.digits(), Array(plane.prefix(2)) + [.matrix, .pictures, .denoising, .scatter]),
    ]
    for (start, views) in cases {
      var state = start
      for view in views {
        state.press(.character("v"))
        #expect(state.live.sampleView == view)
      }
    }
    state.press(.character("x"))
    #expect(state.live.showsExactScoreRun)
    state.press(.character("x"))
    #expect(!state.live.showsExactScoreRun)
  }

  @Test(
    "The exact-score run is said not to be there in views that cannot show it",
    arguments: ["g", "vv", "c"])
  func noExactScoreRun(keys: String) throws {
    var state = try Fixture.state()
    state.type(keys)
    let before = state.screen
    state.press(.character("x"))
    #expect(state.notice?.text.contains("no exact-score run") == true)
    state.notice = nil
    #expect(!state.live.showsExactScoreRun && state.screen == before)
  }

  @Test("The time cursor moves by keys, to both ends, and plays")
  func time() throws {
    var state = try Fixture.state()
    state.focus = 3
    #expect(state.shownFrame == 8)
    state.press(.character(","))
    #expect(state.shownFrame == 7)
    state.press(.left, .character("."))
    #expect(state.shownFrame == 7)
    state.press(.character("<"))
    #expect(state.shownFrame == 0)
    state.press(.left)
    #expect(state.shownFrame == 0)
    state.press(.right)
    #expect(state.shownFrame == 1)
    state.press(.character(">"))
    #expect(state.live.frame == nil && state.shownFrame == 8)
    state.press(.character("a"))
    #expect(state.live.isAnimating && state.shownFrame == 0)
    for _ in 0..<3 { state.send(.tick) }
    #expect(state.shownFrame == 3)
    for _ in 0..<6 { state.send(.tick) }
    #expect(state.shownFrame == 0)
    state.press(.character("a"))
    state.send(.tick)
    #expect(!state.live.isAnimating && state.shownFrame == 0)
  }

  @Test("q closes help first, then quits; Ctrl-C always quits; Esc never")
  func quitting() throws {
    var state = try Fixture.state()
    state.press(.character("?"))
    #expect(state.overlay == .help(HelpView()))
    state.press(.character("q"))
    #expect(state.overlay == nil && state.isRunning)
    state.press(.function(1), .character("?"))
    #expect(state.overlay == nil && state.isRunning)
    for _ in 0..<5 { state.press(.escape) }
    #expect(state.isRunning)

    var quitting = state
    #expect(quitting.press(.character("q")) == [.send(.stop)])
    #expect(!quitting.isRunning)

    for keys in [[], [Key.character("?")], [.enter], [.end, .enter], [.character("z")]] {
      var state = try Fixture.state()
      for key in keys { state.press(key) }
      #expect(state.isRunning)
      #expect(state.press(.control("c")) == [.send(.stop)])
      #expect(!state.isRunning)
    }
  }

  @Test("A signal stops")
  func terminate() throws {
    var state = try Fixture.state()
    #expect(update(&state, .input(.terminate(signal: 15))) == [.send(.stop)])
    #expect(!state.isRunning)
  }

  @Test("A click focuses the pane under it, the wheel moves in the form")
  func mouse() throws {
    var state = try Fixture.state()
    state.send(.mouse(MouseEvent(.press, x: 79, y: 20)))
    #expect(state.focus == 3)
    let before = state.selectedRow
    state.send(.mouse(MouseEvent(.wheelDown, x: 3, y: 3)))
    #expect(state.selectedRow != before)
    state.send(.mouse(MouseEvent(.wheelUp, x: 3, y: 3)))
    #expect(state.selectedRow == before)
    state.send(.mouse(MouseEvent(.press, x: 500, y: -3)))
    #expect(state.focus == 3)
  }
}
