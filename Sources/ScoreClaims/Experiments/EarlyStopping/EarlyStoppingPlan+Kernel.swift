import ScoreCore
import ScoreLab
import ScoreTheory

extension EarlyStoppingPlan {
  /// A stream for one data set; kernels and networks have data sets of their own.
  func stream(_ set: Int, isNetwork: Bool, number: Int = 0) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment,
      index: UInt64(set) << 32 | UInt64(number) << 1 | (isNetwork ? 1 : 0))
  }

  /// What a network and the kernel are fed: the noisy point and a constant.
  static func inputs(_ x: [Double]) -> Points {
    Points(values: x.flatMap { [$0, 1] }, dimension: 2)
  }

  /// Descent on the kernel on one data set, and where the rules stop it.
  func course(ofSet set: Int) -> Course {
    var stream = stream(set, isNetwork: false)
    let (x, atoms) = regression.draw(count: values.points, using: &stream)
    let targets = targets(atoms, x)
    let inputs = Self.inputs(x)
    let gram = ReLUTangentKernel.gram(inputs)
    let descent = KernelDescent(gram: gram, count: x.count)
    let rate = 1 / descent.largestEigenvalue
    let path = descent.path(to: Points(values: targets, dimension: 1), rate: rate)
    let cross = ReLUTangentKernel.gram(Self.inputs(quadrature.nodes), inputs)
    let predictions = path.predictions(at: steps, by: KernelEvaluation(descent, cross: cross))
    let truth = x.map { regression.truth($0) }
    var course = Course(
      trainingLoss: steps.map { path.trainingLoss(at: $0) },
      excess: predictions.map { excess($0.values) },
      quantile: predictions.map { quantile($0.values) },
      inSample: path.fitted(at: steps).map { fitted in
        zip(fitted.values, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          / Double(x.count)
      },
      expectedInSample: descent.expectedExcess(
        truth: truth, noiseVariances: x.map { regression.noiseVariance($0) }, rate: rate,
        steps: steps), places: [])
    let seen = StoppingCourse(
      steps: steps, trainingLoss: course.trainingLoss,
      heldOutLoss: heldOutLosses(gram: gram, targets: targets), excess: course.excess,
      floor: floor, eigenvalues: descent.eigenvalues, rate: rate)
    course.places = rules.map { named in
      guard let place = named.rule.place(in: seen) else {
        preconditionFailure("The course has what every rule looks at.")
      }
      return place
    }
    return course
  }

  /// The loss at the last points of a data set of descent on the others, after each step.
  ///
  /// The step found is then taken on the whole data set, whose Gram matrix over n is much the same.
  private func heldOutLosses(gram: [Double], targets: [Double]) -> [Double] {
    let n = targets.count
    let kept = n - max(1, Int((values.heldOut * Double(n)).rounded()))
    func part(_ rows: Range<Int>) -> [Double] {
      rows.flatMap { gram[$0 * n..<$0 * n + kept] }
    }
    let descent = KernelDescent(gram: part(0..<kept), count: kept)
    let path = descent.path(
      to: Points(values: Array(targets[..<kept]), dimension: 1),
      rate: 1 / descent.largestEigenvalue)
    let evaluation = KernelEvaluation(descent, cross: part(kept..<n))
    return path.predictions(at: steps, by: evaluation).map { prediction in
      zip(prediction.values, targets[kept...]).reduce(0) {
        $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
      } / Double(n - kept)
    }
  }

  /// The excess of predictions at the quadrature's points.
  func excess(_ predictions: [Double]) -> Double {
    quadrature.masses.mean(
      of: zip(predictions, quadrature.nodes).map { prediction, x in
        let gap = prediction - regression.truth(x)
        return gap * gap
      })
  }

  /// `sigma D_delta` of the score that predictions give.
  private func quantile(_ predictions: [Double]) -> Double {
    let errors = zip(predictions, quadrature.nodes).map { abs($0 - regression.truth($1)) }
    return regression.level.alpha / regression.level.sigma
      * quadrature.masses.quantiles(of: errors, deltas: [values.delta])[0]
  }
}
