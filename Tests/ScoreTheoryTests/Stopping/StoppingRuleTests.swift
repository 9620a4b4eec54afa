import Glibc
import ScoreCore
import ScoreTheory
import Testing

@Suite struct StoppingRuleTests {
  private static let course = StoppingCourse(
    steps: [0, 1, 2, 5, 10, 50], trainingLoss: [1, 0.7, 0.6, 0.5, 0.4, 0.1],
    heldOutLoss: [1, 0.8, 0.75, 0.76, 0.74, 0.9], excess: [0.4, 0.2, 0.1, 0.15, 0.2, 0.5],
    floor: 0.6, eigenvalues: [0.5, 0.2, 0.1, 0.05], rate: 2)

  @Test(
    "Each rule of the catalog has its place in a course",
    arguments: [("oracle", 2), ("floor", 2), ("raskutti", 0), ("hold_out", 4), ("patience", 4)])
  func places(name: String, place: Int) throws {
    let rule = try #require(StoppingRuleCatalog.entry(named: name)).make()
    #expect(rule.place(in: Self.course) == place)
  }

  @Test("Every rule needs what it looks at, and nothing else", arguments: StoppingRuleCatalog.names)
  func needs(name: String) throws {
    let rule = try #require(StoppingRuleCatalog.entry(named: name)).make()
    let bare = StoppingCourse(
      steps: [0, 3], trainingLoss: [1, 0.5], floor: 0.1, rate: 1)
    let place = rule.place(in: bare)
    #expect(name == "floor" ? place == 1 : place == nil)
  }

  @Test("Patience of one evaluation stops at the first rise, more goes past it")
  func patience() {
    #expect(PatienceStopping(patience: 1).place(in: Self.course) == 2)
    #expect(PatienceStopping(patience: 2).place(in: Self.course) == 4)
  }

  @Test(
    "Raskutti's step is the last before the first whose complexity is too large",
    arguments: [(0.05, 3.0), (0.3, 1), (0.8, 2), (3, 0.5)])
  func raskutti(deviation: Double, rate: Double) {
    var stream = RandomStream(seed: 4, purpose: .test)
    let eigenvalues = (1...30).map { _ in stream.uniform() / 10 }
    let found = RaskuttiStopping.step(
      eigenvalues: eigenvalues, deviation: deviation, rate: rate)
    // The formula as it is written, step by step.
    var first = 1
    while true {
      let eta = rate * Double(first)
      let e2 = pow(1 / eta.squareRoot(), 2)
      let complexity = (eigenvalues.map { min($0, e2) }.reduce(0, +) / 30).squareRoot()
      if complexity > 1 / (2 * exp(1) * deviation * eta) { break }
      first += 1
    }
    #expect(found == first - 1)
  }

  @Test("Without noise no step is too many")
  func noNoise() {
    let step = RaskuttiStopping.step(eigenvalues: [0.5, 0.1], deviation: 1e-200, rate: 1)
    #expect(step >= 1 << 52)
  }
}
