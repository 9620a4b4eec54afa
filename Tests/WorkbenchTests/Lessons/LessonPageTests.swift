import Lessons
import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// A lesson goes forward and back without harm, asks before it shows, and keeps its place.
@Suite struct LessonPageTests {
  private func commands(_ effects: [Effect]) -> [SessionCommand] {
    effects.compactMap { if case .send(let command) = $0 { command } else { nil } }
  }

  @Test("A lesson takes its run and its picture, and the text stands next to it")
  func opens() throws {
    let lesson = try LessonFixture.lesson()
    var state = try Fixture.state(dimension: 1)
    state.lessonShelf = LessonShelf { LessonLibrary(lessons: [lesson]) }
    state.press(.character("P"))
    #expect(state.page == .lessons && state.lessons.reading == nil)
    #expect(state.screen.lines.joined().contains("A lesson of every kind"))
    let sent = commands(state.press(.enter))
    #expect(sent == [.configure(lesson.steps[0].configuration), .pauseAt(step: nil), .resume])
    #expect(state.live.sampleView == .score && state.live.scoreArrows == .exact)
    let lines = state.screen.lines
    #expect(lines[0].contains("lesson 1, step 1 of 6"))
    #expect(lines.contains { $0.contains("A paragraph of text with code") })
    #expect(lines.contains { $0.contains("Samples") } && !lines.contains { $0.contains("Setup") })
  }

  @Test("Back and forth through all steps nothing is sent but where training pauses")
  func backAndForth() throws {
    var state = try LessonFixture.state(step: 0)
    let start = state.run.configuration
    var pages: [[String]] = [state.screen.lines]
    for _ in 1..<6 {
      #expect(commands(state.press(.character("o"))) == [.pauseAt(step: nil), .resume])
      pages.append(state.screen.lines)
    }
    #expect(
      state.press(.character("o")).isEmpty && state.notice?.text.contains("last step") == true)
    for step in (0..<5).reversed() {
      state.press(.character("O"))
      #expect(state.screen.lines == pages[step])
    }
    #expect(state.run.configuration == start)
    #expect(state.press(.left).isEmpty && state.notice?.text == "this is the first step")
  }

  @Test("What a step asks to try is done by a key, and what it waits for is noticed and stays")
  func attempt() throws {
    var state = try LessonFixture.state(step: 0)
    #expect(state.press(.enter).isEmpty)
    #expect(state.notice?.text.contains("not yet: setting(optimizer.learning_rate)") == true)
    #expect(state.lessons.reading?.isMet == false)
    let sent = commands(state.press(.character(";")))
    #expect(sent.count == 1 && state.run.configuration.optimizer.learningRate == 0.5)
    #expect(state.lessons.reading?.isMet == true)
    // What was tried stays, and the step stays met when it is undone.
    _ = state.change("optimizer.learning_rate", upwards: false)
    #expect(state.lessons.reading?.isMet == true)
    state.press(.enter)
    #expect(state.lessons.reading?.step == 1)
    #expect(state.run.configuration.optimizer.learningRate != 0.004)
  }

  @Test("A choice is shown wrong with why, next to what is measured")
  func choice() throws {
    var state = try LessonFixture.state(step: 1)
    #expect(!state.screen.lines.joined().contains("To the middle."))
    state.press(.enter)
    let shown = state.screen.lines.joined(separator: "\n")
    for words in ["You: outwards", "Program: inwards", "density grows", "To the middle."] {
      #expect(shown.contains(words), "\(words)")
    }
    state = try LessonFixture.state(step: 1)
    state.press(.down, .enter)
    #expect(state.screen.lines.joined().contains("✓ You: inwards"))
    state.press(.enter)
    #expect(state.lessons.reading?.step == 2)
  }

  @Test("A number is typed, an order is put together, a curve is drawn")
  func kinds() throws {
    var state = try LessonFixture.state(step: 2)
    state.press(.enter)
    state.type("-0.5")
    state.press(.enter)
    #expect(state.lessons.reading?.answers[2] == .number(-0.5))
    #expect(state.screen.lines.joined().contains("✓ You: -0.5"))
    state = try LessonFixture.state(step: 3)
    state.press(.down, .enter, .enter)
    #expect(state.lessons.reading?.answers[3] == .order([1, 0, 2]))
    state = try LessonFixture.state(step: 4)
    state.press(.up, .up, .right, .up)
    #expect(state.lessons.reading?.draft.values == [0.4, 0.2, 0, 0, 0])
    state.press(.enter)
    #expect(state.screen.lines.joined().contains("measured"))
  }

  @Test(
    "Typed answers are read, and others say what is allowed",
    arguments: [
      (1, "b", LessonAnswer.choice(1)), (2, "1e-3", .number(0.001)),
      (3, "b a c", .order([1, 0, 2])),
      (1, "x", nil), (2, "much", nil), (3, "bb", nil), (4, "1", nil), (0, "a", nil),
    ])
  func typed(step: Int, text: String, answer: LessonAnswer?) throws {
    var state = try LessonFixture.state(step: step)
    _ = state.carryOut(line: "answer \(text)")
    #expect(state.lessons.reading?.answers[step] == answer)
    #expect((state.notice?.role == .error) == (answer == nil))
  }

  @Test("A lesson is left for free exploring and returned to, and stands on its run again")
  func leftAndBack() throws {
    var state = try LessonFixture.state(step: 1)
    let run = state.run.configuration
    state.press(.character("P"))
    #expect(state.page == .live && state.run.configuration == run)
    // A live change stays; another run gives way.
    _ = state.carryOut(line: "set optimizer.learning_rate=0.25")
    #expect(commands(state.press(.character("P"))) == [])
    #expect(state.lessons.reading?.step == 1)
    #expect(state.run.configuration.optimizer.learningRate == 0.25)
    state.press(.escape)
    _ = state.carryOut(line: "set distribution.kind=two_moons")
    let sent = commands(state.press(.character("P")))
    #expect(sent.first == .configure(run) && state.run.configuration == run)
  }

  @Test("Where lessons were left is kept between starts, and a lesson goes on there")
  func kept() throws {
    var state = try LessonFixture.state(step: 3)
    let text = state.memory.text
    #expect(text.contains("lesson fixture 3\n"))
    var next = try Fixture.state(dimension: 1)
    next.memory = WorkbenchMemory(text: text)
    let again = try LessonFixture.lesson()
    next.lessonShelf = LessonShelf { LessonLibrary(lessons: [again]) }
    _ = next.carryOut(line: "lesson fixture")
    #expect(next.lessons.reading?.step == 3)
    for _ in 0..<2 { state.press(.character("o")) }
    #expect(state.memory.text.contains("lesson fixture 5 finished\n"))
    state.press(.enter)
    #expect(state.lessons.reading == nil)
    #expect(state.screen.lines.joined().contains("✓ read"))
  }

  @Test("At every size the step stays, and its text with its question is on screen at 80 x 24")
  func sizes() throws {
    for step in 0...5 {
      var state = try LessonFixture.state(step: step)
      let screen = state.screen
      for (columns, rows) in [(60, 15), (160, 48), (1, 1), (120, 30)] {
        state.send(.resized(Size(columns: columns, rows: rows)))
        #expect(state.screen.size.columns == columns)
      }
      state.send(.resized(Size(columns: 80, rows: 24)))
      #expect(state.screen == screen && state.lessons.reading?.step == step)
    }
  }

  @Test("A click on an answer selects it, one on the selected answer gives it")
  func clicks() throws {
    var state = try LessonFixture.state(step: 1)
    let rows = state.screen.lines.enumerated().filter { $0.element.contains(" b inwards") }
    let row = try #require(rows.first?.offset)
    state.click(4, row)
    #expect(state.lessons.reading?.draft.selected == 1)
    state.click(4, row)
    #expect(state.lessons.reading?.answers[1] == .choice(1))
  }

  @Test("Time and level of a picture are taken as soon as they are measured")
  func picture() throws {
    var state = try LessonFixture.state(step: 1)
    let levels = try #require(state.run.snapshot?.probe?.levels.map(\.time))
    #expect(levels[state.live.levelIndex] == 0.05)
    state.live.levelIndex = 5
    state.receive(state.run.snapshot)
    // Once taken, it is the person's to move.
    #expect(state.live.levelIndex == 5)
  }

  @Test("What the step asks about is measured though no other pane shows it")
  func measured() throws {
    let names = LessonPane().measurements(try LessonFixture.state(step: 1)).map { $0.name }
    #expect(names.contains(ProbeMeasurement.name))
  }
}
