import NumberFormatting
import ScoreLab
import TermPlot

extension PageID {
  static let draw = PageID("draw")
}

/// A distribution of one's own, drawn with keys or the mouse, that a network is then trained on.
struct DrawPage: Page {
  static let id = PageID.draw
  static let heading = "Draw page"
  static let explanation = """
    Draw a distribution with the pen and let a network learn it: what is drawn is a mixture of Gaussians \
    in the configuration, so it is saved and shared like any other.
    """
  static let panes: [any Pane] = [DrawPane()]

  var focus = 0
  var windows: [String: PlotWindow] = [:]
  var drawing = Drawing()

  init(configuration: RunConfiguration) {}

  static func arrange(_ state: WorkbenchState) -> PaneTree? {
    state.size.isMiddling ? .pane(0) : nil
  }

  static func header(_ state: WorkbenchState) -> PageHeader {
    PageHeader(words: [
      .init(text: "draw a distribution ", role: .accent), LivePage.status(state),
    ])
  }
}

extension WorkbenchState {
  /// What the draw page remembers.
  var drawPage: DrawPage {
    get { self[DrawPage.self] }
    set { self[DrawPage.self] = newValue }
  }

  /// Trains on what is drawn, in a run of its own.
  fileprivate mutating func trainOnDrawing() -> [Effect] {
    guard let distribution = drawPage.drawing.distribution else { return [] }
    drawPage.drawing.isDown = false
    var changed = run.configuration
    changed.distribution = distribution
    var effects = leavePage()
    (live.sampleView, live.colorsErrors) = (.scatter, false)
    live.focus = samplesPane
    if changed != run.configuration {
      run.configuration = changed
      (run.canUndo, run.canRedo) = (true, false)
      effects.append(.send(.configure(changed)))
    }
    if run.isWaiting { effects += run.togglePause() }
    notice = Notice(
      text: "trains on the drawing; :draw_preset NAME keeps it, u brings the run before back",
      role: .accent)
    return effects
  }
}

// MARK: - Commands

extension DrawPage {
  private static let keys = Shortcut("V", .character("V"))

  static let commands: [Command] =
    [.leaving(id, keys: keys, hint: Hint("V", "back", .page)), .backFromPage] + Command.everywhere

  static let opener: Command? = .opening(
    id, "draw a distribution, and train on it", keys: keys)
}

extension DrawPane {
  static let commands: [Command] =
    [
      Command(
        "draw.train", "train on what is drawn", keys: Shortcut("Enter", .enter),
        hint: Hint("Enter", "train"),
        availability: { state in
          guard !state.run.isJudging else { return .no(LiveRun.untrained) }
          return isDrawn(state)
        },
        perform: { $0.trainOnDrawing() }),
      Command(
        "draw.pen", "put the pen down, or lift it", keys: Shortcut("Space", .space),
        hint: Hint("Space", nil) { $0.drawPage.drawing.isDown ? "lift" : "draw" },
        availability: { $0.drawPage.drawing.isDown ? .yes : hasRoom($0) },
        change: { $0.drawPage.drawing.togglePen() }),
      Command(
        "draw.undo", "take the last stroke back", keys: Shortcut("u", .character("u")),
        hint: Hint("u", "undo"), availability: isDrawn, change: { $0.drawPage.drawing.undo() }),
      Command(
        "draw.clear", "take everything back", keys: Shortcut("x", .character("x")),
        hint: Hint("x", "clear"), availability: isDrawn, change: { $0.drawPage.drawing.clear() }),
      Command(
        "draw.spiral", "add a spiral", keys: Shortcut("s", .character("s")),
        hint: Hint("s", "spiral"), availability: hasRoom,
        change: { $0.drawPage.drawing.addSpiral() }),
      Command(
        "draw.keep", "keep what is drawn as a preset", keys: Shortcut("k", .character("k")),
        hint: Hint("k", "keep"), availability: isDrawn,
        change: { $0.overlay = .prompt(Prompt(typing: "draw_preset ")) }),
      width(-1, "draw.narrower", "a narrower pen", "[", hint: Hint("[ ]", "width")),
      width(1, "draw.wider", "a wider pen", "]"),
    ] + [
      moving("left", .left, (-1, 0), hint: Hint("arrows", nil) { _ in "move" }),
      moving("right", .right, (1, 0)), moving("up", .up, (0, 1)), moving("down", .down, (0, -1)),
    ]

  private static let isDrawn: @Sendable (WorkbenchState) -> Availability = {
    .when(
      !$0.drawPage.drawing.strokes.isEmpty,
      otherwise: "nothing is drawn yet: Space and arrows, or the mouse")
  }

  private static let hasRoom: @Sendable (WorkbenchState) -> Availability = {
    .when(
      $0.drawPage.drawing.hasRoom,
      otherwise: "\(Drawing.strokeLimit) strokes are the most; u takes one back")
  }

  private static func width(
    _ way: Int, _ id: CommandID, _ title: String, _ letter: Character, hint: Hint? = nil
  ) -> Command {
    Command(
      id, title, keys: Shortcut(String(letter), .character(letter)), hint: hint,
      availability: {
        .when(
          Drawing.widths.indices.contains($0.drawPage.drawing.widthIndex + way),
          otherwise: "this is the \(way < 0 ? "narrowest" : "widest") pen")
      },
      change: { $0.drawPage.drawing.change(width: way) })
  }

  private static func moving(
    _ name: String, _ key: Key, _ way: (x: Double, y: Double), hint: Hint? = nil
  ) -> Command {
    @Sendable func next(_ state: WorkbenchState) -> DrawnPoint? {
      state.drawPage.drawing.penMoved(across: way.x * Drawing.step, up: way.y * Drawing.step)
    }
    return Command(
      CommandID("draw.\(name)"), "move the pen \(name)", keys: Shortcut(name, key), hint: hint,
      availability: { .when(next($0) != nil, otherwise: "this is the edge") },
      change: { state in
        if let point = next(state) { state.drawPage.drawing.move(to: point) }
      })
  }
}

extension LineCommand {
  static let saveDrawing = writing(
    "draw_save", endings: [".yaml", ".yml"],
    "write what is drawn as a configuration that scorefield opens",
    example: Completion("drawing.yaml", "a configuration")
  ) { (state, _) throws(LineError) in
    guard let distribution = state.drawPage.drawing.distribution else {
      throw LineError(message: "nothing is drawn yet; V opens the page for it")
    }
    var configuration = state.run.configuration
    configuration.distribution = distribution
    let components = NumberText.counted(state.drawPage.drawing.components.count, "component")
    return (configuration.yaml, "\(components), and the run's settings")
  }
}
