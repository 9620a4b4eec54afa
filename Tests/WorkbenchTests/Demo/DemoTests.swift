import Lessons
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// The workbench playing itself.
@Suite struct DemoTests {
  private static let scenes = DemoScene.all

  private func playing(columns: Int = 80, rows: Int = 24) throws -> (WorkbenchState, [Effect]) {
    var state = try Fixture.state(columns: columns, rows: rows)
    state.live.layout = .errors
    let effects = state.startDemo()
    return (state, effects)
  }

  /// Lets so many seconds pass, in ticks as the terminal gives them.
  private func pass(_ seconds: Int, _ state: inout WorkbenchState) -> [Effect] {
    var (effects, time) = ([Effect](), 0)
    while time < 1000 * seconds, let tick = state.tickMilliseconds {
      effects += state.send(.tick)
      time += tick
    }
    return effects
  }

  @Test("Every scene has a preset and a sentence of at most two lines on the smallest screen")
  func whole() {
    let presets = Set(PresetLibrary.builtIn.presets.map(\.name))
    for scene in Self.scenes {
      #expect(presets.contains(scene.preset))
      let lines = Marks.braille.wrap(scene.caption, width: 58, rows: 9)
      #expect(lines.count <= 2 && scene.caption.hasSuffix("."), "\(scene.caption)")
      #expect((8...20).contains(scene.seconds))
    }
    #expect(Set(Self.scenes.map(\.layout)) == Set(LiveLayout.allCases))
  }

  @Test(
    "Scenes follow one another with time, a run begins with each new preset, and the first returns")
  func plays() throws {
    var (state, effects) = try playing()
    #expect(effects.contains(.send(.resume)) && state.live.layout == .present)
    for (place, scene) in Self.scenes.enumerated() {
      #expect(state.demo?.current == scene)
      #expect(
        state.live.layout == scene.layout
          && state.live.sampleView.rawValue == scene.picture.view.rawValue)
      #expect(state.screen.lines[1].contains(scene.caption.prefix(30)), "\(scene.caption)")
      let next = Self.scenes[(place + 1) % Self.scenes.count]
      let begun = pass(scene.seconds, &state)
      let preset = try #require(PresetLibrary.builtIn.preset(named: next.preset))
      #expect(
        begun.contains(.send(.configure(preset.configuration))) == (next.preset != scene.preset))
    }
    #expect(state.demo?.current == Self.scenes[0])
  }

  @Test("Space stops its time, arrows go to other scenes, and the screen says so")
  func keys() throws {
    var (state, _) = try playing()
    state.press(.space)
    #expect(state.tickMilliseconds == nil && state.screen.lines[1].contains("paused"))
    _ = state.press(.right)
    #expect(state.demo?.current == Self.scenes[1])
    _ = state.press(.left)
    _ = state.press(.left)
    #expect(state.demo?.current == Self.scenes.last)
    state.press(.space)
    #expect(state.tickMilliseconds != nil)
    #expect(state.screen.lines[23].contains("Space pause"))
  }

  @Test(
    "Any other key or a click leaves it, does nothing else, and gives the layout back; a wheel does not"
  )
  func leaves() throws {
    for event in [
      InputEvent.key(.character("q")), .key(.escape), .key(.enter),
      .mouse(MouseEvent(.press, x: 3, y: 3)),
    ] {
      var (state, _) = try playing()
      #expect(state.memory.layout == .errors)
      state.send(.mouse(MouseEvent(.wheelUp, x: 3, y: 3)))
      state.send(.paste("x"))
      #expect(state.demo != nil)
      #expect(state.send(event) == [] && state.isRunning)
      #expect(state.demo == nil && state.live.layout == .errors && state.tickMilliseconds == nil)
      #expect(state.notice?.text.hasPrefix("the demo is left") == true)
    }
    var (state, _) = try playing()
    #expect(state.press(.control("c")) == [.send(.stop)] && !state.isRunning)
  }

  @Test("The sentence has room on every size", arguments: [(60, 15), (80, 24), (160, 48)])
  func sizes(size: (Int, Int)) throws {
    var (state, _) = try playing(columns: size.0, rows: size.1)
    for scene in Self.scenes {
      let lines = state.screen.lines[1...2].joined(separator: " ")
      let words = lines.split(separator: " ").joined(separator: " ")
      #expect(words.contains(scene.caption), "\(scene.caption)")
      _ = state.press(.right)
    }
  }
}
