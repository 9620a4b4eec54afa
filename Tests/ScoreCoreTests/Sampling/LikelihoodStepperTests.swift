import Glibc
import ScoreCore
import TestSupport
import Testing

@Suite struct LikelihoodStepperTests {
  private func logDensity(
    _ score: any ScoreFunction, _ process: any ForwardProcess, at points: Points, steps: Int = 100,
    grid: any TimeGrid = LogSNRGrid()
  ) throws -> [Double] {
    var run = LikelihoodStepper(
      process: process, score: score, grid: grid, stepCount: steps, points: points)
    #expect(run.logDensity == nil)
    while run.step() != nil {}
    return try #require(run.logDensity)
  }

  private func largestGap(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test("Standard normal data have an entropy of 1.4189 nats")
  func entropy() throws {
    let score = ExactScore(ReferenceGaussian())
    // The trapezoid rule is exact to rounding for an integrand that dies out at both ends.
    let points = Points(values: (-240...240).map { Double($0) / 30 }, dimension: 1)
    for process in [OrnsteinUhlenbeck(horizon: 5, stop: 0.001), CosineProcess()]
      as [any ForwardProcess]
    {
      let values = try logDensity(score, process, at: points)
      let mass = values.reduce(0) { $0 + exp($1) / 30 }
      let entropy = values.reduce(0) { $0 - exp($1) * $1 / 30 }
      #expect(abs(mass - 1) < 1e-8 && abs(entropy - 0.5 * log(2 * .pi * M_E)) < 1e-8)
      #expect(abs(entropy - 1.4189) < 5e-5)
    }
  }

  @Test(
    "Gaussian data have their own density on every process", arguments: try ProcessSubject.all())
  func gaussian(subject: ProcessSubject) throws {
    let process = subject.process
    let distribution = ReferenceGaussian(dimension: 2, variance: 0.6)
    let points = Points(rows: [[0, 0], [1, -0.5], [-2, 1.5], [0.1, 3]])
    let found = try logDensity(ExactScore(distribution), process, at: points, steps: 200)
    // Starting from the prior and not from the distribution there is exact to compute for
    // Gaussians.
    let (end, stop) = (process.level(at: process.horizon), process.level(at: process.stop))
    let (truth, prior) = (
      distribution.noisyVariance(at: end), process.priorDeviation * process.priorDeviation
    )
    let expected = zip(distribution.logDensity(at: points, level: stop), points.squaredNorms()).map
    {
      let carried = $1 * truth / distribution.noisyVariance(at: stop)
      return $0 + log(truth / prior) + carried / 2 * (1 / truth - 1 / prior)
    }
    #expect(largestGap(found, expected) < 1e-7, "\(found) \(expected)")
  }

  @Test("Mixtures have their own density")
  func mixture() throws {
    let line = GaussianMixture([
      .init(weight: 1, mean: [-1], spread: .isotropic(0.4)),
      .init(weight: 2, mean: [1.2], spread: .isotropic(0.7)),
    ])
    let plane = GaussianMixture([
      .init(weight: 1, mean: [0, 0], spread: .isotropic(0.5)),
      .init(weight: 2, mean: [1.5, 1], spread: .full([[1, 0.2], [0.2, 0.5]])),
    ])
    let onLine = Points(values: (-20...20).map { Double($0) / 8 }, dimension: 1)
    let inPlane = Points(rows: [[0, 0], [1, -0.5], [-2, 1.5], [1.5, 1], [0.7, 0.4], [4, 3]])
    // The prior's own error is about e^-T times the size of the data.
    let process = OrnsteinUhlenbeck(horizon: 18, stop: 0.001)
    let level = process.level(at: 0.001)
    for (distribution, points) in [(line, onLine), (plane, inPlane)] {
      let found = try logDensity(ExactScore(distribution), process, at: points, steps: 400)
      let gap = largestGap(found, distribution.logDensity(at: points, level: level))
      #expect(gap < 1e-6, "\(gap)")
    }
  }

  @Test("From any time on the flow has the density of that time")
  func laterStart() throws {
    let mixture = GaussianMixture([
      .init(weight: 1, mean: [-1], spread: .isotropic(0.4)),
      .init(weight: 2, mean: [1.2], spread: .isotropic(0.7)),
    ])
    let process = OrnsteinUhlenbeck(horizon: 18, stop: 0.001)
    let points = Points(values: (-20...20).map { Double($0) / 8 }, dimension: 1)
    for start in [0.1, 1] {
      let low = process.level(at: process.horizon).logSNR
      let span = process.level(at: start).logSNR - low
      var times = (0...400).map { process.time(atLogSNR: low + span * (1 - Double($0) / 400)) }
      (times[0], times[400]) = (start, process.horizon)
      var run = LikelihoodStepper(
        process: process, score: ExactScore(mixture), times: times, points: points)
      #expect(run.points == points)
      while run.step() != nil {}
      let found = try #require(run.logDensity)
      let exact = mixture.logDensity(at: points, level: process.level(at: start))
      #expect(largestGap(found, exact) < 1e-6)
    }
  }

  @Test("The error falls with the fourth power of the step")
  func order() throws {
    let distribution = ReferencePair(separation: 1, variance: 0.3)
    let process = OrnsteinUhlenbeck(horizon: 2, stop: 0.05)
    let points = Points(values: [-1.7, -0.4, 0.1, 0.9, 2.2], dimension: 1)
    let score = ExactScore(distribution)
    let fine = try logDensity(score, process, at: points, steps: 1280)
    let errors = try [10, 20].map {
      largestGap(try logDensity(score, process, at: points, steps: $0), fine)
    }
    let observed = log2(errors[0] / errors[1])
    #expect(abs(observed - 4) < 0.3, "\(errors)")
    // And it does not depend on where the steps end.
    let other = try logDensity(
      score, process, at: points, steps: 1280, grid: ExponentialDecayGrid())
    #expect(largestGap(other, fine) < 1e-8)
  }

  @Test("The density is that of samples of a wrong score, not of the data")
  func wrongScore() throws {
    // The flow of a score that takes the variance for 2 when it is started right for 2.
    let process = OrnsteinUhlenbeck(horizon: 10, stop: 0.01)
    let points = Points(values: [-2, 0, 1], dimension: 1)
    let found = try logDensity(
      ExactScore(ReferenceGaussian(variance: 2)), process, at: points, steps: 200)
    let expected = ReferenceGaussian(variance: 2)
      .logDensity(at: points, level: process.level(at: 0.01))
    #expect(largestGap(found, expected) < 1e-6)
  }

  @Test("A run visits its times upwards and a copy is a checkpoint")
  func steps() {
    let process = OrnsteinUhlenbeck(horizon: 3, stop: 0.01)
    var run = LikelihoodStepper(
      process: process, score: ExactScore(ReferenceGaussian()), stepCount: 6,
      points: Points(values: [0.4], dimension: 1))
    var visited = [run.times[0]]
    var copy = run
    while let time = run.step() { visited.append(time) }
    #expect(visited == run.times && visited[0] == 0.01 && visited[6] == 3 && run.isFinished)
    #expect(run.step() == nil)
    while copy.step() != nil {}
    #expect(run.logDensity == copy.logDensity)
  }
}
