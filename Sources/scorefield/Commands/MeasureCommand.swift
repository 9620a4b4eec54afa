import ArgumentParser
import CommandLineTool
import ScoreCore
import ScoreLab

/// `scorefield measure SAMPLES REFERENCE`: every sample metric with its null.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract:
      "Measure a sample against a distribution or another sample, each metric with its null.",
    discussion: """
      The null is what the metric is by chance, at the same sample size: for a configuration, on \
      fresh draws of its exact distribution; for a file, on random splits of both samples \
      together. \
      "Within the null" means that the metric cannot tell sample and reference apart at this \
      size, not that the sample is perfect; and one metric in ten is outside its 90% band by \
      chance alone. Points are in the units of the distribution's axes, and so are distances. A \
      table on a terminal, CSV otherwise. `scorefield list metrics` says what each metric is and \
      which parameters it has.

      Example: scorefield measure samples.csv two_moons.yaml --only mmd,mode_coverage
      """)

  @Argument(help: "A CSV or npy file with one column a coordinate.")
  var samples: String

  @Argument(
    help: "Such a file, or a YAML configuration, whose distribution is the reference.")
  var reference: String?

  @Option(help: "Your own CSV or npy file as the reference distribution (kind points).")
  var data: String?

  @Option(help: "The metrics wanted, separated by commas; all that apply without it.")
  var only: String?

  @Option(help: "A file of training points, for the memorisation ratio.")
  var training: String?

  @Option(
    help: "Columns of the files, with --data of that one, by name or number from 1, with commas.")
  var columns: String?

  @Option(
    help: "With a configuration, compare with the noisy distribution at this time of its process.")
  var time = 0.0

  @Option(
    name: .long, parsing: .singleValue,
    help: """
      Set a parameter of a metric, such as --set mmd.length=0.5, or a key of the configuration, \
      such as --set distribution.kind=pair; may be repeated.
      """)
  var set: [String] = []

  @Option(parsing: .unconditional, help: "Seed of the null and of all other random choices.")
  var seed: UInt64 = 7

  @Option(help: "Null draws, 19 to 9999.")
  var draws = 99

  @Option(help: "Share of the null on either side of its band.")
  var delta = 0.05

  @Flag(help: "CSV even on a terminal.")
  var csv = false

  func validate() throws {
    guard reference != nil || data != nil else {
      throw ValidationError("give a REFERENCE, or --data FILE.")
    }
    guard (19...9999).contains(draws) else {
      throw ValidationError("--draws must be from 19 to 9999.")
    }
    guard delta > 0 && delta < 0.5 else {
      throw ValidationError("--delta must be above 0 and below 0.5.")
    }
  }

  func run() throws {
    try MeasureTask(
      samples: samples, reference: reference, data: data, only: only, training: training,
      columns: columns,
      time: time, set: set, settings: MetricSettings(seed: seed, draws: draws, delta: delta),
      csv: csv
    ).run()
  }
}
