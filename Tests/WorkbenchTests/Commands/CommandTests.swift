import RunDatabase
import ScoreClaims
import ScoreLab
import ScoreTables
import TermPlot
import Testing

@testable import Workbench

/// Every command does something or says why not, has keys of its own, and is in help and footer.
@Suite struct CommandTests {
  /// States of a page from which every one of its commands can do something in one or the other.
  private static func states(of page: any Page.Type) throws -> [WorkbenchState] {
    let start = try Fixture.state(of: page, columns: 60, rows: 15)
    #expect(start.page == page.id)
    return page.panes.indices.flatMap { focus -> [WorkbenchState] in
      var state = start
      state.focus = focus
      var moved = state
      moved.isZoomed = true
      moved.size = Size(columns: 80, rows: 24)
      moved.live.frame = 3
      moved.live.crosshair = [0, 0]
      moved.live.levelIndex = 3
      moved.live.lossView = .excess
      moved.run.status = .finished
      (moved.run.canUndo, moved.run.canRedo) = (true, true)
      moved.run.pace = .stepsPerSecond(5)
      moved.experiment.exhibit = 3
      moved.plan.values.dimension = 3
      moved.runsPage.chosen = (1...6).map(RunsFixture.id)
      moved.runsPage.message?.deleted = [.init(run: RunsFixture.id(9), name: "gone")]
      moved.paneShares = ["explore.form": 300]
      moved.drawPage.drawing.addSpiral()
      _ = try? moved.tablePage.table?.set("role", ofColumn: 0, to: "target")
      moved.press(.down, .right)
      moved.live.form.folds["network"] = false
      var ended = moved
      ended.press(.end, .pageDown)
      for _ in 0..<30 { ended.press(.pageDown) }
      ended.press(.character("Z"))
      ended.tablePage.table?.undo()
      ended.drawPage.drawing.widthIndex = Drawing.widths.count - 1
      ended.drawPage.drawing.pen = DrawnPoint(x: Drawing.reach.x, y: Drawing.reach.y)
      var empty = state
      empty.run.snapshot = nil
      empty.experiment.message = nil
      empty.experiment.configuration = nil
      empty.runsPage.message = nil
      var many = state
      many.run.snapshot = many.run.snapshot.flatMap { _ in try? Fixture.snapshot(dimension: 5) }
      var wide = state
      wide.size = Size(columns: 120, rows: 30)
      return [state, moved, ended, empty, many, wide]
    } + (page.id == .lessons ? try LessonFixture.states() : [])
      + (page.id == .start ? try StartFixture.states() : [])
  }

  /// Everything a command may change, as text; of the run what is not measured.
  private static func image(_ state: WorkbenchState) -> String {
    let shell = [
      "\(state.page)", "\(state.focus)", "\(state.isZoomed)", "\(state.isRunning)",
      "\(state.marks)",
      "\(state.themeIndex)", "\(String(describing: state.overlay))",
      "\(String(describing: state.editor))", "\(String(describing: state.crosshair))",
      "\(state.paneShares)",
    ]
    let run = "\(String(describing: state.run.status)) \(state.run.isFrozen) \(state.run.pace)"
    let lessons = [
      "\(state.lessons.selected)", "\(state.lessons.scroll)", "\(state.lessons.windows)",
      "\(state.lessons.form)", "\(String(describing: state.lessons.reading?.step))",
      "\(state.lessons.isClass)",
      "\(String(describing: state.lessons.reading?.draft))",
      "\(String(describing: state.lessons.reading?.answers))",
    ]
    let pages =
      "\(state.live) \(state.plan) \(state.experiment) \(runs(state.runsPage)) \(lessons) "
      + "\(state.tablePage.form) \(state.tablePage.scroll) \(state.tablePage.windows) "
      + "\(state.tablePage.table?.schema.yaml ?? "") \(state.drawPage) \(state.start.selected) \(String(describing: state.start.selectedRun))"
    return shell.joined(separator: " ") + run + state.run.configuration.yaml + pages
  }

  /// What a command may change on the page of the runs: not what was read of them.
  private static func runs(_ page: RunsPage) -> String {
    var page = page
    page.message = nil
    return "\(page)"
  }

  @Test("Every command changes something or says why it cannot, and each does so somewhere")
  func effects() throws {
    var done: Set<CommandID> = []
    for page in PageCatalog.all {
      for state in try Self.states(of: page) {
        let pane = page.panes[state.focus]
        let before = Self.image(state)
        for command in page.commands + pane.commands {
          var changed = state
          let effects = changed.perform(command)
          switch command.availability(state) {
          case .yes:
            // A value may be refused; then a line says why.
            let isDone =
              !effects.isEmpty || Self.image(changed) != before || changed.notice?.role == .error
            #expect(isDone, "\(command.id) on \(pane.title) changes nothing")
            if isDone { done.insert(command.id) }
          case .no(let reason):
            #expect(effects.isEmpty && !reason.isEmpty && changed.notice?.text == reason)
            #expect(Self.image(changed) == before, "\(command.id)")
          }
        }
      }
    }
    for command in CommandRegistry.all { #expect(done.contains(command.id), "\(command.id)") }
  }

  @Test("A reason is on screen with the key that could do nothing, and gone with the next")
  func reasons() throws {
    var state = try Fixture.state()
    state.live.levelIndex = 0
    #expect(state.press(.character("[")).isEmpty)
    #expect(state.screen.lines[23].contains("least noise"))
    state.press(.character("]"))
    #expect(state.screen.lines[23].contains("? help"))
  }

  @Test("Commands of one name are the same, and every name says where it belongs")
  func names() {
    for page in PageCatalog.all {
      for command in CommandRegistry.commands(on: page) {
        let known = CommandRegistry.all.filter { $0.id == command.id }
        #expect(known.count == 1 && known[0].title == command.title, "\(command.id)")
        #expect(known.first?.shortcuts == command.shortcuts, "\(command.id)")
      }
    }
  }

  @Test("In each pane every key of pane and page gives its own command, and none gives two")
  func reached() {
    for page in PageCatalog.all {
      for (focus, pane) in page.panes.enumerated() {
        let commands = pane.commands + page.commands
        let keys = commands.flatMap(\.keys)
        #expect(Set(keys).count == keys.count, "\(pane.title)")
        for command in commands {
          for key in command.keys {
            let found = CommandRegistry.command(for: key, focus: focus, on: page)
            #expect(found?.id == command.id, "\(key)")
          }
        }
      }
    }
  }

  @Test("No letter of a pane hides another's of the page")
  func noConflicts() {
    for page in PageCatalog.all {
      var owners: [Key: CommandID] = [:]
      for command in CommandRegistry.commands(on: page) {
        for case .character(let letter) in command.keys {
          let owner = owners.updateValue(command.id, forKey: .character(letter))
          #expect(
            owner == nil || owner == command.id,
            "\(letter) is the key of \(String(describing: owner)) and \(command.id)")
        }
      }
    }
  }

  @Test("Letters of other panes work from anywhere, their arrows and those of Setup do not")
  func letters() {
    func command(_ key: Key, _ focus: Int, _ page: any Page.Type) -> CommandID? {
      CommandRegistry.command(for: key, focus: focus, on: page)?.id
    }
    #expect(command(.character("d"), 0, LivePage.self) == "error.smaller_delta")
    #expect(command(.character("h"), 0, LivePage.self) == "form.decrease")
    for focus in 1...3 { #expect(command(.character("h"), focus, LivePage.self) == nil) }
    #expect(command(.left, 1, LivePage.self) == nil)
    // Figures change from anywhere; keys of the live run do nothing on other pages.
    for focus in ExperimentPage.panes.indices {
      #expect(command(.character("]"), focus, ExperimentPage.self) == "figures.next")
      #expect(command(.character("d"), focus, ExperimentPage.self) == nil)
    }
    for focus in PlanPage.panes.indices {
      #expect(command(.character("d"), focus, PlanPage.self) == nil)
    }
  }

  @Test("Help lists every command by its keys and what they do, and every pane")
  func help() {
    let lines = HelpText.lines
    for command in CommandRegistry.all {
      for shortcut in command.shortcuts {
        let title = shortcut.title ?? command.title
        #expect(
          lines.contains { $0.hasPrefix("  \(shortcut.label) ") && $0.hasSuffix(title) },
          "\(command.id)")
      }
    }
    for key in HelpText.terminalKeys { #expect(lines.contains { $0.contains(key.label) }) }
    for pane in LivePage.panes { #expect(lines.contains(pane.title)) }
  }

  @Test("The footer names only keys that work there")
  func footer() throws {
    let names: [String: Key] = [
      "Tab": .tab, "Space": .space, "Enter": .enter, "Esc": .escape, "arrows": .down,
      "Ctrl-P": .control("p"), "F3": .function(3),
    ]
    for page in PageCatalog.all {
      for focus in page.panes.indices {
        var state = try Fixture.state(of: page, columns: 60, rows: 15)
        state.focus = focus
        for item in Footer(state).items {
          #expect(!item.word.isEmpty && !item.word.contains(" "), "\(item)")
          for word in item.keys.split(separator: " ") {
            let key = names[String(word)] ?? .character(Character(String(word)))
            #expect(
              CommandRegistry.command(for: key, focus: focus, on: page) != nil, "\(item)")
          }
        }
      }
    }
  }

  @Test("Help scrolls to its end and comes back with as many keys")
  func helpScrolls() throws {
    var state = try Fixture.state()
    state.press(.character("?"))
    let top = state.screen
    for _ in 0..<100 { state.press(.pageDown) }
    let bottom = state.screen
    #expect(bottom != top)
    #expect(bottom.lines.joined().contains("Letters of a pane"))
    state.press(.up)
    #expect(state.screen != bottom)
    state.press(.end)
    #expect(state.screen == bottom)
    state.press(.home)
    #expect(state.screen == top)
    state.press(.pageDown, .pageUp)
    #expect(state.screen == top)
  }
}
