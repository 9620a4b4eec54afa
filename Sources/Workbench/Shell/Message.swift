import Lessons
import RunDatabase
import ScoreClaims
import ScoreLab
import ScoreSweeps
import TermPlot

/// Everything that can happen to the workbench.
enum Message: Sendable {
  case input(InputEvent)
  case session(SessionMessage)
  case experiment(ExperimentMessage)
  case library(LibraryMessage)
  case sweep(SweepMessage)
}

/// Everything the workbench can ask of the outside world.
enum Effect: Sendable, Equatable {
  case send(SessionCommand)
  case experiment(ExperimentCommand)
  case library(LibraryCommand)
  case save(Exhibit)
  case export(Export)
  /// Keeps a preset among those of one's own; the line replaces one that is there.
  case keep(Preset, replaces: Bool, replacer: String)
  /// Records the screen into a file from now on.
  /// Writes a table's schema to its file.
  case keepSchema(_ yaml: String, path: String)
  case startRecording(path: String, replaces: Bool)
  case stopRecording
}
