import TermPlot

extension WorkbenchState {
  /// What the mouse does.
  mutating func point(_ event: MouseEvent) -> [Effect] {
    switch event.kind {
    case .press: return click(event)
    case .drag: return drag(to: event)
    case .release:
      drag = nil
      return []
    case .wheelUp, .wheelDown: return turnWheel(event)
    }
  }

  private func region(under event: MouseEvent) -> HitRegion? {
    regions.last { $0.area.contains(x: event.x, y: event.y) }
  }

  private func pane(under event: MouseEvent) -> Int? {
    Layout(state: self).panes.first { $0.area.contains(x: event.x, y: event.y) }?.index
  }

  // MARK: - Clicks

  private mutating func click(_ event: MouseEvent) -> [Effect] {
    // Both before the notice goes, which can take rows of its own.
    let (region, pane) = (region(under: event), pane(under: event))
    drag = nil
    guard let region else {
      if overlay == nil, editor == nil, let pane { focus = pane }
      return []
    }
    notice = nil
    switch region.target {
    case let target as PointerTarget: return act(on: target, of: region.owner, event)
    case let target as WidgetTarget: return act(on: target, of: region.owner, event)
    default: return []
    }
  }

  private mutating func act(
    on target: PointerTarget, of pane: Int?, _ event: MouseEvent
  ) -> [Effect] {
    switch target {
    case .keys(let label):
      guard let key = Key(label: label) else {
        notice = Notice(
          text: "\(label) are keys; rows, plots and borders take clicks themselves", role: .accent)
        return []
      }
      return press(key: key)
    case .tab(let index):
      if index == focus {
        notice = Notice(
          text: "\(pageType.panes[index].title) has the keys already", role: .accent)
      }
      focus = index
    case .border(let name): drag = .border(name)
    case .action(let action):
      if let pane { focus = pane }
      if action.isDraggable { drag = .action(action) }
      return action.perform(&self, event)
    }
    return []
  }

  private mutating func act(
    on target: WidgetTarget, of pane: Int?, _ event: MouseEvent
  ) -> [Effect] {
    switch target {
    case .box: return []
    case .row(let index):
      guard let pane else { return clickChoice(index) }
      return clickLine(index, ofPane: pane)
    case .step(let isUp):
      if let pane { focus = pane }
      return press(key: isUp ? .right : .left)
    case .series(let name):
      guard let pane else { return [] }
      toggleSeries(name, ofPane: pane)
      return []
    case .plot(let plot):
      guard let pane else { return [] }
      return click(plot, ofPane: pane, event)
    }
  }

  /// Selects a row of the form; a click on the selected one opens it.
  private mutating func clickLine(_ index: Int, ofPane pane: Int) -> [Effect] {
    let lines = formLines
    guard lines.indices.contains(index) else { return [] }
    form.isFiltering = false
    if focus == pane, selectedIndex == index { return press(key: .enter) }
    focus = pane
    selectedRow = lines[index].path
    return []
  }

  /// Selects a row of a list over the screen; a click on the selected one chooses it.
  private mutating func clickChoice(_ index: Int) -> [Effect] {
    if overlay?.selected == index { return press(key: .enter) }
    select(index)
    return []
  }

  /// Gives the keys to a plot's pane; where it has them, puts the crosshair there.
  private mutating func click(
    _ plot: PlacedPlot, ofPane pane: Int, _ event: MouseEvent
  ) -> [Effect] {
    guard focus == pane else {
      focus = pane
      return []
    }
    let number = plots(ofPane: pane).firstIndex { $0.inner == plot.inner } ?? 0
    drag = .plot(pane: pane, plot: number, last: event)
    if let own = pageType.panes[pane] as? any CrosshairPane, own.hasOwnCrosshair(self) {
      return own.click(plot, event, &self)
    }
    let value = plot.value(column: event.x, row: event.y)
    crosshair = Crosshair(place: place(ofPane: pane), plot: number, x: value.x, y: value.y)
    return []
  }

  // MARK: - Drags

  private mutating func drag(to event: MouseEvent) -> [Effect] {
    switch drag {
    case .border(let name)?:
      guard let border = Layout(state: self).borders.first(where: { $0.name == name }) else {
        return []
      }
      let place = border.isSideBySide ? event.x - border.area.x : event.y - border.area.y
      move(border, to: place + 1)
    case .action(let action)?: return action.perform(&self, event)
    case .plot(let pane, let number, let last)?:
      let plots = plots(ofPane: pane)
      guard plots.indices.contains(number) else { return [] }
      panPlot(
        plots[number], ofPane: pane, columns: event.x - last.x, rows: event.y - last.y)
      drag = .plot(pane: pane, plot: number, last: event)
    case nil: break
    }
    return []
  }

  // MARK: - Wheel

  /// Moves in a list or a text, looks closer at a plot, or gives the pane's own command.
  private mutating func turnWheel(_ event: MouseEvent) -> [Effect] {
    let isUp = event.kind == .wheelUp
    if let overlay {
      let keys = Array(repeating: overlay.wheelKey(isUp: isUp), count: overlay.isText ? 3 : 1)
      return keys.flatMap { press(key: $0) }
    }
    guard editor == nil, let index = pane(under: event) else { return [] }
    if case .plot? = region(under: event)?.target as? WidgetTarget {
      notice = nil
      if !zoomPlot(by: isUp ? 1.25 : 0.8, atX: event.x, y: event.y) {
        notice = Notice(
          text: "no plot is seen from \(isUp ? "closer" : "farther off")", role: .accent)
      }
      return []
    }
    let pane = pageType.panes[index]
    guard let command = pane.commands.first(where: { $0.wheel?.kind == event.kind }) else {
      return []
    }
    // What scrolls is the focused pane.
    if pane is any ScrollablePane { focus = index }
    return turn(command)
  }

  /// Gives a command as often as one notch of the wheel does, without reasons at the end.
  private mutating func turn(_ command: Command) -> [Effect] {
    var effects: [Effect] = []
    for _ in 0..<(command.wheel?.times ?? 0) where command.availability(self) == .yes {
      notice = nil
      effects += noting(command.id.description) { command.perform(&$0) }
    }
    return effects
  }
}

extension Overlay {
  /// The place of the selected row; nil where nothing is chosen from.
  var selected: Int? {
    switch self {
    case .help, .text, .hands: nil
    case .choices(let choice): choice.selected
    case .palette(let palette): palette.selected
    case .prompt(let prompt): prompt.chosen
    case .leaving(let choice): LeavingChoice.allCases.firstIndex(of: choice)
    case .themes(let choice): choice.selected
    case .series(let list): list.selected
    case .deletion(let question): question.isConfirmed ? 1 : 0
    }
  }

  /// Whether it is text to read.
  fileprivate var isText: Bool {
    switch self {
    case .help, .text: true
    case .choices, .palette, .prompt, .leaving, .themes, .series, .deletion, .hands: false
    }
  }

  /// What a notch of the wheel presses.
  fileprivate func wheelKey(isUp: Bool) -> Key {
    // Up and down recall lines there.
    if case .prompt = self { return isUp ? .backTab : .tab }
    return isUp ? .up : .down
  }
}

extension WorkbenchState {
  /// Selects a row of the list over the screen.
  private mutating func select(_ index: Int) {
    switch overlay {
    case .choices(var choice)?:
      choice.selected = index
      overlay = .choices(choice)
    case .palette(var palette)?:
      palette.selected = index
      overlay = .palette(palette)
    case .prompt(var prompt)?:
      choose(index, &prompt)
      overlay = .prompt(prompt)
    case .leaving?: overlay = .leaving(LeavingChoice.allCases[index])
    case .themes(var choice)?:
      choice.selected = index
      overlay = .themes(choice)
    case .series(var list)?:
      list.selected = index
      overlay = .series(list)
    case .deletion(var question)?:
      question.isConfirmed = index == 1
      overlay = .deletion(question)
    case .help?, .text?, .hands?, nil: break
    }
  }
}
