package import Lessons
import ScoreCore
import ScoreLab
package import TermPlot

/// Goes through a lesson without a screen or a person: trains as it says, does what it asks to try,
/// gives the right answers, and notes what does not hold.
package struct LessonRehearsal {
  /// A number, an answer or a condition, and whether it is as the lesson says.
  package struct Finding: Sendable {
    /// The line of the step or the number.
    package var line: Int
    package var text: String
    package var holds: Bool
  }

  /// The most training steps that a condition is waited for.
  private static let patience = 4000
  private static let stepsBetweenLooks = 250

  /// The screen as the lesson has it.
  package private(set) var state: WorkbenchState
  package private(set) var findings: [Finding] = []
  private let lesson: Lesson
  private var run: RehearsedRun

  /// Prepares a lesson.
  ///
  /// - Parameters:
  ///   - lesson: The lesson.
  ///   - size: The size of the screen.
  /// - Throws: Why its first run cannot be made.
  package init(_ lesson: Lesson, size: Size = Size(columns: 80, rows: 24)) throws {
    let configuration = lesson.steps[0].configuration
    state = WorkbenchState(
      size: size, configuration: configuration, themes: [.builtIn], marks: .braille)
    state.lessonShelf = LessonShelf { LessonLibrary(lessons: [lesson]) }
    self.lesson = lesson
    run = try RehearsedRun(configuration)
  }

  /// Goes through every step.
  ///
  /// - Parameter look: Called at every step, before its question is answered and behind it.
  /// - Throws: Why a run cannot be made.
  package mutating func perform(
    look: (_ step: Int, _ state: WorkbenchState) throws -> Void = { _, _ in }
  ) throws {
    for step in lesson.steps.indices {
      try carryOut(step == 0 ? state.openLesson(at: 0) : state.goToLessonStep(step))
      run.train()
      measure()
      try waitForConditions(of: lesson.steps[step])
      try look(step, state)
      checkFacts(of: lesson.steps[step])
      if lesson.steps[step].question != nil {
        answer(lesson.steps[step])
        try look(step, state)
      }
    }
  }

  private mutating func carryOut(_ effects: [Effect]) throws {
    for effect in counted(effects, &state) {
      if case .send(let command) = effect { try run.perform(command) }
    }
  }

  /// Measures what the screen shows and the step says, and hands it to the screen.
  private mutating func measure() {
    var request = state.shownMeasurements
    if let step = state.lessons.reading?.current {
      request.formUnion(
        MeasurementRequest(
          LessonQuantity.measurements(
            for: step.facts.flatMap(\.value.quantities) + step.conditions.flatMap(\.quantities)
              + (step.question?.quantities ?? []))))
    }
    let message = run.message(measuring: request, done: state.run.commandsSent)
    _ = update(&state, .session(message))
  }

  private mutating func waitForConditions(of step: LessonStep) throws {
    guard let reading = state.lessons.reading, !reading.isMet else { return }
    try carryOut(state.attemptLesson())
    let end = run.step + Self.patience
    repeat {
      run.train(atMost: Self.stepsBetweenLooks)
      measure()
    } while state.lessons.reading?.isMet == false && run.step < end && run.isTraining
    for (place, condition) in step.conditions.enumerated()
    where state.lessons.reading?.met.contains(place) != true {
      findings.append(
        Finding(line: step.line, text: "\(condition.text) has not come true", holds: false))
    }
  }

  private mutating func checkFacts(of step: LessonStep) {
    let evidence = state.lessonEvidence
    for fact in step.facts {
      let value = evidence.value(of: fact.value)
      findings.append(
        Finding(
          line: fact.line,
          text: "says \(fact.said), measured " + (value.map { "\($0)" } ?? "nothing"),
          holds: value.map { fact.holds(for: $0) } ?? false))
    }
  }

  private mutating func answer(_ step: LessonStep) {
    guard let question = step.question else { return }
    let evidence = state.lessonEvidence
    guard let right = question.rightAnswer(evidence) else {
      findings.append(
        Finding(
          line: step.line, text: "no answer, or more than one, is right as measured", holds: false))
      return
    }
    state.answerLesson(right)
    let verdict = question.verdict(on: right, evidence)
    findings.append(
      Finding(
        line: step.line, text: "the answer is \(verdict?.truth ?? "not known")",
        holds: verdict?.isRight == true))
  }
}

/// A session that does at once what the screen asks for.
private struct RehearsedRun {
  private var session: Session
  private var limit: Int?
  private var isPaused = false
  private var generation = 0

  init(_ configuration: RunConfiguration) throws {
    session = try Session(configuration: configuration, dataSource: NoFiles())
  }

  var step: Int { session.step }

  var isTraining: Bool {
    !isPaused && session.divergence == nil && limit.map { session.step < $0 } != false
  }

  mutating func perform(_ command: SessionCommand) throws {
    switch command {
    case .configure(let configuration):
      guard configuration.requiresRestart(comparedTo: session.configuration) else {
        return session.configure(configuration)
      }
      try begin(configuration)
    case .restart(let seed):
      var configuration = session.configuration
      configuration.seed = seed
      try begin(configuration)
    case .pauseAt(let step): limit = step
    case .pause: isPaused = true
    case .resume: isPaused = false
    case .step(let count): for _ in 0..<count { _ = session.trainStep() }
    case .pace, .undo, .redo, .save, .open, .branch, .goTo, .compare, .stop: break
    }
  }

  private mutating func begin(_ configuration: RunConfiguration) throws {
    session = try Session(configuration: configuration, dataSource: NoFiles())
    generation += 1
  }

  /// Trains to the limit, where there is one.
  mutating func train() {
    guard limit != nil else { return }
    while isTraining { _ = session.trainStep() }
  }

  mutating func train(atMost count: Int) {
    for _ in 0..<count where isTraining { _ = session.trainStep() }
  }

  mutating func message(measuring request: MeasurementRequest, done: Int) -> SessionMessage {
    session.show(request)
    session.measureNow(request)
    let snapshot = session.snapshot(
      generation: generation, status: isTraining ? .training : .paused, stepsPerSecond: nil)
    return SessionMessage(snapshot: snapshot, commandsDone: done)
  }
}
