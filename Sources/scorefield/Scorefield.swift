import ArgumentParser
import BuildInformation
import CommandLineTool
import CursesTerminal
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
      OpenCommand.self, TrainCommand.self, ResumeCommand.self, ReplayCommand.self,
      RunsCommand.self, SampleCommand.self, ScoreCommand.self, TruthCommand.self,
      JudgeCommand.self, LikelihoodCommand.self, DimensionCommand.self, MeasureCommand.self,
      LessonCommand.self, ExperimentCommand.self, ClaimsCommand.self, PlanCommand.self,
      SweepCommand.self,
      SynthCommand.self, DemoCommand.self, ListCommand.self,
      ExportCommand.self, MigrateCommand.self, DoctorCommand.self, BenchCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)

  private static var commandNames: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
  }

  /// Whether arguments can only mean the workbench, which a command or a question for help do not.
  ///
  /// Where this says no, the workbench itself enters its supervisor, a little later.
  private static func opensScreen(_ arguments: some Collection<String>) -> Bool {
    guard let first = arguments.first else { return true }
    return first == "open" && arguments.count == 1
  }

  /// Whether arguments ask for the program's own help and nothing else.
  ///
  /// The parser would first look at what every command takes, for longer than all the rest takes.
  private static func asksForHelpAlone(_ arguments: [String]) -> Bool {
    arguments == ["--help"] || arguments == ["-h"]
  }

  /// The command that arguments name.
  ///
  /// - Throws: The parser's error, or the new name of an option that was renamed.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    // Else it would be taken for a configuration of the workbench.
    if let message = UnknownName.command(in: arguments, among: commandNames) {
      throw ValidationError(message)
    }
    do {
      return try parseAsRoot(arguments)
    } catch {
      let names = arguments.compactMap { argument in
        let old = String(argument.prefix { $0 != "=" })
        return RenamedNames.option(old).map { "\(old) is now \($0)." }
      }
      // Help is no error.
      guard let message = names.first, exitCode(for: error) != .success else { throw error }
      throw ValidationError(message)
    }
  }

  static func main() {
    StandardStream.prepare()
    do {
      // It executes the program once more, so what it does not need waits.
      if opensScreen(CommandLine.arguments.dropFirst()) { try Supervisor.enter() }
      let arguments = FileName.arguments
      if asksForHelpAlone(arguments) {
        try StandardOutput.print(helpMessage())
        try StandardOutput.finish()
        return
      }
      var command = try parse(arguments)
      try command.runWithWorkers()
      try StandardOutput.finish()
    } catch {
      Failure.exit(with: error)
    }
  }
}
