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
  private let cumulativeWeights: [Double]
  let coordinates: CoordinateFrame

  var dimension: Int { components[0].mean.count }

  init(_ components: [Component], coordinates: CoordinateFrame) {
    self.components = components
    self.coordinates = coordinates
    cumulativeWeights = runningSums(components.map(\.weight))
  }

  func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    evaluate(at: x, level: level).flatMap { $0.logDensity }
  }

  func score(at x: Points, level: NoiseLevel) -> Points {
    Points(values: evaluate(at: x, level: level).flatMap { $0.score }, dimension: dimension)
  }

  func sample(count: Int, using stream: inout RandomStream) -> Points {
    var points = Points(zeros: count, dimension: dimension)
    for row in 0..<count {
      let component = components[drawIndex(cumulative: cumulativeWeights, using: &stream)]
      for axis in 0..<dimension { points[row, axis] = component.mean[axis] }
      for direction in 0..<dimension {
        let length = component.variances[direction].squareRoot() * stream.normal()
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

  /// A component at a noise level: `whitening = diag(v)^(-1/2) U^T`.
  private struct Whitened: Sendable {
    var mean: [Double]
    var whitening: [Double]
    var logFactor: Double
  }

  private func whitened(at level: NoiseLevel) -> [Whitened] {
    let total = components.reduce(0) { $0 + $1.weight }
    return components.map { component in
      let variances = noisyVariances(of: component, at: level)
      var whitening = component.axes
      for i in whitening.indices { whitening[i] /= variances[i / dimension].squareRoot() }
      return Whitened(
        mean: component.mean.map { level.alpha * $0 }, whitening: whitening,
        logFactor: log(component.weight / total)
          - variances.reduce(0) { $0 + log(2 * Double.pi * $1) } / 2)
    }
  }

  private func evaluate(
    at x: Points, level: NoiseLevel
  ) -> [(logDensity: [Double], score: [Double])] {
    precondition(x.dimension == dimension, "Points and distribution differ in dimension.")
    let whitened = whitened(at: level)
    let cost = 4 * components.count * dimension * (2 + dimension)
    return RowShards.map(count: x.count, costPerRow: cost) { rows in
      var logDensity: [Double] = []
      var score: [Double] = []
      for row in rows {
        let (value, gradient) = evaluate(x.row(row), whitened)
        logDensity.append(value)
        score += gradient
      }
      return (logDensity, score)
    }
  }

  private func evaluate(_ x: [Double], _ whitened: [Whitened]) -> (Double, [Double]) {
    var terms: [Double] = []
    var pulls: [[Double]] = []
    for component in whitened {
      let y = whiten(x, component)
      terms.append(component.logFactor - y.reduce(0) { $0 + $1 * $1 } / 2)
      pulls.append(y)
    }
    // Far from every mean each term underflows to zero; shifting by the largest keeps one at 1.
    let largest = terms.max() ?? -.infinity
    let shares = terms.map { exp($0 - largest) }
    let total = shares.reduce(0, +)
    var score = Array(repeating: 0.0, count: dimension)
    for (component, (share, y)) in zip(whitened, zip(shares, pulls)) {
      for direction in 0..<dimension {
        let pull = share / total * y[direction]
        for axis in 0..<dimension {
          score[axis] -= pull * component.whitening[direction * dimension + axis]
        }
      }
    }
    return (largest + log(total), score)
  }

  private func whiten(_ x: [Double], _ component: Whitened) -> [Double] {
    (0..<dimension).map { direction in
      var sum = 0.0
      for axis in 0..<dimension {
        sum += component.whitening[direction * dimension + axis] * (x[axis] - component.mean[axis])
      }
      return sum
    }
  }
}
