import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

extension ConvexMinimiser {
  /// Denoising score matching on the noisy distribution itself: its quantiles with the exact score, which
  /// is the mean target there.
  var population: KinkProgram {
    let count = Self.quantileCount
    let points = (0..<count).map { quantile((Double($0) + 0.5) / Double(count)) }
    let scores = distribution.score(at: Points(values: points, dimension: 1), level: level)
    return KinkProgram(denoising: points, targets: scores.values)
  }

  /// A quantile of the noisy distribution, by bisection.
  private func quantile(_ share: Double) -> Double {
    var (low, high) = (
      level.alpha * range.lowerBound - 9 * level.sigma,
      level.alpha * range.upperBound + 9 * level.sigma
    )
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if cdf(middle) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

extension ConvexMinimiserPlan {

  /// The penalty of the split and of the sweep, the same for points and population.
  private var splitPenalty: Double { values.share * population.linePenalty }

  func statistical(_ n: Int, batch: Int) -> [Double] {
    let penalty = splitPenalty
    let best = minimum(population, penalty: penalty).score
      .score(at: rule.points, level: rule.level)
    let size = values.dataSets / ConvexMinimiser.batchCount
    return (0..<size).map { index in
      let rows = rows(n, part: 4, set: batch * size + index)
      let found = minimum(program(.denoising, rows), penalty: penalty)
      return gap(found.score, best).squared
    }
  }

  /// The three errors with the exact minimisers of the population and of the points.
  func split(_ set: Int) -> ErrorSplit {
    let rows = rows(values.points, part: 1, set: set)
    let penalty = splitPenalty
    let (program, level) = (program(.denoising, rows), rule.level)
    let (ofAll, ofPoints) = (
      minimum(population, penalty: penalty).score, minimum(program, penalty: penalty).score
    )
    let (bestOfAll, bestOfPoints) = (
      ofAll.score(at: rule.points, level: level), ofPoints.score(at: rule.points, level: level)
    )
    let data = SkipNetwork.Loss.denoising(points: rows.points, targets: rows.targets)
    let networks = checkpoints(data, penalty: penalty, set: set)
    return ErrorSplit(
      approximation: gap(ofAll), statistical: gap(ofPoints, bestOfAll),
      optimisation: networks.map { gap($0, bestOfPoints) },
      total: networks.map { network in
        var total = gap(network)
        total.squared *= totalFactor
        return total
      }, minimiser: gap(ofPoints), line: gap(program.line),
      zero: gap(PiecewiseLinearScore(nodes: [0, 1], values: [0, 0])))
  }

  /// The widest network after each number of steps.
  private func checkpoints(
    _ data: SkipNetwork.Loss, penalty: Double, set: Int
  ) -> [SkipNetwork] {
    var network = start(width: values.width, set: set, start: 0)
    func objective(_ parameters: [Double], _ gradient: inout [Double]) -> Double {
      network.parameters = parameters
      return network.objective(of: data, penalty: penalty, gradient: &gradient)
    }
    var course = LimitedMemoryDescent.Course(
      from: network.parameters, by: method, of: { objective($0, &$1) })
    return values.checkpoints.map { steps in
      while course.here.steps < steps, !course.isOver { course.step { objective($0, &$1) } }
      return SkipNetwork(width: values.width, parameters: course.here.point)
    }
  }
}
