import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// The mean and deviation of each column, by which parameters and observations enter a network.
struct ColumnScale: Codable, Sendable, Equatable {
  let means: [Double]
  let deviations: [Double]

  init(of points: Points) {
    let columns = (0..<points.dimension).map(points.column)
    let means = columns.map { Estimate($0).value }
    self.means = means
    deviations = zip(columns, means).map { column, mean in
      Estimate(column.map { ($0 - mean) * ($0 - mean) }).value.squareRoot()
    }
  }

  func applied(to points: Points) -> Points {
    var result = points
    for row in 0..<points.count {
      for axis in means.indices {
        result[row, axis] = (points[row, axis] - means[axis]) / deviations[axis]
      }
    }
    return result
  }

  func undone(on points: Points) -> Points {
    var result = points
    for row in 0..<points.count {
      for axis in means.indices {
        result[row, axis] = means[axis] + deviations[axis] * points[row, axis]
      }
    }
    return result
  }
}

/// Something that draws parameters given an observation.
protocol PosteriorSource: Sendable {
  func draw(given observation: [Double], count: Int, seed: UInt64) -> Points
}

/// The draws of a conditional score network.
struct PosteriorNetwork: PosteriorSource {
  let architecture: Perceptron
  let weights: [Float]
  let parameters: ColumnScale
  let observations: ColumnScale
  let process: OrnsteinUhlenbeck
  let steps: Int

  private func score(given observation: [Double]) -> NetworkScore {
    NetworkScore(
      architecture: architecture, parameters: weights, process: process,
      condition: observations.applied(to: Points(rows: [observation])).row(0), threads: 1)
  }

  func draw(given observation: [Double], count: Int, seed: UInt64) -> Points {
    var pass = SamplingPass(
      sampler: MultistepSolver(), grid: LogSNRGrid(), stepCount: steps, process: process,
      score: score(given: observation), count: count, seed: seed)
    while pass.step() != nil {}
    return parameters.undone(on: pass.points)
  }

  /// The log density of draws at parameters, up to a constant.
  func logDensity(at theta: Points, given observation: [Double], flowSteps: Int) -> [Double] {
    Self.logDensity(
      at: parameters.applied(to: theta), of: score(given: observation), process: process,
      flowSteps: flowSteps)
  }

  /// The log density of the probability flow's samples of a score.
  static func logDensity(
    at x: Points, of score: any ScoreFunction, process: OrnsteinUhlenbeck, flowSteps: Int
  ) -> [Double] {
    var flow = LikelihoodStepper(
      process: process, score: score, stepCount: flowSteps, points: x)
    while flow.step() != nil {}
    return flow.logDensity ?? []
  }
}

/// Exact draws, spread about their mean by a factor.
struct ExactPosterior: PosteriorSource {
  let simulator: any Simulator
  var scale = 1.0

  func draw(given observation: [Double], count: Int, seed: UInt64) -> Points {
    var stream = RandomStream(seed: seed, purpose: .experiment)
    var draws = simulator.drawPosterior(given: observation, count: count, using: &stream)
    guard scale != 1 else { return draws }
    for axis in 0..<draws.dimension {
      let mean = Estimate(draws.column(axis)).value
      for row in 0..<draws.count { draws[row, axis] = mean + scale * (draws[row, axis] - mean) }
    }
    return draws
  }
}

/// Draws of the prior, whatever the observation.
struct PriorDraws: PosteriorSource {
  let simulator: any Simulator

  func draw(given observation: [Double], count: Int, seed: UInt64) -> Points {
    var stream = RandomStream(seed: seed, purpose: .experiment)
    return simulator.drawPrior(count: count, using: &stream)
  }
}

/// The Gaussian about the linear regression of parameters on observations, coordinate by coordinate.
struct RegressionPosterior: PosteriorSource {
  private var slopes: [[Double]] = []
  private var deviations: [Double] = []

  init(_ parameters: Points, _ observations: Points) {
    let rows = (0..<observations.count).map { [1] + observations.row($0) }
    let width = observations.dimension + 1
    let gram = (0..<width).map { i in
      (0..<width).map { j in rows.reduce(0.0) { $0 + $1[i] * $1[j] } }
    }
    for axis in 0..<parameters.dimension {
      let target = parameters.column(axis)
      let right = (0..<width).map { i in zip(rows, target).reduce(0.0) { $0 + $1.0[i] * $1.1 } }
      let slope = Self.solution(gram, right)
      let squares = zip(rows, target).map { row, value -> Double in
        let gap = value - zip(row, slope).reduce(0.0) { $0 + $1.0 * $1.1 }
        return gap * gap
      }
      slopes.append(slope)
      deviations.append(Estimate(squares).value.squareRoot())
    }
  }

  /// Elimination without pivots, for a positive definite matrix.
  private static func solution(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var (a, b) = (matrix, right)
    for k in b.indices {
      for row in b.indices where row != k {
        let factor = a[row][k] / a[k][k]
        for column in b.indices { a[row][column] -= factor * a[k][column] }
        b[row] -= factor * b[k]
      }
    }
    return b.indices.map { b[$0] / a[$0][$0] }
  }

  func draw(given observation: [Double], count: Int, seed: UInt64) -> Points {
    var stream = RandomStream(seed: seed, purpose: .experiment)
    var draws = stream.normals(count: count, dimension: slopes.count)
    for axis in slopes.indices {
      let mean = zip([1] + observation, slopes[axis]).reduce(0.0) { $0 + $1.0 * $1.1 }
      for row in 0..<count { draws[row, axis] = mean + deviations[axis] * draws[row, axis] }
    }
    return draws
  }
}
