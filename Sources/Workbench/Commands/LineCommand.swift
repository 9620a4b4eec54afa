import ScoreLab
import TermPlot

/// Why a line cannot be carried out, in one line.
struct LineError: Error, Equatable {
  var message: String
}

/// Something that is typed as a word with what it is about, such as `theme nord`.
struct LineCommand: Sendable {
  /// What may follow the word.
  struct Completion: Equatable, Sendable {
    var text: String
    var summary: String

    init(_ text: String, _ summary: String = "") {
      self.text = text
      self.summary = summary
    }
  }

  let name: String
  /// What follows the word, for help; such as `NAME`.
  let argument: String
  let title: String
  /// What may follow, as far as it is known.
  let completions: @Sendable (WorkbenchState) -> [Completion]
  let perform: @Sendable (inout WorkbenchState, String) throws(LineError) -> [Effect]

  /// Every one, in the order of help.
  static let all: [LineCommand] =
    [
      set, theme, marks, layout, metrics, save, share, export, exportOver, record, recordOver,
      speed, pauseAt, filterRuns, renameRun, tagRun, noteRun, branchRun, sweep, lesson, answer,
    ] + recordLesson + saveDrawing + keepDrawing + [preset, explain, help]

  private static let set = LineCommand(
    name: "set", argument: "KEY=VALUE", title: "set a value of the form, as --set does",
    completions: { state in
      state.formRows.map { Completion("\($0.field.path)=", $0.field.description.summary) }
    },
    perform: { (state, argument) throws(LineError) in
      guard let sign = argument.firstIndex(of: "=") else {
        throw LineError(message: "set takes KEY=VALUE, such as set optimizer.learning_rate=0.01")
      }
      return try state.assign(
        argument[..<sign].trimmed, argument[argument.index(after: sign)...].trimmed)
    })

  private static let theme = LineCommand(
    name: "theme", argument: "NAME", title: "another theme",
    completions: { $0.themes.map { Completion($0.slug, $0.name) } },
    perform: { (state, argument) throws(LineError) in
      guard let index = state.theme(named: argument) else {
        throw state.unknown(argument, of: "themes", state.themes.map(\.slug))
      }
      state.themeIndex = index
      return []
    })

  private static let marks = LineCommand(
    name: "marks", argument: "NAME", title: "plot marks",
    completions: { $0.availableMarks.map { Completion($0.rawValue) } },
    perform: { (state, argument) throws(LineError) in
      guard let marks = state.availableMarks.first(where: { $0.rawValue == argument }) else {
        throw state.unknown(argument, of: "marks", state.availableMarks.map(\.rawValue))
      }
      state.marks = marks
      return []
    })

  private static let help = LineCommand(
    name: "help", argument: "[WORDS]", title: "help, on what the words are in",
    completions: { _ in Glossary.terms.map { Completion($0.name, $0.sentences[0]) } },
    perform: { (state, argument) throws(LineError) in
      state.overlay = .help(HelpView(searching: argument))
      return []
    })
}

extension WorkbenchState {
  /// Sets a value of the page's form.
  fileprivate mutating func assign(_ path: String, _ text: String) throws(LineError) -> [Effect] {
    guard let row = formRows.first(where: { $0.field.path == path }) else {
      throw LineError(message: "\(path) is no key of this page's form; Tab shows what there is")
    }
    showForm(at: path)
    guard let effects = set(row.field, to: .typed(text)) else {
      throw LineError(message: notice?.text ?? "\(path) cannot be \(text)")
    }
    return effects
  }

  func unknown(_ name: String, of what: String, _ known: [String]) -> LineError {
    LineError(
      message: name.isEmpty
        ? "\(what): \(known.joined(separator: ", "))"
        : "\(name) is not one of the \(what) \(known.joined(separator: ", "))")
  }
}

extension StringProtocol {
  /// The text without spaces at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
