public import ScoreLab
public import TermPlot

/// The workbench as the terminal's event loop drives it.
@MainActor public final class WorkbenchApplication: TerminalApplication {
  public private(set) var state: WorkbenchState
  public private(set) var needsDraw = true
  private let runner: SessionRunner
  private static let animationMilliseconds = 40

  public init(state: WorkbenchState, runner: SessionRunner) {
    self.state = state
    self.runner = runner
  }

  public var isRunning: Bool { state.isRunning }
  public var theme: Theme { state.theme }
  public var wakeDescriptor: Int32 { runner.mailbox.descriptor }
  public var tickMilliseconds: Int? {
    state.isAnimating ? WorkbenchApplication.animationMilliseconds : nil
  }

  public func receive(_ event: InputEvent) {
    if case .woke = event {
      guard let news = runner.mailbox.take() else { return }
      apply(.news(news))
    } else {
      apply(.input(event))
    }
  }

  public func draw(into canvas: inout Canvas) {
    needsDraw = false
    Workbench.draw(state, into: &canvas)
  }

  private func apply(_ message: Message) {
    for effect in update(&state, message) {
      switch effect {
      case .send(let command): runner.send(command)
      }
    }
    needsDraw = true
  }
}
