package import ScoreLab
package import TermPlot

/// The workbench without what it asks of the outside world, which is dropped: keys and pictures alone.
package struct DeafWorkbench {
  private var state: WorkbenchState

  package init(size: Size, configuration: RunConfiguration) {
    state = WorkbenchState(
      size: size, configuration: configuration, themes: [.builtIn], marks: .braille)
  }

  package mutating func receive(_ event: InputEvent) { _ = update(&state, .input(event)) }

  package mutating func receive(_ snapshot: Snapshot) {
    _ = update(&state, .session(SessionMessage(snapshot: snapshot)))
  }

  package func draw(into canvas: inout Canvas) { Workbench.draw(state, into: &canvas) }
}
