import ScoreCore
import ScoreLab
import TermPlot

/// A page with a form.
protocol FormPage: Page {
  /// How the form is looked at.
  var form: FormView { get set }
  /// Whether some values act at once and others start again, which the form then says.
  static var hasLiveRows: Bool { get }
  /// The rows with their values, at least one.
  static func formRows(_ state: WorkbenchState) -> [FormRow]
  /// The values that changed ones are told from.
  static func startValues(_ state: WorkbenchState) -> [String: ConfigurationValue]
  /// Sets a value, and chooses what waits for it.
  ///
  /// - Returns: What follows, or nil when the value was refused: then a notice says why.
  static func set(
    _ field: FormField, to input: FormInput, choosing pending: PendingChoice?,
    _ state: inout WorkbenchState
  ) -> [Effect]?
}

extension FormPage {
  static var hasLiveRows: Bool { false }
}

extension WorkbenchState {
  var formPage: (any FormPage.Type)? { pageType as? any FormPage.Type }

  /// The rows of the page's form with their values; none on a page without a form.
  var formRows: [FormRow] { formPage?.formRows(self) ?? [] }

  /// How the page's form is looked at.
  var form: FormView {
    get { (top as? any FormPage)?.form ?? FormView(selecting: "") }
    set {
      guard var page = top as? any FormPage else { return }
      page.form = newValue
      top = page
    }
  }

  /// The path of the row selected in the page's form.
  var selectedRow: String {
    get { form.selectedRow }
    set { form.selectedRow = newValue }
  }

  /// The lines of the page's form.
  var formLines: [FormLine] {
    form.lines(
      of: formRows, start: formPage?.startValues(self) ?? [:], editing: editor?.field.path,
      height: formHeight)
  }

  private func row(_ path: String) -> FormRow? { formRows.first { $0.field.path == path } }

  /// Gives the keys to the page's form, with a row selected that shows.
  mutating func showForm(at path: String) {
    let hasKeys: (any Pane) -> Bool = { $0.commands.contains { $0.id == "form.edit" } }
    if let pane = pageType.panes.firstIndex(where: hasKeys) { focus = pane }
    form.showAll()
    selectedRow = path
  }

  /// Sets a value of the page's form.
  ///
  /// - Returns: What follows, or nil when the value was refused.
  mutating func set(
    _ field: FormField, to input: FormInput, choosing pending: PendingChoice? = nil
  ) -> [Effect]? {
    var isSet = false
    let effects = noting("set \(field.path)=\(input.text)") { state in
      let effects = state.formPage?.set(field, to: input, choosing: pending, &state)
      isSet = effects != nil
      return effects ?? []
    }
    return isSet ? effects : nil
  }

  /// Moves a value to its neighbour up or down.
  mutating func change(_ path: String, upwards: Bool) -> [Effect] {
    guard let row = row(path),
      let next = ValueSteps.neighbour(
        of: row.value, in: row.field.description, upwards: upwards)
    else { return [] }
    return set(row.field, to: .chosen(next)) ?? []
  }

  /// Whether a value has a neighbour up or down.
  func canChange(_ path: String, upwards: Bool) -> Availability {
    guard let row = row(path) else { return .no("there is no such value") }
    if row.field.isTyped { return .no("Enter types a value") }
    let next = ValueSteps.neighbour(of: row.value, in: row.field.description, upwards: upwards)
    return .when(
      next != nil,
      otherwise: "\(row.field.label) \(row.text) is at the end of what arrows choose; "
        + "Enter types \(row.field.description.allowed)")
  }

  /// Opens an editor for a value, or the list of its choices.
  mutating func edit(_ path: String) {
    guard let row = row(path) else { return }
    if let names = row.field.kind.choices {
      overlay = .choices(
        FieldChoice(of: row.field, selected: names.firstIndex(of: row.text) ?? 0))
    } else {
      editor = FieldEditor(field: row.field, text: row.text)
    }
  }
}

extension FormField {
  /// The assignment as YAML; text goes in quotes, so that no file name is taken for anything else.
  func assignment(of text: String) -> String {
    guard case .text = kind else { return "\(path)=\(text)" }
    let doubled = text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''")
    return "\(path)='\(doubled)'"
  }
}
