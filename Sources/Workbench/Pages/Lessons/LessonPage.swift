import Lessons
import ScoreLab
import TermPlot

extension PageID {
  public static let lessons = PageID("lessons")
}

/// Lessons: the list of them, and the one that is read, with its text next to the run it is about.
///
/// The run is that of the live page, and so are the pictures: leaving the page leaves the run as it is.
struct LessonPage: ScrollingPage {
  static let id = PageID.lessons
  static let heading = "Lessons page"
  static let panes: [any Pane] = [
    LessonPane(), LossPane(), ErrorPane(), SamplesPane(), SetupPane(),
  ]

  var focus = 0
  var scroll = 0
  var windows: [String: PlotWindow] = [:]
  var form = FormView(selecting: SetupForm.favourites[0], favourites: SetupForm.favourites)
  /// The lessons of the list.
  var shelf = LessonShelf { LessonLibrary.builtIn }
  var library: LessonLibrary { shelf.library }
  var progress = LessonProgress()
  /// Whether the hands of a class are counted where there is a choice.
  var isClass = false
  /// The lesson that is selected in the list.
  var selected = 0
  /// The lesson that is read; nil shows the list.
  var reading: ReadLesson?

  init(configuration: RunConfiguration) {}

  /// The text at the left, the step's picture at the right, and from 120 x 30 the form below it.
  ///
  /// A pane that has the keys and no place takes that of the picture, or of the form.
  static func arrange(_ state: WorkbenchState) -> PaneTree? {
    guard state.size.isMiddling else { return nil }
    let picture = state.lessons.picturePane
    let focus = state.focus
    guard state.size.isLarge else {
      let right = focus == 0 ? picture : focus
      return .columns("lessons.low_text", .pane(0), .pane(right)) { max(44, $0 * 11 / 20) }
    }
    let below = [0, picture].contains(focus) ? (picture == 4 ? 1 : 4) : focus
    let right = PaneTree.rows("lessons.picture", .pane(picture), .pane(below)) { $0 * 3 / 5 }
    return .columns("lessons.text", .pane(0), right) { _ in 48 }
  }

  static func header(_ state: WorkbenchState) -> PageHeader {
    var words: [PageHeader.Word] = []
    if let reading = state.lessons.reading {
      words.append(
        .init(
          text: "lesson \(reading.lesson.number), step \(reading.step + 1) of "
            + "\(reading.lesson.steps.count) ", role: .accent))
    } else {
      words.append(.init(text: "lessons ", role: .accent))
    }
    if state.lessons.isClass { words.append(.init(text: "class ", role: .warning)) }
    var header = LivePage.header(state)
    header.words = words + header.words
    return header
  }

  static func standingNotice(_ state: WorkbenchState) -> Notice? { LivePage.standingNotice(state) }

  static func receive(_ message: Message, _ state: inout WorkbenchState) -> [Effect] {
    switch message {
    case .session where state.page == id: state.followLesson()
    case .session, .input, .experiment, .library, .sweep: break
    }
    return []
  }

  mutating func cover() {}

  static func drawOver(_ state: WorkbenchState, into canvas: inout Canvas) {
    state.drawLessonMarks(into: &canvas)
  }

  /// The place of the pane that the step shows.
  var picturePane: Int { Self.place(of: reading?.current.picture.pane ?? .samples) }
}

/// A lesson that is read: where, what was answered, and what has been seen to hold.
struct ReadLesson: Sendable {
  let lesson: Lesson
  var step = 0
  /// The answers so far, by step.
  var answers: [Int: LessonAnswer] = [:]
  /// The steps that a class has answered, by most of its hands.
  var classSteps: Set<Int> = []
  /// The answer in the making.
  var draft = LessonDraft()
  /// The conditions of the step that have held, by place.
  var met: Set<Int> = []
  /// What is exactly known of the run.
  var scene: LessonScene?
  /// Whether time and level of the picture wait for the run's first measurements.
  var isPicturePending = false

  var current: LessonStep { lesson.steps[step] }

  /// The question that waits for its answer; nil where there is none.
  var openQuestion: LessonQuestion? { answers[step] == nil ? current.question : nil }

  /// Whether everything that the step waits for has held.
  var isMet: Bool { met.count == current.conditions.count }
}

/// An answer before it is given.
struct LessonDraft: Sendable, Equatable {
  /// The option, the thing, the place of the curve or the field that keys act on.
  var selected = 0
  /// The things that were put in order so far, the largest first.
  var order: [Int] = []
  /// The values of the curve.
  var values: [Double] = []
  /// The fields of the region.
  var fields: Set<Int> = []
  /// Whether the mouse clears fields.
  var isClearing = false

  init() {}

  init(for question: LessonQuestion?) {
    switch question?.kind {
    case .curve(let curve)?:
      let middle = (curve.range.lowerBound + curve.range.upperBound) / 2
      values = Array(repeating: middle, count: curve.places.count)
    case .field(let field)?: selected = field.area.count / 2
    case .choice?, .number?, .order?, nil: break
    }
  }
}

extension WorkbenchState {
  /// What the lessons page remembers.
  var lessons: LessonPage {
    get { self[LessonPage.self] }
    set { self[LessonPage.self] = newValue }
  }
}

extension LessonPage: FormPage {
  static let hasLiveRows = true

  static func startValues(_ state: WorkbenchState) -> [String: ConfigurationValue] {
    LivePage.startValues(state)
  }

  static func formRows(_ state: WorkbenchState) -> [FormRow] { LivePage.formRows(state) }

  static func set(
    _ field: FormField, to input: FormInput, choosing pending: PendingChoice?,
    _ state: inout WorkbenchState
  ) -> [Effect]? {
    LivePage.set(field, to: input, choosing: pending, &state)
  }
}
