public import ScoreLab

/// What the page of the theorems' orders shows.
public struct PlanState: Sendable {
  public var values = PlanValues()
  /// The pane with the keys.
  public var focus = 0
  var selectedField = "d"
  /// Rows that the orders are scrolled past.
  public var scroll = 0

  init() {}
}

/// The rows of the plan page's form.
enum PlanForm {
  static func rows(of values: PlanValues) -> [(field: FormField, value: String)] {
    PlanValues.descriptions.compactMap { description in
      let words = description.path.split(separator: "_").joined(separator: " ")
      guard let field = FormField(description, label: words) else { return nil }
      return (field, values.text(at: description.path) ?? "")
    }
  }
}
