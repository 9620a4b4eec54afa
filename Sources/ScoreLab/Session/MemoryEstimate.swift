import ScoreCore

/// About how much memory a run will take beyond what it has, and which keys decide that.
///
/// Counted are the arrays that grow with the configuration; what is small and fixed is one part of
/// `standing` bytes.
public struct MemoryEstimate: Sendable, Equatable {
  /// What a run is for: each use keeps other things.
  public enum Use: Sendable, Equatable {
    /// Training with reports, and some steps that are kept for export.
    case training(exportedSteps: Int = 0)
    /// The workbench, which draws samples as well.
    case workbench
    /// Some runs at once that are trained and nothing else.
    case sideBySide(Int)
  }

  /// Memory that one or two keys decide.
  public struct Part: Sendable, Equatable {
    /// What to lower, such as `probe.points (4096) or probe.levels (12)`.
    public var advice: String
    public var bytes: Int

    public init(_ advice: String, bytes: Int) {
      self.advice = advice
      self.bytes = bytes
    }
  }

  /// What a run takes whatever its configuration.
  private static let standing = 32 << 20

  public var parts: [Part]

  /// Estimates a run of a distribution of some dimension.
  public init(_ configuration: RunConfiguration, dimension: Int, use: Use) {
    let size = RunSize(configuration, dimension: dimension)
    parts = [size.network(use), size.trainingSet, size.batch]
    switch use {
    case .training(let steps):
      parts += [size.probe, size.recording] + (steps > 0 ? [size.export(steps)] : [])
    case .workbench:
      parts += [size.probe, size.samples, size.checkpoints, size.recording]
    case .sideBySide(let count):
      parts = times(count).parts
    }
  }

  /// An estimate of given parts.
  public init(_ parts: [Part]) { self.parts = parts }

  public var bytes: Int { parts.reduce(Self.standing) { $0 + $1.bytes } }

  /// As many such runs side by side.
  public func times(_ count: Int) -> MemoryEstimate {
    MemoryEstimate(parts.map { Part($0.advice, bytes: $0.bytes * count) })
  }

  /// Refuses what does not fit.
  ///
  /// - Parameter available: What there is; nothing is refused where the system does not say.
  /// - Throws: ``MemoryError`` with both numbers and what to lower.
  public func check(
    against available: MachineMemory? = .available
  ) throws(MemoryError) {
    guard let available, bytes > available.bytes,
      let largest = parts.max(by: { $0.bytes < $1.bytes })
    else { return }
    throw MemoryError(needed: bytes, largest: largest, available: available)
  }
}

/// A configuration that needs more memory than there is, on one line.
public struct MemoryError: Error, Equatable, CustomStringConvertible {
  /// Bytes in all.
  public var needed: Int
  /// What takes most of it.
  public var largest: MemoryEstimate.Part
  public var available: MachineMemory

  public var description: String {
    "about \(Self.text(needed)) of memory are needed, and \(Self.text(available.bytes)) are "
      + "\(available.source); lower \(largest.advice), which takes \(Self.text(largest.bytes))"
  }

  /// Whole MiB, from 10 GiB on GiB.
  private static func text(_ bytes: Int) -> String {
    let isLarge = bytes >= 10 << 30
    let unit = isLarge ? 1 << 30 : 1 << 20
    return "\((bytes + unit / 2) / unit) \(isLarge ? "GiB" : "MiB")"
  }
}

/// The sizes of what a run keeps.
private struct RunSize {
  private static let double = MemoryLayout<Double>.size
  private static let float = MemoryLayout<Float>.size

  let configuration: RunConfiguration
  let dimension: Int
  let networks: Int
  let memory: Trainer.Memory

  init(_ configuration: RunConfiguration, dimension: Int) {
    self.configuration = configuration
    self.dimension = dimension
    networks = max(1, configuration.objective.make().levels.networks)
    let optimization = configuration.optimizer.make()
    memory = Trainer.memory(
      architecture: configuration.network.architecture(dimension: dimension), networks: networks,
      optimization: optimization,
      batch: optimization.rule.usesWholeTrainingSet ? nil : configuration.optimizer.batch,
      points: configuration.trainingSet.fixedCount)
  }

  /// The present state and the three that a divergence can go back to, what is being measured, and
  /// the gradients.
  func network(_ use: MemoryEstimate.Use) -> MemoryEstimate.Part {
    let (states, copies) =
      switch use {
      case .training: (4, 2)
      case .workbench: (4, 5)
      case .sideBySide: (1, 1)
      }
    return MemoryEstimate.Part(
      networkAdvice,
      bytes: states * memory.state + copies * memory.weights + memory.gradients
        + memory.initialWeights)
  }

  private var networkAdvice: String {
    let network = configuration.network
    let size =
      switch network.kind {
      case .mlp, .linear, .randomFeatures: ConfigurationText.list(network.hidden.map { "\($0)" })
      case .ntk, .conservative: "\(network.width)"
      }
    let bank = networks > 1 ? " or objective.bank_networks (\(networks))" : ""
    return "\(network.sizeKey) (\(size))\(bank)"
  }

  var trainingSet: MemoryEstimate.Part {
    MemoryEstimate.Part(
      "training_set.count (\(configuration.trainingSet.count.text))", bytes: memory.points)
  }

  var batch: MemoryEstimate.Part {
    MemoryEstimate.Part("optimizer.batch (\(configuration.optimizer.batch))", bytes: memory.batch)
  }

  /// Points and exact scores of every level, their order and two reports; and what is held out.
  var probe: MemoryEstimate.Part {
    let probe = configuration.probe
    let point = 2 * dimension * Self.double + 2 * Self.double + 4 * Self.float
    // While a level is measured: the estimate, and what makes the points.
    let working = probe.points * 4 * dimension * Self.double
    return MemoryEstimate.Part(
      "probe.points (\(probe.points)) or probe.levels (\(probe.levels))",
      bytes: probe.points * probe.levels * point + working + 8192 * 3 * dimension * Self.double)
  }

  /// The checkpoints that undo goes back to, four states each, until their store is full.
  var checkpoints: MemoryEstimate.Part {
    let (one, capacity) = (4 * memory.state, MemoryRunStore.standardCapacity)
    return MemoryEstimate.Part(
      networkAdvice, bytes: one > capacity ? 0 : min(capacity, 100 * one))
  }

  /// A checkpoint on its way to the disk: the states that training has moved on from, and the bytes of
  /// their file, twice while it grows.
  var recording: MemoryEstimate.Part {
    let (one, state) = (4 * memory.state, memory.state)
    return MemoryEstimate.Part(
      networkAdvice, bytes: one > Checkpoint.largestKept ? state : one + 2 * one)
  }

  /// Ten arrays of the points under way, and what is kept of six passes.
  var samples: MemoryEstimate.Part {
    let sampler = configuration.sampler
    let kept = min(
      Trajectories.trackedLimit, sampler.count * dimension * (sampler.steps + 1))
    return MemoryEstimate.Part(
      "sampler.count (\(sampler.count))",
      bytes: sampler.count * dimension * 10 * Self.double + 6 * kept * Self.float)
  }

  /// The states before and after each step, its gradient, and the initial weights.
  func export(_ steps: Int) -> MemoryEstimate.Part {
    let step =
      2 * memory.state + memory.weights + configuration.optimizer.batch * 4 * dimension * Self.float
    return MemoryEstimate.Part(
      "the number of --export-steps (\(steps)) or the network", bytes: steps * step + memory.weights
    )
  }
}
