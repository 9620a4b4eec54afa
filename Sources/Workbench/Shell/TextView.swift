import TermPlot

/// Text to be read over the screen, such as warnings or a plot in words.
struct TextView: Sendable, Equatable {
  var title: String
  /// Each begins a line.
  var paragraphs: [String]
  /// The places of those that are headings; Tab goes from one to the next.
  var headings: Set<Int> = []
  /// The lines that are scrolled past.
  var scroll = 0

  /// The box with its lines, as wide as the screen lets it be.
  func overlay(_ state: WorkbenchState) -> TextOverlay {
    let width = min(90, state.size.columns - 8)
    let lines = paragraphs.enumerated().flatMap { place, text -> [TextOverlay.Line] in
      guard !headings.contains(place) else { return [.heading(text)] }
      return state.marks.wrap(text, width: width, rows: 100).map { .text($0) }
    }
    return TextOverlay(
      title, lines: lines, scroll: scroll,
      hint: headings.count > 1 ? "Tab next part, Esc closes" : "Esc closes", marks: state.marks)
  }
}

extension TextOverlay {
  /// Where a key scrolls to, at most to the last screenful: past it the key back would seem dead.
  ///
  /// - Parameters:
  ///   - key: Any key.
  ///   - size: The size of the screen.
  /// - Returns: The lines to scroll past; nil for a key that does not scroll.
  func scrolled(by key: Key, on size: Size) -> Int? {
    let last = maximumScroll(in: Rect(x: 0, y: 0, width: size.columns, height: size.rows))
    let line = min(scroll, last)
    let parts = lines.indices.filter { if case .heading = lines[$0] { true } else { false } }
    let target: Int
    switch key {
    case .up, .character("k"): target = line - 1
    case .down, .character("j"): target = line + 1
    case .pageUp: target = line - 10
    case .pageDown, .space: target = line + 10
    case .tab: target = parts.first { $0 > line } ?? 0
    case .backTab: target = parts.last { $0 < line } ?? last
    case .home: target = 0
    case .end: target = last
    default: return nil
    }
    return min(max(0, target), last)
  }
}

extension WorkbenchState {
  /// A key while text is read: one that does not scroll closes it.
  mutating func press(_ key: Key, in open: TextView) {
    guard let scroll = open.overlay(self).scrolled(by: key, on: size) else {
      overlay = nil
      return
    }
    var view = open
    view.scroll = scroll
    overlay = .text(view)
  }
}
