import ScoreLab
import TermPlot
import Testing

@testable import Workbench

@Suite struct PasteTests {
  @Test("Where nothing is typed in, pasted text does nothing but say so")
  func outsideFields() throws {
    let keys: [[Key]] = [
      [], [.tab], [.character("?")], [.down, .down, .enter], [.character("e")], [.character("p")],
    ]
    for keys in keys {
      var state = try Fixture.state()
      for key in keys { state.press(key) }
      let (page, overlay, focus) = (state.page, state.overlay, state.focus)
      let effects = state.send(.paste("qrR \u{3}\r"))
      #expect(effects.isEmpty && state.isRunning)
      #expect(state.page == page && state.overlay == overlay && state.focus == focus)
      #expect(state.editor == nil)
      #expect(state.notice?.text.hasPrefix("pasted text") == true, "\(keys)")
    }
  }

  @Test("In a field pasted text is typed at the cursor, without controls and ends of lines")
  func inAField() throws {
    var state = try Fixture.state()
    state.selectedRow = "optimizer.learning_rate"
    state.press(.enter, .control("u"), .character("0"), .character("5"), .left)
    let effects = state.send(.paste(".\u{1B}[2J0\r\n\u{3}\u{9B}\u{2028}1\t"))
    #expect(effects.isEmpty)
    #expect(state.editor?.text == "0.[2J015")
    #expect(state.editor?.cursor == 7)
  }

  @Test("A value has a limit, and what is left out is said")
  func limit() throws {
    var state = try Fixture.state()
    state.selectedRow = "optimizer.learning_rate"
    state.press(.enter, .control("u"))
    state.send(.paste(String(repeating: "1", count: LineEditor.limit)))
    #expect(state.notice == nil)
    state.send(.paste("2"))
    #expect(state.editor?.text == String(repeating: "1", count: LineEditor.limit))
    #expect(state.notice?.text.contains("at most 1,000 characters") == true)
    state.press(.escape, .enter, .control("u"))
    state.send(.paste(String(repeating: "\u{E9}3", count: 40_000)))
    #expect(state.editor?.text.unicodeScalars.count == LineEditor.limit)
    #expect(state.notice?.text.contains("at most 1,000 characters") == true)
    state.press(.backspace)
    state.type("4")
    #expect(state.editor?.text.hasSuffix("\u{E9}4") == true)
  }
}
