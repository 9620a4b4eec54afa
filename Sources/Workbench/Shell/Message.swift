import ScoreClaims
import ScoreLab
import TermPlot

/// Everything that can happen to the workbench.
enum Message: Sendable {
  case input(InputEvent)
  case session(SessionMessage)
  case experiment(ExperimentMessage)
}

/// Everything the workbench can ask of the outside world.
enum Effect: Sendable, Equatable {
  case send(SessionCommand)
  case experiment(ExperimentCommand)
  case save(Exhibit)
}
