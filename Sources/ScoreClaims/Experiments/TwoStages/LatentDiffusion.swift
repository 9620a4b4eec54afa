import Glibc
import ScoreCore

/// Random features with ridge for the scores of coordinates at a list of noise levels, and samples by the
/// reverse process.
///
/// At each level the noise is regressed on random ReLU features, on the coordinates and on 1, by the
/// normal equations over some draws of noise for each point. Coordinates that close are angles, fed as
/// cosine and sine.
///
/// Source: stage 2 of Huang et al. 2026 (arXiv:2605.20235), random features with ridge; denoising score
/// matching of Vincent 2011. Levels, features and penalty are our own.
struct LatentDiffusion: Sendable {
  let isAngle: Bool
  /// The numbers of coordinates, of inputs and of random features.
  let dimension: Int
  let inputs: Int
  let count: Int
  /// The levels, from the highest noise to the lowest.
  let sigmas: [Double]
  /// Of the regressions, over the mean diagonal of their equations.
  private let ridge: Double
  private let mean: [Double]
  private let scale: [Double]
  /// The features' weights and bias, `[count, inputs + 1]`.
  private let weights: [Double]
  /// What the noise is at each level, `[features, dimension]`.
  private var solutions: [[Double]] = []

  /// Fits coordinates, which are angles in radians where they close, at all levels down to the lowest.
  init(
    _ points: Points, isAngle: Bool, features: Int, ridge: Double, draws: Int, levels: Int,
    lowest: Double, using stream: inout RandomStream
  ) {
    // Angles with a deviation of 3 are uniform to e^-4.5; others have to leave the data behind.
    let sigmas = Self.levels(from: isAngle ? 3 : 10, to: lowest, count: levels)
    self.init(
      points, isAngle: isAngle, features: features, ridge: ridge, draws: draws, sigmas: sigmas,
      using: &stream)
  }

  /// The same at given levels.
  init(
    _ points: Points, isAngle: Bool, features: Int, ridge: Double, draws: Int, sigmas: [Double],
    using stream: inout RandomStream
  ) {
    self.ridge = ridge
    self.isAngle = isAngle
    (dimension, inputs, count) = (points.dimension, isAngle ? 2 : points.dimension, features)
    self.sigmas = sigmas
    let moments = points.columnMoments
    mean = isAngle ? [0] : moments.map(\.mean)
    scale = isAngle ? [1] : moments.map { max($0.deviation, 1e-6) }
    let inputs = self.inputs
    weights = (0..<features).flatMap { _ -> [Double] in
      let direction = (0..<inputs).map { _ in stream.normal() }
      let size = direction.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      return direction.map { $0 / size } + [(isAngle ? 1 : 2) * (2 * stream.uniform() - 1)]
    }
    let standard = standardized(points)
    for sigma in sigmas {
      solutions.append(fit(standard, sigma: sigma, draws: draws, using: &stream))
    }
  }

  /// Deviations in equal ratios, descending.
  static func levels(from highest: Double, to lowest: Double, count: Int) -> [Double] {
    (0..<count).map { highest * pow(lowest / highest, Double($0) / Double(count - 1)) }
  }

  private func standardized(_ points: Points) -> Points {
    var result = points
    for row in 0..<points.count {
      for axis in 0..<dimension {
        result[row, axis] = (points[row, axis] - mean[axis]) / scale[axis]
      }
    }
    return result
  }

  private var featureCount: Int { count + inputs + 1 }

  private func features(_ points: Points, sigma: Double) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(points.count * featureCount)
    let shrink = 1 / (1 + sigma * sigma).squareRoot()
    for row in 0..<points.count {
      let input =
        isAngle
        ? [cos(points[row, 0]), sin(points[row, 0])] : points.row(row).map { shrink * $0 }
      for r in 0..<count {
        var z = weights[r * (inputs + 1) + inputs]
        for i in 0..<inputs { z += weights[r * (inputs + 1) + i] * input[i] }
        result.append(max(z, 0))
      }
      result += input + [1]
    }
    return result
  }

  private func fit(
    _ points: Points, sigma: Double, draws: Int, using stream: inout RandomStream
  ) -> [Double] {
    var equations = NormalEquations(featureCount: featureCount, outputCount: dimension)
    for _ in 0..<draws {
      let noise = stream.normals(count: points.count, dimension: dimension)
      var noisy = points
      for place in noisy.values.indices { noisy.values[place] += sigma * noise.values[place] }
      equations.add(
        features: features(noisy, sigma: sigma), outputs: noise.values,
        weights: Array(repeating: 1, count: points.count))
    }
    return equations.weights(ridge: ridge * equations.meanDiagonal)
      ?? Array(repeating: .nan, count: featureCount * dimension)
  }

  /// The score of standardized coordinates at a level by its place.
  func score(_ points: Points, level: Int) -> Points {
    let (all, solution) = (features(points, sigma: sigmas[level]), solutions[level])
    var result = Points(zeros: points.count, dimension: dimension)
    for row in 0..<points.count {
      for axis in 0..<dimension {
        var sum = 0.0
        for k in 0..<featureCount {
          sum += all[row * featureCount + k] * solution[k * dimension + axis]
        }
        result[row, axis] = -sum / sigmas[level]
      }
    }
    return result
  }

  /// New coordinates.
  func samples(count: Int, using stream: inout RandomStream) -> Points {
    var start = stream.normals(count: count, dimension: dimension)
    let spread = (1 + sigmas[0] * sigmas[0]).squareRoot()
    for place in start.values.indices {
      start.values[place] =
        isAngle ? 2 * Double.pi * stream.uniform() : spread * start.values[place]
    }
    var points = ReverseWalk.samples(from: start, sigmas: sigmas, using: &stream) {
      score($0, level: $1)
    }
    for row in 0..<count {
      for axis in 0..<dimension {
        points[row, axis] = mean[axis] + scale[axis] * points[row, axis]
      }
    }
    return points
  }
}

/// The reverse process between levels of noise on data as they are, by its exact posterior for the
/// denoised point, which is the last point too.
///
/// Source: Ho, Jain and Abbeel 2020 (arXiv:2006.11239), algorithm 2, for alpha = 1.
enum ReverseWalk {
  static func samples(
    from start: Points, sigmas: [Double], using stream: inout RandomStream,
    score: (Points, Int) -> Points
  ) -> Points {
    var points = start
    for level in sigmas.indices {
      let variance = sigmas[level] * sigmas[level]
      let next = level + 1 < sigmas.count ? sigmas[level + 1] * sigmas[level + 1] : 0
      let found = score(points, level)
      let noise = stream.normals(count: points.count, dimension: points.dimension)
      let deviation = (next * (variance - next) / variance).squareRoot()
      for place in points.values.indices {
        points.values[place] +=
          (variance - next) * found.values[place] + deviation * noise.values[place]
      }
    }
    return points
  }
}

extension Points {
  /// The mean and deviation of each column.
  var columnMoments: [(mean: Double, deviation: Double)] {
    (0..<dimension).map { axis in
      let values = column(axis)
      let mean = values.reduce(0, +) / Double(values.count)
      let square = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, (square / Double(values.count)).squareRoot())
    }
  }
}
