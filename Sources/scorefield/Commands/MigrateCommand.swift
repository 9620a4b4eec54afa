import ArgumentParser
import CommandLineTool
import OutsideText
import ScoreClaims
import ScoreLab

/// `scorefield migrate FILE`: a configuration with the names that keys and values have now.
struct MigrateCommand: ParsableCommand {
  /// The longest configuration, in bytes.
  private static let longest = 1 << 20

  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Rewrite configuration files with the names that keys and values have now.",
    discussion: """
      Names are replaced where they stand; comments, order and layout stay. A file is replaced in \
      one move, and only by one that is read without an error. A line says what was renamed.

        scorefield migrate my.yaml
      """)

  @Argument(help: "YAML configurations of runs or experiments.")
  var files: [String]

  @Flag(help: "Say what would be renamed, and write nothing.")
  var dryRun = false

  func run() throws {
    for file in files { try migrate(file) }
  }

  private func migrate(_ file: String) throws {
    let name = SafeText.sanitized(file, limit: 200)
    let migration = try ConfigurationMigration(
      text: try FileReader.text(file, limit: Self.longest), file: file)
    guard !migration.changes.isEmpty else {
      return try StandardOutput.print("\(name): nothing to rename")
    }
    // What is still wrong is said before anything is written.
    if migration.isExperiment {
      _ = try ExperimentConfiguration.parse(text: migration.text, file: file)
    } else {
      _ = try RunConfiguration.parse(text: migration.text, file: file)
    }
    if !dryRun { try FileWriter.writeAtomically(migration.text, to: file) }
    for change in migration.changes {
      try StandardOutput.print("\(name):\(change.line): \(change)")
    }
  }
}
