import ScoreCore
import ScoreLab
import ScoreTheory

/// The training of one network, compared with the kernel after every step.
struct CouplingWork: UnitWork {
  private static let stepsPerPart = 50

  private let plan: KernelCouplingPlan
  private let threads: Int
  private let kept: Set<Int>
  private let path: KernelPath
  private let evaluation: KernelEvaluation
  private var run: TwoLayerDescent
  private var record: KernelCouplingPlan.Record

  init(_ plan: KernelCouplingPlan, _ unit: KernelCouplingPlan.Unit, threads: Int) {
    self.plan = plan
    self.threads = threads
    kept = Set(plan.values.keptSteps)
    let (inputs, targets) = plan.data(ofSet: unit.set)
    let probe = plan.probe
    var stream = plan.networkStream(unit)
    let network = plan.network(unit.width, &stream)
    let gram = ReLUTangentKernel.gram(inputs)
    let descent = KernelDescent(gram: gram, count: inputs.count)
    let rate = plan.stepSize(unit.variant, plan.values.stepSize) / descent.largestEigenvalue
    path = descent.path(
      to: Points(values: targets, dimension: 1), from: network.outputs(at: inputs), rate: rate)
    evaluation = KernelEvaluation(
      descent, cross: ReLUTangentKernel.gram(probe, inputs), from: network.outputs(at: probe))
    let movement = path.movement(at: plan.values.steps)
    run = TwoLayerDescent(
      network, inputs: inputs,
      targets: Points(values: plan.networkTargets(targets), dimension: 1), probe: probe,
      rate: rate, radius: plan.radius(unit.variant).map { $0 * movement })
    record = KernelCouplingPlan.Record(
      gaps: [], largestGap: 0, network: [], kernel: [], movement: 0, relativeMovement: 0,
      kernelMovement: movement, kernelGap: Self.kernelGap(network, inputs: inputs, gram: gram),
      loss: 0)
  }

  var progress: Double { Double(run.step) / Double(plan.values.steps) }
  var detail: String? { "step \(run.step) of \(plan.values.steps)" }

  mutating func step() -> KernelCouplingPlan.Record? {
    let last = min(run.step + Self.stepsPerPart, plan.values.steps)
    let steps = Array(run.step + 1...last)
    let (fitted, predicted) = (
      path.fitted(at: steps), path.predictions(at: steps, by: evaluation)
    )
    for place in steps.indices {
      run.advance(threads: threads)
      let outputs = run.predictions
      let gap = max(
        Self.largestGap(run.fitted, fitted[place]), Self.largestGap(outputs, predicted[place]))
      record.largestGap = max(record.largestGap, gap)
      guard kept.contains(steps[place]) else { continue }
      record.gaps.append(gap)
      record.network.append(outputs[0, 0])
      record.kernel.append(predicted[place][0, 0])
    }
    guard last == plan.values.steps else { return nil }
    record.movement = run.movement
    record.relativeMovement = run.relativeMovement
    record.loss = run.trainingLoss
    return record
  }

  private static func largestGap(_ a: Points, _ b: Points) -> Double {
    zip(a.values, b.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  /// The mean over pairs of the squared gap of the empirical kernel, over its variance: a share p of the
  /// neurons is active at both inputs, up to binomial chance.
  private static func kernelGap(
    _ network: TwoLayerNetwork, inputs: Points, gram: [Double]
  ) -> Double {
    let empirical = network.tangentGram(at: inputs)
    let n = inputs.count
    var (sum, pairs) = (0.0, 0)
    for row in 0..<n {
      for column in 0...row {
        let product = inputs[row, 0] * inputs[column, 0] + inputs[row, 1] * inputs[column, 1]
        let share = gram[row * n + column] / product
        let variance = product * product * share * (1 - share) / Double(network.width)
        // Opposite inputs are never active together.
        guard share > 1e-6, variance > 0 else { continue }
        let gap = empirical[row * n + column] - gram[row * n + column]
        sum += gap * gap / variance
        pairs += 1
      }
    }
    return sum / Double(max(1, pairs))
  }
}
