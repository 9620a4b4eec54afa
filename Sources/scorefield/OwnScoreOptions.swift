import ArgumentParser
import ScoreLab

/// Which score of someone else is measured; shared by the commands that do.
struct OwnScoreOptions: ParsableArguments {
  @Option(help: "A score of someone else: scores on a grid of points and times.")
  var score: String?

  @Option(help: "A score of someone else: a command line for the shell that answers with scores.")
  var scoreCommand: String?

  @Option(help: "The most seconds that one answer of the score command may take, 0.1 to 86400.")
  var timeLimit = 60.0

  func validate() throws {
    guard score == nil || scoreCommand == nil else {
      throw ValidationError("--score and --score-command exclude one another.")
    }
    guard (0.1...86_400).contains(timeLimit) else {
      throw ValidationError("--time-limit must be from 0.1 to 86400.")
    }
  }

  /// Where it is; nil where none was named.
  var origin: OwnScoreOrigin? {
    score.map { .table($0) } ?? scoreCommand.map { .command($0, timeLimit: timeLimit) }
  }
}
