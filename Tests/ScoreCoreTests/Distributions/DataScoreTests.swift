import CVectorKernels
import Glibc
import Testing

@testable import ScoreCore

/// The exact score of data points: distances by products, by pruning and by differences.
@Suite struct DataScoreTests {
  /// Points with a few axes that vary much and many that vary little, as of images.
  private static func data(_ count: Int, _ dimension: Int, offset: Double = 0) -> Points {
    var stream = RandomStream(seed: 3, purpose: .test, index: UInt64(count * 1000 + dimension))
    var points = stream.normals(count: count, dimension: dimension)
    for row in 0..<count {
      for axis in 0..<dimension {
        points[row, axis] = points[row, axis] / (1 + 0.02 * Double(axis)) + offset
      }
    }
    return points
  }

  private static func mixture(_ data: Points, deviation: Double) -> IsotropicMixture {
    IsotropicMixture(means: data, deviations: Array(repeating: deviation, count: data.count))
  }

  /// Noisy data points, points on the data, between them, and far away.
  private static func probes(_ data: Points, level: NoiseLevel) -> Points {
    var stream = RandomStream(seed: 4, purpose: .test)
    var values: [Double] = []
    for row in 0..<21 {
      let scale = [0, 0.5, 1, 1, 1, 3, 1e3][row % 7]
      let mean = data.row(row * 31 % data.count)
      values += mean.map { level.alpha * $0 + scale * level.sigma * stream.normal() }
    }
    return Points(values: values, dimension: data.dimension)
  }

  /// By sums of squared differences, one component after the other.
  private static func plain(
    _ data: Points, deviation: Double, _ x: [Double], _ level: NoiseLevel
  ) -> (logDensity: Double, score: [Double]) {
    let v = level.alpha * level.alpha * deviation * deviation + level.sigma * level.sigma
    let d = Double(data.dimension)
    let gaps = (0..<data.count).map { k in
      zip(data.row(k), x).map { level.alpha * $0 - $1 }
    }
    let terms = gaps.map { gap in -gap.reduce(0) { $0 + $1 * $1 } / (2 * v) }
    let largest = terms.max() ?? 0
    let weights = terms.map { exp($0 - largest) }
    let sum = weights.reduce(0, +)
    let score = x.indices.map { axis in
      zip(weights, gaps).reduce(0) { $0 + $1.0 * $1.1[axis] } / sum / v
    }
    let height = log(Double(data.count)) + d / 2 * log(2 * Double.pi * v)
    return (largest + log(sum) - height, score)
  }

  @Test(
    "Log density and score are those of a plain loop, at every level and size",
    arguments: [(1, 3), (7, 5), (300, 23), (501, 64), (90, 785)])
  func plainLoop(count: Int, dimension: Int) {
    let data = Self.data(count, dimension)
    for time in [1e-5, 0.001, 0.05, 0.3, 1, 2.5, 5] {
      let level = NoiseLevel(alpha: exp(-time), sigma: (-expm1(-2 * time)).squareRoot())
      let mixture = Self.mixture(data, deviation: 0.1)
      let x = Self.probes(data, level: level)
      let found = mixture.evaluate(at: x, level: level, wantsScore: true)
      for row in 0..<x.count {
        let expected = Self.plain(data, deviation: 0.1, x.row(row), level)
        // Terms as large as the log density round before they are exponentiated, and products leave up
        // to 5e-10 of a term.
        let size = max(1, abs(expected.logDensity))
        #expect(abs(found.logDensity[row] - expected.logDensity) <= 1e-12 * size + 5e-10)
        let length = expected.score.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let gap = zip(found.score.row(row), expected.score).reduce(0) {
          $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
        }
        let reach = Double(dimension).squareRoot() / (level.sigma + 0.1)
        #expect(gap.squareRoot() <= 1e-10 * max(length, reach), "\(time) \(row)")
      }
    }
  }

  @Test("A point has the same bits alone as next to others, far ones too", arguments: [3, 23, 200])
  func company(dimension: Int) {
    let data = Self.data(400, dimension)
    for time in [0.001, 0.3, 1.5, 5] {
      let level = NoiseLevel(alpha: exp(-time), sigma: (-expm1(-2 * time)).squareRoot())
      let mixture = Self.mixture(data, deviation: 0.1)
      var x = Self.probes(data, level: level)
      // Beyond single precision, beyond all precision, and no number at all.
      x.append(Points(values: Array(repeating: 1e25, count: dimension), dimension: dimension))
      x.append(Points(values: Array(repeating: 1e200, count: dimension), dimension: dimension))
      x.append(Points(values: Array(repeating: .nan, count: dimension), dimension: dimension))
      let together = mixture.evaluate(at: x, level: level, wantsScore: true)
      for row in 0..<x.count {
        let alone = mixture.evaluate(at: x.rows(row..<row + 1), level: level, wantsScore: true)
        #expect(alone.logDensity[0].bitPattern == together.logDensity[row].bitPattern)
        #expect(alone.score.values.map(\.bitPattern) == together.score.row(row).map(\.bitPattern))
      }
      #expect(together.logDensity.prefix(21).allSatisfy { $0.isFinite })
      #expect(together.logDensity[x.count - 1].isNaN)
    }
  }

  @Test(
    "What pruning leaves out changes no bit, also where single precision errs by many deviations",
    arguments: [
      (0.0, 1e5), (0, 2e4), (3, 4000), (30, 20), (300, 2), (300, 0.05), (300, 6),
    ])
  func pruning(offset: Double, precision: Double) {
    let (dimension, count) = (24, 800)
    let data = Self.data(count, dimension, offset: offset)
    let layout = IsotropicMixture.KernelLayout(data)
    let x = Self.probes(data, level: NoiseLevel(alpha: 1, sigma: 1 / precision.squareRoot()))
    func values(prunes: Bool) -> [UInt64] {
      var density = Array(repeating: 0.0, count: x.count)
      var score = Array(repeating: 0.0, count: x.values.count)
      var work = Array(repeating: 0.0, count: sf_mixture_work(dimension, layout.count))
      layout.withKernelMixture(
        precision: Array(repeating: precision, count: layout.count),
        logFactor: Array(repeating: 0, count: layout.count)
      ) { mixture in
        // Without lengths there are no products in double precision, without means in single no pruning.
        mixture.norms = prunes ? mixture.norms : nil
        mixture.single = prunes ? mixture.single : nil
        sf_isotropic_mixture(&mixture, x.values, x.count, &work, &density, &score)
      }
      return (density + score).map(\.bitPattern)
    }
    #expect(values(prunes: true) == values(prunes: false))
  }
}
