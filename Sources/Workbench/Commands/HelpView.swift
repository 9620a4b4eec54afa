import TermPlot

/// Which part of help is read.
struct HelpView: Sendable, Equatable {
  /// The lines that are scrolled past.
  var scroll = 0
  /// What is looked for; empty shows all.
  var query = LineEditor()
  /// Whether keys go into what is looked for.
  var isTyping = false

  init(searching words: String = "", scroll: Int = 0) {
    query = LineEditor(words)
    self.scroll = scroll
  }
}

extension WorkbenchState {
  /// A key while help is open.
  mutating func read(_ key: Key, in open: HelpView) {
    var help = open
    switch key {
    case .enter where help.isTyping: help.isTyping = false
    case .escape where help.isTyping || !help.query.text.isEmpty: help = HelpView()
    case .escape:
      overlay = nil
      return
    case .up, .down, .pageUp, .pageDown, .tab, .backTab: scroll(&help, key)
    case _ where help.isTyping:
      help.query.press(key)
      help.scroll = 0
    case .character("/"): (help.isTyping, help.query, help.scroll) = (true, LineEditor(), 0)
    case .character("q"), .character("?"), .function(1):
      overlay = nil
      return
    default: scroll(&help, key)
    }
    overlay = .help(help)
  }

  private func scroll(_ help: inout HelpView, _ key: Key) {
    help.scroll = HelpText.overlay(self, help).scrolled(by: key, on: size) ?? help.scroll
  }
}
