import ArgumentParser
import BuildInformation
import OutsideText
import ScoreClaims
import ScoreLab

/// The command: arguments and wiring, nothing else.
@main
struct Scorefield: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scorefield",
    abstract: "A workbench for the theory of diffusion models.",
    discussion: """
      Trains small score networks on distributions whose score is known exactly at every noise \
      level, and shows where the learned score is wrong. Without a subcommand it opens the \
      workbench; `scorefield train` runs the same session without a screen.
      """,
    version: BuildInformation.text,
    subcommands: [
      OpenCommand.self, TrainCommand.self, SampleCommand.self, ScoreCommand.self,
      TruthCommand.self, LikelihoodCommand.self, DimensionCommand.self, MeasureCommand.self,
      ExperimentCommand.self, ClaimsCommand.self, PlanCommand.self, ListCommand.self,
      DoctorCommand.self,
      BenchCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)

  static func main() {
    StandardStream.prepare()
    do {
      var command = try parseAsRoot(FileName.arguments)
      try command.runWithWorkers()
      try StandardOutput.finish()
    } catch {
      Failure.exit(with: error)
    }
  }
}
