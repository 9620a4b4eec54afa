import ScoreClaims
import ScoreLab
import TermPlot

extension PageID {
  public static let plan = PageID("plan")
}

/// The theorems' orders: what a plan of values asks for, in numbers.
///
/// The live run goes on or stays paused: the page computes when a key is pressed, and not otherwise.
struct PlanPage: ScrollingPage {
  static let id = PageID.plan
  static let heading = "Plan page"
  static let panes: [any Pane] = [PlanSetupPane(), OrdersPane()]

  var values = PlanValues()
  var focus = 0
  var windows: [String: PlotWindow] = [:]
  var form = FormView(selecting: "d")
  /// Rows that the orders are scrolled past.
  var scroll = 0

  init(configuration: RunConfiguration) {}

  /// From 80 x 20: the form at the left of the orders.
  static func arrange(_ state: WorkbenchState) -> PaneTree? {
    guard state.size.isMiddling else { return nil }
    return .columns("plan.form", .pane(0), .pane(1)) { min(44, $0 * 2 / 5) }
  }

  static func header(_ state: WorkbenchState) -> PageHeader {
    PageHeader(words: [
      .init(text: "plan: \(TheoremPlan.label) ", role: .warning), LivePage.status(state),
    ])
  }
}

extension WorkbenchState {
  /// What the plan page remembers.
  var plan: PlanPage {
    get { self[PlanPage.self] }
    set { self[PlanPage.self] = newValue }
  }
}

// MARK: - Commands

extension PlanPage {
  static let commands: [Command] =
    [.leaving(id, keys: Shortcut("p", .character("p")), hint: Hint("p", "back", .page))]
    + [.backFromPage, restore] + Command.focusing(panes, on: id)
    + [.nextPane, .previousPane, .pauseRun] + Command.everywhere

  static let opener: Command? = .opening(
    id, "plan: what the theorems ask for, as orders", keys: Shortcut("p", .character("p")),
    hint: Hint("p", "plan"))

  private static let restore = Command(
    "plan.restore", "standard values again", keys: Shortcut("r", .character("r")),
    hint: Hint("r", "standard"),
    availability: {
      .when($0.plan.values != PlanValues(), otherwise: "these are the standard values")
    },
    change: { $0.plan.values = PlanValues() })
}

// MARK: - Form

extension PlanPage: FormPage {
  private static let standard = Dictionary(
    PlanValues.descriptions.compactMap { field in
      PlanValues().value(at: field.path).map { (field.path, $0) }
    }
  ) { first, _ in first }

  static func startValues(_ state: WorkbenchState) -> [String: ConfigurationValue] { standard }

  static func formRows(_ state: WorkbenchState) -> [FormRow] {
    PlanValues.descriptions.map { description in
      FormRow(FormField(description), state.plan.values.value(at: description.path))
    }
  }

  static func set(
    _ field: FormField, to input: FormInput, choosing pending: PendingChoice?,
    _ state: inout WorkbenchState
  ) -> [Effect]? {
    do throws(ConfigurationError) {
      state.plan.values = try state.plan.values.setting(field, to: input, choosing: pending)
      return []
    } catch {
      state.notice = Notice(text: "\(field.label): \(error.message)", role: .error)
      return nil
    }
  }
}
