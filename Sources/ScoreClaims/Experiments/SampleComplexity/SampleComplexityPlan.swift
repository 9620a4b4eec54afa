import Glibc
import ScoreCore
import ScoreLab

/// Trains the runs of a sweep, a few side by side, and measures each.
struct SampleComplexityPlan: ExperimentPlan {
  /// No larger than four, because a kill loses what is under way.
  static let lanes = 4
  /// The parts that a run counts as.
  private static let partsPerTrial = 20

  typealias Unit = Trial
  typealias Record = TrialRecord

  /// One run of the sweep.
  struct Trial: Codable, Hashable, Sendable {
    var value: Double
    var repeatIndex: Int
  }

  /// What one run of the sweep needs.
  struct Cell: Sendable {
    var trial: Trial
    var configuration: RunConfiguration
    var distribution: any KnownScoreDistribution
    /// What its record is kept under.
    var key: String
  }

  let values: SampleComplexity
  let run: RunConfiguration
  let cells: [Cell]
  /// Gives the score that is measured in place of a cell's own, if any.
  var replacement: (@Sendable (Cell, ComplexityEstimator) -> (any ScoreFunction)?)?

  init(values: SampleComplexity, setup: ExperimentSetup) throws {
    self.values = values
    run = setup.run
    cells = try values.cells(setup)
  }

  var units: [Trial] { cells.map(\.trial) }

  /// What the largest runs of the sweep take, as many as are under way at once.
  var memory: MemoryEstimate {
    let estimates = cells.map {
      MemoryEstimate($0.configuration, dimension: $0.distribution.dimension, use: .training())
    }
    let largest = estimates.max { $0.bytes < $1.bytes } ?? MemoryEstimate([])
    return largest.times(min(Self.lanes, cells.count))
  }

  private func cell(_ trial: Trial) -> Cell {
    guard let cell = cells.first(where: { $0.trial == trial }) else {
      preconditionFailure("A unit is one of the plan's.")
    }
    return cell
  }

  func length(of unit: Trial) -> Int { Self.partsPerTrial }

  func key(of unit: Trial, at place: Int) -> String { cell(unit).key }

  func activity(of unit: Trial) -> String {
    "training at \(values.sweep.rawValue) = \(values.label(unit.value)), run "
      + "\(unit.repeatIndex + 1) of \(values.repeats)"
  }

  func work(
    on unit: Trial, given records: Records, threads: Int
  ) -> any UnitWork<TrialRecord> {
    let cell = cell(unit)
    var trial = ComplexityTrial(
      configuration: cell.configuration, distribution: cell.distribution, stepCount: values.steps,
      patience: values.patience)
    if let replacement { trial.replacement = { replacement(cell, $0) } }
    return trial
  }

  func findings(_ records: Records) -> SampleComplexityFindings {
    SampleComplexityFindings(self, records)
  }
}

// MARK: - Cells

extension SampleComplexity {
  /// A value of the sweep as text.
  func label(_ value: Double) -> String {
    sweep.isWhole ? "\(Int(value))" : ConfigurationText.number((value * 1e4).rounded() / 1e4)
  }

  /// The runs, value by value.
  fileprivate func cells(_ setup: ExperimentSetup) throws -> [SampleComplexityPlan.Cell] {
    if sweep != .n, setup.run.trainingSet.count == .unlimited {
      throw ParameterError(
        path: ["run", "training_set", "count"], message: "must be a number, found unlimited")
    }
    return try values.flatMap { value in
      var configuration = try configuration(at: value, from: setup.run)
      let distribution = try setup.distribution(of: configuration)
      // Numbered by the value itself, so that a longer sweep keeps the runs that are done.
      let seed = RandomStream.derivedSeed(seed: setup.seed, index: value.bitPattern)
      return (0..<repeats).map { index in
        configuration.seed = RandomStream.derivedSeed(seed: seed, index: UInt64(index))
        return SampleComplexityPlan.Cell(
          trial: .init(value: value, repeatIndex: index), configuration: configuration,
          distribution: distribution,
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
      if [.ntk, .conservative].contains(run.network.kind) {
        configuration.network.width = Int(value)
      } else {
        configuration.network.hidden = run.network.hidden.map { _ in Int(value) }
      }
    case .dimension:
      let kind = run.distribution.kind
      let names = DistributionCatalog.all.filter(\.hasDimension).map(\.name)
      guard names.contains(kind) else {
        throw ParameterError(
          path: ["run", "distribution", "kind"],
          message:
            "expected a distribution with a dimension to choose (\(names.joined(separator: ", "))), "
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
    let text = "3 \(steps) \(patience)\n" + configuration.yaml
    return "\(sweep.rawValue)-\(label(value))-seed-\(index + 1)-\(CheckedText.checksum(text.utf8))"
  }
}

extension DistributionCatalog.Entry {
  /// Whether the distribution can be had in any dimension.
  fileprivate var hasDimension: Bool {
    parameters.contains { $0.name == "dimension" }
  }
}
