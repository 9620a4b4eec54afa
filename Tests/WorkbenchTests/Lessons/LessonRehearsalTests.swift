import Lessons
import ScoreLab
import Testing

@testable import Workbench

/// Every lesson of the program, gone through from its first step to its last.
@Suite struct LessonRehearsalTests {
  private static let lessons = LessonLibrary.builtIn.lessons

  @Test("A lesson's texts fit the pane of a screen of 80 x 24", arguments: lessons.map(\.name))
  func fits(name: String) throws {
    let lesson = try #require(Self.lessons.first { $0.name == name })
    #expect(LessonFit.problems(of: lesson) == [])
  }

  @Test(
    "A lesson's conditions come true, its answers are right and its numbers are as measured",
    arguments: lessons.map(\.name))
  func rehearsed(name: String) throws {
    let lesson = try #require(Self.lessons.first { $0.name == name })
    var rehearsal = try LessonRehearsal(lesson)
    try rehearsal.perform()
    for finding in rehearsal.findings where !finding.holds {
      Issue.record("\(lesson.file):\(finding.line): \(finding.text)")
    }
    #expect(rehearsal.state.lessons.progress.finished == [name])
    #expect(!rehearsal.findings.isEmpty)
  }

  @Test("A wrong number, a wrong answer and a condition that never comes true are found")
  func faults() throws {
    let text = """
      ---
      name: wrong
      title: Wrong
      summary: Nothing here holds.
      ---
      ## Step
      ```yaml
      run:
        distribution: {kind: gaussian_mixture, components: [{mean: [0], deviation: 2}]}
        network: {kind: mlp, hidden: [4]}
        probe: {points: 64}
        sampler: {count: 10, steps: 5}
      train: 20
      until: step >= 21
      ask:
        question: What?
        choices:
        - {say: a, when: "score(2, 0) > 0"}
        - {say: b, when: "score(2, 0) > 1"}
      facts:
      - {said: "0.25", value: "score(2, 0)"}
      ```
      It is 0.25.
      """
    var rehearsal = try LessonRehearsal(LessonReader.read(text, file: "wrong.md"))
    try rehearsal.perform()
    #expect(rehearsal.findings.map(\.holds) == [false, false, false])
    #expect(rehearsal.state.run.snapshot?.step == 20)
  }

  @Test("A text that is too long for its pane is named by its step")
  func tooLong() throws {
    let words = Array(repeating: "word", count: 200).joined(separator: " ")
    let text = "---\nname: long\ntitle: L\nsummary: S\n---\n## Step\n\(words)\n"
    let problems = LessonFit.problems(of: try LessonReader.read(text, file: "long.md"))
    #expect(problems.map(\.line) == [6])
    #expect(problems[0].message.contains("room for 20 lines"))
  }
}
