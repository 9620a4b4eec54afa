import Glibc
import ScoreCore

/// Trains the runs of a sweep, a few side by side, and keeps what each has found.
struct SampleComplexityRun: ExperimentRun {
  /// How many runs are under way at once.
  ///
  /// A fixed number, so that what is known after a number of steps does not depend on the threads;
  /// no larger, because a kill loses what is under way.
  private static let laneCount = 4
  /// Units that a run counts as.
  private static let unitsPerTrial = 20

  /// One run of the sweep.
  struct Cell: Sendable {
    var value: Double
    var repeatIndex: Int
    var configuration: RunConfiguration
    var law: any KnownScoreDistribution
    /// What its numbers are kept under.
    var key: String
  }

  private struct Lane: Sendable {
    let cell: Int
    var trial: ComplexityTrial
  }

  let values: SampleComplexity
  let run: RunConfiguration
  let seed: UInt64
  let cells: [Cell]
  /// What each cell found; nil before it is finished.
  var records: [TrialRecord?]
  /// Gives the score that is measured in place of a cell's own, if any.
  var replacement: (@Sendable (Cell, ComplexityEstimator) -> (any ScoreFunction)?)?
  private let threads: Int
  private let store: any UnitStore
  private var lanes: [Lane] = []

  /// Prepares the cells and takes up what the store has of them.
  init(values: SampleComplexity, setup: ExperimentSetup) throws {
    self.values = values
    run = setup.run
    seed = setup.seed
    threads = setup.threads
    store = setup.store
    cells = try values.cells(setup)
    records = []
    for cell in cells {
      let numbers = try setup.store.load(cell.key)
      records.append(
        numbers.flatMap {
          TrialRecord(
            $0,
            levelCount: cell.configuration.onlyTrainedTime == nil ? setup.run.probe.levels : 1,
            deltaCount: TrialRecord.deltas(of: setup.run).count)
        })
    }
  }

  /// What the largest runs of the sweep take, as many as are under way at once.
  var memory: MemoryEstimate {
    let estimates = cells.map {
      MemoryEstimate($0.configuration, dimension: $0.law.dimension, use: .training())
    }
    let largest = estimates.max { $0.bytes < $1.bytes } ?? MemoryEstimate([])
    return largest.times(min(Self.laneCount, cells.count))
  }

  var unitCount: Int { cells.count * Self.unitsPerTrial }

  var unitsDone: Int {
    let whole = records.count { $0 != nil } * Self.unitsPerTrial
    return lanes.reduce(whole) { $0 + Int($1.trial.progress * Double(Self.unitsPerTrial)) }
  }

  var activity: String {
    let done = "\(records.count { $0 != nil }) of \(cells.count) runs done"
    guard !lanes.isEmpty else { return done }
    let places = lanes.map { values.label(cells[$0.cell].value) }.joined(separator: ", ")
    return "\(done); training at \(values.sweep.rawValue) = \(places)"
  }

  mutating func step() throws {
    fillLanes()
    let threads = threads
    lanes.withUnsafeMutableBufferPointer { buffer in
      // Each lane is worked on by one thread.
      let lanes = buffer
      Parallel.perform(lanes.count, threads: threads) { lanes[$0].trial.advance() }
    }
    let finished = lanes.filter(\.trial.isFinished)
    lanes.removeAll(where: \.trial.isFinished)
    for lane in finished { records[lane.cell] = lane.trial.record }
    for lane in finished {
      try store.save(lane.trial.record.numbers, as: cells[lane.cell].key)
    }
  }

  private mutating func fillLanes() {
    for index in cells.indices where lanes.count < Self.laneCount {
      guard records[index] == nil, !lanes.contains(where: { $0.cell == index }) else { continue }
      let cell = cells[index]
      var trial = ComplexityTrial(
        configuration: cell.configuration, law: cell.law, stepCount: values.steps,
        patience: values.patience)
      if let replacement { trial.replacement = { replacement(cell, $0) } }
      lanes.append(Lane(cell: index, trial: trial))
    }
  }
}

// MARK: - Cells

extension SampleComplexity {
  /// A value of the sweep as text.
  func label(_ value: Double) -> String {
    sweep.isWhole ? "\(Int(value))" : ConfigurationText.number((value * 1e4).rounded() / 1e4)
  }

  /// The runs, value by value.
  fileprivate func cells(_ setup: ExperimentSetup) throws -> [SampleComplexityRun.Cell] {
    if sweep != .n, setup.run.trainingSet.count == .unlimited {
      throw ParameterError(
        path: ["run", "training_set", "count"], message: "must be a number, found unlimited")
    }
    return try values.flatMap { value in
      var configuration = try configuration(at: value, from: setup.run)
      let law = try configuration.distribution.makeLaw(dataSource: setup.dataSource)
      // Numbered by the value itself, so that a longer sweep keeps the runs that are done.
      let seed = RandomStream.derivedSeed(seed: setup.seed, index: value.bitPattern)
      return (0..<repeats).map { index in
        configuration.seed = RandomStream.derivedSeed(seed: seed, index: UInt64(index))
        return SampleComplexityRun.Cell(
          value: value, repeatIndex: index, configuration: configuration, law: law,
          key: key(of: configuration, value: value, index: index))
      }
    }
  }

  private func configuration(
    at value: Double, from run: RunConfiguration
  ) throws(ParameterError) -> RunConfiguration {
    var configuration = run
    switch sweep {
    case .n: configuration.trainingSet.count = .fixed(Int(value))
    case .width:
      guard run.network.kind != .linear, value <= 4096 else {
        throw ParameterError(
          path: ["sweep"], message: "width needs hidden layers, of at most 4096 units")
      }
      configuration.network.hidden = run.network.hidden.map { _ in Int(value) }
    case .dimension:
      let kind = run.distribution.kind
      let names = DistributionCatalog.all.filter(\.hasDimension).map(\.name)
      guard names.contains(kind) else {
        throw ParameterError(
          path: ["run", "distribution", "kind"],
          message: "expected a law with a dimension to choose (\(names.joined(separator: ", "))), "
            + "found \(kind)")
      }
      configuration.distribution.parameters["dimension"] = .number(value)
    case .noiseLevel:
      let process = run.process.make()
      guard value >= process.stop * (1 - 1e-9), value <= process.horizon else {
        throw ParameterError(
          path: ["first"],
          message: "noise times are from \(process.stop) to \(process.horizon), found \(value)")
      }
      configuration.objective.levels = CatalogChoice(
        "fixed", of: LevelDrawCatalog.all, ["level_time": .number(value)])
    }
    return configuration
  }

  /// Names the value and the repeat, and everything else that decides the numbers by a hash.
  private func key(of configuration: RunConfiguration, value: Double, index: Int) -> String {
    let text = "2 \(steps) \(patience)\n" + configuration.yaml
    return "\(sweep.rawValue)-\(label(value))-seed-\(index + 1)-\(CheckedText.checksum(text.utf8))"
  }
}

extension DistributionCatalog.Entry {
  /// Whether the law can be had in any dimension.
  fileprivate var hasDimension: Bool {
    parameters.contains { $0.name == "dimension" }
  }
}
