import NumberFormatting
import Synchronization

/// What is known of a run that is interrupted before its step is measured.
package final class LastStep: Sendable {
  private struct State {
    var step = 0
    var loss: Double?
    /// Whether a report of the step is out.
    var isReported = true
  }

  private let form: TrainPrinter.Form
  private let state = Mutex(State())

  package init(form: TrainPrinter.Form) { self.form = form }

  /// Notes a step that was taken, with the smoothed loss.
  package func set(step: Int, loss: Double?) {
    state.withLock { $0 = State(step: step, loss: loss, isReported: false) }
  }

  package func setReported() { state.withLock { $0.isReported = true } }

  /// The last lines of output.
  package var text: String {
    let state = state.withLock { $0 }
    let end = "interrupted at step \(state.step)\n"
    switch form {
    case .table:
      let cells = ["\(state.step)", NumberText.short(state.loss ?? .nan, digits: 5)]
      let row = state.isReported ? "" : cells.map(TrainPrinter.column).joined() + "\n"
      return "\r\u{1B}[K\(row)\(end)"
    case .plain: return end
    case .json: break
    }
    guard !state.isReported else { return "" }
    var line = JSONLine()
    line.add("step", state.step)
    line.add("loss", state.loss ?? .nan)
    line.add("interrupted", true)
    return line.text + "\n"
  }
}
