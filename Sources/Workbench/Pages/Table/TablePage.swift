import NumberFormatting
import OutsideText
import ScoreLab
import ScoreTables
import TermPlot

extension PageID {
  public static let table = PageID("table")
}

/// The columns of a table of somebody's own: what each is taken for, as a form.
struct TablePage: ScrollingPage {
  static let id = PageID.table
  static let heading = "Table page"
  static let panes: [any Pane] = [SchemaPane(), ColumnPane(), ColumnListPane()]

  /// The table; nil where the program was opened without one.
  var table: OpenTable?
  var focus = 0
  var windows: [String: PlotWindow] = [:]
  var form = FormView(selecting: "1.role")
  /// Rows that the list of columns is scrolled past.
  var scroll = 0

  init(configuration: RunConfiguration) {}

  /// From 80 x 20: the form at the left, the selected column over the list of all.
  static func arrange(_ state: WorkbenchState) -> PaneTree? {
    guard state.size.isMiddling else { return nil }
    let right = PaneTree.rows("table.column", .pane(1), .pane(2)) { $0 * 3 / 5 }
    return .columns("table.form", .pane(0), right) { min(60, $0 * 9 / 20) }
  }

  static func header(_ state: WorkbenchState) -> PageHeader {
    guard let table = state.tablePage.table else {
      return PageHeader(words: [.init(text: "no table ", role: .warning)])
    }
    var header = PageHeader(words: [
      .init(text: "table \(SafeText.sanitized(table.raw.file, limit: 60)) ", role: .accent)
    ])
    header.parts = [
      NumberText.counted(table.raw.rowCount, "row"),
      NumberText.counted(table.raw.columns.count, "column"),
      "schema in \(SafeText.sanitized(table.path, limit: 60))",
    ]
    return header
  }
}

extension WorkbenchState {
  /// What the table page remembers.
  var tablePage: TablePage {
    get { self[TablePage.self] }
    set { self[TablePage.self] = newValue }
  }

  /// Shows the columns of a table.
  package mutating func open(_ table: OpenTable) {
    tablePage.table = table
    open(.table)
  }

  /// The column whose value is selected in the form of the table.
  var selectedColumn: Int? {
    guard let table = tablePage.table else { return nil }
    let path = tablePage.form.selectedRow
    if let place = TableForm.place(ofPath: path) { return place.column }
    return table.schema.columns.indices.first {
      FormLine.headingPath(TableForm.group($0, table.schema)) == path
    }
  }
}

// MARK: - Commands

extension TablePage {
  private static let keys = Shortcut("$", .character("$"))

  static let commands: [Command] =
    [.leaving(id, keys: keys, hint: Hint("$", "back", .page)), .backFromPage]
    + [
      Command(
        "table.undo", "take the last change of the schema back",
        keys: Shortcut("u", .character("u")),
        hint: Hint("u", "undo"),
        availability: {
          .when($0.tablePage.table?.earlier.isEmpty == false, otherwise: "nothing was changed")
        },
        perform: { state in
          state.tablePage.table?.undo()
          return state.tablePage.keeping
        }),
      Command(
        "table.redo", "make that change again", keys: Shortcut("U", .character("U")),
        availability: {
          .when($0.tablePage.table?.later.isEmpty == false, otherwise: "nothing was taken back")
        },
        perform: { state in
          state.tablePage.table?.redo()
          return state.tablePage.keeping
        }),
    ] + Command.focusing(panes, on: id) + [.nextPane, .previousPane, .pauseRun]
    + Command.everywhere

  static let opener: Command? = Command(
    "table.open", "the columns of your table", keys: keys,
    availability: { state in
      guard state.tablePage.table != nil else {
        return .no("no table is open; begin with scorefield open --table FILE")
      }
      return .when(!state.isOpen(.table), otherwise: "the table page is open")
    },
    change: { $0.open(.table) })

  /// Writes the schema to its file.
  fileprivate var keeping: [Effect] {
    table.map { [.keepSchema($0.schema.yaml, path: $0.path)] } ?? []
  }
}

// MARK: - Form

extension TablePage: FormPage {
  static func startValues(_ state: WorkbenchState) -> [String: ConfigurationValue] {
    guard let table = state.tablePage.table else { return [:] }
    return Dictionary(
      TableForm.rows(of: table.start).compactMap { row in
        row.value.map { (row.field.path, $0) }
      }
    ) { first, _ in first }
  }

  static func formRows(_ state: WorkbenchState) -> [FormRow] {
    guard let table = state.tablePage.table else { return [TableForm.none] }
    return TableForm.rows(of: table.schema)
  }

  static func set(
    _ field: FormField, to input: FormInput, choosing pending: PendingChoice?,
    _ state: inout WorkbenchState
  ) -> [Effect]? {
    guard let place = TableForm.place(ofPath: field.path) else { return nil }
    do throws(TableError) {
      let isChanged = try state.tablePage.table?.set(
        place.key, ofColumn: place.column, to: input.text)
      return isChanged == true ? state.tablePage.keeping : []
    } catch {
      let column = error.column.map { SafeText.sanitized($0) + " " } ?? ""
      state.notice = Notice(text: column + error.message, role: .error)
      return nil
    }
  }
}
