import ScoreLab
import Testing

@testable import Lessons

/// What was done becomes a lesson that reads back as what was done.
@Suite struct LessonWriterTests {
  private static func step(
    _ assignments: [String], on base: RunConfiguration = .start, isFresh: Bool = false,
    training: Int = 0, _ change: (inout LessonPicture) -> Void = { _ in }
  ) throws -> RecordedStep {
    var picture = LessonPicture()
    change(&picture)
    return RecordedStep(
      configuration: try base.setting(assignments), isFresh: isFresh, trainingSteps: training,
      picture: picture, commands: ["samples.view x2", "set distribution.kind=circle"])
  }

  @Test("Runs, what was tried, pictures and training come back from the file")
  func roundTrip() throws {
    let first = try Self.step(["distribution.kind=circle", "network.hidden=[8, 8]"], training: 40)
    let tried = try Self.step(
      ["optimizer.learning_rate=0.01", "sampler.kind=euler_maruyama"], on: first.configuration,
      training: 90
    ) {
      $0.pane = .error
      $0.level = 0.2998
      $0.errors = .distance
      $0.losses = .levels
    }
    let other = try Self.step(
      ["distribution={kind: gaussian_mixture, components: [{mean: [0], deviation: 2}]}"],
      on: tried.configuration, training: 2_000_000
    ) {
      $0.view = .score
      $0.arrows = .exact
      $0.time = 0.5
      $0.isExactRunShown = true
    }
    var again = other
    (again.isFresh, again.trainingSteps) = (true, 10)
    let text = LessonWriter(file: "a/My lesson.md", steps: [first, tried, other, again]).text
    let lesson = try LessonReader.read(text, file: "my.md")
    #expect(lesson.name == "my-lesson" && lesson.steps.count == 4)
    let steps = lesson.steps
    #expect(steps[0].setsRun && steps[0].configuration == first.configuration)
    #expect(steps[0].trainingSteps == 40 && steps[0].attempt.isEmpty)
    // What was tried is asked for, and the lesson's own run stays as it was.
    #expect(!steps[1].setsRun && steps[1].configuration == first.configuration)
    #expect(try steps[1].configuration.setting(steps[1].attempt) == tried.configuration)
    #expect(steps[1].picture.pane == .error && steps[1].picture.errors == .distance)
    #expect(steps[1].picture.losses == .levels)
    #expect(steps[1].picture.level == 0.3 && steps[1].trainingSteps == 90)
    // A new run brings what was tried with it.
    #expect(steps[2].setsRun && steps[2].configuration == other.configuration)
    #expect(steps[2].picture == other.picture && steps[2].trainingSteps == 1_000_000)
    #expect(!steps[3].setsRun && steps[3].isFresh && steps[3].configuration == other.configuration)
    #expect(text.contains("# done: samples.view x2, set distribution.kind=circle\n"))
    #expect(text.contains("# until: step >= 40\n"))
  }

  @Test(
    "The lesson is called after its file",
    arguments: [
      ("wide.md", "wide"), ("/tmp/x y/Über_1.md", "-ber-1"), ("...md", "my-lesson"),
      (String(repeating: "a", count: 60) + ".md", String(repeating: "a", count: 40)),
    ])
  func names(file: String, name: String) throws {
    let text = LessonWriter(file: file, steps: [try Self.step([])]).text
    #expect(try LessonReader.read(text, file: file).name == name)
  }

  @Test("Commands that are no text for a terminal are a harmless comment")
  func hostile() throws {
    var step = try Self.step([])
    step.commands = ["set a=\u{1B}[2J\nname: x", String(repeating: "b", count: 1000)]
    let text = LessonWriter(file: "a.md", steps: [step]).text
    #expect(text.contains("# done: set a=[2Jname: x, bbb"))
    #expect(try LessonReader.read(text, file: "a.md").name == "a")
  }
}
