import ArgumentParser
import CommandLineTool
import Glibc
import ScoreCore
import ScoreLab

/// `scorefield judge CONFIG --score FILE.npz`: the score of someone else, measured as ours are.
struct JudgeCommand: ThreadedCommand {
  /// Metrics that say something of every sample and take seconds.
  private static let standardMetrics = "energy,sliced_wasserstein2,mode_coverage"

  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Measure a score that someone else computes: its errors, its floor, its samples.",
    discussion: """
      The configuration gives distribution, process, objective, probe and sampler; nothing is \
      trained. l2 and d_delta are sigma times the error of the score at each noise level, d_delta \
      with its 95% interval; excess is the loss above the Bayes floor with its own; metrics are of \
      samples drawn with the score, with the band of their null. Next to them stand a score of 0, \
      that of the normal distribution with the data's mean and deviations, and the exact one.

      --score FILE.npz has the arrays times, x1 to xd and score; --score-command CMD is asked \
      through pipes. docs/judge.md describes both, with a program of 20 lines. Points and scores are \
      in the units of the distribution's axes. A table on a terminal, CSV otherwise.

        scorefield judge my.yaml --score scores.npz
        scorefield judge my.yaml --score-command 'python3 my_score.py'
      """)

  @OptionGroup var options: ConfigurationOptions

  @OptionGroup var judged: OwnScoreOptions

  @Option(help: "The metrics of the samples, separated by commas.")
  var only = standardMetrics

  @OptionGroup var threading: ThreadOptions

  @Flag(help: "CSV even on a terminal.")
  var csv = false

  @Flag(help: "One JSON object a line, a quantity each.")
  var json = false

  var threads: Int { threading.threads }

  func validate() throws {
    guard judged.origin != nil else {
      throw ValidationError("give --score FILE.npz or --score-command CMD.")
    }
    guard !(csv && json) else { throw ValidationError("--csv and --json exclude one another.") }
    _ = try metrics()
  }

  private func metrics() throws -> [CatalogEntry<any SampleMetric>] {
    try only.split(separator: ",").map { name in
      guard let entry = SampleMetricCatalog.entry(named: String(name)) else {
        throw ValidationError(
          UnknownName.message(String(name), for: "metric", among: SampleMetricCatalog.names))
      }
      return entry
    }
  }

  func run() throws {
    let configuration = try options.load()
    guard let origin = judged.origin else { preconditionFailure("Checked before.") }
    let isTable = isatty(STDOUT_FILENO) != 0 && !csv
    try JudgeTask(
      configuration: configuration, origin: origin, metrics: try metrics(),
      settings: MetricSettings(seed: configuration.seed),
      form: json ? .json : isTable ? .table : .csv
    ).run()
  }
}
