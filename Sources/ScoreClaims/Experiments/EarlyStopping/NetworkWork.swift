import ScoreCore
import ScoreLab
import ScoreTheory

/// The training of a network on points with fixed noise and of one with fresh noise, from one start.
struct NetworkWork: UnitWork {
  private static let stepsPerPart = 250

  private let plan: EarlyStoppingPlan
  private let set: Int
  private let threads: Int
  private let atoms: [Double]
  private let evaluated: Points
  private var runs: [(isFresh: Bool, descent: TwoLayerDescent)]
  private var excesses: [[Double]] = [[], []]

  init(_ plan: EarlyStoppingPlan, set: Int, threads: Int) {
    self.plan = plan
    self.set = set
    self.threads = threads
    var stream = plan.stream(set, isNetwork: true)
    let drawn = plan.regression.draw(count: plan.values.points, using: &stream)
    atoms = drawn.targets
    let inputs = EarlyStoppingPlan.inputs(drawn.x)
    let network = TwoLayerNetwork(
      width: plan.values.width, inputCount: 2, isBalanced: true, using: &stream)
    let eigenvalues = KernelDescent.eigenvalues(
      gram: ReLUTangentKernel.gram(inputs), count: inputs.count)
    let descent = TwoLayerDescent(
      network, inputs: inputs,
      targets: Points(values: plan.targets(drawn.targets, drawn.x), dimension: 1),
      rate: 1 / (eigenvalues.last ?? 1))
    evaluated = EarlyStoppingPlan.inputs(plan.quadrature.nodes)
    runs = [EarlyStoppingPlan.Network.fixed, .fresh].map { (plan.isFresh($0), descent) }
  }

  var progress: Double { Double(runs[0].descent.step) / Double(plan.values.networkSteps) }
  var detail: String? { "step \(runs[0].descent.step) of \(plan.values.networkSteps)" }

  mutating func step() -> EarlyStoppingPlan.Record? {
    for _ in 0..<Self.stepsPerPart {
      for place in runs.indices { measure(place) }
      guard runs[0].descent.step < plan.values.networkSteps else {
        return .networks(.init(fixed: excesses[0], fresh: excesses[1]))
      }
      for place in runs.indices { advance(place) }
    }
    return nil
  }

  private mutating func measure(_ place: Int) {
    guard plan.networkSteps.contains(runs[place].descent.step) else { return }
    let outputs = runs[place].descent.network.outputs(at: evaluated)
    excesses[place].append(plan.excess(outputs.values))
  }

  private mutating func advance(_ place: Int) {
    runs[place].descent.advance(threads: threads)
    guard runs[place].isFresh else { return }
    var stream = plan.stream(set, isNetwork: true, number: runs[place].descent.step)
    let x = plan.regression.noisy(atoms, using: &stream)
    runs[place].descent.replaceTraining(
      inputs: EarlyStoppingPlan.inputs(x),
      targets: Points(values: plan.targets(atoms, x), dimension: 1), threads: threads)
  }
}
