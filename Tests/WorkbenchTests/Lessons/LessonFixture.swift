import Lessons
import ScoreLab
import TermPlot

@testable import Workbench

/// A small lesson with a step of every kind, on the run of the other fixtures.
enum LessonFixture {
  static let text = """
    ---
    name: fixture
    number: 1
    title: A lesson of every kind
    summary: One step of each kind, next to a run.
    minutes: 2
    ---

    ## Words and something to try

    ```yaml
    run:
      distribution: {kind: gaussian_mixture, components: [{mean: [0], deviation: 2}]}
    show: {pane: samples, view: score, arrows: exact}
    try: optimizer.learning_rate=0.5
    until: setting(optimizer.learning_rate) >= 0.1
    ```

    A *paragraph* of text with `code` in it, long enough to take more than one line of the pane.

    - an item
    - another one

    ```
    s(x) = -x / v
    ```

    ## A choice

    ```yaml
    show: {pane: error, level: 0.05}
    ask:
      question: Which way does the score point at 2?
      choices:
      - {say: outwards, when: "score(2, 0) > 0", why: It points to where the density grows.}
      - {say: inwards, when: "score(2, 0) < 0"}
      reveal: To the middle.
    ```

    ## A number

    ```yaml
    show: {pane: loss}
    ask:
      question: How large is the score at 2?
      number: score(2, 0)
      misses:
      - {when: guess > 0, why: The sign.}
      reveal: -x / v.
    ```

    ## An order

    ```yaml
    show: {pane: setup}
    ask:
      question: Which is the largest?
      order:
      - {say: at 1, value: "score(1, 0)"}
      - {say: at 0, value: "score(0, 0)"}
      - {say: at 4, value: "score(4, 0)"}
    ```

    ## A curve

    ```yaml
    show: {pane: samples}
    ask:
      question: Draw the score.
      curve: score(x, 0)
      at: [-2, -1, 0, 1, 2]
      range: [-2, 2]
    ```

    ## The end

    Nothing more.
    """

  /// Questions that are answered in the picture, on the line and on the plane, and a plot.
  static let pictured = """
    ---
    name: pictured
    title: In the picture
    summary: A place, a region, and a plot.
    ---

    ## A place

    ```yaml
    run:
      distribution: {kind: gaussian_mixture, components: [{mean: [0], deviation: 2}]}
    show: {pane: samples, view: scatter}
    ask:
      question: Where is the score -0.5?
      place: abs(score(x, 0) + 0.5) < 0.03
      over: {x: [-4, 4]}
      misses:
      - {when: x < 0, why: The sign.}
    ```

    ## A region

    ```yaml
    ask:
      question: Where is the score positive?
      region: score(x, 0) > 0
      over: {x: [-4, 4]}
    ```

    ## A plot

    ```yaml
    plot:
      axis: t
      over: [0, 5]
      curves: [{say: left, value: alpha(x)}, {say: noise, value: sigma(x)}]
    ```

    ## On the plane

    ```yaml
    run:
      distribution: {kind: gaussian_mixture, components: [{mean: [1, 0], deviation: 0.5}]}
    ask:
      question: Where is the density large?
      region: plane_density(x, y, 0) > 0.1
      over: {x: [-3, 3], y: [-3, 3]}
    ```
    """

  static func lesson(_ text: String = text) throws -> Lesson {
    try LessonReader.read(text, file: "fixture.md")
  }

  /// A lesson open at a step; the run has arrived at the lesson's settings.
  static func state(
    of text: String = text, step: Int, columns: Int = 80, rows: Int = 24, marks: Marks = .braille
  ) throws -> WorkbenchState {
    let only = try lesson(text)
    let isPlane = text == pictured && step == 3
    var state = try Fixture.state(
      dimension: isPlane ? 2 : 1, columns: columns, rows: rows, marks: marks)
    state.lessonShelf = LessonShelf { LessonLibrary(lessons: [only]) }
    _ = state.openLesson(at: 0)
    for _ in 0..<step { _ = state.goToLessonStep((state.lessons.reading?.step ?? 0) + 1) }
    var snapshot = try Fixture.snapshot(dimension: isPlane ? 2 : 1)
    snapshot.configuration = state.run.configuration
    state.receive(snapshot)
    return state
  }

  /// States from which every command of the lesson's pane can do something in one or the other.
  static func states() throws -> [WorkbenchState] {
    var states = try (0...5).map { try state(step: $0) }
    states += states.map { original in
      var moved = original
      moved.press(.down)
      moved.press(.right, .enter)
      // A line that is open would take the keys.
      moved.overlay = nil
      return moved
    }
    var scrolled = try state(step: 0, columns: 60, rows: 15)
    scrolled.press(.down, .pageDown)
    var picked = try state(step: 3)
    picked.press(.enter)
    var list = states[0]
    list.press(.backspace)
    let both = [try lesson(), try lesson()]
    list.lessonShelf = LessonShelf { LessonLibrary(lessons: both) }
    var second = list
    second.press(.down)
    states += try (0...3).flatMap { step -> [WorkbenchState] in
      let plain = try state(of: pictured, step: step)
      var marked = plain
      marked.press(.up, .character("F"), .left)
      return [plain, marked]
    }
    return states + [scrolled, picked, list, second]
  }
}
