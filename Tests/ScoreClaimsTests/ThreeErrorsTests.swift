import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct ThreeErrorsTests {
  @Test("Times in the wrong order are refused with the place")
  func refusal() {
    do {
      _ = try ExperimentConfiguration("three_errors").setting(["first_time=1", "last_time=0.5"])
        .makeDriver(dataSource: DataFile())
      Issue.record("nothing was refused")
    } catch { #expect("\(error)".contains("first_time")) }
  }

  @Test("The population's linear minimiser is the class with the closed form, and runs start in it")
  func classes() throws {
    let driver = try #require(
      ExperimentConfiguration("three_errors").makeDriver(dataSource: DataFile())
        as? UnitDriver<ThreeErrorsPlan>)
    let (plan, level) = (driver.plan, 1)
    let rule = plan.rules[level]
    let score = plan.minimiser(plan.featureMap(.linear), level: level)
    // Two atoms at -1 and 1 have the variance 1 at every level, so the best line is -x.
    let x = Points(rows: [[-1.5], [0.3], [2]])
    let found = score.score(at: x, level: rule.level)
    #expect((0..<3).allSatisfy { abs(found[$0, 0] + x[$0, 0]) < 1e-5 })
    // One feature for each hidden unit, and a 1.
    #expect(plan.featureMap(.features).count == plan.values.features + 1)
    #expect(ScoreClass.features.architecture(plan.values).trainedOffset > 0)
    #expect(ScoreClass.network.architecture(plan.values).trainedOffset == 0)
  }
}
