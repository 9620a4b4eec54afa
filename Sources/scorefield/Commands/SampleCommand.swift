import OutsideText
import ArgumentParser
import CTerminalGuard
import Glibc
import ScoreCore
import ScoreLab

/// `scorefield sample CONFIG --output FILE`: trains, then writes samples.
struct SampleCommand: ParsableCommand {
  /// What the samples are drawn from.
  enum Source: String, EnumerableFlag {
    case average, current, exact, law

    var isTrained: Bool { self == .average || self == .current }

    static func help(for value: Source) -> ArgumentHelp? {
      switch value {
      case .average: "Follow the score of the averaged weights."
      case .current: "Follow the score of the weights of the last step."
      case .exact: "Follow the exact score, without training."
      case .law: "Draw from the distribution itself, without a sampler."
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Train, then write samples as CSV or npy.",
    discussion: """
      Samples are in the units of the distribution's axes (your own file's units for the kind \
      points); the names of the axes are the CSV header. An npy file holds float64, one row a \
      sample. The resolved configuration goes to FILE.yaml. In a pipe and without --output, CSV \
      goes to standard output. Ctrl-C ends with status 130 and writes nothing.

        scorefield sample my.yaml --output samples.csv
        scorefield sample --exact --count 100000 --set sampler.steps=500 --output exact.npy
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(help: "The file to write; its name ends in .csv or .npy.")
  var output: String?

  @Option(help: "Training steps. (default: \(QuietTraining.standardSteps))")
  var steps: Int?

  @Option(help: "Samples, 1 to 1000000; sampler.count of the configuration without it.")
  var count: Int?

  @Option(help: "Seed of training and sampling; that of the configuration without it.")
  var seed: UInt64?

  @Option(help: "Threads; they change no bit.")
  var threads = Parallel.defaultThreads

  @Flag var source = Source.average

  func validate() throws {
    if let steps {
      guard steps >= 1 else { throw ValidationError("--steps must be at least 1.") }
      guard source.isTrained else {
        throw ValidationError("--steps counts training steps; --\(source.rawValue) takes none.")
      }
    }
    if let count, !(1...1_000_000).contains(count) {
      throw ValidationError("--count must be from 1 to 1000000.")
    }
    guard (1...256).contains(threads) else {
      throw ValidationError("--threads must be from 1 to 256.")
    }
    if let output {
      guard SampleFile(path: output) != nil else {
        throw ValidationError("the name of --output must end in .csv or .npy.")
      }
    } else if isatty(STDOUT_FILENO) != 0 {
      throw ValidationError("give --output FILE.csv or FILE.npy, or send the output to a pipe.")
    }
  }

  func run() throws {
    var configuration = try options.load()
    if let seed { configuration.seed = seed }
    if let count { configuration.sampler.count = count }
    let file = output.flatMap { SampleFile(path: $0) }
    if let file { try check(file, configuration) }
    sf_watch_interrupts()
    let subject = try makeSubject(configuration)
    let table = try draw(configuration, from: subject)
    if let file {
      try write(table, to: file, configuration)
    } else {
      try writeOut(table)
    }
  }

  /// Finds out before any work whether the files can be written, and whether they should be.
  private func check(_ file: SampleFile, _ configuration: RunConfiguration) throws {
    try refuseReplacingData(of: configuration, with: file.path, option: "--output")
    try file.check()
  }
}

extension SampleCommand {
  /// What is sampled: a law, and the score to follow or nil for the law itself.
  private struct Subject {
    var law: any KnownScoreDistribution
    var score: (any ScoreFunction)?
  }

  private func makeSubject(_ configuration: RunConfiguration) throws -> Subject {
    let data = DataFile()
    switch source {
    case .law:
      return Subject(law: try configuration.distribution.makeLaw(dataSource: data))
    case .exact:
      let law = try configuration.distribution.makeLaw(dataSource: data)
      printWarnings(configuration.samplerWarnings(for: law))
      return Subject(law: law, score: ExactScore(law))
    case .average, .current:
      var session = try Session(configuration: configuration, dataSource: data, threads: threads)
      let steps = steps ?? QuietTraining.standardSteps
      let score = try QuietTraining.score(of: &session, steps: steps, isCurrent: source == .current)
      return Subject(law: session.law, score: score)
    }
  }

  private func draw(_ configuration: RunConfiguration, from subject: Subject) throws -> DataTable {
    var drawing = SampleDrawing(configuration, law: subject.law, score: subject.score)
    var line = ProgressLine(on: .errors)
    let start = ContinuousClock.now
    while !drawing.isFinished {
      drawing.step()
      let rate = Double(drawing.stepsDone) / max(1e-9, (ContinuousClock.now - start) / .seconds(1))
      line.show(
        done: drawing.stepsDone, of: drawing.stepCount, note: "sampling", stepsPerSecond: rate)
      try line.stopIfInterrupted(at: "sampling step \(drawing.stepsDone)")
    }
    line.clear()
    let broken = drawing.brokenCount
    guard broken == 0 else {
      throw Failure.Failed(
        message: "\(broken) of \(drawing.points.count) samples are not finite; nothing was written "
          + "(more sampler.steps or another sampler.kind may help)")
    }
    return DataTable(names: subject.law.coordinates.names, points: drawing.points)
  }

  private func write(
    _ table: DataTable, to file: SampleFile, _ configuration: RunConfiguration
  ) throws {
    let line = ProgressLine(on: .errors)
    do throws(FileError) {
      let isWritten = try file.write(
        table, configuration: origin + configuration.yaml, isCancelled: { sf_interrupted() != 0 })
      if isWritten {
        let names = [file.path, file.configurationPath].map { SafeText.sanitized($0, limit: 200) }
        return line.finish("wrote \(names[0]) and \(names[1])")
      }
    } catch {
      // The folder was fine before; this is no wrong usage.
      throw Failure.Failed(message: "\(error)")
    }
    try line.stopIfInterrupted(at: "writing")
  }

  private func writeOut(_ table: DataTable) throws {
    for piece in TableFormat.csv.pieces(of: table) {
      try StandardOutput.write(piece)
      guard sf_interrupted() == 0 else { throw ExitCode(130) }
    }
  }

  /// A first line for the configuration: what it does not say itself.
  private var origin: String {
    let work = source.isTrained ? ", \(steps ?? QuietTraining.standardSteps) training steps" : ""
    return "# scorefield \(Scorefield.configuration.version) sample --\(source.rawValue)\(work)\n"
  }
}
