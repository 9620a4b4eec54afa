import BuildInformation
import CTerminalGuard
import Glibc
import OutsideText
import ScoreCore
package import ScoreLab

/// Samples that are drawn into a file, or onto standard output.
package struct SampleTask {
  /// What the samples are drawn from.
  package enum Source: String, CaseIterable {
    case average, current, exact, distribution

    package var isTrained: Bool { self == .average || self == .current }
  }

  /// Gives sampler, process, count and seed.
  package var configuration: RunConfiguration
  package var source: Source
  /// The weights of a learned score; nil to train them.
  package var weights: WeightsFile?
  /// Training steps, for a learned score.
  package var trainingSteps: Int
  package var threads: Int
  /// The file to write; standard output without one.
  package var output: String?

  package init(
    configuration: RunConfiguration, source: Source, weights: WeightsFile?, trainingSteps: Int,
    threads: Int, output: String?
  ) {
    self.configuration = configuration
    self.source = source
    self.weights = weights
    self.trainingSteps = trainingSteps
    self.threads = threads
    self.output = output
  }

  /// Trains if need be, draws and writes.
  ///
  /// - Throws: What is wrong with the configuration, its data or the file, a divergence, or
  ///   ``Failure/Interrupted``.
  package func run() throws {
    let file = output.flatMap { SampleFile(path: $0) }
    if let file { try check(file, configuration) }
    sf_watch_interrupts()
    let subject = try makeSubject(configuration)
    if let file {
      try write(configuration, subject, to: file)
    } else {
      try writeOut(configuration, subject)
    }
  }

  /// Finds out before any work whether the files can be written, and whether they should be.
  private func check(_ file: SampleFile, _ configuration: RunConfiguration) throws {
    try refuseReplacingData(of: configuration, with: file.path, option: "--output")
    try file.check()
  }
}

extension SampleTask {
  /// What is sampled: a distribution, and the score to follow or nil for the distribution itself.
  private struct Subject {
    var distribution: any KnownScoreDistribution
    var score: (any ScoreFunction)?
  }

  private func makeSubject(_ configuration: RunConfiguration) throws -> Subject {
    let data = DataFile()
    switch source {
    case .distribution:
      return Subject(
        distribution: try configuration.distribution.makeDistribution(dataSource: data))
    case .exact:
      let distribution = try configuration.distribution.makeDistribution(dataSource: data)
      printWarnings(configuration.samplerWarnings(for: distribution))
      return Subject(distribution: distribution, score: ExactScore(distribution))
    case .average, .current:
      var learned = try LearnedScore(
        configuration, weights: weights, steps: trainingSteps, threads: threads, data: data)
      if weights != nil {
        printWarnings(configuration.warnings(for: learned.distribution))
      }
      let score = try learned.make(isCurrent: source == .current)
      return Subject(distribution: learned.distribution, score: score)
    }
  }

  /// Samples that are finished.
  private struct Block {
    var points: Points
    /// Their numbers from 0.
    var numbers: Range<Int>
    /// Nil where samples have no class.
    var classes: SampleClasses?
  }

  private func makeDrawing(
    _ configuration: RunConfiguration, of subject: Subject
  ) -> SampleDrawing {
    SampleDrawing(
      configuration, distribution: subject.distribution, score: subject.score, keepsPoints: false)
  }

  /// The names of the columns: the axes, and the class where samples have one.
  private func columns(_ drawing: SampleDrawing, of subject: Subject) -> [String] {
    subject.distribution.coordinates.names + (drawing.classes(of: 0..<0) == nil ? [] : ["class"])
  }

  /// Draws the samples and gives each block away as it is finished.
  ///
  /// - Parameters:
  ///   - drawing: What is drawn, before its first step.
  ///   - body: Takes a block.
  /// - Throws: What `body` throws, or the exit status of an interrupt.
  private func draw(_ drawing: SampleDrawing, _ body: (Block) throws -> Void) throws {
    var drawing = drawing
    var line = ProgressLine(on: .errors)
    var drawn = 0
    let start = ContinuousClock.now
    while !drawing.isFinished {
      let block = drawing.step()
      let rate = Double(drawing.stepsDone) / max(1e-9, (ContinuousClock.now - start) / .seconds(1))
      line.show(
        done: drawing.stepsDone, of: drawing.stepCount, note: "sampling", stepsPerSecond: rate)
      try line.stopIfInterrupted(at: "sampling step \(drawing.stepsDone)")
      guard let block else { continue }
      let numbers = drawn..<drawn + block.count
      if block.brokenCount > 0 { line.clear() }
      try body(Block(points: block, numbers: numbers, classes: drawing.classes(of: numbers)))
      drawn = numbers.upperBound
    }
    line.clear()
  }

  /// Refuses a block with samples that are no numbers.
  private func check(_ block: Block, written: String) throws {
    let (broken, numbers) = (block.points.brokenCount, block.numbers)
    guard broken > 0 else { return }
    throw Failure.Failed(
      message:
        "\(broken) of the samples \(numbers.lowerBound + 1) to \(numbers.upperBound) are not "
        + "finite; \(written) (more sampler.steps or another sampler.kind may help)")
  }

  private func write(
    _ configuration: RunConfiguration, _ subject: Subject, to file: SampleFile
  ) throws {
    let line = ProgressLine(on: .errors)
    let isCancelled = { sf_interrupted() != 0 }
    do {
      let drawing = makeDrawing(configuration, of: subject)
      var writing = try file.writing(
        names: columns(drawing, of: subject), rows: configuration.sampler.count,
        configuration: origin + configuration.yaml)
      try draw(drawing) { block in
        try check(block, written: "nothing was written")
        // A block that is cut off is followed by the end below.
        _ = try writing.append(block.points, classes: block.classes, isCancelled: isCancelled)
        try line.stopIfInterrupted(at: "writing")
      }
      if try writing.commit(isCancelled: isCancelled) {
        let names = [file.path, file.configurationPath].map { SafeText.sanitized($0, limit: 200) }
        return line.finish("wrote \(names[0]) and \(names[1])")
      }
    } catch let error as FileError {
      // The folder was fine before; this is no wrong usage.
      throw Failure.Failed(message: "\(error)")
    }
    try line.stopIfInterrupted(at: "writing")
  }

  private func writeOut(_ configuration: RunConfiguration, _ subject: Subject) throws {
    let (format, count) = (TableFormat.csv, configuration.sampler.count)
    let drawing = makeDrawing(configuration, of: subject)
    try draw(drawing) { block in
      let before = block.numbers.lowerBound
      try check(
        block,
        written: before == 0 ? "nothing was written" : "the \(before) before them were written")
      if before == 0 {
        let names = columns(drawing, of: subject)
        try StandardOutput.write(format.header(names: names, rows: count))
      }
      for piece in format.pieces(of: block.points, classes: block.classes) {
        try StandardOutput.write(piece)
        guard sf_interrupted() == 0 else { throw Failure.Interrupted() }
      }
    }
  }

  /// A first line for the configuration: what it does not say itself.
  private var origin: String {
    let steps = weights?.step ?? trainingSteps
    let work = source.isTrained ? ", \(steps) training steps" : ""
    return "# scorefield \(BuildInformation.version) sample --\(source.rawValue)\(work)\n"
  }
}
