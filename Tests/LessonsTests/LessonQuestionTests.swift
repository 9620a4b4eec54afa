import ScoreLab
import Testing

@testable import Lessons

/// Answers are compared with what is measured, not with what is written down.
@Suite struct LessonQuestionTests {
  private static func question(_ yaml: String) throws -> LessonQuestion {
    let indented = yaml.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    let text = """
      ---
      name: a
      title: b
      summary: c
      ---
      ## Step
      ```yaml
      ask:
        question: What?
      \(indented)
      ```
      """
    return try #require(try LessonReader.read(text, file: "a.md").steps[0].question)
  }

  /// A distribution on the line whose score at x is -x / 4.
  private static func evidence() throws -> LessonEvidence {
    let configuration = try RunConfiguration().setting([
      "distribution={kind: gaussian_mixture, components: [{mean: [0], deviation: 2}]}"
    ])
    return LessonEvidence(
      scene: LessonScene(configuration), configuration: configuration, snapshot: nil)
  }

  @Test("The right choice is the one whose condition holds, and a wrong one says why it is wrong")
  func choice() throws {
    let question = try Self.question(
      """
      choices:
      - {say: to the right, when: "score(2, 0) > 0", why: It points downhill.}
      - {say: to the left, when: "score(2, 0) < 0"}
      """)
    let evidence = try Self.evidence()
    #expect(question.rightAnswer(evidence) == .choice(1))
    let wrong = try #require(question.verdict(on: .choice(0), evidence))
    #expect(!wrong.isRight && wrong.why == "It points downhill." && wrong.truth == "to the left")
    #expect(question.verdict(on: .choice(1), evidence)?.isRight == true)
    #expect(question.verdict(on: .choice(2), evidence) == nil)
    #expect(question.verdict(on: .number(1), evidence) == nil)
  }

  @Test("A number is right within its tolerance, and usual misses are named")
  func number() throws {
    let question = try Self.question(
      """
      number: score(2, 0)
      within: 0.1
      misses:
      - {when: guess > 0, why: The sign.}
      - {when: guess < 2 * truth, why: Twice too much.}
      """)
    let evidence = try Self.evidence()
    #expect(question.rightAnswer(evidence) == .number(-0.5))
    #expect(question.verdict(on: .number(-0.54), evidence)?.isRight == true)
    #expect(question.verdict(on: .number(-0.56), evidence)?.isRight == false)
    #expect(question.verdict(on: .number(0.5), evidence)?.why == "The sign.")
    #expect(question.verdict(on: .number(-2), evidence)?.why == "Twice too much.")
    #expect(question.verdict(on: .number(-0.7), evidence)?.why == nil)
  }

  @Test("Things are in order by what is measured, the largest first")
  func order() throws {
    let question = try Self.question(
      """
      order:
      - {say: at 1, value: "score(1, 0)"}
      - {say: at 0, value: "score(0, 0)"}
      - {say: at 4, value: "score(4, 0)"}
      """)
    let evidence = try Self.evidence()
    #expect(question.rightAnswer(evidence) == .order([1, 0, 2]))
    #expect(question.verdict(on: .order([1, 0, 2]), evidence)?.isRight == true)
    #expect(question.verdict(on: .order([0, 1, 2]), evidence)?.isRight == false)
    #expect(question.verdict(on: .order([0, 0, 2]), evidence) == nil)
  }

  @Test("A curve is right where it is close on average")
  func curve() throws {
    let question = try Self.question(
      "curve: score(x, 0)\nat: [-4, -2, 0, 2, 4]\nrange: [-2, 2]\nwithin: 0.1")
    let evidence = try Self.evidence()
    #expect(question.rightAnswer(evidence) == .curve([1, 0.5, 0, -0.5, -1]))
    #expect(question.verdict(on: .curve([1.2, 0.8, 0.2, -0.4, -1]), evidence)?.isRight == true)
    #expect(question.verdict(on: .curve([-1, -0.5, 0, 0.5, 1]), evidence)?.isRight == false)
    #expect(question.verdict(on: .curve([1]), evidence) == nil)
  }

  @Test("While something is not measured there is no verdict")
  func unmeasured() throws {
    let question = try Self.question(
      "choices:\n- {say: yes, when: step > 5}\n- {say: no, when: step <= 5}")
    #expect(question.rightAnswer(try Self.evidence()) == nil)
    #expect(question.verdict(on: .choice(0), try Self.evidence()) == nil)
  }
}
