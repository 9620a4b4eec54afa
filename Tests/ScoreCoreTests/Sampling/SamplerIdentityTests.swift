import Glibc
import ScoreCore
import TestSupport
import Testing

/// Steps of different methods, and of one method on different processes, that must be the same.
@Suite struct SamplerIdentityTests {
  static let distribution = GaussianMixture([
    .init(weight: 1, mean: [-1, 0.2], spread: .isotropic(0.3)),
    .init(weight: 2, mean: [1, 0.5], spread: .isotropic(0.5)),
  ])
  static let start = Points(rows: [[0.3, -1], [1.4, 0.9], [-2, 1.1], [0, 0]])

  private func move(
    _ sampler: any Sampler, from: Double, to: Double, on process: any ForwardProcess,
    start: Points = start
  ) -> Points {
    var (points, memory) = (start, SamplerMemory())
    var noise = RandomStream(seed: 9, purpose: .test)
    sampler.step(
      &points, over: TimeStep(from: from, to: to), process: process,
      score: ExactScore(Self.distribution), noise: &noise, memory: &memory)
    return points
  }

  private func run(
    _ sampler: any Sampler, times: [Double], process: any ForwardProcess, scale: Double = 1
  ) -> [Double] {
    var start = Self.start
    for i in start.values.indices { start.values[i] *= scale }
    var run = SamplingPass(
      sampler: sampler, times: times, process: process, score: ExactScore(Self.distribution),
      start: start,
      seed: 9)
    while run.step() != nil {}
    return run.points.values
  }

  private func largestGap(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test("One step of DPM-Solver++ is DDIM's", arguments: try ProcessSubject.all())
  func firstOrder(subject: ProcessSubject) {
    let process = subject.process
    let times = LogSNRGrid().times(stepCount: 9, process: process)
    for (from, to) in zip(times, times.dropFirst()) {
      let level = process.level(at: from)
      var start = Self.start
      for i in start.values.indices { start.values[i] *= level.sigma + level.alpha }
      let a = move(MultistepSolver(), from: from, to: to, on: process, start: start)
      let b = move(ImplicitSampler(), from: from, to: to, on: process, start: start)
      let size = a.values.reduce(0) { max($0, abs($1)) }
      // The clean estimate loses the digits that sigma / alpha takes and gives them back.
      #expect(largestGap(a.values, b.values) < 1e-13 * size, "\(from)")
    }
  }

  @Test("DDIM with all the noise is the ancestral sampler", arguments: try ProcessSubject.all())
  func ancestral(subject: ProcessSubject) {
    let times = LogSNRGrid().times(stepCount: 7, process: subject.process)
    let a = run(ImplicitSampler(eta: 1), times: times, process: subject.process)
    let b = run(AncestralSampler(), times: times, process: subject.process)
    #expect(largestGap(a, b) < 1e-11)
  }

  @Test("Where time is noise, Euler's rule is DDIM and Heun's is EDM's")
  func elucidated() {
    let process = ElucidatedProcess(sigmaMinimum: 0.05, sigmaMaximum: 20)
    let times = KarrasGrid().times(stepCount: 25, process: process)
    let euler = run(ProbabilityFlowEuler(), times: times, process: process, scale: 20)
    #expect(
      largestGap(euler, run(ImplicitSampler(), times: times, process: process, scale: 20)) < 1e-12)
    let heun = run(ProbabilityFlowHeun(), times: times, process: process, scale: 20)
    #expect(
      largestGap(heun, run(ElucidatedHeun(), times: times, process: process, scale: 20)) < 1e-12)
  }

  @Test(
    "Methods in sigma / alpha give x / alpha whatever the process",
    arguments: try ProcessSubject.all())
  func coordinates(subject: ProcessSubject) throws {
    let process = subject.process
    let range = process.logSNRRange
    let twin = ElucidatedProcess(
      sigmaMinimum: exp(-range.upperBound / 2), sigmaMaximum: exp(-range.lowerBound / 2))
    let alphas = [process.horizon, process.stop].map { process.level(at: $0).alpha }
    let samplers: [any Sampler] = [
      ImplicitSampler(), ImplicitSampler(eta: 0.6), AncestralSampler(), MultistepSolver(),
      ElucidatedHeun(), ElucidatedHeun(churn: 4, churnRange: 0.01...5, noiseScale: 1.003),
    ]
    for sampler in samplers {
      let here = run(
        sampler, times: LogSNRGrid().times(stepCount: 12, process: process), process: process,
        scale: twin.horizon * alphas[0])
      let there = run(
        sampler, times: LogSNRGrid().times(stepCount: 12, process: twin), process: twin,
        scale: twin.horizon)
      let size = there.reduce(0) { max($0, abs($1)) }
      #expect(
        largestGap(here.map { $0 / alphas[1] }, there) < 1e-9 * max(1, size), "\(sampler)")
    }
  }

  @Test("The exponential integrator is the printed step of paper and processes")
  func exponential() {
    let score = TestScore(dimension: 1) { x, _ in
      Points(values: x.values.map { sin($0) }, dimension: 1)
    }
    func image(_ process: any ForwardProcess, _ from: Double, _ to: Double) -> Double {
      var (points, memory) = (Points(values: [0.7], dimension: 1), SamplerMemory())
      var noise = RandomStream(seed: 9, purpose: .test)
      ExponentialIntegrator().step(
        &points, over: TimeStep(from: from, to: to), process: process, score: score, noise: &noise,
        memory: &memory)
      return points[0, 0]
    }
    var noise = RandomStream(seed: 9, purpose: .test)
    let xi = noise.normals(count: 1, dimension: 1)[0, 0]
    for (from, to) in [(5.0, 2.0), (1, 0.9), (0.01, 0.001)] {
      let e = exp(from - to)
      let expected = e * 0.7 + 2 * (e - 1) * sin(0.7) + (e * e - 1).squareRoot() * xi
      let found = image(OrnsteinUhlenbeck(horizon: 5, stop: 0.001), from, to)
      #expect(abs(found / expected - 1) < 1e-13)
    }
    for (from, to) in [(80.0, 20.0), (1, 0.9)] {
      let removed = from * from - to * to
      let expected = 0.7 + removed * sin(0.7) + removed.squareRoot() * xi
      #expect(abs(image(ElucidatedProcess(), from, to) / expected - 1) < 1e-13)
    }
  }

  @Test("DPM-Solver++ with memory is its printed recursion on a linear score")
  func multistep() {
    let process = OrnsteinUhlenbeck(horizon: 4, stop: 0.02)
    let v = 0.3
    for grid in [UniformGrid(), ExponentialDecayGrid(), LogSNRGrid()] as [any TimeGrid] {
      let times = grid.times(stepCount: 13, process: process)
      var run = SamplingPass(
        sampler: MultistepSolver(), times: times, process: process,
        score: ExactScore(ReferenceGaussian(variance: v)),
        start: Points(values: [1.3], dimension: 1), seed: 1)
      // Written from alpha = e^-t and sigma^2 = 1 - alpha^2 alone.
      let alpha = times.map { exp(-$0) }
      let sigma = alpha.map { (1 - $0 * $0).squareRoot() }
      let lambda = zip(alpha, sigma).map { log($0 / $1) }
      var (x, before) = (1.3, 0.0)
      for k in 0..<13 {
        let clean = alpha[k] * v / (alpha[k] * alpha[k] * v + sigma[k] * sigma[k]) * x
        let h = lambda[k + 1] - lambda[k]
        var estimate = clean
        if k > 0 {
          let r = (lambda[k] - lambda[k - 1]) / h
          estimate = (1 + 1 / (2 * r)) * clean - 1 / (2 * r) * before
        }
        x = sigma[k + 1] / sigma[k] * x - alpha[k + 1] * (exp(-h) - 1) * estimate
        before = clean
        _ = run.step()
        #expect(abs(run.points[0, 0] - x) < 1e-13)
      }
    }
  }

  @Test("A step to no noise at all is finite", arguments: SamplerCatalog.all.map(\.name))
  func noNoise(name: String) throws {
    let sampler = try #require(SamplerCatalog.entry(named: name)).make()
    let times = KarrasGrid().times(stepCount: 8, process: ElucidatedProcess()) + [0]
    let end = run(sampler, times: times, process: ElucidatedProcess(), scale: 80)
    #expect(end.allSatisfy { $0.isFinite })
  }
}
