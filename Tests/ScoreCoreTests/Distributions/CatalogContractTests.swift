import Glibc
import ScoreCore
import Testing

@Suite struct CatalogContractTests {
  @Test("Names are unique and every member can be found and made")
  func namesAreUnique() throws {
    let names = DistributionCatalog.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(DistributionCatalog.entry(named: name)?.name == name) }
    #expect(DistributionCatalog.entry(named: "nothing") == nil)
  }

  @Test("The score is the gradient of the log density", arguments: try Subject.all())
  func scoreIsGradient(subject: Subject) {
    for level in subject.levels {
      let width = subject.width(at: level)
      var stream = RandomStream(seed: 3, purpose: .test)
      var x = subject.noisySample(count: 40, level: level, using: &stream)
      x.append(directions(12, dimension: subject.distribution.dimension, length: 5, using: &stream))
      x.append(
        directions(12, dimension: subject.distribution.dimension, length: 60, using: &stream))
      let exact = subject.distribution.score(at: x, level: level)
      let logDensity = subject.distribution.logDensity(at: x, level: level)
      let h = 1e-3 * width
      for axis in 0..<x.dimension {
        let slope = difference(of: x, axis: axis, step: h) {
          subject.distribution.logDensity(at: $0, level: level)
        }
        for row in 0..<x.count {
          // h^4 times a fifth derivative of up to 1e5 / width^5, and rounding of the log density.
          let tolerance =
            1e-7 * max(abs(exact[row, axis]), 1 / width) + 1e-15 * abs(logDensity[row]) / h
          #expect(
            abs(exact[row, axis] - slope[row]) <= tolerance,
            "row \(x.row(row)), axis \(axis), level \(level)")
        }
      }
    }
  }

  @Test("The density integrates to one", arguments: try Subject.all())
  func densityIntegratesToOne(subject: Subject) {
    guard subject.distribution.dimension <= 2 else { return }
    // With one grid point for every half width the rule is exact to exp(-8 pi^2) for Gaussians;
    // the rest is the tail beyond the grid, 10 widths or the extent of a sample away.
    for level in subject.levels where subject.width(at: level) >= 0.04 {
      let grid = Grid(around: subject, level: level)
      let mass = grid.integrate {
        subject.distribution.logDensity(at: $0, level: level).map { exp($0) }
      }
      #expect(abs(mass - 1) <= 1e-10, "level \(level): \(mass)")
    }
  }

  @Test("Mean and covariance of a sample are those of the density", arguments: try Subject.all())
  func sampleHasTheMomentsOfTheDensity(subject: Subject) {
    let d = subject.distribution.dimension
    guard d <= 2 else { return }
    let level = NoiseLevel(alpha: 1, sigma: 0.1)
    let grid = Grid(around: subject, level: level)
    let density = subject.distribution.logDensity(at: grid.points, level: level).map { exp($0) }
    func expectation(_ value: ([Double]) -> Double) -> Double {
      var sum = 0.0
      for row in 0..<grid.points.count { sum += density[row] * value(grid.points.row(row)) }
      return sum * grid.cell
    }
    let n = 20_000
    var stream = RandomStream(seed: 5, purpose: .test)
    let sample = subject.distribution.sample(count: n, using: &stream)
    func average(_ value: ([Double]) -> Double) -> Double {
      (0..<n).reduce(0) { $0 + value(sample.row($1)) } / Double(n)
    }
    let mean = (0..<d).map { axis in expectation { $0[axis] } }
    for i in 0..<d {
      let variance = expectation { ($0[i] - mean[i]) * ($0[i] - mean[i]) }
      let error = abs(average { $0[i] } - mean[i])
      #expect(error <= 5 * (variance / Double(n)).squareRoot(), "mean of axis \(i)")
      for j in 0...i {
        func product(_ x: [Double]) -> Double { (x[i] - mean[i]) * (x[j] - mean[j]) }
        let noisy = expectation(product)
        let spread = expectation { product($0) * product($0) } - noisy * noisy
        let covariance = noisy - (i == j ? level.sigma * level.sigma : 0)
        #expect(
          abs(average(product) - covariance) <= 5 * (spread / Double(n)).squareRoot(),
          "covariance of axes \(i) and \(j)")
      }
    }
  }

  @Test("The stated covariance is that of a sample, and its trace that of the moments")
  func statedCovariance() throws {
    for subject in try Subject.all() {
      let d = subject.distribution.dimension
      let covariance = try #require(subject.distribution.covariance, "\(subject)")
      let moments = try #require(subject.distribution.moments, "\(subject)")
      let trace = (0..<d).reduce(0) { $0 + covariance[$1][$1] }
      #expect(abs(trace / Double(d) - moments.variance) < 1e-12 * moments.variance, "\(subject)")
      guard d <= 8 else { continue }
      let n = 20_000
      var stream = RandomStream(seed: 12, purpose: .test)
      let sample = subject.distribution.sample(count: n, using: &stream)
      for i in 0..<d {
        for j in 0...i {
          let products = (0..<n).map {
            (sample[$0, i] - moments.mean[i]) * (sample[$0, j] - moments.mean[j])
          }
          let found = Estimate(products)
          // Of 180 numbers one is beyond four errors in one of 90 cases.
          #expect(
            abs(found.value - covariance[i][j]) <= 4 * found.standardError + 1e-12,
            "\(subject): axes \(i) and \(j)")
          #expect(
            covariance[i][j] == covariance[j][i] || abs(covariance[i][j] - covariance[j][i]) < 1e-14
          )
        }
      }
    }
  }

  @Test("One stream gives one sample, another stream another", arguments: try Subject.all())
  func samplesAreReproducible(subject: Subject) {
    func draw(_ index: UInt64) -> Points {
      var stream = RandomStream(seed: 1, purpose: .distributionSamples, index: index)
      return subject.distribution.sample(count: 50, using: &stream)
    }
    #expect(draw(0) == draw(0))
    #expect(draw(0) != draw(1))
    #expect(draw(0).count == 50 && draw(0).dimension == subject.distribution.dimension)
  }

  @Test("A batch in pieces gives the same bits", arguments: try Subject.all())
  func piecesGiveTheSameBits(subject: Subject) {
    let level = NoiseLevel(alpha: 0.8, sigma: 0.6)
    var stream = RandomStream(seed: 8, purpose: .test)
    let x = subject.noisySample(count: 6000, level: level, using: &stream)
    let whole = subject.distribution.score(at: x, level: level)
    let logDensity = subject.distribution.logDensity(at: x, level: level)
    for range in [0..<1, 700..<1500, 5999..<6000] {
      #expect(subject.distribution.score(at: x.rows(range), level: level) == whole.rows(range))
      #expect(
        subject.distribution.logDensity(at: x.rows(range), level: level) == Array(logDensity[range])
      )
    }
    #expect(subject.distribution.score(at: x.rows(0..<0), level: level).count == 0)
  }

  @Test("Sixty deviations away everything is finite", arguments: try Subject.all())
  func farPointsAreFinite(subject: Subject) {
    var stream = RandomStream(seed: 4, purpose: .test)
    let x = directions(50, dimension: subject.distribution.dimension, length: 60, using: &stream)
    for level in subject.levels {
      #expect(subject.distribution.logDensity(at: x, level: level).allSatisfy { $0.isFinite })
      let score = subject.distribution.score(at: x, level: level)
      #expect(score.values.allSatisfy { $0.isFinite })
      // Every distribution here has its mass within 15 of the origin, so the score points inwards.
      for row in 0..<x.count {
        let inward = zip(x.row(row), score.row(row)).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(inward < 0)
      }
    }
  }

  @Test("Axes have names, and the map to the user's units has their number")
  func framesFit() throws {
    for subject in try Subject.all() {
      #expect(subject.distribution.coordinates.names.count == subject.distribution.dimension)
    }
  }

  private func directions(
    _ count: Int, dimension: Int, length: Double, using stream: inout RandomStream
  ) -> Points {
    var points = stream.normals(count: count, dimension: dimension)
    for row in 0..<count {
      let norm = points.row(row).reduce(0) { $0 + $1 * $1 }.squareRoot()
      for axis in 0..<dimension { points[row, axis] *= length / norm }
    }
    return points
  }

  // The five-point rule, exact up to the fifth derivative.
  private func difference(
    of x: Points, axis: Int, step h: Double, function: (Points) -> [Double]
  ) -> [Double] {
    func moved(_ steps: Double) -> [Double] {
      var points = x
      for row in 0..<x.count { points[row, axis] += steps * h }
      return function(points)
    }
    let (a, b, c, d) = (moved(-2), moved(-1), moved(1), moved(2))
    return x.values.indices.prefix(x.count).map {
      (a[$0] - 8 * b[$0] + 8 * c[$0] - d[$0]) / (12 * h)
    }
  }
}

/// A regular grid over all mass of a noisy distribution in one or two dimensions.
private struct Grid {
  var points: Points
  var cell: Double

  init(around subject: Subject, level: NoiseLevel) {
    var stream = RandomStream(seed: 2, purpose: .test)
    let sample = subject.noisySample(count: 2000, level: level, using: &stream)
    let width = subject.width(at: level)
    let step = width / 2
    let axes = (0..<sample.dimension).map { axis in
      let column = sample.column(axis)
      let (low, high) = (column.min() ?? 0, column.max() ?? 0)
      // Components may be wider than the narrowest one, which sets the width, and tails on the
      // line heavier than Gaussian.
      let margin = max(10 * width, (sample.dimension == 1 ? 2 : 1) * (high - low))
      return Array(stride(from: low - margin, through: high + margin, by: step))
    }
    cell = pow(step, Double(axes.count))
    points =
      axes.count == 1
      ? Points(values: axes[0], dimension: 1)
      : Points(values: axes[0].flatMap { x in axes[1].flatMap { [x, $0] } }, dimension: 2)
  }

  func integrate(_ function: (Points) -> [Double]) -> Double {
    function(points).reduce(0, +) * cell
  }
}
