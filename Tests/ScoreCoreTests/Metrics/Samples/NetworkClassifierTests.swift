import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct NetworkClassifierTests {
  private func normals(_ index: UInt64, count: Int, dimension: Int) -> Points {
    var stream = RandomStream(seed: 31, purpose: .test, index: index)
    return stream.normals(count: count, dimension: dimension)
  }

  private func draw(_ distribution: any KnownScoreDistribution, _ index: UInt64, count: Int)
    -> Points
  {
    var stream = RandomStream(seed: 32, purpose: .test, index: index)
    return distribution.sample(count: count, using: &stream)
  }

  @Test("Two samples of one distribution are told apart as often as a coin shows them")
  func sameDistribution() {
    // 40 runs with 500 held-out points each; the squares of their deviations have mean 1.
    let deviations = (0..<UInt64(40)).map { seed in
      let (x, y) = (
        normals(2 * seed, count: 500, dimension: 2), normals(2 * seed + 1, count: 500, dimension: 2)
      )
      let accuracy = NetworkClassifier.accuracy(x, y, settings: MetricSettings(seed: seed))
      return (accuracy - 0.5) * 2 * 500.0.squareRoot()
    }
    #expect(abs(Samples.mean(deviations)) < 4 / 40.0.squareRoot())
    // Chi-square with 40 degrees: 95 in 1 of 400,000. A network that leans to a side varies less.
    let second = Samples.second(deviations)
    #expect(second < 95.0 / 40 && second > 0.3, "\(second)")
  }

  @Test(
    "Of shifted normals it is right nearly as often as can be", arguments: [1.0, 2.0], [1, 2, 5])
  func shiftedNormal(shift: Double, dimension: Int) {
    let x = normals(200, count: 4000, dimension: dimension)
    var y = normals(201, count: 4000, dimension: dimension)
    for row in 0..<y.count { y[row, 0] += shift }
    let accuracy = NetworkClassifier.accuracy(x, y, settings: .init())
    // The best rule is right with probability Phi(|shift| / 2); the binomial deviation over 4000
    // points is below 0.0075, and what is not learned is allowed 0.015.
    let best = StandardNormal.cdf(shift / 2)
    #expect(accuracy < best + 4 * 0.0075 && accuracy > best - 0.015 - 4 * 0.0075, "\(accuracy)")
  }

  @Test("The null gives the network's votes to sides at random, which is hypergeometric")
  func null() {
    typealias Votes = NetworkClassifier.Votes
    // scipy.stats.hypergeom: P(first hits <= k) and the deviation of the hits.
    let cases = [
      (
        Votes(firstHits: 30, firstCount: 51, secondHits: 20, secondCount: 51), 20, 0.0370725,
        2.53686
      ),
      (
        Votes(firstHits: 10, firstCount: 51, secondHits: 1990, secondCount: 5100), 16, 0.1704502,
        3.46349
      ),
    ]
    for (votes, k, tail, deviation) in cases {
      var stream = RandomStream(seed: 34, purpose: .test)
      let draws = (0..<20_000).map { _ in votes.shuffled(using: &stream) }
      let all = votes.firstHits + votes.secondHits
      #expect(draws.allSatisfy { $0.firstHits + $0.secondHits == all })
      // Five binomial deviations of 20,000 draws.
      let share = Double(draws.count { $0.firstHits <= k }) / 20_000
      #expect(abs(share - tail) < 5 * (tail * (1 - tail) / 20_000).squareRoot(), "\(share)")
      // A hit more or less for the first side is one less or more for the second.
      let step = (1 / Double(votes.firstCount) + 1 / Double(votes.secondCount)) / 2
      #expect(abs(votes.spread - deviation * step) < 1e-5 * votes.spread, "\(votes.spread)")
      let mean = Samples.mean(draws.map(\.accuracy))
      #expect(abs(mean - 0.5) < 5 * votes.spread / 20_000.0.squareRoot(), "\(mean)")
    }
  }

  @Test("Against a distribution a hundred draws are held out for each held-out point")
  func heldOut() throws {
    let report = try NetworkClassifier().measure(
      normals(210, count: 101, dimension: 2),
      against: .distribution(ReferenceGaussian(dimension: 2)),
      settings: MetricSettings(seed: 1, draws: 9999))
    // Half of 101 are 50 for training. The spread is at most half the root of 1/4 (1/51 + 1/5100).
    let most = 0.5 * (0.25 * (1 / 51.0 + 1 / 5100.0)).squareRoot()
    #expect(abs(report.nullMean - 0.5) < 5 * most / 100)
    #expect(report.nullHigh - report.nullLow < 2 * 1.645 * most * 1.1)
    #expect(report.note.hasPrefix("51 points held out"), "\(report.note)")
  }

  @Test("It sees distributions of equal moments that quadratic features are blind to")
  func seesWhatQuadraticsMiss() throws {
    // A ring of eight parts and the same turned by half their distance; a board and its complement.
    let ring = RingOfGaussians.mixture(count: 8, radius: 1, deviation: 0.15)
    let angle = Double.pi / 8
    var turned = draw(ring, 1, count: 2000)
    for row in 0..<turned.count {
      let (x, y) = (turned[row, 0], turned[row, 1])
      turned[row, 0] = cos(angle) * x - sin(angle) * y
      turned[row, 1] = sin(angle) * x + cos(angle) * y
    }
    let board = Checkerboard.mixture(squares: 4)
    var mirrored = draw(board, 3, count: 2000)
    for row in 0..<mirrored.count { mirrored[row, 0] *= -1 }
    for (distribution, other) in [(ring as any KnownScoreDistribution, turned), (board, mirrored)] {
      let sample = draw(distribution, 2, count: 2000)
      for reference in [MetricReference.sample(sample), .distribution(distribution)] {
        let report = try NetworkClassifier().measure(other, against: reference)
        #expect(report.verdict == .above && report.value > 0.6, "\(report)")
        let blind = QuadraticClassifier.accuracy(other, sample, settings: .init())
        #expect(abs(blind - 0.5) < 0.05, "\(blind)")
      }
    }
  }

  @Test("What is trained on two points knows them")
  func separates() {
    var stream = RandomStream(seed: 33, purpose: .test)
    let (x, y) = (Points(rows: [[0.4, -1.2]]), Points(rows: [[-0.3, 0.8]]))
    let network = LogisticNetwork(separating: x, from: y, using: &stream)
    // A thousand steps of 0.03 make the odds of either point e^3 at the least.
    #expect(network.logOdds(at: x)[0] > 3 && network.logOdds(at: y)[0] < -3)
  }

  @Test("It is refused where the network would be too wide")
  func refusal() {
    let metric = NetworkClassifier()
    func obstacle(_ dimension: Int) -> String? {
      metric.obstacle(
        dimension: dimension, reference: .distribution(ReferenceGaussian(dimension: dimension)))
    }
    #expect(obstacle(64) == nil && obstacle(65)?.contains("up to 64") == true)
  }
}
