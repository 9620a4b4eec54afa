import ArgumentParser
import CommandLineTool
import ScoreCore
import ScoreLab

/// `scorefield synth FILE --output OUT.csv`: rows like those of a table.
struct SynthCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "synth",
    abstract: "Make rows like those of a table: train on it, sample, and judge.",
    discussion: """
      Without --output the guessed schema of the table is shown (scorefield open --table FILE has it \
      as a form): what each column is, and what is \
      ignored and why. --save-schema writes it as YAML, to be edited and given as --schema. With \
      --output a score network is trained on four fifths of the rows; the rows that it makes go to \
      the file, and to FILE.report.txt what is to be known of them: differences from held-out rows, \
      what gives training rows away, and how well models learn the target from them, next to \
      real rows and five simple ways to make rows; with --repeats 5 from five tables of each, with \
      five seeds and with intervals. Every value is valid: in its column's range, with \
      its decimals, or one of its categories. Ctrl-C ends with status 130 and writes nothing.

      With --fill no rows are made: the table itself is written, every byte as it is but for its gaps, \
      which get values drawn given the known ones of their row. The report compares the network and \
      four simple ways on known values that were hidden by the same patterns.

        scorefield synth penguins.csv --save-schema penguins.yaml
        scorefield synth penguins.csv --schema penguins.yaml --target species --output new.csv
        scorefield synth penguins.csv --target species --repeats 5 --output new.csv
        scorefield synth penguins.csv --condition species=Gentoo --output new.csv
        scorefield synth penguins.csv --condition species=Gentoo --guidance 1 --output new.csv
        scorefield synth penguins.csv --fill --draws 5 --output filled.csv
      """)

  @Argument(help: "A table: CSV with a line of names.")
  var file: String

  @Option(help: "The table's schema, instead of a guess.")
  var schema: String?

  @Option(help: "Write the schema to this file.")
  var saveSchema: String?

  @Option(help: "The column that models of the rows are to predict.")
  var target: String?

  @Option(help: "The CSV file to write.")
  var output: String?

  @Option(
    parsing: .unconditional,
    help: "Rows, 1 to 1000000; as many as the table has without it.")
  var rows: Int?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "What all rows are to have; may be repeated for other columns.", valueName: "column=value"))
  var condition: [String] = []

  @Option(
    parsing: .unconditional,
    help: "Weight w of classifier-free guidance, 0 to 20: sampler.guidance; needs --condition.")
  var guidance: Double?

  @Flag(help: "Fill the gaps of the table instead of making rows.")
  var fill = false

  @Option(
    parsing: .unconditional,
    help: "Fill so many times, 1 to 100, into OUT.1.csv, OUT.2.csv, ...; needs --fill.")
  var draws: Int?

  @Option(parsing: .unconditional, help: "Training steps, 1 to 10000000.")
  var steps = 5000

  @Option(
    parsing: .unconditional,
    help: "Tables that models learn the target from, and seeds of each model, 1 to 20.")
  var repeats = 1

  @Option(parsing: .unconditional, help: "Seed of every random choice.")
  var seed: UInt64 = 7

  @Option(
    name: .long, parsing: .singleValue,
    help: "Set a key of network, process, objective, optimizer or sampler; may be repeated.")
  var set: [String] = []

  @Flag(help: "Differential privacy; refused, because nothing here gives it.")
  var dp = false

  @OptionGroup var threading: ThreadOptions

  var threads: Int { threading.threads }

  func validate() throws {
    guard !dp else {
      throw ValidationError(
        "--dp is refused: training here adds no noise to gradients, so no epsilon could be stated.")
    }
    if let rows, !(1...1_000_000).contains(rows) {
      throw ValidationError("--rows must be from 1 to 1000000.")
    }
    guard (1...10_000_000).contains(steps) else {
      throw ValidationError("--steps must be from 1 to 10000000.")
    }
    guard (1...20).contains(repeats) else {
      throw ValidationError("--repeats must be from 1 to 20.")
    }
    guard output != nil || rows == nil else {
      throw ValidationError("--rows needs --output FILE.csv.")
    }
    guard output != nil || condition.isEmpty else {
      throw ValidationError("--condition needs --output FILE.csv.")
    }
    try validateFilling()
    if let output, !output.lowercased().hasSuffix(".csv") {
      throw ValidationError("the name of --output must end in .csv.")
    }
  }

  private func validateFilling() throws {
    guard fill else {
      guard draws == nil else { throw ValidationError("--draws needs --fill.") }
      return
    }
    guard output != nil else { throw ValidationError("--fill needs --output FILE.csv.") }
    guard rows == nil, condition.isEmpty, target == nil, repeats == 1 else {
      throw ValidationError(
        "--fill keeps the table's rows: no --rows, --condition, --target or --repeats.")
    }
    if let draws, !(1...100).contains(draws) {
      throw ValidationError("--draws must be from 1 to 100.")
    }
  }

  func run() throws {
    let weight = guidance.map { ["sampler.guidance=\($0)"] } ?? []
    var configuration = try RunConfiguration().setting(set + weight)
    guard configuration.sampler.guidance == 0 || !condition.isEmpty else {
      throw ValidationError("guidance needs --condition column=value.")
    }
    configuration.seed = seed
    var task = SynthTask(
      file: file, steps: steps, threads: threads, configuration: configuration)
    task.schema = schema
    task.savedSchema = saveSchema
    task.target = target
    task.output = output
    task.rowCount = rows
    task.conditions = condition
    task.fillings = fill ? draws ?? 1 : nil
    task.repeats = repeats
    try task.run()
  }
}
