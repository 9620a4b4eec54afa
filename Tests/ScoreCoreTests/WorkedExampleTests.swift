import ScoreCore
import TestSupport
import Testing

@Suite struct WorkedExampleTests {
  @Test("The worked example of the documentation runs as it is printed there")
  func example() throws {
    // The example.
    let distribution = GaussianMixture([
      .init(mean: [-2], spread: .isotropic(0.5)), .init(mean: [2], spread: .isotropic(0.5)),
    ])
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)

    // The exact score and log density in noise, here at time 0.5.
    let level = process.level(at: 0.5)
    let score = distribution.score(at: Points(rows: [[0], [1]]), level: level)

    // A thousand samples: from noise back to data along that score.
    var pass = SamplingPass(
      sampler: ExponentialIntegrator(), grid: ExponentialDecayGrid(), stepCount: 200,
      process: process, score: ExactScore(distribution), count: 1000, seed: 7)
    while pass.step() != nil {}
    let right = pass.points.column(0).filter { $0 > 0 }.count
    // Its end.
    // By symmetry the score vanishes in the middle, and next to it points towards the nearer part.
    #expect(abs(score.row(0)[0]) < 1e-12 && score.row(1)[0] > 0)
    // Half of a thousand, to five standard deviations.
    #expect(abs(right - 500) < 80)
    #expect(
      try WorkedExample.printed(for: "ScoreCore", test: #filePath)
        == WorkedExample.tested(in: #filePath))
  }
}
