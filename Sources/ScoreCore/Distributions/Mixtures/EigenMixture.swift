import Glibc

/// A mixture of Gaussians with any covariances, each kept as an eigendecomposition.
///
/// Noise leaves the eigenvectors alone and turns an eigenvalue `lambda` into
/// `alpha^2 lambda + sigma^2`, so a noise level costs no new decomposition.
struct EigenMixture: KnownScoreDistribution {
  /// One component; `axes` holds unit eigenvectors as rows, `[dimension, dimension]`.
  struct Component: Sendable {
    var weight: Double
    var mean: [Double]
    var variances: [Double]
    var axes: [Double]
  }

  let components: [Component]
  private let indices: IndexTable
  let coordinates: CoordinateFrame

  var dimension: Int { components[0].mean.count }

  init(_ components: [Component], coordinates: CoordinateFrame) {
    self.components = components
    self.coordinates = coordinates
    indices = IndexTable(weights: components.map(\.weight))
  }

  var moments: Moments? {
    Moments(
      mixing: components.lazy.map { component in
        let variance = component.variances.reduce(0, +) / Double(dimension)
        return (component.weight, Moments(mean: component.mean, variance: variance))
      })
  }

  var covariance: [[Double]]? {
    var mixing = CovarianceMixing(dimension: dimension)
    for component in components {
      mixing.add(component.weight, mean: component.mean) { i, j in
        component.variances.enumerated().reduce(0.0) { sum, entry in
          let start = entry.offset * dimension
          return sum + entry.element * component.axes[start + i] * component.axes[start + j]
        }
      }
    }
    return mixing.covariance
  }

  func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    logDensityAndScore(at: x, level: level).logDensity
  }

  func score(at x: Points, level: NoiseLevel) -> Points {
    logDensityAndScore(at: x, level: level).score
  }

  func sample(count: Int, using stream: inout RandomStream) -> Points {
    let chosen = indices.draw(count: count, using: &stream)
    let normals = stream.normals(count: count, dimension: dimension)
    var points = Points(zeros: count, dimension: dimension)
    for row in 0..<count {
      let component = components[chosen[row]]
      for axis in 0..<dimension { points[row, axis] = component.mean[axis] }
      for direction in 0..<dimension {
        let length = component.variances[direction].squareRoot() * normals[row, direction]
        for axis in 0..<dimension {
          points[row, axis] += length * component.axes[direction * dimension + axis]
        }
      }
    }
    return points
  }

  func fisherInformation(at level: NoiseLevel) -> Double? {
    guard components.count == 1 else { return nil }
    return noisyVariances(of: components[0], at: level).reduce(0) { $0 + 1 / $1 }
  }

  private func noisyVariances(of component: Component, at level: NoiseLevel) -> [Double] {
    component.variances.map { level.alpha * level.alpha * $0 + level.sigma * level.sigma }
  }

  /// The components at a noise level, row after row: `whitening = diag(v)^(-1/2) U^T`.
  private struct Whitened: Sendable {
    var means: [Double] = []
    var whitening: [Double] = []
    var logFactors: [Double] = []
  }

  private func whitened(at level: NoiseLevel) -> Whitened {
    let total = components.reduce(0) { $0 + $1.weight }
    var result = Whitened()
    for component in components {
      let variances = noisyVariances(of: component, at: level)
      result.means += component.mean.map { level.alpha * $0 }
      for (i, entry) in component.axes.enumerated() {
        result.whitening.append(entry / variances[i / dimension].squareRoot())
      }
      let logVolume = variances.reduce(0) { $0 + log(2 * Double.pi * $1) } / 2
      result.logFactors.append(log(component.weight / total) - logVolume)
    }
    return result
  }

  func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points) {
    precondition(x.dimension == dimension, "Points and distribution differ in dimension.")
    let whitened = whitened(at: level)
    let cost = components.count * (20 + 2 * dimension * dimension)
    return RowShards.evaluate(x, costPerRow: cost) { rows in
      var scratch = Scratch(components: components.count, dimension: dimension)
      var logDensity = Array(repeating: 0.0, count: rows.count)
      var score = Array(repeating: 0.0, count: rows.count * dimension)
      for row in rows {
        let output = row - rows.lowerBound
        logDensity[output] = scratch.evaluate(x, row: row, whitened)
        for axis in 0..<dimension { score[output * dimension + axis] = scratch.score[axis] }
      }
      return (logDensity, score)
    }
  }

  /// What one point needs, made once for many.
  private struct Scratch {
    let dimension: Int
    var whitePoints: [Double]
    var terms: [Double]
    var score: [Double]

    init(components: Int, dimension: Int) {
      self.dimension = dimension
      whitePoints = Array(repeating: 0, count: components * dimension)
      terms = Array(repeating: 0, count: components)
      score = Array(repeating: 0, count: dimension)
    }

    /// Returns the log density and leaves the score in `score`.
    mutating func evaluate(_ x: Points, row: Int, _ whitened: Whitened) -> Double {
      for k in terms.indices { terms[k] = logTerm(k, x, row: row, whitened) }
      // Far from every mean each term underflows to zero; shifting by the largest keeps one at 1.
      let largest = terms.max() ?? -.infinity
      var total = 0.0
      for k in terms.indices {
        terms[k] = exp(terms[k] - largest)
        total += terms[k]
      }
      for axis in 0..<dimension { score[axis] = 0 }
      for k in terms.indices {
        for direction in 0..<dimension {
          let pull = terms[k] / total * whitePoints[k * dimension + direction]
          let start = (k * dimension + direction) * dimension
          for axis in 0..<dimension { score[axis] -= pull * whitened.whitening[start + axis] }
        }
      }
      return largest + log(total)
    }

    private mutating func logTerm(
      _ k: Int, _ x: Points, row: Int, _ whitened: Whitened
    ) -> Double {
      var squared = 0.0
      for direction in 0..<dimension {
        let start = (k * dimension + direction) * dimension
        var sum = 0.0
        for axis in 0..<dimension {
          sum +=
            whitened.whitening[start + axis] * (x[row, axis] - whitened.means[k * dimension + axis])
        }
        whitePoints[k * dimension + direction] = sum
        squared += sum * sum
      }
      return whitened.logFactors[k] - squared / 2
    }
  }
}
