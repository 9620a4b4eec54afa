import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct DataSetTests {
  private func mean(_ table: DataTable, _ axis: Int) -> Double {
    Samples.mean(table.points.column(axis))
  }

  @Test("Iris has the published means and ranges")
  func iris() {
    #expect(Iris.table.points.count == 150)
    for (axis, expected) in [5.843_333, 3.057_333, 3.758, 1.199_333].enumerated() {
      #expect(abs(mean(Iris.table, axis) - expected) <= 5e-7)
    }
    #expect(Iris.table.points.column(0).min() == 4.3 && Iris.table.points.column(0).max() == 7.9)
    #expect(Iris.table.points.column(3).min() == 0.1 && Iris.table.points.column(3).max() == 2.5)
  }

  @Test("Penguins has the published means, missing values left out")
  func penguins() {
    #expect(Penguins.table.points.count == 342)
    // R: colMeans(penguins[3:6], na.rm = TRUE).
    for (axis, expected) in [43.921_93, 17.151_17, 200.915_2, 4201.754].enumerated() {
      #expect(abs(mean(Penguins.table, axis) / expected - 1) <= 5e-7)
    }
  }

  @Test("Galaxies has the published mean and range, with the known misprint of R")
  func galaxies() {
    let velocities = Galaxies.table.points.column(0)
    #expect(velocities.count == 82)
    #expect(abs(mean(Galaxies.table, 0) - 20_828.170_7) <= 5e-5)
    #expect(velocities.min() == 9172 && velocities.max() == 34_279)
    #expect(velocities[77] == 26_690)
  }

  @Test("Digits is scikit-learn's load_digits")
  func digits() throws {
    let points = Digits.table.points
    #expect(points.count == 1797 && points.dimension == 64)
    // load_digits().data.mean() and its first row, as scikit-learn's own documentation prints it.
    #expect(abs(Samples.mean(points.values) - 4.884_164_6) <= 5e-8)
    #expect(
      Array(points.row(0).prefix(16)) == [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0])
    #expect(points.values.min() == 0 && points.values.max() == 16)
    let constant = (0..<64).filter { axis in
      points.column(axis).allSatisfy { $0 == points[0, axis] }
    }
    #expect(constant == [0, 32, 39])
  }

  @Test("Digits are centred, of mean variance 1, and come back in grey levels")
  func digitsAreScaledAsAWhole() throws {
    let entry = try #require(DistributionCatalog.entry(named: "digits"))
    let distribution = try #require(
      try entry.make(CatalogParameters([:], describedBy: entry.parameters), FixedTable())
        as? SmoothedPoints)
    #expect(abs(Samples.mean(distribution.data.values)) <= 1e-14)
    #expect(abs(Samples.second(distribution.data.values) - 1) <= 1e-13)
    #expect(Set(distribution.coordinates.scale).count == 1)
    let user = distribution.coordinates.userUnits(distribution.data)
    for (a, b) in zip(user.values, Digits.table.points.values) { #expect(abs(a - b) <= 1e-13) }
  }

  @Test("Images take the first rows, and grey levels become -1 to 1 unless standardised")
  func images() throws {
    let table = DataTable(
      names: ["r0c0", "r0c1"], points: Points(rows: [[0, 255], [51, 0], [9, 9]]))
    let raw = try Images.distribution(
      of: table, count: 2, labels: nil, average: 1, standardize: false, bandwidth: 0.1)
    #expect(raw.data.values == [-1, 1, -0.6, -1])
    #expect(raw.coordinates.userUnits(raw.data) == table.points.rows(0..<2))
    let standard = try Images.distribution(
      of: table, count: 2, labels: nil, average: 1, standardize: true, bandwidth: 0.1)
    #expect(abs(Samples.second(standard.data.values) - 1) <= 1e-14)
    let error = #expect(throws: ParameterError.self) {
      _ = try Images.distribution(
        of: table, count: 4, labels: nil, average: 1, standardize: true, bandwidth: 0.1)
    }
    #expect(error?.path == ["count"] && error?.message.contains("at most 3") == true)
    let equal = DataTable(names: ["a"], points: Points(values: [0.1, 0.1, 0.1], dimension: 1))
    #expect(throws: ParameterError.self) {
      _ = try SmoothedPoints(table: equal, scaling: .whole, bandwidth: 1)
    }
  }

  @Test(
    "Digits agree with the sums written out, down to little noise and far from all mass",
    arguments: [0.02, 0.5, 20])
  func digitsAgreeWithPlainSums(sigma: Double) throws {
    let distribution = try SmoothedPoints(table: Digits.table, scaling: .whole, bandwidth: 0.02)
    let level = NoiseLevel(alpha: 0.9, sigma: sigma)
    var stream = RandomStream(seed: 7, purpose: .test)
    var x = distribution.noisySample(count: 9, level: level, using: &stream)
    x.append(
      Points(values: stream.normals(count: 2, dimension: 64).values.map { 50 * $0 }, dimension: 64))
    let (logDensity, score) = distribution.logDensityAndScore(at: x, level: level)
    let v = 0.81 * 0.02 * 0.02 + sigma * sigma
    for row in 0..<x.count {
      let terms = (0..<1797).map { k in
        -(0..<64).reduce(0) { $0 + pow(0.9 * distribution.data[k, $1] - x[row, $1], 2) } / (2 * v)
      }
      let largest = try #require(terms.max())
      let shares = terms.map { exp($0 - largest) }
      let total = shares.reduce(0, +)
      let expected = largest + log(total / 1797) - 32 * log(2 * Double.pi * v)
      // Sums of 64 squares round to about 64 times 1e-16 of the largest term.
      let rounding = 64 * 2.2e-16 * max(1, abs(largest))
      #expect(abs(logDensity[row] - expected) <= 4 * rounding + 1e-13 * abs(expected))
      for axis in 0..<64 {
        var pull = 0.0
        for k in 0..<1797 {
          pull += shares[k] / total * (0.9 * distribution.data[k, axis] - x[row, axis])
        }
        // The kernel takes x off at the end: a few last bits of the point, over the variance.
        let tolerance = (rounding + 1e-14 * (10 + abs(x[row, axis]))) / v
        #expect(abs(score[row, axis] - pull / v) <= tolerance * max(1, sigma))
      }
    }
  }

  @Test("Three dimensions to past a block of axes: groups of any size give the same bits")
  func anyCutGivesTheSameBits() {
    for (dimension, components) in [(3, 5), (8, 100), (9, 8), (300, 21)] {
      var stream = RandomStream(seed: 1, purpose: .test)
      let distribution = IsotropicMixture(
        means: stream.normals(count: components, dimension: dimension),
        weights: (0..<components).map { _ in stream.uniform() },
        deviations: (0..<components).map { _ in 0.1 + 5 * stream.uniform() })
      let level = NoiseLevel(alpha: 0.7, sigma: 0.05)
      let x = distribution.noisySample(count: 101, level: level, using: &stream)
      let whole = distribution.logDensityAndScore(at: x, level: level)
      for length in [1, 3, 4, 7, 47, 49, 96] {
        for start in stride(from: 0, to: 101, by: length) {
          let rows = start..<min(101, start + length)
          let part = distribution.logDensityAndScore(at: x.rows(rows), level: level)
          #expect(part.score == whole.score.rows(rows))
          #expect(part.logDensity == Array(whole.logDensity[rows]))
        }
      }
    }
  }
}
