import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// What is typed after a colon.
@Suite struct PromptTests {
  private func enter(_ line: String, _ state: inout WorkbenchState) -> [Effect] {
    state.press(.character(":"))
    state.type(line)
    return state.press(.enter)
  }

  private func line(_ state: WorkbenchState) -> String? {
    guard case .prompt(let prompt)? = state.overlay else { return nil }
    return prompt.line.text
  }

  @Test(
    "A key is set as in a file, with and without the word",
    arguments: ["set optimizer.learning_rate=0.004", "optimizer.learning_rate = 0.004"])
  func sets(text: String) throws {
    var state = try Fixture.state()
    let effects = enter(text, &state)
    #expect(state.run.configuration.optimizer.learningRate == 0.004)
    #expect(effects == [.send(.configure(state.run.configuration))])
    #expect(state.overlay == nil && state.selectedRow == "optimizer.learning_rate")
  }

  @Test("Every command of the page can be typed by its name")
  func commands() throws {
    for page in PageCatalog.all {
      for (command, _) in CommandRegistry.placed(on: page) {
        var state = try Fixture.state()
        if let opener = page.opener { _ = state.perform(opener) }
        state.overlay = nil
        _ = enter(command.id.description, &state)
        #expect(state.notice?.role != .error, "\(command.id): \(state.notice?.text ?? "")")
      }
    }
  }

  @Test("theme, marks and help take a name; a word that is none names what there is")
  func words() throws {
    var state = try Fixture.state()
    _ = enter("marks ascii", &state)
    #expect(state.marks == .ascii)
    _ = enter("marks dots", &state)
    #expect(state.notice?.role == .error && state.notice?.text.contains("half_block") == true)
    state.themes[1].name = "other"
    _ = enter("theme other", &state)
    #expect(state.themeIndex == 1)
    _ = enter("help D_delta", &state)
    #expect(state.screen.lines.joined().contains("quantile of the error"))
  }

  @Test(
    "What cannot be done says why and changes nothing",
    arguments: [
      ("set optimizer.learning_rate=fast", "expected a number from 1e-08 to 100"),
      ("set nothing=1", "nothing is no key"), ("set", "set takes KEY=VALUE"),
      ("run.pause now", "takes nothing behind it"), ("figures.next", "no command of this page"),
      ("theme", "themes: "),
    ])
  func refusals(text: String, reason: String) throws {
    var state = try Fixture.state()
    let before = state.run.configuration
    #expect(enter(text, &state).isEmpty && state.run.configuration == before)
    let notice = try #require(state.notice)
    #expect(notice.role == .error && notice.text.contains(reason), "\(notice.text)")
  }

  @Test("Tab goes round what is possible, Shift-Tab back, and behind a whole word to its values")
  func completes() throws {
    var state = try Fixture.state()
    state.press(.character(":"))
    state.type("mark")
    state.press(.tab)
    #expect(line(state) == "marks ")
    state.press(.tab)
    #expect(line(state) == "marks braille")
    state.press(.tab)
    #expect(line(state) == "marks half_block")
    state.press(.backTab)
    #expect(line(state) == "marks braille")
    state.press(.control("u"))
    state.type("set sampler.kind=ddi")
    state.press(.tab)
    #expect(line(state) == "set sampler.kind=ddim")
  }

  @Test("Every completion of a key says what it is, and its range where there is no list")
  func explains() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.press(.character(":"))
    state.type("optimizer.learning_rate=")
    #expect(state.screen.lines.joined().contains("step size; a number from 1e-08 to 100"))
  }

  @Test("Up recalls lines, the newest first, once each; Down comes back to an empty one")
  func history() throws {
    var state = try Fixture.state()
    for text in ["marks ascii", "marks braille", "marks braille"] { _ = enter(text, &state) }
    state.press(.character(":"), .up)
    #expect(line(state) == "marks braille")
    state.press(.up)
    #expect(line(state) == "marks ascii")
    state.press(.up, .down, .down)
    #expect(line(state) == "")
  }

  @Test("Esc leaves, and so does Backspace on an empty line")
  func leaves() throws {
    for key in [Key.escape, .backspace] {
      var state = try Fixture.state()
      state.press(.character(":"), key)
      #expect(state.overlay == nil && state.isRunning)
    }
  }

  @Test("A key that does nothing says so once")
  func unbound() throws {
    var state = try Fixture.state()
    #expect(state.press(.function(12)).isEmpty)
    #expect(state.notice?.text == "F12 does nothing here; ? lists the keys")
    state.press(.function(12))
    #expect(state.notice == nil)
    state.press(.control("t"))
    #expect(state.notice?.text.hasPrefix("Ctrl-T does nothing") == true)
  }
}
