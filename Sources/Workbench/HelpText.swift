import TermPlot

/// The help overlay, made from the key tables.
public enum HelpText {
  static let rows: [TextOverlay.Line] = {
    var rows: [TextOverlay.Line] = [.heading("Everywhere")]
    rows += KeyTable.global.map(entry)
    rows += KeyTable.terminalKeys.map { .entry(key: $0.label, description: $0.summary) }
    for pane in PaneCatalog.all {
      rows.append(.heading(pane.title))
      rows += pane.keyBindings.map(entry)
    }
    rows.append(.text("Letters of a pane work from anywhere; arrows belong to the focused pane."))
    return rows
  }()

  /// The same as plain lines, for a page without a screen.
  public static let lines: [String] = rows.map { row in
    switch row {
    case .heading(let text): text
    case .text(let text): text
    case .entry(let key, let description):
      "  " + key + String(repeating: " ", count: max(1, 12 - key.count)) + description
    }
  }

  static func overlay(scroll: Int = 0, marks: Marks) -> TextOverlay {
    TextOverlay("Keys", lines: rows, scroll: scroll, hint: "Esc closes", marks: marks)
  }

  private static func entry(_ binding: KeyBinding) -> TextOverlay.Line {
    .entry(key: binding.label, description: binding.summary)
  }
}
