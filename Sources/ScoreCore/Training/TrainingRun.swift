import Glibc

/// Denoising score matching with the noise target, one batch a step.
///
/// The caller owns the loop: `step()` draws a batch, computes the loss
/// `E || network(alpha x_0 + sigma z, log SNR) - z ||^2` and its gradient, and lets Adam move the
/// parameters. All draws come from streams numbered by the step, so a copy of ``state`` is a
/// checkpoint and the result does not depend on the number of threads.
///
/// Source: Vincent 2011, "A connection between score matching and denoising autoencoders"; Ho,
/// Jain and Abbeel 2020 (arXiv:2006.11239), eq. 14.
public struct TrainingRun: Sendable {
  public let shape: NetworkShape
  public let process: any ForwardProcess
  public let trainingSet: TrainingSet
  public let levels: LevelDraw
  public let seed: UInt64
  public var state: TrainingState
  public var optimizer: Adam
  /// The number of points of a batch, at least 1.
  public var batch: Int
  /// The decay of the weight average, in `0..<1`; early steps use less, see `averageDecay(step:)`.
  public var averageDecay: Double
  /// How many threads a step may use.
  public var threads: Int
  var workspace = GradientWorkspace()

  public init(
    shape: NetworkShape, process: any ForwardProcess, trainingSet: TrainingSet,
    levels: LevelDraw, optimizer: Adam, batch: Int, averageDecay: Double, seed: UInt64,
    threads: Int = Parallel.defaultThreads
  ) {
    precondition(batch >= 1, "A batch has at least one point.")
    precondition((0..<1).contains(averageDecay), "The decay of an average is in 0..<1.")
    precondition(trainingSet.dimension == shape.dimension, "Data and network dimensions differ.")
    self.shape = shape
    self.process = process
    self.trainingSet = trainingSet
    self.levels = levels
    self.optimizer = optimizer
    self.batch = batch
    self.averageDecay = averageDecay
    self.seed = seed
    self.threads = threads
    state = TrainingState(parameters: shape.initialParameters(seed: seed))
  }

  /// Takes one step.
  ///
  /// A non-finite loss is reported as it is; the caller decides what a diverged run means.
  public mutating func step() -> TrainingReport {
    let batch = NoisyBatch(
      clean: trainingSet.batch(count: batch, step: state.step, seed: seed), levels: levels,
      process: process, seed: seed, step: state.step)
    workspace.prepare(shape: shape, rows: batch.count)
    let loss = workspace.lossAndGradient(
      of: batch, shape: shape, parameters: state.parameters, threads: threads)
    update()
    state.step += 1
    return TrainingReport(step: state.step, loss: loss)
  }

  /// The score estimate of the averaged weights.
  public var averagedScore: NetworkScore {
    NetworkScore(shape: shape, parameters: state.average, threads: threads)
  }

  /// The decay at a step: a young average must forget its start, so it is at most
  /// `(1 + step) / (10 + step)`.
  func averageDecay(step: Int) -> Double {
    min(averageDecay, Double(1 + step) / Double(10 + step))
  }
}
