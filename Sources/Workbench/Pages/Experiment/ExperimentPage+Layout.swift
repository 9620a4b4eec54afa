import ScoreClaims
import ScoreLab
import TermPlot

extension ExperimentPage {
  /// Form over checks, figure over claim from 120 x 30; from 80 x 20 figure and claim take turns at
  /// the right.
  static func arrange(_ state: WorkbenchState) -> PaneTree? {
    guard state.size.isMiddling else { return nil }
    if state.size.isLarge {
      let left = PaneTree.rows("experiment.form", .pane(0), .pane(1)) { $0 / 2 }
      let right = PaneTree.rows("experiment.figure", .pane(2), .pane(3)) { $0 * 3 / 4 }
      return .columns("experiment.left", left, right) { min(60, $0 * 2 / 5) }
    }
    let left = PaneTree.rows("experiment.low_form", .pane(0), .pane(1)) { $0 * 11 / 20 }
    return .columns("experiment.low_left", left, .pane(state.focus == 3 ? 3 : 2)) { $0 * 9 / 20 }
  }

  static func header(_ state: WorkbenchState) -> PageHeader {
    let (experiment, isUnicode) = (state.experiment, state.marks.isUnicode)
    let status: (text: String, role: StyleRole) =
      switch experiment.status {
      case .none: ("experiments", .muted)
      case .starting: ("starting", .muted)
      case .running: ((isUnicode ? "▶" : ">") + " running", .good)
      case .paused: ((isUnicode ? "‖" : "=") + " paused", .warning)
      case .finished: ((isUnicode ? "■" : "#") + " finished", .accent)
      case .stopped: ((isUnicode ? "■" : "#") + " stopped, r runs it again", .warning)
      case .failed: ("! failed", .error)
      }
    var header = PageHeader(words: [.init(text: status.text, role: status.role)])
    guard let configuration = experiment.configuration else { return header }
    header.parts = [configuration.choice.name]
    if let message = experiment.message {
      header.parts.append("\(grouped(message.unitsDone)) of \(grouped(message.unitCount)) units")
    }
    header.parts.append("seed \(configuration.seed)")
    if experiment.hasPausedTraining { header.parts.append("training paused") }
    return header
  }
}
