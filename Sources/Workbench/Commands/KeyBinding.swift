public import TermPlot

/// A key, what it does and how help words it.
///
/// The help overlay and the footer are made from these, so they cannot say anything else than
/// what the keys do.
public struct KeyBinding: Sendable, Equatable {
  public var keys: [Key]
  /// How the keys are written, such as `[ ]`.
  public var label: String
  /// What it does, for the help overlay.
  public var summary: String
  /// The footer's words, the key first, such as `Tab pane`; nil keeps the key out of there.
  public var hint: String?
  public var action: Action

  public init(
    _ keys: Key..., label: String, summary: String, hint: String? = nil, action: Action
  ) {
    self.keys = keys
    self.label = label
    self.summary = summary
    self.hint = hint
    self.action = action
  }
}

/// The keys that work everywhere, and the look-up of a key.
public enum KeyTable {
  public static let global: [KeyBinding] = [
    KeyBinding(.tab, label: "Tab", summary: "next pane", hint: "Tab pane", action: .focusNext),
    KeyBinding(
      .backTab, label: "Shift-Tab", summary: "previous pane", action: .focusPrevious),
    KeyBinding(.character("1"), label: "1", summary: "focus Setup", action: .focus(0)),
    KeyBinding(.character("2"), label: "2", summary: "focus Loss", action: .focus(1)),
    KeyBinding(.character("3"), label: "3", summary: "focus Error", action: .focus(2)),
    KeyBinding(.character("4"), label: "4", summary: "focus Samples", action: .focus(3)),
    KeyBinding(
      .space, label: "Space", summary: "pause or resume training", hint: "Space pause",
      action: .togglePause),
    KeyBinding(
      .character("s"), label: "s", summary: "take one training step", hint: "s step",
      action: .stepOnce),
    KeyBinding(
      .character("r"), label: "r", summary: "restart with the same seed", hint: "r restart",
      action: .restart),
    KeyBinding(
      .character("R"), label: "R", summary: "restart with a new seed",
      action: .restartWithNewSeed),
    KeyBinding(
      .character("z"), label: "z", summary: "zoom the pane, and back", hint: "z zoom",
      action: .zoom),
    KeyBinding(
      .character("f"), label: "f", summary: "freeze the view while training goes on",
      action: .freeze),
    KeyBinding(
      .character("m"), label: "m", summary: "plot marks: braille, half blocks, ASCII",
      action: .nextMarks),
    KeyBinding(.character("t"), label: "t", summary: "next theme", action: .nextTheme),
    KeyBinding(
      .character("e"), label: "e", summary: "experiments, a page of their own",
      hint: "e experiments", action: .openExperiments),
    KeyBinding(
      .character("p"), label: "p", summary: "plan: what the theorems ask for, as orders",
      hint: "p plan", action: .openPlan),
    KeyBinding(
      .character("?"), .function(1), label: "? F1", summary: "this help", hint: "? help",
      action: .help),
    KeyBinding(
      .escape, label: "Esc", summary: "leave an overlay or the zoom; never quits",
      action: .back),
    KeyBinding(.character("q"), label: "q", summary: "quit", hint: "q quit", action: .quit),
    KeyBinding(.control("c"), label: "Ctrl-C", summary: "quit at once", action: .interrupt),
  ]

  /// The same for the experiment page.
  public static let experiment: [KeyBinding] =
    [
      KeyBinding(
        .character("n"), label: "n", summary: "another experiment, from the list",
        hint: "n choose", action: .chooseExperiment),
      KeyBinding(
        .space, label: "Space", summary: "pause or resume the experiment", hint: "Space pause",
        action: .togglePause),
      KeyBinding(
        .character("r"), label: "r", summary: "start the experiment again", hint: "r restart",
        action: .restart),
      KeyBinding(
        .character("R"), label: "R", summary: "start it again with a new seed",
        action: .restartWithNewSeed),
      KeyBinding(
        .character("e"), label: "e", summary: "leave the page; the experiment stops",
        hint: "e back", action: .openExperiments),
      KeyBinding(
        .escape, label: "Esc", summary: "leave an overlay, the zoom or the page", action: .back),
      KeyBinding(.character("1"), label: "1", summary: "focus Experiment", action: .focus(0)),
      KeyBinding(.character("2"), label: "2", summary: "focus Checks", action: .focus(1)),
      KeyBinding(.character("3"), label: "3", summary: "focus Figures", action: .focus(2)),
      KeyBinding(
        .character("4"), label: "4", summary: "focus Claim: source and caveats too",
        hint: "4 claim", action: .focus(3)),
    ]
    + global.filter { binding in
      [.focusNext, .focusPrevious, .zoom, .nextMarks, .nextTheme, .help, .quit, .interrupt]
        .contains(binding.action)
    }

  /// The same for the page of the theorems' orders.
  public static let plan: [KeyBinding] =
    [
      KeyBinding(
        .character("p"), label: "p", summary: "leave the page", hint: "p back", action: .openPlan),
      KeyBinding(
        .escape, label: "Esc", summary: "leave an overlay, the zoom or the page", action: .back),
      KeyBinding(
        .character("r"), label: "r", summary: "standard values again", hint: "r standard",
        action: .restorePlan),
      KeyBinding(.character("1"), label: "1", summary: "focus Plan", action: .focus(0)),
      KeyBinding(.character("2"), label: "2", summary: "focus Orders", action: .focus(1)),
    ]
    + global.filter { binding in
      [
        .focusNext, .focusPrevious, .togglePause, .zoom, .nextMarks, .nextTheme, .help, .quit,
        .interrupt,
      ].contains(binding.action)
    }

  /// Keys that the terminal layer acts on itself, for the help overlay.
  public static let terminalKeys: [(label: String, summary: String)] = [
    ("Ctrl-Z", "suspend; fg comes back"), ("Ctrl-L", "draw the screen anew"),
  ]

  /// What a key does: the focused pane first, then everywhere, then any other pane's letter.
  ///
  /// Letters of other panes work without focusing them; arrows belong to the focused pane.
  public static func action(for key: Key, focus: Int, on page: Page = .live) -> Action? {
    let panes = page.panes
    let focused = panes.indices.contains(focus) ? panes[focus].keyBindings : []
    let others = panes.enumerated().filter { $0.offset != focus }.flatMap(\.element.keyBindings)
      .filter { binding in binding.keys.allSatisfy(\.isCharacter) }
    return (focused + page.keyBindings + others).first { $0.keys.contains(key) }?.action
  }
}

extension Key {
  fileprivate var isCharacter: Bool {
    if case .character = self { return true }
    return false
  }
}
