import Glibc
import ScoreLab
import Testing

@testable import Lessons

/// Plots of lessons are drawn from quantities.
@Suite struct LessonPlotTests {
  private static func step(_ yaml: String) throws -> LessonStep {
    let text = "---\nname: a\ntitle: b\nsummary: c\n---\n## Step\n```yaml\n\(yaml)\n```\n"
    return try LessonReader.read(text, file: "a.md").steps[0]
  }

  private static let plot = """
    plot:
      axis: t
      over: [0.5, 5]
      range: [0, 1]
      curves:
      - {say: alpha, value: alpha(x)}
      - {say: late, value: sigma(x + 2)}
    """

  @Test("A plot has the values of its curves, where they are known")
  func values() throws {
    let step = try Self.step(Self.plot)
    let plot = try #require(step.plot)
    #expect(plot.axis == "t" && plot.domain == 0.5...5 && plot.range == 0...1 && plot.line == 9)
    let evidence = LessonEvidence(
      scene: LessonScene(step.configuration), configuration: step.configuration, snapshot: nil)
    let alpha = plot.points(of: plot.curves[0], evidence)
    #expect(alpha.x.first == 0.5 && alpha.x.last == 5 && alpha.x.count == plot.places.count)
    // Ornstein and Uhlenbeck's alpha is exp(-t).
    #expect(zip(alpha.x, alpha.y).allSatisfy { abs(log($1) + $0) < 1e-12 })
    // Beyond the horizon, 5, there is no level.
    let late = plot.points(of: plot.curves[1], evidence)
    #expect(late.x.last == 2.975 && late.y.count == late.x.count)
  }

  @Test(
    "What is wrong with a plot is said",
    arguments: [
      ("over: [0.5, 5]", "over: [5]", "the least and the largest"),
      ("alpha(x)", "alpha(y)", "no quantity"), ("axis: t", "ax: t", "unknown key"),
      ("  - {say: late, value: sigma(x + 2)}", "  - {say: late}", "value is missing"),
      ("plot:", "ask: {question: Q, curve: x, at: [0, 1], range: [0, 1]}\nplot:", "takes the room"),
    ])
  func faults(original: String, changed: String, words: String) throws {
    let error = #expect(throws: ConfigurationError.self) {
      try Self.step(Self.plot.replacing(original, with: changed))
    }
    #expect("\(try #require(error))".contains(words), "\(String(describing: error))")
  }
}
