import ScoreCore
import ScoreLab
import ScoreTheory

extension LocalisedRegressionPlan {
  /// Regressions on one data set, for all of it, within radii and balls, and for each shell.
  func shells(ofSet set: Int) -> Shells {
    var stream = stream(set, isRun: false)
    let sample = sample(values.points, using: &stream)
    let all = Array(grid.x.indices)
    let whole = predictions(sample, at: all)
    let local = localPrediction(sample)
    var counts = [0, 0, 0, 0]
    for x in sample.x { counts[values.shell(of: x)] += 1 }
    let labels = sample.truth.map { label($0) }
    let gaps = zip(sample.x, labels).map { x, truth in
      let gap = reduced(truth, at: x, radius: values.radius, ball: values.ball) - truth
      return gap * gap
    }
    return Shells(
      whole: origin(best(whole, at: all, ball: .infinity, OracleStopping())),
      local: origin(local), counts: counts,
      excesses: values.radii.map { radius in
        excesses(radius == .infinity ? whole : truncated(sample, radius), radius: radius)
      },
      mismatch: Moments(gaps),
      orthogonality: Moments(zip(sample.targets, labels).map { ($0 - $1) * $1 }))
  }

  /// Predictions of descent on a sample after each step, at places of the grid.
  private func predictions(_ sample: Sample, at places: [Int]) -> [[Double]] {
    guard !sample.x.isEmpty else { return [places.map { _ in 0 }] }
    let training = inputs(sample.x, sample.times)
    let descent = KernelDescent(
      gram: ReLUTangentKernel.gram(training), count: sample.x.count)
    let path = descent.path(
      to: Points(values: sample.targets, dimension: 1), rate: 1 / descent.largestEigenvalue)
    let others = inputs(places.map { grid.x[$0] }, places.map { grid.times[$0] })
    let cross = ReLUTangentKernel.gram(others, training)
    return path.predictions(at: steps, by: KernelEvaluation(descent, cross: cross)).map(\.values)
  }

  /// The predictions of the step that a rule chooses by the excess at these places.
  private func best(
    _ predictions: [[Double]], at places: [Int], ball: Double, _ rule: any StoppingRule
  ) -> [Double] {
    let excesses = predictions.map { excess($0, at: places, ball: ball) }
    let course = StoppingCourse(
      steps: predictions.count == 1 ? [0] : steps, trainingLoss: excesses, excess: excesses,
      floor: 0, rate: 1)
    guard let place = rule.place(in: course) else {
      preconditionFailure("The course has what the rule looks at.")
    }
    return predictions[place]
  }

  /// What some places of the grid add to the excess of predictions in a ball.
  private func excess(_ predictions: [Double], at places: [Int], ball: Double) -> Double {
    zip(predictions, places).reduce(0) { sum, pair in
      let gap = Self.projected(pair.0, ball) - grid.truth[pair.1]
      return sum + grid.weights[pair.1] * gap * gap
    }
  }

  /// A regression for each shell of time and of |x|, each stopped at its own best step.
  private func localPrediction(_ sample: Sample) -> [Double] {
    func cell(_ x: Double, _ time: Double) -> Int {
      4 * values.timeShell(of: time) + values.shell(of: x)
    }
    var prediction = Array(repeating: 0.0, count: grid.count)
    for shell in 0..<4 * LocalisedRegression.timeShells {
      let rows = sample.x.indices.filter { cell(sample.x[$0], sample.times[$0]) == shell }
      let places = grid.x.indices.filter { cell(grid.x[$0], grid.times[$0]) == shell }
      let found = best(
        predictions(sample.rows(rows), at: places), at: places, ball: .infinity, localRule)
      for (place, value) in zip(places, found) { prediction[place] = value }
    }
    return prediction
  }

  /// The predictions of a regression on the points within a radius, 0 beyond it.
  private func truncated(_ sample: Sample, _ radius: Double) -> [[Double]] {
    let rows = sample.x.indices.filter { abs(sample.x[$0]) <= radius }
    let places = grid.x.indices.filter { abs(grid.x[$0]) <= radius }
    return predictions(sample.rows(rows), at: places).map { values in
      var prediction = Array(repeating: 0.0, count: grid.count)
      for (place, value) in zip(places, values) { prediction[place] = value }
      return prediction
    }
  }

  /// The least excess along the steps in each ball.
  private func excesses(_ predictions: [[Double]], radius: Double) -> [Double] {
    let all = Array(grid.x.indices)
    return values.balls.map { ball in
      predictions.map { excess($0, at: all, ball: ball) }.min() ?? .nan
    }
  }

  /// Where the excess of a prediction comes from.
  private func origin(_ prediction: [Double]) -> Origin {
    let errors = zip(prediction, grid.truth).map { abs($0 - $1) }
    let shells = grid.x.map { values.shell(of: $0) }
    var (byShell, byTime) = (
      [0.0, 0, 0, 0], Array(repeating: 0.0, count: LocalisedRegression.timeShells)
    )
    for place in errors.indices {
      let part = grid.weights[place] * errors[place] * errors[place]
      byShell[shells[place]] += part
      byTime[values.timeShell(of: grid.times[place])] += part
    }
    return Origin(
      byShell: byShell, byTime: byTime, quantile: grid.quantile(errors, delta: values.delta),
      quantileWithout: (0..<4).map { shell in
        grid.quantile(zip(errors, shells).map { $1 == shell ? 0 : $0 }, delta: values.delta)
      })
  }
}
