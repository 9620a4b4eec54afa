import ScoreLab
import TermPlot

/// Applies one message to the state and returns the work it calls for.
func update(_ state: inout WorkbenchState, _ message: Message) -> [Effect] {
  counted(apply(message, to: &state), &state)
}

/// Counts the commands among effects that go to the session.
func counted(_ effects: [Effect], _ state: inout WorkbenchState) -> [Effect] {
  for case .send in effects { state.run.commandsSent += 1 }
  return effects
}

private func apply(_ message: Message, to state: inout WorkbenchState) -> [Effect] {
  switch message {
  case .input(.key(let key)):
    state.isTouched = true
    return state.press(key: key)
  case .input(.mouse(let event)):
    state.isTouched = true
    // A wheel that is touched by chance does not end what an audience looks at.
    guard state.demo == nil else {
      if event.kind == .press { state.leaveDemo() }
      return []
    }
    return state.point(event)
  case .input(.paste(let text)): if state.demo == nil { state.paste(text) }
  case .input(.resized(let size)):
    state.size = size
    if !state.isTouched { state.focus = state.pageType.firstFocus(state) }
  case .input(.terminate):
    state.isRunning = false
    return [.send(.stop)]
  case .input(.woke): break
  case .session(let latest):
    let wasDiverged = state.run.isDiverged
    let words = state.run.receive(latest)
    // What to do about a divergence is not hidden by what was said of the change before it.
    if state.run.isDiverged, !wasDiverged { state.notice = nil }
    if let warning = words.warning { state.notice = Notice(text: warning, role: .warning) }
    if let report = words.report { state.notice = Notice(text: report, role: .good) }
    if let problem = words.problem {
      state.notice = Notice(text: problem, role: .error)
      state.quitsWhenSaved = false
      state.reopenEditor()
    }
    let effects = deliver(message, &state)
    guard state.quitsWhenSaved, words.report != nil else { return effects }
    state.isRunning = false
    return effects + [.send(.stop)]
  case .input(.tick): return deliver(message, &state) + state.passDemoTime()
  case .experiment, .library, .sweep: return deliver(message, &state)
  }
  return []
}

private func deliver(_ message: Message, _ state: inout WorkbenchState) -> [Effect] {
  var effects: [Effect] = []
  for page in PageCatalog.all { effects += page.receive(message, &state) }
  return effects
}

extension WorkbenchState {
  /// A key, whatever is on screen.
  mutating func press(key: Key) -> [Effect] {
    // Whatever is open, this ends the program.
    if Command.interrupt.keys.contains(key) { return perform(.interrupt) }
    if demo != nil { return pressInDemo(key) }
    if let editor { return type(key, in: editor) }
    if let overlay { return press(key, in: overlay) }
    if form.isFiltering { return type(key, in: form) }
    if steer(key) { return [] }
    guard let command = CommandRegistry.command(for: key, focus: focus, on: pageType) else {
      sayUnbound(key)
      return []
    }
    return perform(command)
  }

  /// Says once that a key does nothing.
  private mutating func sayUnbound(_ key: Key) {
    let isNew = unboundKeys.insert(key).inserted
    notice =
      isNew
      ? Notice(text: "\(key.label) does nothing here; ? lists the keys", role: .accent) : nil
  }
}
