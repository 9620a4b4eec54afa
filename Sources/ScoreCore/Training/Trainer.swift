/// Denoising score matching, one batch a step.
///
/// The caller owns the loop: `step()` draws a batch, computes the loss of the ``Objective`` and its
/// gradient, and lets the optimiser move the parameters. All draws come from streams numbered by
/// the step, so a copy of ``state`` is a checkpoint and the result does not depend on the number
/// of threads. Where the objective has a bank of networks, steps take turns among them.
///
/// Source: Vincent 2011, "A connection between score matching and denoising autoencoders"; Ho,
/// Jain and Abbeel 2020 (arXiv:2006.11239), eq. 14.
public struct Trainer: Sendable {
  public let architecture: any Architecture
  public let process: any ForwardProcess
  public let trainingSet: TrainingSet
  public let objective: Objective
  public let seed: UInt64
  public var state: TrainingState
  /// How gradients become steps; its rule keeps the number of moments it started with.
  public var optimization: Optimization { didSet { keepInitialWeights() } }
  /// The number of points of a batch, at least 1; ignored where the rule takes the whole set.
  public var batch: Int
  /// How many threads a step may use.
  public var threads: Int
  /// The size of one network, and its first parameter that is trained; a step asks for them often.
  let parameterCount: Int
  let trainedOffset: Int
  private let table: ObjectiveTable
  /// The fixed training set; nil where every step draws fresh points.
  private let resident: ResidentRows?
  /// The level of each point where rows carry one, or see
  /// ``BatchPlan/pairLevels(count:table:objective:seed:)``.
  let pairLevels: [ObjectiveTable.Row]
  /// The weights before the first step, `[networks, parameterCount]`; empty unless the constraint
  /// is about them.
  private(set) var initialWeights: [Float] = []
  var workspace = GradientWorkspace()

  /// Starts a run.
  ///
  /// - Precondition: A rule that takes the whole training set has a fixed one.
  public init(
    architecture: any Architecture, process: any ForwardProcess, trainingSet: TrainingSet,
    objective: Objective = Objective(), optimization: Optimization, batch: Int, seed: UInt64,
    threads: Int = Parallel.defaultThreads
  ) {
    precondition(batch >= 1, "A batch has at least one point.")
    precondition(
      trainingSet.dimension == architecture.dimension, "Data and network dimensions differ.")
    precondition(
      trainingSet.conditionCount == architecture.encoding.conditionCount,
      "The network takes the conditions that the data have.")
    self.architecture = architecture
    parameterCount = architecture.parameterCount
    trainedOffset = architecture.trainedOffset
    self.process = process
    self.trainingSet = trainingSet
    self.objective = objective
    self.optimization = optimization
    self.batch = batch
    self.seed = seed
    self.threads = threads
    table = ObjectiveTable(
      objective, process: process, features: architecture.encoding.timeFeatures)
    resident = trainingSet.rows.map { ResidentRows($0) }
    precondition(
      resident != nil || (!optimization.rule.usesWholeTrainingSet && objective.noise == .fresh),
      "Unlimited data have no whole to descend on and no point to keep noise for.")
    pairLevels = Self.pairLevels(
      of: trainingSet, table: table, objective: objective, process: process,
      features: architecture.encoding.timeFeatures, seed: seed)
    state = TrainingState(
      parameters: Self.initialWeights(architecture, objective: objective, seed: seed),
      momentCount: optimization.rule.momentCount)
    keepInitialWeights()
  }

  /// The level of each point of a set whose rows carry one, or for which the objective fixes one.
  private static func pairLevels(
    of trainingSet: TrainingSet, table: ObjectiveTable, objective: Objective,
    process: any ForwardProcess, features: TimeFeatures, seed: UInt64
  ) -> [ObjectiveTable.Row] {
    guard let rows = trainingSet.rows else { return [] }
    guard let pairs = rows.pairs else {
      return BatchPlan.pairLevels(
        count: rows.points.count, table: table, objective: objective, seed: seed)
    }
    precondition(objective.levels.networks == 1, "The networks of a bank have a level each.")
    precondition(
      pairs.times.allSatisfy { $0 >= process.stop && $0 <= process.horizon },
      "Levels that rows carry are the process's.")
    return pairs.times.map {
      ObjectiveTable.Row(
        process.level(at: $0), objective: objective, process: process, features: features)
    }
  }

  private static func initialWeights(
    _ architecture: any Architecture, objective: Objective, seed: UInt64
  ) -> [Float] {
    (0..<objective.levels.networks).flatMap {
      architecture.initialParameters(seed: seed, network: $0)
    }
  }

  /// Draws the initial weights again where a constraint needs them, which may come while a run goes
  /// on.
  private mutating func keepInitialWeights() {
    guard optimization.constraint?.needsInitialWeights == true else { return initialWeights = [] }
    guard initialWeights.isEmpty else { return }
    initialWeights = Self.initialWeights(architecture, objective: objective, seed: seed)
  }

  /// Takes one step.
  ///
  /// A non-finite loss is reported as it is; the caller decides what a diverged run means.
  public mutating func step() -> TrainingStep {
    let plan = makePlan()
    workspace.prepare(architecture, rows: plan.count, threads: threads)
    let loss = workspace.lossAndGradient(
      of: plan, architecture: architecture, parameters: state.parameters,
      base: plan.network * parameterCount, threads: threads)
    update(network: plan.network)
    state.step += 1
    return TrainingStep(step: state.step, loss: loss)
  }

  /// The batch of the next step.
  func makePlan() -> BatchPlan {
    var (count, isInOrder) = (batch, resident == nil)
    var stream = RandomStream(seed: seed, purpose: .freshPoints, index: UInt64(state.step))
    let rows = resident ?? ResidentRows(trainingSet.draw(count: batch, using: &stream))
    if optimization.rule.usesWholeTrainingSet { (count, isInOrder) = (rows.count, true) }
    return BatchPlan(
      table: table, objective: objective, resident: rows, dimension: architecture.dimension,
      count: count, isInOrder: isInOrder, seed: seed, step: state.step, pairLevels: pairLevels)
  }

  /// The score estimate of the averaged weights; of a network that takes conditions that given zeros,
  /// which stands for all points where conditions were dropped in training.
  ///
  /// See ``averagedConditionalScore`` for other conditions.
  public var averagedScore: NetworkScore { score(state.average) }

  /// The score estimate of the present weights, as ``averagedScore`` is of their average.
  public var currentScore: NetworkScore { score(state.parameters) }

  /// The score estimates of the averaged weights, given any condition.
  public var averagedConditionalScore: ConditionalNetworkScore {
    ConditionalNetworkScore(
      architecture: architecture, target: objective.target, process: process,
      parameters: state.average, bank: bank, threads: threads)
  }

  private func score(_ parameters: [Float]) -> NetworkScore {
    NetworkScore(
      architecture: architecture, parameters: parameters, target: objective.target,
      process: process, bank: bank,
      condition: Array(repeating: 0, count: architecture.encoding.conditionCount), threads: threads)
  }

  /// The log SNR that each network of a bank is for.
  private var bank: [Double] {
    objective.levels.networks > 1
      ? (objective.levels.atoms(of: process) ?? []).map(\.logSNR) : []
  }
}
