import Glibc
import ScoreCore
import Testing

@Suite struct ScoreErrorDistributionTests {
  private func distribution(_ errors: [Float]) -> ScoreErrorDistribution {
    ScoreErrorDistribution(level: NoiseLevel(alpha: 0.8, sigma: 0.6), time: 0.2, unsorted: errors)
  }

  /// Error sets of several shapes: light and heavy tails, ties, mostly zeros, one point.
  private func randomErrors(_ index: Int) -> [Float] {
    var stream = RandomStream(seed: 31, purpose: .test, index: UInt64(index))
    let count = 1 + stream.integer(below: 400)
    return (0..<count).map { _ in
      switch index % 4 {
      case 0: Float(abs(stream.normal()))
      case 1: Float(pow(stream.uniform(), -2))
      case 2: Float(stream.integer(below: 4))
      default: stream.uniform() < 0.9 ? 0 : Float(stream.uniform())
      }
    }
  }

  @Test(
    "The quantile is the order statistic ceil((1 - delta) M)",
    arguments: [(0.1, 9), (0.05, 10), (0.5, 5), (0.95, 1), (0.11, 9), (0.999, 1), (0.001, 10)])
  func orderStatistic(delta: Double, rank: Int) {
    let errors = distribution([7, 2, 10, 5, 9, 1, 3, 8, 6, 4])
    #expect(errors.quantileError(delta: delta) == Double(rank))
  }

  @Test(
    "Rounding of (1 - delta) M never moves the rank", arguments: [100, 1000, 4000, 4096, 100_000])
  func exactRanks(count: Int) {
    let errors = distribution((1...count).map { Float($0) })
    for percent in 1...99 {
      // ceil in whole numbers: (100 - percent) count / 100.
      let rank = ((100 - percent) * count + 99) / 100
      #expect(errors.quantileError(delta: Double(percent) / 100) == Double(rank))
    }
  }

  @Test("D_delta is the least eps that at most a share delta of the errors reaches")
  func definition() {
    for index in 0..<200 {
      let errors = distribution(randomErrors(index))
      let count = Double(errors.errors.count)
      for delta in [0.013, 0.049, 0.1703, 0.5017, 0.91] {
        let d = errors.quantileError(delta: delta)
        let above = Double(errors.errors.filter { Double($0) > d }.count)
        let reached = Double(errors.errors.filter { Double($0) >= d }.count)
        #expect(above <= delta * count && reached > delta * count)
      }
    }
  }

  @Test("Markov's bound holds on every sample and for every delta")
  func markov() {
    for index in 0..<200 {
      let errors = distribution(randomErrors(index))
      for k in 1...199 {
        let delta = Double(k) / 200
        #expect(errors.quantileError(delta: delta) <= errors.markovBound(delta: delta))
      }
    }
  }

  @Test(
    "Markov's bound is reached by one size of error on a share delta",
    arguments: [10, 1000, 10_000])
  func markovEquality(count: Int) {
    let delta = 0.1
    // One point more than delta M, so that the order statistic is still among them.
    let wrong = count / 10 + 1
    let errors = distribution((0..<count).map { $0 < wrong ? 2 : 0 })
    #expect(errors.quantileError(delta: delta) == 2)
    let ratio = errors.markovBound(delta: delta) / 2
    #expect(abs(ratio - (Double(wrong) / (delta * Double(count))).squareRoot()) < 1e-12)
    #expect(abs(errors.l2 - 2 * (Double(wrong) / Double(count)).squareRoot()) < 1e-12)
  }

  @Test("The worst share is what the points above D_delta carry")
  func worstShare() {
    let errors = distribution([3, 0, 1, 0, 1, 0, 0, 0, 0, 5])
    #expect(abs(errors.worstShare(delta: 0.1) - 25.0 / 36) < 1e-12)
    #expect(abs(errors.worstShare(delta: 0.2) - 34.0 / 36) < 1e-12)
    #expect(errors.worstShare(delta: 0.05) == 0)
    #expect(distribution([0, 0, 0]).worstShare(delta: 0.5) == 0)
  }

  @Test("A NaN goes last and never vanishes")
  func notANumber() {
    let errors = distribution([4, .nan, 1, 3, .infinity, 2, .nan, 0])
    #expect(Array(errors.errors.prefix(6)) == [0, 1, 2, 3, 4, .infinity])
    #expect(errors.errors.suffix(2).allSatisfy { $0.isNaN })
    #expect(errors.quantileError(delta: 0.01).isNaN)
    #expect(errors.quantileError(delta: 0.5) == 3)
    #expect(errors.l2.isNaN)
    #expect(errors.markovBound(delta: 0.1).isNaN)
    #expect(errors.worstShare(delta: 0.5).isNaN)
    #expect(distribution([1, .infinity]).l2 == .infinity)
  }
}
