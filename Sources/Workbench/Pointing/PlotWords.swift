import TermPlot

extension Command {
  static let sayInWords = Command(
    "pane.words", "say in words what the focused pane shows",
    keys: Shortcut("\"", .character("\"")),
    change: { state in
      let pane = state.pageType.panes[state.focus]
      let words = pane.words(state) ?? state.wordsOfPlots(ofPane: state.focus)
      state.overlay = .text(
        TextView(
          title: "\(pane.title) in words",
          paragraphs: words.isEmpty ? [state.bareWords(of: pane)] : words))
    })
}

extension WorkbenchState {
  /// What the plots of a pane show, a paragraph each.
  func wordsOfPlots(ofPane pane: Int) -> [String] {
    plots(ofPane: pane).map { $0.words.joined(separator: "; ") + "." }
  }

  /// What is there to say of a pane without plots.
  fileprivate func bareWords(of pane: any Pane) -> String {
    let note = pane.note(self)
    return pane.explanation + (note.isEmpty ? "" : " Now: \(note).")
  }
}
