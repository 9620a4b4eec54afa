import TermPlot

extension WorkbenchState {
  /// The page's form as a list, with the editor in the row it is about.
  ///
  /// - Parameters:
  ///   - isFocused: Whether keys go to it.
  ///   - marker: A word at the right of a row.
  /// - Returns: The list, and the row that is selected or under edit.
  func formList(
    isFocused: Bool, marker: (FormField) -> String = { _ in "" }
  ) -> (list: FormList, selected: FormRow) {
    let shown = formRows
    let path = editor?.field.path ?? selectedRow
    let index = shown.firstIndex { $0.field.path == path } ?? 0
    let rows = shown.map { row in
      FormList.Row(
        (row.field.isIndented ? "  " : "") + row.field.label, value: row.text,
        marker: marker(row.field), markerRole: .warning,
        editing: editor.flatMap {
          $0.field.path == row.field.path ? .init($0.text, cursor: $0.cursor) : nil
        })
    }
    return (
      FormList(rows: rows, selected: index, isFocused: isFocused, marks: marks), shown[index]
    )
  }
}
