import Glibc
import Testing

@testable import ScoreCore

@Suite struct NetworkClassifierTests {
  private func normals(_ index: UInt64, count: Int, dimension: Int) -> Points {
    var stream = RandomStream(seed: 31, purpose: .test, index: index)
    return stream.normals(count: count, dimension: dimension)
  }

  private func draw(_ law: any KnownScoreDistribution, _ index: UInt64, count: Int) -> Points {
    var stream = RandomStream(seed: 32, purpose: .test, index: index)
    return law.sample(count: count, using: &stream)
  }

  @Test("Two samples of one law are told apart as often as a coin tells them")
  func sameLaw() {
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

  @Test("The null is binomial at the held-out size")
  func null() throws {
    let report = try NetworkClassifier().measure(
      normals(210, count: 101, dimension: 2), against: .law(ReferenceGaussian(dimension: 2)),
      settings: MetricSettings(seed: 1, draws: 9999))
    // 51 of each side are held out. Deviation 0.5 / sqrt(102); the mean's is a 100th of it.
    let spread = 0.5 / 102.0.squareRoot()
    #expect(abs(report.nullMean - 0.5) < 4 * spread / 100)
    // 5% of the binomial law lie below 43 of 102 (4.5%) or below 44 (7%).
    #expect(report.nullLow * 102 == 43 || report.nullLow * 102 == 44, "\(report.nullLow * 102)")
    #expect(report.note.contains("102 points held out"))
  }

  @Test("It sees laws of equal moments that quadratic features are blind to")
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
    for (law, other) in [(ring as any KnownScoreDistribution, turned), (board, mirrored)] {
      let sample = draw(law, 2, count: 2000)
      for reference in [MetricReference.sample(sample), .law(law)] {
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
    let network = LogisticNetwork(telling: x, from: y, using: &stream)
    // A thousand steps of 0.03 make the odds of either point e^3 at the least.
    #expect(network.logOdds(at: x)[0] > 3 && network.logOdds(at: y)[0] < -3)
  }

  @Test("It is refused where the network would be too wide")
  func refusal() {
    let metric = NetworkClassifier()
    func obstacle(_ dimension: Int) -> String? {
      metric.obstacle(
        dimension: dimension, reference: .law(ReferenceGaussian(dimension: dimension)))
    }
    #expect(obstacle(64) == nil && obstacle(65)?.contains("up to 64") == true)
  }
}
