import ScoreCore
import TestSupport
import Testing

@testable import ScoreClaims
@testable import ScoreLab

/// What a corruption costs, from pairs of points on the same noise.
@Suite struct CorruptionCostTests {
  /// N(0, 1) of which a share is thrown to +10.
  private static func cost(share: Double, count: Int, seed: UInt64) -> CorruptionCost {
    var stream = RandomStream(seed: seed, purpose: .test)
    let exact = stream.normals(count: count, dimension: 1).values
    let thrown = exact.map { stream.uniform() < share ? 10 : $0 }
    return CorruptionCost(
      exact: exact, corrupted: thrown, hitCount: zip(exact, thrown).count { $0 != $1 })
  }

  @Test("The interval holds the distance of the distributions in 95% of repeats or more")
  func coverage() {
    // Thrown points are all beyond 9, where N(0, 1) has nothing: the distance is the share.
    let share = 0.03
    let repeats = HeldShare.repetitions(200)
    let held = (0..<repeats).count { seed in
      Self.cost(share: share, count: 2000, seed: UInt64(seed)).interval.contains(share)
    }
    HeldShare.tell("cost of a corruption", held, of: repeats, stated: 0.95, isAtLeast: true)
    // Of 200 with 95%, fewer than 180 have a probability of 0.3%.
    #expect(Double(held) >= 0.9 * Double(repeats))
  }

  @Test("Nothing changed costs nothing, and points that are no number are lost")
  func ends() {
    #expect(Self.cost(share: 0, count: 1000, seed: 1).variation == 0)
    let lost = CorruptionCost(
      exact: (0..<1000).map(Double.init), corrupted: Array(repeating: .nan, count: 1000),
      hitCount: 1000)
    #expect(abs(lost.variation - 1) < 1e-12)
    #expect(lost.interval.lowerBound > 0.5)
  }
}
