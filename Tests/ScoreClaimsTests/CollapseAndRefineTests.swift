import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct CollapseAndRefineTests {
  @Test(
    "Levels in the wrong order are refused with the place",
    arguments: [("low_sigma", "low_sigma=0.6"), ("high_sigma", "high_sigma=0.4")])
  func refusal(key: String, assignment: String) {
    do {
      _ = try ExperimentConfiguration("collapse_and_refine").setting([assignment])
        .makeDriver(dataSource: DataFile())
      Issue.record("nothing was refused")
    } catch { #expect("\(error)".contains(key)) }
  }

  @Test("The score 0 has eigenvalues 1, the noise's distances and a uniform angle")
  func zero() {
    let values = CollapseAndRefine()
    let probe = CollapseProbe(values, seed: 3)
    let found = probe.state(of: BaselineScore.Zero(dimension: 8))
    #expect(abs(found.normal - 1) < 1e-12 && abs(found.tangential - 1) < 1e-12)
    // 7 directions across the circle with sigma^2 each; 256 points.
    #expect(abs(found.spread - 0.07) < 4 * 0.01 * (14.0 / 256).squareRoot())
    // Uniform angles from the von Mises density, log I_0(2), by 512 samples in 16 bins.
    #expect(abs(found.sampleKL - 0.8239935) < 0.15)
    // The exact angular density at sigma = 0.5 from the uniform one.
    #expect(found.densityKL > 0.1)
  }

  @Test(
    "The exact score's state: sigma^2 / 2 across the circle, and nothing of the other directions")
  func exact() {
    var values = CollapseAndRefine()
    values.concentration = 0.1
    let probe = CollapseProbe(values, seed: 3)
    let found = probe.state(of: ExactScore(probe.distribution))
    // One direction of seven has sigma^2 / 2 r^2, with r^2 near 1.
    #expect(abs(found.normal - 0.005 / 7) < 3e-4)
    #expect(abs(found.tangential - 1) < 0.03)
    #expect(found.densityKL < 1e-8)
    #expect(found.sampleKL < 4 * probe.nullKL)
  }

  @Test("A rate of the flow is that of its own formula, and what lies across has the larger part")
  func flow() {
    let outcome = SubspaceFlow().outcome()
    #expect(outcome.largestGap < 1e-6 && outcome.largestStartGap < 1e-9)
    let errors = outcome.paths[0].modes.map(\.startError)
    #expect(abs(errors[2] - 4) < 1e-9 && errors[2] > errors[1] && errors[1] > errors[0])
  }

  @Test("Steps are found between checkpoints on the logarithm, and a lead never flatters")
  func steps() {
    var values = CollapseAndRefine()
    values.seeds = 3
    let plan = CollapseAndRefinePlan(values: values, seed: 1)
    var records = CollapseAndRefinePlan.Records(plan.units)
    func state(_ normal: Double, _ kl: Double) -> CollapseState {
      CollapseState(normal: normal, tangential: 1, spread: normal, densityKL: kl, sampleKL: kl)
    }
    records.finish(
      0,
      .references(
        .init(exact: state(0, 0), zero: state(1, 1), gaussian: state(0, 0), jacobianGap: 0)))
    let findings = CollapseAndRefineFindings(plan, records)
    let steps = values.checkpoints
    // Half of what is missing between the second and the third look.
    let states = [state(1, 1), state(0.2, 1), state(0, 1)]
    let expected = (Double(steps[1]) * Double(steps[2])).squareRoot()
    #expect(abs((findings.step(states, \.normal) ?? 0) - expected) < 1e-9)
    #expect(findings.step(states, \.densityKL) == nil)
  }
}
