public import ScoreCore
public import ScoreLab

/// A claim about diffusion models that can be measured, with the values it is measured at.
///
/// A member of ``ExperimentCatalog``: one file that gives the values, the stepper that measures and
/// the entry with its parameters.
public protocol Experiment: Sendable {
  /// The run that it trains or samples, unless the configuration says otherwise; nil for an
  /// experiment that has no use for one.
  var standardRun: RunConfiguration? { get }
  /// The name of the parameter that must be set before it can start, such as a file; nil for none.
  var missingParameter: String? { get }
  /// Starts measuring.
  ///
  /// - Throws: What is wrong with a distribution's parameters or its data file, or with the values
  ///   together.
  func makeDriver(_ setup: ExperimentSetup) throws -> any ExperimentDriver
}

extension Experiment {
  public var standardRun: RunConfiguration? { nil }
  public var missingParameter: String? { nil }
}

/// What an experiment is given next to its own values.
public struct ExperimentSetup: Sendable {
  /// The run to train or sample; the experiment's standard run unless it was changed.
  public var run: RunConfiguration
  /// How many threads may work; they change no bit of the report.
  public var threads: Int
  /// Reads the files that distributions are made from.
  public var dataSource: any DataSource
  /// Keeps what long experiments have finished.
  public var store: any UnitStore

  /// The seed of every random stream.
  public var seed: UInt64 { run.seed }

  public init(
    run: RunConfiguration, threads: Int = Parallel.defaultThreads,
    dataSource: any DataSource, store: any UnitStore = NoStore()
  ) {
    self.run = run
    self.threads = threads
    self.dataSource = dataSource
    self.store = store
  }

  /// The distribution of a run, this one's unless another is given.
  ///
  /// - Throws: What is wrong with its parameters, which begins with `run.distribution`, or with its
  ///   data file.
  func distribution(of run: RunConfiguration? = nil) throws -> any KnownScoreDistribution {
    try ParameterError.naming("run") {
      try (run ?? self.run).distribution.makeDistribution(dataSource: dataSource)
    }
  }

  /// The session to train for some steps; nil for none.
  ///
  /// - Throws: What is wrong with the distribution's parameters or its data file.
  func session(trainingSteps: Int) throws -> Session? {
    guard trainingSteps > 0 else { return nil }
    return try ParameterError.naming("run") {
      try Session(configuration: run, dataSource: dataSource, threads: threads)
    }
  }
}

/// An experiment under way; the caller owns the loop.
///
/// The report depends on the configuration and the seed alone, whatever the threads, and so does
/// every report on the way to it after the same number of steps.
public protocol ExperimentDriver: Sendable {
  /// The units of work in all, of roughly equal length.
  var unitCount: Int { get }
  /// The units done; the run is finished when these are all.
  var unitsDone: Int { get }
  /// What is being done, in a few words such as `sampling, step 20 of 50`.
  var activity: String { get }
  /// Every unit of the experiment, chosen or not, in the order in which they are begun.
  var units: [UnitOverview] { get }
  /// Works on some units alone; the counts are of these.
  ///
  /// - Parameter numbers: From 1.
  /// - Throws: ``UnitError`` when there is no such unit, or one needs a record that is not there.
  mutating func restrict(to numbers: Set<Int>) throws(UnitError)
  /// Another number whenever the report may be another.
  var revision: Int { get }
  /// Works for a fraction of a second, and finishes a unit at the latest after a few calls.
  ///
  /// - Throws: `FileError` when a finished unit cannot be kept.
  mutating func step() throws
  /// What is known so far; figures and checks that need more are empty or open.
  var report: ExperimentReport { get }
}

extension ExperimentDriver {
  public var isFinished: Bool { unitsDone >= unitCount }
}
