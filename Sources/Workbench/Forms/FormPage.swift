import TermPlot

/// One row of a form with its value.
typealias FormRow = (field: FormField, value: String)

/// A page with a form.
protocol FormPage: Page {
  /// The path of the selected row; it survives rows appearing and going.
  var selectedRow: String { get set }
  /// The rows with their values, at least one.
  static func formRows(_ state: WorkbenchState) -> [FormRow]
  /// Sets a value from text, as a configuration file would, and chooses what waits for it.
  ///
  /// - Returns: What follows, or nil when the value was refused: then a notice says why.
  static func set(
    _ field: FormField, to text: String, choosing pending: PendingChoice?,
    _ state: inout WorkbenchState
  ) -> [Effect]?
}

extension WorkbenchState {
  private var formPage: (any FormPage.Type)? { pageType as? any FormPage.Type }

  /// The rows of the page's form with their values; none on a page without a form.
  var formRows: [FormRow] { formPage?.formRows(self) ?? [] }

  /// The path of the row selected in the page's form.
  var selectedRow: String {
    get { (top as? any FormPage)?.selectedRow ?? "" }
    set {
      guard var page = top as? any FormPage else { return }
      page.selectedRow = newValue
      top = page
    }
  }

  /// Sets a value of the page's form.
  ///
  /// - Returns: What follows, or nil when the value was refused.
  mutating func set(
    _ field: FormField, to text: String, choosing pending: PendingChoice? = nil
  ) -> [Effect]? {
    formPage?.set(field, to: text, choosing: pending, &self)
  }

  /// Moves a value to its neighbour up or down.
  mutating func change(_ path: String, upwards: Bool) -> [Effect] {
    guard let (field, text) = formRows.first(where: { $0.field.path == path }),
      let next = ValueSteps.neighbour(of: text, kind: field.kind, upwards: upwards)
    else { return [] }
    return set(field, to: next) ?? []
  }

  /// Whether a value has a neighbour up or down.
  func canChange(_ path: String, upwards: Bool) -> Availability {
    guard let (field, text) = formRows.first(where: { $0.field.path == path }) else {
      return .no("there is no such value")
    }
    if field.kind == .text || field.kind == .structured { return .no("Enter types a value") }
    let next = ValueSteps.neighbour(of: text, kind: field.kind, upwards: upwards)
    return .when(
      next != nil,
      otherwise: "\(field.label.trimmedSpaces) \(text) is at the end of what arrows choose")
  }

  /// Opens an editor for a value, or the list of its choices.
  mutating func edit(_ path: String) {
    guard let (field, text) = formRows.first(where: { $0.field.path == path }) else { return }
    if case .choice(let choices) = field.kind {
      overlay = .choices(field: field, selected: choices.firstIndex(of: text) ?? 0)
    } else {
      editor = FieldEditor(field: field, text: text)
    }
  }
}

extension FormField {
  /// The assignment as YAML; text goes in quotes, so that no file name is taken for anything else.
  func assignment(of text: String) -> String {
    guard kind == .text else { return "\(path)=\(text)" }
    let doubled = text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''")
    return "\(path)='\(doubled)'"
  }
}

extension String {
  /// The text without spaces at its ends.
  var trimmedSpaces: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
