import ArgumentParser
import CommandLineTool
import Glibc
import ScoreCore
import ScoreLab

/// `scorefield train CONFIG`: the same session without a screen.
struct TrainCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train without a screen: progress on a terminal, JSON lines otherwise.",
    discussion: """
      Each JSON line holds step, loss (smoothed), held_out_loss and the error of what it is above \
      the exact score's loss, floor and its error, and for every noise level its time, L2 and \
      D_delta, both times sigma_t. All losses are of the objective that is trained; with Huber's \
      the floor is null, because only the exact score's loss is known, and that is at or above it. \
      d_delta has its 95% interval \
      in d_delta_low and d_delta_high; below 10 / delta probe.points it is null, \
      d_delta_standing says unknown and d_delta_points_needed how many it takes; below \
      100 / delta it says few points. The first line holds the \
      resolved configuration and warnings, which go to standard error too. Ctrl-C ends with \
      status 130 after the step under way and its report, but within 2 seconds, or at the second \
      Ctrl-C: then the last line has the step and its loss, and interrupted.

      With --export FILE.npz the weights (initial, last, average) and the batch, gradient and \
      weights of \
      some steps are written as named arrays, enough for another program to repeat a step; \
      docs/configuration.md lists them.

      With --kl a last line holds kl, the Kullback-Leibler divergence in nats of the noisy \
      distribution at \
      the stop from what the score's probability flow makes of the prior, and kl_exact, that of \
      the exact score at the same points, each with its standard error.

      With --parts a line holds what the error is made of at every level (whole, approximation, \
      statistical, optimisation: L2 and D_delta, each with its 95% interval) and in s_a and s_b how \
      far the minimisers are that they are told apart by: exact, converged, or with the norm of the \
      gradient that is left. With --bound a line holds the bound on the samples, term by term, and \
      the total variation distance that is measured. docs/metrics.md lists the keys of both.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(help: "Training steps.")
  var steps = 10_000

  @Option(
    parsing: .unconditional,
    help: "Seed of every random choice; that of the configuration without it.")
  var seed: UInt64?

  @Option(
    parsing: .unconditional, help: "Steps between reports; a twentieth of the run without it.")
  var every: Int?

  @OptionGroup var threading: ThreadOptions
  @OptionGroup var storing: StoreOptions

  @Option(
    help: "Write weights and some steps as NumPy arrays to FILE.npz, its configuration next to it.")
  var export: String?

  @Option(
    help: "The steps to export with their batch and gradient, separated by commas. (default: 1)")
  var exportSteps: String?

  @Option(
    help: ArgumentHelp(
      "Write the weights with all that is needed to use them; see docs/weights.md.",
      valueName: "file.safetensors"))
  var saveWeights: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: """
      Write loss, floor and errors of every report to FILE.csv, FILE.jsonl or FILE.tfevents \
      (TensorBoard); may be repeated.
      """)
  var series: [String] = []

  @Flag(help: "JSON lines even on a terminal.")
  var json = false

  @Flag(help: "A sentence a second without escapes, for screen readers and logs.")
  var plain = false

  @Flag(help: "At the end, the divergence of the distribution from the flow of the learned score.")
  var kl = false

  @Flag(help: "At the end, what the error is made of: approximation, statistics, optimisation.")
  var parts = false

  @Option(
    help: "With --parts, the most seconds of the search for the minimisers; no limit without it.")
  var partsSeconds: Double?

  @Flag(help: "At the end, the bound on the total variation distance of the samples.")
  var bound = false

  func validate() throws {
    if let partsSeconds {
      guard parts else { throw ValidationError("--parts-seconds needs --parts.") }
      guard partsSeconds >= 0, partsSeconds <= 1e6 else {
        throw ValidationError("--parts-seconds must be from 0 to 1000000.")
      }
    }
    guard !(json && plain) else { throw ValidationError("--json and --plain exclude one another.") }
    guard steps >= 1 else { throw ValidationError("--steps must be at least 1.") }
    if let every, every < 1 { throw ValidationError("--every must be at least 1.") }
    if let export, !export.lowercased().hasSuffix(".npz") {
      throw ValidationError("the name of --export must end in .npz.")
    }
    if let saveWeights, !saveWeights.lowercased().hasSuffix(".safetensors") {
      throw ValidationError("the name of --save-weights must end in .safetensors.")
    }
    guard series.allSatisfy({ SeriesFile.Format(file: $0) != nil }) else {
      throw ValidationError("the name of --series must end in .csv, .jsonl or .tfevents.")
    }
    guard exportSteps == nil || export != nil else {
      throw ValidationError("--export-steps needs --export.")
    }
    _ = try stepsToExport()
  }

  /// The numbers of the steps to export.
  private func stepsToExport() throws -> Set<Int> {
    guard let exportSteps else { return [1] }
    let numbers = exportSteps.split(separator: ",", omittingEmptySubsequences: false).map {
      Int($0)
    }
    let wanted = numbers.compactMap { $0 }.filter { (1...steps).contains($0) }
    guard wanted.count == numbers.count, wanted.count <= RunExport.stepLimit else {
      throw ValidationError(
        "--export-steps must be at most \(RunExport.stepLimit) numbers from 1 to --steps, "
          + "separated by commas.")
    }
    return Set(wanted)
  }

  var threads: Int { threading.threads }

  func run() throws {
    var run = try options.loadRun()
    if let seed { run.start.seed = seed }
    let isTable = isatty(STDOUT_FILENO) != 0 && !json
    var task = TrainTask(
      configuration: run.start, steps: steps, every: every, threads: threads, export: export,
      exportedSteps: try stepsToExport(), form: plain ? .plain : isTable ? .table : .json, kl: kl,
      store: storing.choice)
    task.log = try run.log()
    task.weights = saveWeights
    task.series = series
    (task.parts, task.partsSeconds, task.bound) = (parts, partsSeconds, bound)
    try task.run()
  }
}
