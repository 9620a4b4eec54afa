import Lessons
import ScoreLab
import TermPlot

extension LessonPage {
  static let commands: [Command] =
    [.leaving(id, "leave for free exploring; P comes back", keys: leavingKeys, hint: leavingHint)]
    + [.backFromPage, .nextLessonStep, .previousLessonStep, .attemptLesson, .countHands]
    + Command.focusing(panes, on: id)
    + [.nextPane, .previousPane, .pauseRun, .stepRun, .stepRunByTen, .slower, .faster]
    + [.undo, .redo, .restartRun, .freeze, .showWarnings] + Command.plotCommands
    + Command.everywhere

  private static let leavingKeys = Shortcut("P", .character("P"))
  private static let leavingHint = Hint("P", "explore", .page)

  static let opener: Command? = Command(
    "lessons.open", "lessons: a course in steps, with questions", keys: leavingKeys,
    hint: Hint("P", "lessons"),
    availability: { .when(!$0.isOpen(id), otherwise: "the lessons page is open") },
    perform: { state in
      state.open(id)
      return state.returnToLesson()
    })
}

extension Command {
  fileprivate static let nextLessonStep = Command(
    "lesson.next", "the next step of the lesson", keys: Shortcut("o", .character("o")),
    hint: Hint("o O", nil) { $0.lessons.reading == nil ? "" : "steps" },
    availability: { hasStep(1, $0) }, perform: { goOn(1, &$0) })

  fileprivate static let previousLessonStep = Command(
    "lesson.previous", "the step before", keys: Shortcut("O", .character("O")),
    availability: { hasStep(-1, $0) }, perform: { goOn(-1, &$0) })

  fileprivate static let attemptLesson = Command(
    "lesson.try", "do what the step asks to try", keys: Shortcut(";", .character(";")),
    hint: Hint(";", nil) { $0.lessons.reading?.current.attempt.isEmpty == false ? "try" : "" },
    availability: { state in
      guard let reading = state.lessons.reading else { return .no("no lesson is open") }
      return .when(
        state.attempted(reading.current) != state.run.configuration,
        otherwise: reading.current.attempt.isEmpty
          ? "this step asks for nothing to try" : "it is done already")
    },
    perform: { $0.attemptLesson() })

  fileprivate static let countHands = Command(
    "lesson.class", "class mode: count hands before an answer is shown",
    keys: Shortcut("C", .character("C")), hint: Hint("C", "class"),
    change: { state in
      state.lessons.isClass.toggle()
      state.notice = Notice(
        text: state.lessons.isClass
          ? "class mode: at a question with choices Enter counts hands" : "class mode is off",
        role: .accent)
    })

  static func hasStep(_ way: Int, _ state: WorkbenchState) -> Availability {
    guard let reading = state.lessons.reading else { return .no("Enter opens a lesson") }
    return .when(
      reading.lesson.steps.indices.contains(reading.step + way),
      otherwise: way < 0 ? "this is the first step" : "this is the last step; Enter ends the lesson"
    )
  }

  static func goOn(_ way: Int, _ state: inout WorkbenchState) -> [Effect] {
    state.goToLessonStep((state.lessons.reading?.step ?? 0) + way)
  }
}

extension WorkbenchState {
  /// The run with what a step asks to try.
  fileprivate func attempted(_ step: LessonStep) -> RunConfiguration {
    (try? run.configuration.setting(step.attempt)) ?? run.configuration
  }

  /// Does what the step asks to try.
  mutating func attemptLesson() -> [Effect] {
    guard let step = lessons.reading?.current else { return [] }
    let changed = attempted(step)
    guard changed != run.configuration else { return [] }
    let restarts = changed.requiresRestart(comparedTo: run.configuration)
    run.configuration = changed
    (run.canUndo, run.canRedo) = (true, false)
    notice = Notice(
      text: step.attempt.joined(separator: ", ") + (restarts ? "; restarted" : ", live"),
      role: .accent)
    followLesson()
    return [.send(.configure(changed))]
  }
}

// MARK: - The pane's own keys

extension LessonPane {
  static let commands: [Command] =
    [
      Command(
        "lesson.enter", "open the lesson, answer, or go on", keys: Shortcut("Enter", .enter),
        hint: Hint("Enter", nil) { enterWord($0) },
        availability: { canEnter($0) }, perform: { $0.enterLesson() }),
      Command(
        "lesson.up", "up: choose, draw or scroll", keys: Shortcut("up", .up),
        hint: Hint("arrows", nil) { _ in "move" },
        wheel: Wheel(kind: .wheelUp, times: 1), availability: { canMove(-1, $0) },
        change: { $0.moveInLesson(-1) }),
      Command(
        "lesson.down", "down: choose, draw or scroll", keys: Shortcut("down", .down),
        wheel: Wheel(kind: .wheelDown, times: 1), availability: { canMove(1, $0) },
        change: { $0.moveInLesson(1) }),
      Command(
        "lesson.left", "the step before, or to the left in a curve or a picture",
        keys: Shortcut("left", .left), availability: { canGo(-1, $0) }, perform: { go(-1, &$0) }),
      Command(
        "lesson.right", "the next step, or to the right in a curve or a picture",
        keys: Shortcut("right", .right), availability: { canGo(1, $0) }, perform: { go(1, &$0) }),
      Command(
        "lesson.list", "back to the list of lessons; or take back what was put in order last",
        keys: Shortcut("Backspace", .backspace),
        availability: {
          .when($0.lessons.reading != nil, otherwise: "this is the list of lessons")
        },
        change: { $0.stepOutOfLesson() }),
      Command(
        "lesson.mark", "mark the field of a region, or clear it",
        keys: Shortcut("F", .character("F")),
        hint: Hint("F", nil) { $0.openFields?.isPlace == false ? "mark" : "" },
        availability: {
          .when($0.openFields?.isPlace == false, otherwise: "no region is asked for")
        },
        change: { $0.markLessonField(!$0.isLessonFieldMarked) }),
    ] + Command.scrollingFar

  private static func enterWord(_ state: WorkbenchState) -> String {
    guard let reading = state.lessons.reading else { return "open" }
    return reading.openQuestion == nil ? "on" : "answer"
  }

  private static func canEnter(_ state: WorkbenchState) -> Availability {
    guard let reading = state.lessons.reading else {
      return .when(!state.lessons.library.lessons.isEmpty, otherwise: "there is no lesson")
    }
    if let field = state.openFields, !field.isPlace {
      return .when(!reading.draft.fields.isEmpty, otherwise: "nothing is marked yet")
    }
    if reading.openQuestion != nil {
      return .when(
        !reading.draft.order.contains(reading.draft.selected),
        otherwise: "it has its place; Backspace takes the last one back")
    }
    return .when(
      reading.isMet, otherwise: "not yet: \(state.waitedFor); right goes on all the same")
  }

  private static func canMove(_ way: Int, _ state: WorkbenchState) -> Availability {
    switch state.lessonList {
    case .rows(let selected, let count):
      .when(
        (0..<count).contains(selected + way), otherwise: "this is the \(way < 0 ? "first" : "last")"
      )
    case .curve:
      .when(state.canDraw(-way), otherwise: "this is the \(way < 0 ? "largest" : "least") value")
    case .fields(let field) where field.area.dimension == 2:
      .when(state.lessonField(along: 1, by: -way) != nil, otherwise: "this is the edge")
    case .fields(let field) where !field.isPlace:
      .when(
        state.isLessonFieldMarked == (way > 0),
        otherwise: way < 0 ? "it is marked already" : "it is not marked")
    case .fields, .text:
      .when(
        way < 0 ? state.scrollPlace.now > 0 : state.scrollPlace.now < state.scrollPlace.most,
        otherwise: way < 0 ? "this is the top" : "this is the end")
    }
  }

  private static func canGo(_ way: Int, _ state: WorkbenchState) -> Availability {
    switch state.lessonList {
    case .rows, .text: return Command.hasStep(way, state)
    case .fields:
      return .when(state.lessonField(along: 0, by: way) != nil, otherwise: "this is the edge")
    case .curve(let selected, let count):
      return .when(
        (0..<count).contains(selected + way),
        otherwise: "this is the \(way < 0 ? "first" : "last") place")
    }
  }

  private static func go(_ way: Int, _ state: inout WorkbenchState) -> [Effect] {
    switch state.lessonList {
    case .rows, .text: return Command.goOn(way, &state)
    case .fields: state.moveLessonField(along: 0, by: way)
    case .curve: state.lessons.reading?.draft.selected += way
    }
    return []
  }
}
