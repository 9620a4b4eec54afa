import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// The tools under the metrics, each against a direct computation.
@Suite struct MetricNumericsTests {
  @Test("The tree finds what a full search finds", arguments: [1, 2, 3, 8])
  func neighbors(dimension: Int) {
    var stream = RandomStream(seed: 1, purpose: .test)
    var points = stream.normals(count: 700, dimension: dimension)
    // Equal points and equal coordinates are where cuts go wrong.
    for row in 0..<100 { points[row, 0] = 0.25 }
    for row in 100..<140 {
      for axis in 0..<dimension { points[row, axis] = 0.25 }
    }
    let queries = stream.normals(count: 60, dimension: dimension)
    func direct(_ x: Points, _ row: Int, excluding: Int) -> [Double] {
      (0..<points.count).filter { $0 != excluding }.map { other in
        (0..<dimension).reduce(0) {
          $0 + (x[row, $1] - points[other, $1]) * (x[row, $1] - points[other, $1])
        }
      }.sorted()
    }
    let tree = NeighborTree(points)
    var neighbors = NeighborTree.Neighbors(count: 7)
    for row in 0..<queries.count {
      tree.find(nearestTo: queries, row: row, into: &neighbors)
      #expect(neighbors.squared == Array(direct(queries, row, excluding: -1).prefix(7)))
    }
    for row in stride(from: 0, to: 700, by: 13) {
      tree.find(nearestTo: points, row: row, excluding: row, into: &neighbors)
      #expect(neighbors.squared == Array(direct(points, row, excluding: row).prefix(7)))
      #expect(!neighbors.rows.contains(row) && Set(neighbors.rows).count == 7)
    }
    let parallel = tree.map(queries, count: 2) { $1.squared[1] }
    for row in 0..<queries.count {
      #expect(parallel[row] == direct(queries, row, excluding: -1)[1])
    }
  }

  @Test("A tree with fewer points than asked for says so")
  func fewNeighbors() {
    let tree = NeighborTree(Points(rows: [[0], [1]]))
    var neighbors = NeighborTree.Neighbors(count: 3)
    tree.find(nearestTo: Points(rows: [[0]]), row: 0, into: &neighbors)
    #expect(neighbors.squared == [0, 1, .infinity] && neighbors.rows == [0, 1, -1])
  }

  @Test(
    "Sums within and between samples are those of one matrix of all pairs", arguments: [1, 2, 3])
  func sumsOfPairs(dimension: Int) {
    var stream = RandomStream(seed: 14, purpose: .test)
    let x = stream.normals(count: 131, dimension: dimension)
    let y = stream.normals(count: 70, dimension: dimension)
    for kernel in [PairwiseSums.Kernel.distance, .gaussian(length: 0.4), .gaussian(length: 30)] {
      let all = PairwiseSums.of(x, y, kernel: kernel)
      // 1e4 terms of size 1, in another order and by other exponentials.
      #expect(abs(PairwiseSums.within(x, kernel: kernel) / all.first - 1) < 1e-12)
      #expect(abs(PairwiseSums.within(y, kernel: kernel) / all.second - 1) < 1e-12)
      #expect(abs(PairwiseSums.between(x, y, kernel: kernel) / all.between - 1) < 1e-12)
    }
    let far = Points(values: Array(repeating: 1e140, count: dimension), dimension: dimension)
    #expect(PairwiseSums.between(far, y, kernel: .gaussian(length: 1e-20)) == 0)
  }

  @Test("No permutation costs less than the assignment", arguments: 1...6)
  func assignment(count: Int) {
    func permutations(_ items: [Int]) -> [[Int]] {
      items.isEmpty
        ? [[]]
        : items.flatMap { item in permutations(items.filter { $0 != item }).map { [item] + $0 } }
    }
    var stream = RandomStream(seed: UInt64(count), purpose: .test)
    for _ in 0..<20 {
      let cost = (0..<count * count).map { _ in stream.normal() }
      func total(_ columns: [Int]) -> Double {
        columns.enumerated().reduce(0) { $0 + cost[$1.offset * count + $1.element] }
      }
      let least = permutations(Array(0..<count)).map(total).min() ?? 0
      let best = Assignment.best(cost: cost, count: count)
      #expect(Set(best).count == count)
      #expect(abs(total(best) - least) < 1e-13)
    }
  }

  @Test("Chi-square tails have their closed forms")
  func chiSquare() {
    for x in [1e-6, 0.1, 0.9, 2, 5.5, 14.07, 40, 300] {
      // One degree is a squared normal; even ones are Poisson sums.
      let exact = [
        1: erfc((x / 2).squareRoot()), 2: exp(-x / 2), 4: exp(-x / 2) * (1 + x / 2),
        6: exp(-x / 2) * (1 + x / 2 + x * x / 8),
      ]
      for (degrees, value) in exact {
        let tail = ChiSquare.tail(x, degreesOfFreedom: degrees)
        #expect(abs(tail - value) <= 1e-13 * max(value, 1e-3), "\(degrees) at \(x)")
      }
    }
    #expect(ChiSquare.tail(0, degreesOfFreedom: 3) == 1)
    #expect(ChiSquare.tail(.infinity, degreesOfFreedom: 3) == 0)
    // Near its mean a chi-square with many degrees is nearly normal; skewness 0.09 moves it by
    // 0.6%.
    #expect(abs(ChiSquare.tail(1000, degreesOfFreedom: 1000) - 0.4941) < 1e-3)
  }

  @Test("Kernel sums of many groupings are the sums of loops", arguments: [1, 2, 5])
  func pairwiseSums(dimension: Int) {
    var stream = RandomStream(seed: 2, purpose: .test)
    // More than two tiles, the last one not full.
    let points = stream.normals(count: 300, dimension: dimension)
    let groupings = (0..<3).map { _ in (0..<300).map { _ in stream.uniform() < 0.3 } }
    for kernel in [PairwiseSums.Kernel.distance, .gaussian(length: 0.7)] {
      let all = PairwiseSums.all(of: points, kernel: kernel, groupings: groupings)
      for (grouping, sums) in zip(groupings, all) {
        var (first, second, between) = (0.0, 0.0, 0.0)
        for i in 0..<300 {
          for j in 0..<300 where i != j {
            let squared = (0..<dimension).reduce(0.0) {
              $0 + (points[i, $1] - points[j, $1]) * (points[i, $1] - points[j, $1])
            }
            let value = kernel == .distance ? squared.squareRoot() : exp(-squared / (2 * 0.49))
            switch (grouping[i], grouping[j]) {
            case (true, true): first += value
            case (false, false): second += value
            case (true, false): between += value
            case (false, true): break
            }
          }
        }
        // 1e5 terms of size 1.
        #expect(abs(sums.first - first) < 1e-8)
        #expect(abs(sums.second - second) < 1e-8)
        #expect(abs(sums.between - between) < 1e-8)
      }
    }
  }

  @Test(
    "Transport between samples of different sizes is that of repeated points", arguments: [1, 2])
  func transport(order: Int) {
    var stream = RandomStream(seed: 3, purpose: .test)
    let x = stream.normals(count: 6, dimension: 1).values.sorted()
    let y = stream.normals(count: 10, dimension: 1).values.sorted()
    let common = zip(
      x.flatMap { Array(repeating: $0, count: 5) }, y.flatMap { Array(repeating: $0, count: 3) })
    let exact = common.reduce(0) { $0 + pow(abs($1.0 - $1.1), Double(order)) } / 30
    #expect(abs(LineTransport.cost(x, y, order: order) - exact) < 1e-14)
    #expect(abs(LineTransport.cost(y, x, order: order) - exact) < 1e-14)
  }

  @Test("The table of a distribution on the line has its mass, distribution function and quantiles")
  func lineDistribution() {
    let normal = LineDistribution(NoisyDistribution(ReferenceGaussian()), settings: .init())
    #expect(abs(normal.mass - 1) < 1e-10)
    for x in [-4, -2.5, -1, 0, 0.3, 1.7, 3.5] {
      #expect(abs(normal.cdf(x) - StandardNormal.cdf(x)) < 2e-6)
      let p = StandardNormal.cdf(x)
      // Where the draws are, panels are short; beyond them quantiles lie on straight lines across
      // panels a tenth long.
      #expect(abs(normal.quantile(p) - x) < (abs(x) < 3 ? 2e-3 : 0.05))
    }
    #expect(normal.cdf(-1e9) == 0 && normal.cdf(1e9) == 1)
    // A far part of one hundredth, and jumps.
    let pair = LineDistribution(
      NoisyDistribution(LowerBoundPair(eta: 0.01, separation: 1000).first), settings: .init())
    #expect(abs(pair.mass - 1) < 1e-4)
    #expect(abs(pair.cdf(500) - 0.99) < 1e-4 && abs(pair.quantile(0.995) - 1000) < 0.02)
    let box = LineDistribution(
      NoisyDistribution(
        UniformBoxMixture([.init(low: [0], high: [1]), .init(low: [3], high: [4])])),
      settings: .init())
    #expect(abs(box.mass - 1) < 1e-4)
    #expect(abs(box.quantile(0.25) - 0.5) < 1e-3 && abs(box.cdf(2) - 0.5) < 1e-4)
    #expect(abs(box.entropy - log(2)) < 1e-3)
  }

  @Test("W1 to a distribution is the area between the distribution functions")
  func wasserstein1ToADistribution() throws {
    var stream = RandomStream(seed: 4, purpose: .test)
    let x = stream.normals(count: 50, dimension: 1)
    let report = try WassersteinDistance(order: 1).measure(
      x, against: .distribution(ReferenceGaussian()), settings: MetricSettings(draws: 19))
    let sorted = x.values.sorted()
    let step = 1e-4
    var area = 0.0
    for k in -80_000...80_000 {
      let t = step * Double(k)
      let share = Double(LineDistribution.firstIndex(above: t, in: sorted)) / 50
      area += step * abs(share - StandardNormal.cdf(t))
    }
    // The distribution stands as 20,000 quantiles, which miss a tail area of about 1e-5.
    #expect(abs(report.value - area) < 5e-5)
  }

  @Test("Points in the user's units have their density per user unit")
  func units() {
    let distribution = GaussianMixture([.init(mean: [1], spread: .isotropic(2))])
    let units = CoordinateFrame(names: ["t"], offset: [10], scale: [3])
    let noisy = NoisyDistribution(
      distribution, level: NoiseLevel(alpha: 0.5, sigma: 1), units: units)
    // 10 + 3 (0.5 x + z): mean 11.5, variance 9 (0.25 * 4 + 1)
    let x = 12.25
    let exact = -0.5 * (x - 11.5) * (x - 11.5) / 18 - 0.5 * log(2 * Double.pi * 18)
    #expect(abs(noisy.logDensity(at: Points(rows: [[x]]))[0] - exact) < 1e-14)
    var stream = RandomStream(seed: 5, purpose: .test)
    let sample = noisy.sample(count: 40_000, using: &stream).values
    let mean = Samples.mean(sample)
    #expect(abs(mean - 11.5) < 5 * (18.0 / 40_000).squareRoot())
    let variance: Double = Samples.second(sample.map { $0 - mean })
    let standardError: Double = 18 * (2.0 / 40_000).squareRoot()
    #expect(abs(variance - 18) < 5 * standardError)
  }
}
