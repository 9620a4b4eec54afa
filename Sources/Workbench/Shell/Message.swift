public import ScoreLab
public import TermPlot

/// Everything that can happen to the workbench.
public enum Message: Sendable {
  case input(InputEvent)
  case news(SessionNews)
  case experiment(ExperimentNews)
}

/// Everything the workbench can ask of the outside world.
public enum Effect: Sendable, Equatable {
  case send(SessionCommand)
  case experiment(ExperimentCommand)
}
