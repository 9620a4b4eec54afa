import Lessons
import TermPlot

/// The workbench playing itself: where it is, and what is put back at its end.
struct Demo: Sendable, Equatable {
  /// The keys that go to the next scene, and to the one before.
  fileprivate static let ways: [Key: Int] = [
    .right: 1, .down: 1, .pageDown: 1, .left: -1, .up: -1, .pageUp: -1,
  ]

  /// The scene on screen, by its place.
  private(set) var scene = 0
  /// Milliseconds that it has been on screen.
  private(set) var elapsed = 0
  var isPaused = false
  /// The layout that the person had.
  let layout: LiveLayout

  init(layout: LiveLayout) { self.layout = layout }

  var current: DemoScene { DemoScene.all[scene] }

  /// Lets time pass.
  ///
  /// - Returns: Whether the scene is over.
  mutating func pass(milliseconds: Int) -> Bool {
    guard !isPaused else { return false }
    elapsed += milliseconds
    return elapsed >= 1000 * current.seconds
  }

  /// Goes to another scene; behind the last one comes the first.
  mutating func go(by way: Int) {
    let count = DemoScene.all.count
    (scene, elapsed) = ((scene + way + count) % count, 0)
  }
}

extension WorkbenchState {
  /// How often time passes while the demo shows a page that does not move by itself, in milliseconds.
  private static let demoMilliseconds = 200
  /// How often the picture moves that plays time, in milliseconds.
  private static let animationMilliseconds = 40

  /// The time between two ticks; nil where nothing waits for any.
  var tickMilliseconds: Int? {
    if top.isAnimating { return Self.animationMilliseconds }
    return demo == nil || demo?.isPaused == true ? nil : Self.demoMilliseconds
  }

  /// Begins to play the workbench from the first scene.
  ///
  /// - Returns: What the session has to do.
  mutating func startDemo() -> [Effect] {
    demo = Demo(layout: live.layout)
    return showScene(after: nil)
  }

  /// Lets the time of a tick pass.
  mutating func passDemoTime() -> [Effect] {
    guard let tickMilliseconds, demo?.pass(milliseconds: tickMilliseconds) == true else {
      return []
    }
    return changeScene(by: 1)
  }

  private mutating func changeScene(by way: Int) -> [Effect] {
    let before = demo?.current
    demo?.go(by: way)
    return showScene(after: before)
  }

  /// Puts the scene on screen; its run begins only where the scene before had another one.
  private mutating func showScene(after before: DemoScene?) -> [Effect] {
    guard let scene = demo?.current,
      let preset = presetShelf.library.preset(named: scene.preset)
    else { return [] }
    let effects = before?.preset == scene.preset ? [] : begin(preset)
    live.layout = scene.layout
    live.focus = LivePage.firstFocus(self)
    show(scene.picture)
    isZoomed = false
    live.frame = nil
    live.isAnimating = scene.playsTime
    (overlay, editor, notice) = (nil, nil, nil)
    return effects
  }

  /// A key while the demo plays: Space pauses, arrows go to other scenes, any other one leaves it.
  mutating func pressInDemo(_ key: Key) -> [Effect] {
    if let way = Demo.ways[key] { return changeScene(by: way) }
    if key == .space { demo?.isPaused.toggle() } else { leaveDemo() }
    return []
  }

  /// Leaves the demo; the run goes on and the panes stand as the person had them.
  mutating func leaveDemo() {
    guard let demo else { return }
    live.layout = demo.layout
    live.focus = LivePage.firstFocus(self)
    (live.isAnimating, isZoomed) = (false, false)
    self.demo = nil
    notice = Notice(text: "the demo is left and its run goes on; ? lists the keys", role: .accent)
  }

  /// What the demo says above the panes; nil while none plays.
  var demoCaption: String? {
    demo.map { demo in
      (demo.isPaused ? "(paused; Space goes on) " : "") + demo.current.caption
    }
  }
}
