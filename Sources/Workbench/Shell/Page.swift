/// A screenful: the live run, an experiment, or the theorems' orders.
public enum Page: Sendable, Equatable, CaseIterable {
  case live, experiment, plan

  /// What is on the page, in the order of the digit keys.
  public var panes: [any Pane] {
    switch self {
    case .live: PaneCatalog.all
    case .experiment: ExperimentPaneCatalog.all
    case .plan: PlanPaneCatalog.all
    }
  }

  /// The keys that work everywhere on the page.
  public var keyBindings: [KeyBinding] {
    switch self {
    case .live: KeyTable.global
    case .experiment: KeyTable.experiment
    case .plan: KeyTable.plan
    }
  }
}
