import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// A network trained on one data set within the radius R as long as is best for the kernel, and the terms of
/// its error.
struct SplitRun: UnitWork {
  private static let stepsPerPart = 25

  private let plan: LocalisedRegressionPlan
  private let set: Int
  /// Places of the grid within the radius.
  private let places: [Int]
  private let training: LocalisedRegressionPlan.Sample
  private var network: TwoLayerDescent
  private let inputs: Points
  private let descent: KernelDescent
  /// The prediction of the kernel at its best step.
  private let kernel: [Double]
  private let stop: Int

  init(_ plan: LocalisedRegressionPlan, set: Int) {
    self.plan = plan
    self.set = set
    let values = plan.values
    var stream = plan.stream(set, isRun: true)
    training = plan.sample(values.runPoints, radius: values.radius, using: &stream)
    let places = plan.grid.x.indices.filter { abs(plan.grid.x[$0]) <= values.radius }
    self.places = places
    inputs = plan.inputs(training.x, training.times)
    descent = KernelDescent(gram: ReLUTangentKernel.gram(inputs), count: inputs.count)
    let steps = EarlyStopping.steps(to: values.networkSteps)
    let targets = Points(values: training.targets, dimension: 1)
    let rate = 1 / descent.largestEigenvalue
    let found = descent.path(to: targets, rate: rate).predictions(
      at: steps, by: KernelEvaluation(descent, cross: Self.cross(plan, places, inputs)))
    let excesses = found.map { prediction in
      zip(prediction.values, places).reduce(0.0) { sum, pair in
        let gap = pair.0 - plan.grid.truth[pair.1]
        return sum + plan.grid.weights[pair.1] * gap * gap
      }
    }
    let best = excesses.indices.min { excesses[$0] < excesses[$1] } ?? 0
    (kernel, stop) = (found[best].values, steps[best])
    let start = TwoLayerNetwork(
      width: values.width, inputCount: inputs.dimension, isBalanced: true, using: &stream)
    network = TwoLayerDescent(start, inputs: inputs, targets: targets, rate: rate)
  }

  var progress: Double { Double(network.step) / Double(max(1, stop)) }
  var detail: String? { "step \(network.step) of \(stop)" }

  mutating func step() -> ErrorTerms? {
    for _ in 0..<Self.stepsPerPart where network.step < stop { network.advance(threads: 1) }
    return network.step >= stop ? terms() : nil
  }

  /// The kernel between places of the grid and training inputs.
  private static func cross(
    _ plan: LocalisedRegressionPlan, _ places: [Int], _ inputs: Points
  ) -> [Double] {
    let others = plan.inputs(places.map { plan.grid.x[$0] }, places.map { plan.grid.times[$0] })
    return ReLUTangentKernel.gram(others, inputs)
  }

  private func terms() -> ErrorTerms {
    let (values, grid) = (plan.values, plan.grid)
    let others = plan.inputs(places.map { grid.x[$0] }, places.map { grid.times[$0] })
    let outputs = network.network.outputs(at: others).values
    let near = approximation(at: [others, inputs])
    let labels = training.targets.indices.map {
      near.values[1][$0] + training.targets[$0] - training.truth[$0]
    }
    let relabelled = descent.path(to: Points(values: labels, dimension: 1), rate: network.rate)
      .predictions(
        at: [stop],
        by: KernelEvaluation(descent, cross: ReLUTangentKernel.gram(others, inputs)))[0].values
    let truth = places.map { grid.truth[$0] }
    func gap(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }
    let parts = [
      gap(outputs, kernel), gap(kernel, relabelled), gap(relabelled, near.values[0]),
      gap(near.values[0], truth),
    ]
    let whole = gap(outputs, truth)
    let sum = whole.indices.map { place in parts.reduce(0) { $0 + $1[place] } }
    return ErrorTerms(
      rootMeanSquares: parts.map { size($0) }, quantiles: parts.map { quantile($0, values.delta) },
      whole: size(whole), wholeQuantile: quantile(whole, values.delta),
      wholeQuadrupleQuantile: quantile(whole, 4 * values.delta),
      projected: size(
        gap(outputs.map { LocalisedRegressionPlan.projected($0, values.ball) }, truth)),
      outside: grid.mean(
        zip(grid.x, grid.truth).map { abs($0) <= values.radius ? 0 : $1 * $1 }
      ).squareRoot(),
      sumGap: zip(sum, whole).reduce(0) { max($0, abs($1.0 - $1.1)) }, step: stop,
      norm: near.norm)
  }

  /// The root of the mean square of an error within the radius.
  private func size(_ error: [Double]) -> Double {
    zip(error, places).reduce(0) { $0 + plan.grid.weights[$1.1] * $1.0 * $1.0 }.squareRoot()
  }

  /// D_delta of an error within the radius; beyond it there is none.
  private func quantile(_ error: [Double], _ delta: Double) -> Double {
    var all = Array(repeating: 0.0, count: plan.grid.count)
    for (place, value) in zip(places, error) { all[place] = abs(value) }
    return plan.grid.quantile(all, delta: delta)
  }

  /// A function of the kernel's space near the truth in ball and radius, by long descent on points without
  /// noise, evenly spread.
  private func approximation(at inputs: [Points]) -> (values: [[Double]], norm: Double) {
    let values = plan.values
    let count = values.densePoints
    var stream = RandomStream(
      seed: plan.seed, purpose: .experiment, index: UInt64(set) << 32 | 2)
    let x = (0..<count).map { _ in values.radius * (2 * stream.uniform() - 1) }
    let times = (0..<count).map { _ in
      values.firstTime + (values.lastTime - values.firstTime) * stream.uniform()
    }
    let targets = zip(x, times).map { x, time in
      let truth = NoisyLine.truth([x], plan.distribution, values.level(at: time))[0]
      return plan.approximated(LocalisedRegressionPlan.projected(truth, values.ball))
    }
    let dense = plan.inputs(x, times)
    let descent = KernelDescent(gram: ReLUTangentKernel.gram(dense), count: count)
    let path = descent.path(
      to: Points(values: targets, dimension: 1), rate: 1 / descent.largestEigenvalue)
    let found = inputs.map { inputs in
      path.predictions(
        at: [values.lastStep],
        by: KernelEvaluation(descent, cross: ReLUTangentKernel.gram(inputs, dense)))[0].values
    }
    return (found, path.movement(at: values.lastStep))
  }
}
