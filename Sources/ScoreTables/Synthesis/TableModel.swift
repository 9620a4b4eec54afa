import ScoreCore
public import ScoreLab

/// A score network that is trained on the rows of a table and draws new ones.
public struct TableModel: Sendable {
  private let configuration: RunConfiguration
  private let encoding: TableEncoding
  private var trainer: Trainer

  /// Prepares the training; distribution and size of the configuration's training set do not count.
  public init(_ table: Table, configuration: RunConfiguration, threads: Int) {
    let encoding = TableEncoding(fitting: table)
    self.configuration = configuration
    self.encoding = encoding
    trainer = Trainer(
      configuration: configuration, trainingSet: .fixed(encoding.points(table)), threads: threads)
  }

  /// The number of coordinates of an encoded row.
  public var dimension: Int { encoding.dimension }

  /// Takes a step of training.
  ///
  /// - Returns: The loss of its batch.
  public mutating func train() -> Double { trainer.step().loss }

  /// Starts to draw rows with the averaged weights.
  public func drawing(_ count: Int) -> Drawing {
    Drawing(configuration, trainer.averagedScore, encoding, count)
  }

  /// Rows on their way from noise to data.
  public struct Drawing: Sendable {
    private var passes: [SamplingPass] = []
    private let encoding: TableEncoding
    private var place = 0
    /// How many steps there are in all.
    public let stepCount: Int
    public private(set) var stepsDone = 0

    fileprivate init(
      _ configuration: RunConfiguration, _ score: NetworkScore, _ encoding: TableEncoding,
      _ count: Int
    ) {
      self.encoding = encoding
      let size = SampleDrawing.blockCount(dimension: encoding.dimension)
      let sampler = configuration.sampler
      for (block, start) in stride(from: 0, to: count, by: size).enumerated() {
        passes.append(
          SamplingPass(
            sampler: sampler.makeSampler(), grid: sampler.makeGrid(), stepCount: sampler.steps,
            process: configuration.process.make(), score: score, count: min(size, count - start),
            seed: configuration.seed, block: UInt32(block)))
      }
      stepCount = passes.count * sampler.steps
    }

    /// Takes a step.
    ///
    /// - Returns: False when all are taken.
    public mutating func step() -> Bool {
      guard place < passes.count else { return false }
      _ = passes[place].step()
      stepsDone += 1
      if passes[place].isFinished { place += 1 }
      return true
    }

    /// The rows when all steps are taken; nil if a coordinate is not finite.
    public func table() -> Table? {
      let values = passes.flatMap { $0.points.values }
      guard values.allSatisfy(\.isFinite) else { return nil }
      return encoding.table(Points(values: values, dimension: encoding.dimension))
    }
  }
}
