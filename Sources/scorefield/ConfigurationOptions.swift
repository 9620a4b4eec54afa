import ArgumentParser
import CommandLineTool
import ScoreLab

/// Where a run's configuration comes from; shared by every command that runs one.
struct ConfigurationOptions: ParsableArguments {
  @Argument(
    help: """
      A YAML configuration, or the code of a run (sf:...); the built-in start configuration without \
      one.
      """)
  var config: String?

  @Option(help: "Begin with a preset by its name; see scorefield list presets.")
  var preset: String?

  @Option(help: "Learn your own CSV or npy file (distribution kind points).")
  var data: String?

  @Option(help: "Columns of --data, by name or number from 1, separated by commas.")
  var columns: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: "Set a key, such as --set optimizer.learning_rate=0.01; may be repeated.")
  var set: [String] = []

  /// The same options as they are written on a command line.
  var words: [String] {
    [config].compactMap { $0 } + (preset.map { ["--preset", $0] } ?? [])
      + (data.map { ["--data", $0] } ?? []) + (columns.map { ["--columns", $0] } ?? [])
      + set.flatMap { ["--set", $0] }
  }

  /// Reads, overrides and checks the configuration.
  ///
  /// - Throws: What is wrong with it, or that it has edits.
  func load() throws -> RunConfiguration { try choice.load() }

  /// The same, with what is changed on the way.
  func loadRun() throws -> SharedRun { try choice.loadRun() }

  private var choice: ConfigurationChoice {
    ConfigurationChoice(file: config, preset: preset, data: data, columns: columns, set: set)
  }
}
