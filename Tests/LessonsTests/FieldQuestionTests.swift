import ScoreLab
import Testing

@testable import Lessons

/// Places and regions are compared with where a condition holds.
@Suite struct FieldQuestionTests {
  /// A question on the line or the plane, read as from a file.
  static func question(
    _ yaml: String, distribution: String = "{mean: [0], deviation: 2}",
    show: String = "{pane: samples, view: score}"
  ) throws -> LessonQuestion {
    let indented = yaml.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    let text = """
      ---
      name: a
      title: b
      summary: c
      ---
      ## Step
      ```yaml
      run:
        distribution: {kind: gaussian_mixture, components: [\(distribution)]}
      show: \(show)
      ask:
        question: Where?
      \(indented)
      ```
      """
    return try #require(try LessonReader.read(text, file: "a.md").steps[0].question)
  }

  private static func evidence(
    _ distribution: String = "{mean: [0], deviation: 2}"
  ) throws -> LessonEvidence {
    let configuration = try RunConfiguration().setting([
      "distribution={kind: gaussian_mixture, components: [\(distribution)]}"
    ])
    return LessonEvidence(
      scene: LessonScene(configuration), configuration: configuration, snapshot: nil)
  }

  private func field(_ question: LessonQuestion) throws -> FieldQuestion {
    guard case .field(let field) = question.kind else {
      throw ConfigurationError(file: "a.md", message: "no question in the picture")
    }
    return field
  }

  @Test("A field holds its middle, and what is outside the area is in none")
  func fields() {
    for area in [FieldArea([-4...4]), FieldArea([-4...4, 0...2])] {
      for field in 0..<area.count { #expect(area.field(at: area.middle(of: field)) == field) }
      #expect(area.middle(of: area.count / 2)[0] == 0)
    }
    let line = FieldArea([-4...4])
    #expect(line.field(at: [-4.1]) == nil && line.field(at: [4]) == 40)
    #expect(line.field(at: [.nan]) == nil && line.field(at: [0, 0]) == nil)
    #expect(line.neighbour(of: 40, along: 0, by: 1) == nil)
    #expect(line.neighbour(of: 3, along: 1, by: 1) == nil)
    let plane = FieldArea([-4...4, 0...2])
    #expect(plane.neighbour(of: 20, along: 0, by: 1) == nil)
    #expect(plane.neighbour(of: 20, along: 1, by: 1) == 41)
  }

  @Test("A particle is right where the condition holds, and a usual wrong place says why")
  func place() throws {
    let question = try Self.question(
      """
      place: abs(score(x, 0) + 0.5) < 0.06
      over: {x: [-4, 4]}
      misses:
      - {when: x < 0, why: The sign.}
      """)
    let evidence = try Self.evidence()
    let area = try field(question).area
    // The score is -x / 4, so it is -0.5 at 2.
    let right = try #require(area.field(at: [2]))
    #expect(question.verdict(on: .fields([right]), evidence)?.isRight == true)
    let wrong = try #require(area.field(at: [-2]))
    let verdict = try #require(question.verdict(on: .fields([wrong]), evidence))
    #expect(!verdict.isRight && verdict.why == "The sign.")
    #expect(verdict.said == "x = -1.95" && verdict.truth == "x = 1.95")
    #expect(question.verdict(on: .fields([]), evidence) == nil)
    #expect(question.verdict(on: .fields([99]), evidence) == nil)
    guard case .fields(let answer)? = question.rightAnswer(evidence) else {
      Issue.record("no answer")
      return
    }
    #expect(answer.count == 1 && question.verdict(on: .fields(answer), evidence)?.isRight == true)
  }

  @Test("A region is right where it shares enough with the true one")
  func region() throws {
    let question = try Self.question(
      """
      region: score(x, 0) > 0
      over: {x: [-4, 4]}
      overlap: 0.8
      misses:
      - {when: x > 0, why: The sign.}
      """)
    let evidence = try Self.evidence()
    let area = try field(question).area
    func verdict(_ intervals: ClosedRange<Double>...) -> LessonVerdict? {
      question.verdict(on: .fields(area.fields(in: intervals)), evidence)
    }
    // Twenty of the 41 fields have their middles below 0.
    #expect(verdict(-4...0)?.isRight == true, "20 of 21: the field at 0 is too much")
    #expect(verdict(-4...(-0.1))?.isRight == true)
    #expect(verdict(-4...(-0.9))?.isRight == true, "16 of 20")
    #expect(verdict(-4...(-1.1))?.isRight == false, "15 of 20")
    #expect(verdict(0.1...4)?.why == "The sign.")
    let half = try #require(verdict(-4...(-2.1), 2.1...4))
    #expect(half.said == "50% of it; 50% of yours is outside")
    #expect(half.truth == "x from -4 to -0.098")
    #expect(question.rightAnswer(evidence) == .fields(Set(0..<20)))
  }

  @Test("On the plane density and score are those of a Gaussian")
  func plane() throws {
    let gaussian = "{mean: [1, 0], deviation: 0.5}"
    let evidence = try Self.evidence(gaussian)
    // At (1, 1): density exp(-2) / (2 pi 0.25), score -(x - mean) / 0.25.
    for (text, value) in [
      ("plane_density(1, 1, 0)", 0.0861571172), ("plane_score_x(1.5, 1, 0)", -2),
      ("plane_score_y(1, 1, 0)", -4),
    ] {
      let found = try #require(evidence.value(of: LessonExpression(text)))
      #expect(abs(found - value) < 1e-9, "\(text)")
    }
    #expect(evidence.value(of: try LessonExpression("score(1, 0)")) == nil)
    let question = try Self.question(
      "region: plane_density(x, y, 0) > 0.1\nover: {x: [-3, 3], y: [-3, 3]}",
      distribution: gaussian)
    guard case .fields(let fields)? = question.rightAnswer(evidence) else {
      Issue.record("no answer")
      return
    }
    // A disc of squared radius 2 * 0.25 * log(0.6366 / 0.1); its area over that of a field, give or
    // take the fields that its edge cuts.
    let disc = Double.pi * 0.5 * 1.85093 / (6 / 21.0 * 6 / 21.0)
    #expect(abs(Double(fields.count) - disc) < 6)
  }

  @Test("The flow takes a normal point to as many deviations as it was from the middle")
  func flow() throws {
    let evidence = try Self.evidence()
    // For normal data x / sqrt(variance) stays, so the end is known in closed form.
    let pair = try ["flow_end(1, 5)", "sqrt(variance(0.001) / variance(5))"].map {
      try #require(evidence.value(of: LessonExpression($0)))
    }
    // Heun's rule in 200 steps whose lengths fall like the times.
    #expect(abs(pair[0] - pair[1]) < 1e-3)
    #expect(evidence.value(of: try LessonExpression("flow_end(1, 9)")) == nil)
  }

  @Test("What does not depend on the place is worked out before")
  func folding() throws {
    let evidence = try Self.evidence()
    let condition = try LessonCondition("abs(x - variance(0)) < score(2, 0) + x", variables: ["x"])
    #expect(condition.left.hasVariables && condition.right.hasVariables)
    let folded = evidence.folding(condition)
    #expect(folded.left.quantities.isEmpty && folded.right.quantities.isEmpty)
    for x in [-1.0, 3.9, 5] {
      #expect(
        evidence.holds(folded, variables: ["x": x])
          == evidence.holds(condition, variables: ["x": x]))
    }
  }

  @Test(
    "What is wrong with such a question is said",
    arguments: [
      ("place: x > 0", "{pane: samples}", "over is missing"),
      ("place: x > 0\nover: {y: [0, 1]}", "{pane: samples}", "x is missing"),
      ("place: y > 0\nover: {x: [0, 1]}", "{pane: samples}", "no quantity"),
      ("place: x > 0\nover: {x: [1, 0]}", "{pane: samples}", "the least and the largest"),
      ("place: []\nover: {x: [0, 1]}", "{pane: samples}", "expected a condition"),
      ("place: x > 0\nover: {x: [0, 1]}", "{pane: loss}", "samples pane"),
      ("place: x > 0\nover: {x: [0, 1]}", "{view: trajectories}", "samples pane"),
      ("place: x > 0\nover: {x: [0, 1], y: [0, 1]}", "{}", "the data have 1 coordinate;"),
      ("region: x > 0\nover: {x: [0, 1]}\noverlap: 2", "{}", "overlap"),
      ("region: x > 0\nplace: x > 0\nover: {x: [0, 1]}", "{}", "one of choices"),
    ])
  func faults(yaml: String, show: String, words: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try Self.question(yaml, show: show) }
    #expect("\(try #require(error))".contains(words), "\(String(describing: error))")
  }
}
