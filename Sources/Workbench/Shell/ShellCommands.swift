import ScoreLab
import TermPlot

/// The commands of the shell, which every page lists.
extension Command {
  static let nextPane = Command(
    "pane.next", "next pane", keys: Shortcut("Tab", .tab), hint: Hint("Tab", "pane", .focus),
    availability: hasOtherPanes,
    change: { $0.focus = ($0.focus + 1) % $0.pageType.panes.count })

  static let previousPane = Command(
    "pane.previous", "previous pane", keys: Shortcut("Shift-Tab", .backTab),
    availability: hasOtherPanes,
    change: { state in
      let count = state.pageType.panes.count
      state.focus = (state.focus + count - 1) % count
    })

  private static let hasOtherPanes: @Sendable (WorkbenchState) -> Availability = {
    .when($0.pageType.panes.count > 1, otherwise: "there is no other pane")
  }

  /// The digits that focus the panes of a page; none where there is one pane.
  static func focusing(_ panes: [any Pane], on page: PageID) -> [Command] {
    guard panes.count > 1 else { return [] }
    return panes.enumerated().map { index, pane in
      let digit = "\(index + 1)"
      return Command(
        CommandID("\(page.name).focus_\(digit)"), pane.focusTitle,
        keys: Shortcut(digit, .character(Character(digit))), hint: pane.focusHint,
        availability: {
          .when($0.focus != index, otherwise: "\(pane.title) has the keys already")
        },
        change: { $0.focus = index })
    }
  }

  static let zoom = Command(
    "pane.zoom", "zoom the pane, and back", keys: Shortcut("z", .character("z")),
    hint: Hint("z", "zoom"),
    availability: {
      .when($0.pageType.panes.count > 1, otherwise: "this page has one pane, as large as it can be")
    }, change: { $0.isZoomed.toggle() })

  static let nextMarks = Command(
    "view.marks", "plot marks: braille, half blocks, ASCII", keys: Shortcut("m", .character("m")),
    availability: {
      .when($0.availableMarks.count > 1, otherwise: "the terminal has \($0.marks.rawValue) only")
    },
    change: { state in
      let index = state.availableMarks.firstIndex(of: state.marks) ?? 0
      state.marks = state.availableMarks[(index + 1) % state.availableMarks.count]
      state.notice = Notice(text: "marks: \(state.marks.rawValue)", role: .accent)
    })

  static let nextTheme = Command(
    "view.theme", "next theme", keys: Shortcut("t", .character("t")),
    availability: { .when($0.themes.count > 1, otherwise: "there is no other theme") },
    change: { state in
      state.themeIndex = (state.themeIndex + 1) % state.themes.count
      state.notice = Notice(text: "theme: \(state.theme.name)", role: .accent)
    })

  static let help = Command(
    "help", "this help; / searches it", keys: Shortcut("? F1", .character("?"), .function(1)),
    hint: Hint("?", "help", .help), change: { $0.overlay = .help(HelpView()) })

  static let palette = Command(
    "palette.open", "find any command or value by some of its letters",
    keys: Shortcut("Ctrl-P", .control("p")), hint: Hint("Ctrl-P", "commands"),
    change: { $0.overlay = .palette(Palette(of: $0.paletteEntries)) })

  static let prompt = Command(
    "prompt.open", "type a command: set KEY=VALUE, theme NAME; Tab completes",
    keys: Shortcut(":", .character(":")), hint: Hint(":", "line"),
    change: { $0.overlay = .prompt(Prompt()) })

  /// What every page has, next to its ways to leave it.
  static let everywhere: [Command] =
    [.zoom] + resizing + [.crosshair, .chooseSeries, .sayInWords, .palette, .prompt, .nextMarks]
    + [.nextTheme, .chooseTheme, .help, .explain, .quit, .interrupt]

  /// What opens a page over the one on screen.
  static func opening(
    _ page: PageID, _ title: String, keys: Shortcut, hint: Hint? = nil,
    then change: @escaping @Sendable (inout WorkbenchState) -> Void = { _ in }
  ) -> Command {
    Command(
      CommandID("\(page.name).open"), title, keys: keys, hint: hint,
      availability: { .when(!$0.isOpen(page), otherwise: "the \(page.name) page is open") },
      change: { state in
        state.open(page)
        change(&state)
      })
  }

  /// What leaves a page for the one under it.
  static func leaving(
    _ page: PageID, _ title: String = "leave the page", keys: Shortcut, hint: Hint? = nil
  ) -> Command {
    Command(
      CommandID("\(page.name).leave"), title, keys: keys, hint: hint,
      perform: { $0.leavePage() })
  }

  /// Esc on the first page.
  static let back = Command(
    "back", "leave an overlay, a filter or the zoom; never quits", keys: Shortcut("Esc", .escape),
    availability: {
      .when($0.isZoomed || $0.form.isFiltered, otherwise: "nothing to leave here; q quits")
    },
    change: { $0.leaveFilterOrZoom() })

  /// Esc on every other page, where it leaves the zoom before the page.
  static let backFromPage = Command(
    "page.back", "leave an overlay, a filter, the zoom or the page",
    keys: Shortcut("Esc", .escape),
    perform: { state in
      guard state.isZoomed || state.form.isFiltered else { return state.leavePage() }
      state.leaveFilterOrZoom()
      return []
    })

  static let quit = Command(
    "quit", "quit; asks where a minute of training or more is not saved",
    keys: Shortcut("q", .character("q")), hint: Hint("q", "quit", .quit),
    perform: { state in
      guard state.run.unsavedSeconds >= LeavingChoice.seconds else { return state.stop() }
      state.overlay = .leaving(.save)
      return []
    })

  static let interrupt = Command(
    "interrupt", "quit at once", keys: Shortcut("Ctrl-C", .control("c")), perform: { $0.stop() })
}

extension WorkbenchState {
  /// Ends the program.
  mutating func stop() -> [Effect] {
    isRunning = false
    return [.send(.stop)]
  }

  fileprivate mutating func leaveFilterOrZoom() {
    guard form.isFiltered else { return isZoomed = false }
    form.showAll()
  }
}
