import ScoreClaims
import ScoreLab
import TermPlot

extension ExperimentPage {
  /// Form over checks, figure over claim from 120 x 30; from 80 x 20 figure and claim take turns at
  /// the right.
  static func arrange(_ state: WorkbenchState, in body: Rect) -> [PlacedPane]? {
    guard state.size.isMiddling else { return nil }
    if state.size.isLarge {
      let (left, right) = body.splitLeft(columns: min(60, body.width * 2 / 5))
      let (setup, checks) = left.splitTop(rows: left.height / 2)
      let (figure, claim) = right.splitTop(rows: right.height * 3 / 4)
      return [
        PlacedPane(0, setup), PlacedPane(1, checks), PlacedPane(2, figure), PlacedPane(3, claim),
      ]
    }
    let (left, right) = body.splitLeft(columns: body.width * 9 / 20)
    let (setup, checks) = left.splitTop(rows: left.height * 11 / 20)
    return [
      PlacedPane(0, setup), PlacedPane(1, checks), PlacedPane(state.focus == 3 ? 3 : 2, right),
    ]
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
