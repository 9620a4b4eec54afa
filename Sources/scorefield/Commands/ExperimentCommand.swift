import ArgumentParser
import CommandLineTool
import ScoreClaims
import ScoreCore
import ScoreLab

/// `scorefield experiment NAME [CONFIG]`: measures a claim and writes a report.
struct ExperimentCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "Measure a claim of the theory and write a report.",
    discussion: """
      Writes a folder with the resolved configuration, tables (CSV), figures (SVG, PNG) and a \
      report (Markdown). The last line is the verdict on the claim: held, did not hold or not \
      tested. Exit status 1 when a check of the measurement itself fails (an agreement or an \
      identity), and with --require-held also when the claim did not hold or was not tested. \
      Ctrl-C ends with status 130; the same command resumes with what was finished. \
      `scorefield list experiments` says what there is, with every value that can be set.

        scorefield experiment outlier_score --set switch_point=2.326 --set samples=100

      To divide the work among machines that share a folder, give each some units by number, and \
      collect their records when all are there:

        scorefield experiment relu_erm --output shared --units 1-10
        scorefield experiment relu_erm --output shared --units 11-20
        scorefield experiment relu_erm --output shared --collect
      """)

  @Argument(help: "The name of an experiment, or nothing with a CONFIG that names it.")
  var name: String?

  @Argument(help: "A YAML configuration of the experiment; its standard values without one.")
  var config: String?

  @Option(help: "The folder to write. (default: results/NAME-SEED)")
  var output: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: "Set a value, such as --set delta=0.01 or --set run.optimizer.batch=128.")
  var set: [String] = []

  @Option(
    parsing: .unconditional,
    help: "Seed of every random choice; that of the configuration without it.")
  var seed: UInt64?

  @OptionGroup var threading: ThreadOptions
  @OptionGroup var unitOptions: UnitOptions

  @Flag(help: "Exit with status 1 unless the claim held.")
  var requireHeld = false

  var threads: Int { threading.threads }

  func run() throws {
    let configuration = try ExperimentChoice(name: name, config: config, seed: seed, set: set)
      .load()
    let task = ExperimentTask(
      configuration: configuration,
      path: output ?? "results/\(configuration.choice.name)-\(configuration.seed)",
      threads: threads, units: unitOptions.task, requireHeld: requireHeld)
    guard try task.run() else { throw ExitCode(1) }
  }
}
