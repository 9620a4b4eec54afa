import Lessons
import TermPlot
import Testing

@testable import Workbench

/// In class mode hands are counted before anything is shown.
@Suite struct HandCountTests {
  /// The fixture's choice, with its count open.
  private static func counting(columns: Int = 80, rows: Int = 24) throws -> WorkbenchState {
    var state = try LessonFixture.state(step: 1, columns: columns, rows: rows)
    state.press(.character("C"), .enter)
    return state
  }

  private func counts(_ state: WorkbenchState) -> [Int]? {
    guard case .hands(let count)? = state.overlay else { return nil }
    return count.counts
  }

  @Test("Letters count, capitals and Backspace take back, 0 clears, and nothing is shown before")
  func counts() throws {
    var state = try Self.counting()
    #expect(state.screen.lines[0].contains("Hands: 0"))
    state.type("abbbb")
    #expect(counts(state) == [1, 4])
    state.press(.backspace, .character("B"))
    #expect(counts(state) == [1, 2])
    // Letters of no choice, and taking back what is not there, change nothing.
    state.type("fAA")
    #expect(counts(state) == [0, 2])
    state.type("a")
    let shown = state.screen.lines.joined(separator: "\n")
    for words in ["Hands: 3", "1 of 3, 33%", "2 of 3, 67%", "██"] {
      #expect(shown.contains(words), "\(words)")
    }
    #expect(!shown.contains("To the middle.") && !shown.contains("right"))
    state.type("0")
    #expect(counts(state) == [0, 0])
    #expect(state.press(.enter).isEmpty && counts(state) == [0, 0])
    state.press(.escape)
    #expect(state.overlay == nil && state.lessons.reading?.answers[1] == nil)
  }

  @Test("Enter shows what is measured, then the reasons, with the class in place of you")
  func reveal() throws {
    var state = try Self.counting()
    state.type("aaab")
    state.press(.enter)
    #expect(state.screen.lines.joined().contains("b is right: 1 of 4 hands"))
    #expect(state.screen.lines.contains { $0.contains("✓ b  inwards") })
    // What is revealed is not counted on.
    state.type("b")
    #expect(counts(state) == [3, 1])
    state.press(.enter)
    let shown = state.screen.lines.joined(separator: "\n")
    for words in ["✗ Class, 3 of 4: outwards", "Program: inwards", "To the middle."] {
      #expect(shown.contains(words), "\(words)")
    }
    #expect(state.lessons.reading?.answers[1] == .choice(0))
  }

  @Test("The hands are kept between starts and stand there when it is asked again")
  func kept() throws {
    var state = try Self.counting()
    state.type("abb")
    #expect(state.memory.text.contains("hands fixture 1 1 2\n"))
    var next = try LessonFixture.state(step: 1)
    next.memory = WorkbenchMemory(text: state.memory.text)
    next.press(.character("C"), .enter)
    #expect(counts(next) == [1, 2])
  }

  @Test("A click counts, and without class mode Enter answers at once")
  func clicks() throws {
    var state = try Self.counting()
    let row = try #require(state.screen.lines.firstIndex { $0.contains("b  inwards") })
    state.click(10, row)
    state.click(10, row)
    #expect(counts(state) == [0, 2])
    state.press(.escape, .character("C"), .enter)
    #expect(state.overlay == nil && state.lessons.reading?.answers[1] == .choice(0))
  }

  @Test("Questions without choices are answered as ever")
  func others() throws {
    var state = try LessonFixture.state(step: 4)
    state.press(.character("C"), .enter)
    #expect(state.overlay == nil && state.lessons.reading?.answers[4] != nil)
  }

  @Test("In a low window every choice has its line, and at any size it draws")
  func sizes() throws {
    var state = try Self.counting(columns: 60, rows: 15)
    state.type("abbbb")
    #expect(state.screen.lines.contains { $0.contains("4 of 5, 80%") })
    state.send(.resized(Size(columns: 60, rows: 9)))
    for (columns, rows) in [(60, 15), (80, 20), (200, 60), (1, 1)] {
      state.send(.resized(Size(columns: columns, rows: rows)))
      #expect(state.screen.size.columns == columns)
    }
  }
}
