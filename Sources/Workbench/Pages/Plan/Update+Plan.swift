import ScoreLab
import TermPlot

/// Whether an action is the plan page's; there Esc leaves the zoom before the page.
func isForPlan(_ action: Action, _ state: WorkbenchState) -> Bool {
  switch action {
  case .openPlan, .restorePlan: true
  case .scroll: state.page == .plan
  case .back: state.page == .plan && !state.isZoomed
  default: false
  }
}

/// Carries out an action that only the plan page, or the way there, has.
///
/// The live run goes on or stays paused: the page computes when a key is pressed, and not otherwise.
func performOnPlan(_ action: Action, _ state: inout WorkbenchState) {
  switch action {
  case .openPlan, .back:
    state.page = state.page == .plan ? .live : .plan
    state.isZoomed = false
    state.isAnimating = false
  case .restorePlan: state.plan.values = PlanValues()
  case .scroll(let rows):
    let most = maximumScroll(state)
    state.plan.scroll = max(0, min(min(state.plan.scroll, most) + rows, most))
  default: break
  }
}

/// How far the orders can be scrolled.
private func maximumScroll(_ state: WorkbenchState) -> Int {
  let layout = Layout(state: state)
  guard let area = layout.panes.first(where: { $0.index == state.focus })?.area,
    let pane = state.page.panes[state.focus] as? any ScrollablePane
  else { return 0 }
  return pane.maximumScroll(state, in: Panel("", isCompact: layout.isCompact).inner(of: area))
}

/// Sets a field of the plan's form.
///
/// - Returns: Whether the value was taken; otherwise a notice says why not.
func setInPlan(_ field: FormField, to text: String, _ state: inout WorkbenchState) -> Bool {
  do throws(ConfigurationError) {
    state.plan.values = try state.plan.values.setting([assignment(of: text, to: field)])
    return true
  } catch {
    state.notice = Notice(text: "\(field.label): \(error.message)", role: .error)
    return false
  }
}
