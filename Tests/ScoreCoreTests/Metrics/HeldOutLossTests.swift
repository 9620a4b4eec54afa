import Glibc
import ScoreCore
import Testing

@Suite struct HeldOutLossTests {
  static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)

  @Test("The exact score has no excess", arguments: LevelKind.allCases)
  func exactScore(levels: LevelKind) {
    let law = ReferencePair()
    let loss = HeldOutLoss(
      distribution: law, process: Self.process, objective: levels.objective,
      seed: 1)
    #expect(loss.excess(of: ExactScore(law)) == 0)
  }

  @Test(
    "A score scaled by 1 + c has the excess c^2 sigma^2 I", arguments: LevelKind.allCases,
    [-0.5, 0.1, 1])
  func scaledScore(levels: LevelKind, c: Double) {
    let law = ReferenceGaussian(dimension: 2, variance: 0.25)
    let perStratum = 64
    let loss = HeldOutLoss(
      distribution: law, process: Self.process, objective: levels.objective, seed: 5,
      perStratum: perStratum)
    let scaled = TestScore(dimension: 2) { x, level in
      Points(values: law.score(at: x, level: level).values.map { (1 + c) * $0 }, dimension: 2)
    }
    var (exact, variance) = (0.0, 0.0)
    for k in 0..<64 {
      let level = levels.draw.level(atQuantile: (Double(k) + 0.5) / 64, of: Self.process)
      let q = 1 - law.floor(at: level) / 2  // sigma^2 I a coordinate
      exact += c * c * 2 * q / 64
      // With p = -sigma s ~ N(0, q) and r = p - z ~ N(0, 1 - q) independent, a coordinate adds
      // c^2 p^2 + 2 c p r.
      variance += 2 * (2 * pow(c, 4) * q * q + 4 * c * c * q * (1 - q)) / Double(perStratum)
    }
    let error = variance.squareRoot() / 64
    let excess = loss.excess(of: scaled)
    #expect(abs(excess - exact) < 5 * error, "\(excess) for \(exact) +- \(error)")
  }

  @Test("A score that is not finite shows")
  func nonFinite() {
    let law = ReferenceGaussian()
    let loss = HeldOutLoss(
      distribution: law, process: Self.process,
      objective: LevelKind.uniformTime.objective, seed: 1, perStratum: 2)
    let broken = TestScore(dimension: 1) { x, level in
      level.sigma < 0.5 ? Points(values: x.values.map { _ in .nan }, dimension: 1) : x
    }
    #expect(loss.excess(of: broken).isNaN)
  }
}
