import ScoreLab
import Testing

@testable import Lessons

/// Lessons are read strictly: what is wrong is named with file, line and what is allowed.
@Suite struct LessonReaderTests {
  static let small = """
    ---
    name: small
    number: 3
    title: A small lesson
    summary: It says little.
    minutes: 5
    ---

    # A heading that readers of the file see

    ## The first step

    ```yaml
    run:
      distribution: {kind: gaussian_mixture, components: [{mean: [0], deviation: 2}]}
    show: {view: score, time: 0.5}
    train: 0
    facts:
    - {said: "0.63", value: 1 - exp(-2 * 0.5)}
    ```

    Some *words* with `x*y` and 0.63,
    over two lines.

    - one
    - two

    ```
    s(x) = -x / v
    ```

    ## The second step

    ```yaml
    try: optimizer.learning_rate=0.5
    until:
    - setting(optimizer.learning_rate) >= 0.1
    - step >= 20
    train: on
    ask:
      question: Which?
      choices:
      - {say: this, when: "score(1, 0.5) < 0"}
      - {say: that, when: "score(1, 0.5) >= 0", why: The sign is forgotten.}
      reveal: So it is.
    ```

    More.
    """

  @Test("A lesson has its head, its steps, their text and what they do")
  func whole() throws {
    let lesson = try LessonReader.read(Self.small, file: "small.md")
    #expect(lesson.name == "small" && lesson.number == 3 && lesson.minutes == 5)
    #expect(lesson.steps.map(\.title) == ["The first step", "The second step"])
    let first = lesson.steps[0]
    #expect(
      first.text == [
        .paragraph("Some *words* with `x*y` and 0.63, over two lines."), .item("one"),
        .item("two"), .formula("s(x) = -x / v"),
      ])
    #expect(first.text[0].plain == "Some words with x*y and 0.63, over two lines.")
    #expect(first.trainingSteps == 0 && first.picture.view == .score && first.picture.time == 0.5)
    #expect(first.setsRun && first.configuration.distribution.kind == "gaussian_mixture")
    #expect(first.facts.map(\.number) == [0.63] && first.facts[0].holds(for: 0.6321))
    #expect(!first.facts[0].holds(for: 0.636))
    let second = lesson.steps[1]
    #expect(!second.setsRun && second.configuration == first.configuration)
    #expect(second.trainingSteps == nil && second.picture == first.picture)
    #expect(second.attempt == ["optimizer.learning_rate=0.5"] && second.conditions.count == 2)
    #expect(second.question?.reveal == ["So it is."])
  }

  @Test(
    "What is wrong is said with its line",
    arguments: [
      ("name: small", "name: Small Lesson", 2, "small letters"),
      ("number: 3", "number: three", 3, "a whole number"),
      ("minutes: 5\n---", "minutes: 5\nauthor: me\n---", 7, "unknown key"),
      ("train: 0", "train: 0\nshout: true", 18, "unknown key"),
      ("deviation: 2}", "deviation: -2}", 15, "deviation"),
      ("kind: gaussian_mixture", "kind: gausian_mixture", 15, "gaussian_mixture"),
      ("view: score", "view: scores", 16, "did you mean score"),
      ("said: \"0.63\"", "said: \"0.64\"", 19, "does not say 0.64"),
      ("1 - exp(-2 * 0.5)", "1 - exq(-2 * 0.5)", 19, "no quantity"),
      ("step >= 20", "step = 20", 38, "expected <, <=, > or >="),
      ("learning_rate=0.5", "learning_rate=-1", 35, "learning_rate"),
      (
        "distribution: {kind: gaussian_mixture, components: [{mean: [0], deviation: 2}]}",
        "distribution: {kind: points, file: /etc/passwd}", 15, "reads no file"
      ),
      ("when: \"score(1, 0.5) < 0\"", "right: false", 43, "one choice is right"),
    ])
  func faults(original: String, changed: String, line: Int, words: String) throws {
    #expect(Self.small.contains(original))
    let text = Self.small.replacing(original, with: changed)
    let error = #expect(throws: ConfigurationError.self) {
      try LessonReader.read(text, file: "my.md")
    }
    let found = try #require(error)
    #expect(found.file == "my.md")
    #expect(abs((found.line ?? 0) - line) <= 2, "\(found)")
    #expect("\(found)".contains(words), "\(found)")
    #expect(!"\(found)".contains("\n"))
  }

  @Test("A file that is no lesson is refused in one line")
  func noLesson() {
    for text in ["", "hello", "---\nname: a\n", "---\nname: a\ntitle: b\nsummary: c\n---\ntext"] {
      #expect(throws: ConfigurationError.self) { try LessonReader.read(text, file: "a") }
    }
    let long = String(repeating: "a", count: LessonReader.sizeLimit + 1)
    #expect(throws: ConfigurationError.self) { try LessonReader.read(long, file: "a") }
  }

  @Test("Characters that act on a terminal are left out of everything that is shown")
  func hostile() throws {
    let hostile = "\u{1B}[2J\u{9B}5n\u{7}\u{202E}\u{200B}"
    let text = Self.small
      .replacing("Some *words*", with: hostile + "Some *words*")
      .replacing("The first step", with: "The first" + hostile + " step")
      .replacing("s(x) =", with: hostile + "s(x) =")
    let lesson = try LessonReader.read(text, file: "small.md")
    let shown = lesson.steps.flatMap { [$0.title] + $0.text.map(\.plain) }.joined()
    #expect(shown.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F })
    #expect(lesson.steps[0].title == "The first[2J5n step")
  }

  @Test("Every lesson of the program can be read, and has a name and a place of its own")
  func builtIn() {
    let library = LessonLibrary.builtIn
    #expect(library.problems == [])
    #expect(Set(library.lessons.map(\.name)).count == library.lessons.count)
    #expect(library.lessons.map(\.number) == library.lessons.map(\.number).sorted())
    #expect(Set(library.lessons.map(\.number)).count == library.lessons.count)
    for (place, lesson) in library.lessons.enumerated() {
      #expect(library.place(of: lesson.name) == place)
      #expect(library.place(of: "\(lesson.number)") == place)
    }
  }

  @Test("Hands come back from their lines, and those of another question are not shown")
  func hands() throws {
    let lesson = try LessonReader.read(Self.small, file: "small.md")
    var progress = LessonProgress()
    progress.count([3, 12], at: 1, of: lesson)
    #expect(
      progress.hands(at: 1, of: lesson) == [3, 12] && progress.hands(at: 0, of: lesson) == nil)
    #expect(progress.handLines == ["small 1 3 12"])
    var read = LessonProgress()
    let broken = ["small", "small 1", "small 1 2", "small x 1 2", "small 1 -1 2", "small 1 1 1000"]
    for line in progress.handLines + broken { read.readHands(line) }
    #expect(read == progress)
    // A question that has one choice more now.
    read.readHands("small 1 1 2 3")
    #expect(read.hands(at: 1, of: lesson) == nil)
    progress.count([0, 0], at: 1, of: lesson)
    #expect(progress.hands(at: 1, of: lesson) == nil && progress.handLines.isEmpty)
  }

  @Test("Progress comes back from its lines, and what is not understood is left out")
  func progress() throws {
    let lesson = try LessonReader.read(Self.small, file: "small.md")
    var progress = LessonProgress()
    progress.reach(0, of: lesson)
    #expect(progress.lines == ["small 0"] && progress.finished.isEmpty)
    progress.reach(1, of: lesson)
    #expect(progress.finished == ["small"])
    var read = LessonProgress()
    for line in progress.lines + ["", "small", "other x", "bad -3"] { read.read(line) }
    #expect(read == progress)
  }
}
