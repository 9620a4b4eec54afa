import ScoreCore
import ScoreLab
import ScoreTheory

extension KernelRatesPlan {
  /// Noisy points with independent coordinates, and the data that they come from.
  private struct Sample {
    var points: Points
    var targets: Points

    init(
      _ count: Int, _ dimension: Int, _ regression: TwoAtomRegression, _ stream: inout RandomStream
    ) {
      let drawn = regression.draw(count: count * dimension, using: &stream)
      points = Points(values: drawn.x, dimension: dimension)
      targets = Points(values: drawn.targets, dimension: dimension)
    }

    /// What the kernel is fed: the noisy point and a constant.
    var inputs: Points {
      var inputs = Points(zeros: points.count, dimension: points.dimension + 1)
      for row in 0..<points.count {
        for axis in 0..<points.dimension { inputs[row, axis] = points[row, axis] }
        inputs[row, points.dimension] = 1
      }
      return inputs
    }
  }

  /// Descends on one data set.
  func record(of unit: Unit) -> Record {
    var stream = RandomStream(
      seed: seed, purpose: .experiment,
      index: UInt64(unit.set) << 32 | UInt64(unit.count) << 8 | UInt64(unit.dimension))
    let training = Sample(unit.count, unit.dimension, regression, &stream)
    let test = Sample(values.testPoints, unit.dimension, regression, &stream)
    let inputs = training.inputs
    let descent = KernelDescent(gram: kernel(inputs, inputs), count: unit.count)
    let rate = 1 / descent.largestEigenvalue
    let path = descent.path(to: training.targets, rate: rate)
    let evaluation = KernelEvaluation(descent, cross: kernel(test.inputs, inputs))
    let excesses = path.predictions(at: steps, by: evaluation).map { excess($0, at: test.points) }
    let course = StoppingCourse(
      steps: steps, trainingLoss: steps.map { path.trainingLoss(at: $0) / Double(unit.dimension) },
      excess: excesses, floor: floor, eigenvalues: descent.eigenvalues, rate: rate)
    let best = place(of: oracle, in: course)
    let byEigenvalues = place(of: RaskuttiStopping(), in: course)
    return Record(
      oracle: excesses[best], raskutti: excesses[byEigenvalues],
      floor: excesses[place(of: FloorStopping(), in: course)],
      last: excesses[excesses.count - 1], oracleStep: steps[best],
      raskuttiStep: steps[byEigenvalues],
      linear: excess(Self.line(inputs, training.targets, at: test.inputs), at: test.points),
      zero: excess(Points(zeros: test.points.count, dimension: unit.dimension), at: test.points),
      inSampleGaps: inSampleGaps(descent, path, training.points),
      eigenvalues: unit.count == values.lastCount
        ? values.fittedPlaces.map { descent.eigenvalues[unit.count - $0] } : [])
  }

  private func place(of rule: any StoppingRule, in course: StoppingCourse) -> Int {
    guard let place = rule.place(in: course) else {
      preconditionFailure("The course has what every rule looks at.")
    }
    return place
  }

  /// The mean squared distance of predictions from the truth, over points and coordinates.
  private func excess(_ predictions: Points, at points: Points) -> Double {
    zip(predictions.values, points.values).reduce(0.0) { sum, pair in
      let gap = pair.0 - truth(pair.1)
      return sum + gap * gap
    } / Double(points.values.count)
  }

  /// Least squares of the targets on the inputs, at other inputs.
  private static func line(_ inputs: Points, _ targets: Points, at others: Points) -> Points {
    var equations = NormalEquations(
      featureCount: inputs.dimension, outputCount: targets.dimension)
    equations.add(
      features: inputs.values, outputs: targets.values,
      weights: Array(repeating: 1, count: inputs.count))
    guard let weights = equations.weights(ridge: 0) else {
      return Points(zeros: others.count, dimension: targets.dimension)
    }
    return Points(
      values: OpenBLAS.product(others.values, weights, inner: inputs.dimension),
      dimension: targets.dimension)
  }

  private func inSampleGaps(
    _ descent: KernelDescent, _ path: KernelPath, _ points: Points
  ) -> [Double] {
    let x = points.column(0)
    let truths = x.map { truth($0) }
    let expected = descent.expectedExcess(
      truth: truths, noiseVariances: x.map { regression.noiseVariance($0) }, rate: path.rate,
      steps: Self.comparedSteps)
    return zip(path.fitted(at: Self.comparedSteps), expected).map { fitted, expected in
      let found = zip(fitted.column(0), truths).reduce(0.0) {
        $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
      }
      return found / Double(x.count) - expected
    }
  }
}
