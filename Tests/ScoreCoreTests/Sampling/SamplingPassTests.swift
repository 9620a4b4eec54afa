import Glibc
import ScoreCore
import TestSupport
import Testing

@Suite struct SamplingPassTests {
  static let process = OrnsteinUhlenbeck(horizon: 3, stop: 0.01)

  private func run(
    _ sampler: any Sampler, score: any ScoreFunction, seed: UInt64 = 1, count: Int = 40
  ) -> SamplingPass {
    SamplingPass(
      sampler: sampler, grid: ExponentialDecayGrid(), stepCount: 20, process: Self.process,
      score: score, count: count, seed: seed)
  }

  private func constant(_ value: Double) -> TestScore {
    TestScore(dimension: 2) { x, _ in Points(values: x.values.map { _ in value }, dimension: 2) }
  }

  @Test("A pass visits its times and then is finished")
  func visits() {
    var run = run(EulerMaruyama(), score: constant(0))
    var visited = [run.times[0]]
    while let time = run.step() { visited.append(time) }
    #expect(visited == run.times && visited.count == 21 && run.isFinished)
    let end = run.points
    #expect(run.step() == nil && run.points == end)
  }

  @Test(
    "Scores that differ are driven by the same noise", arguments: SamplerCatalog.all.map(\.name))
  func sameNoise(name: String) throws {
    let sampler = try #require(SamplerCatalog.entry(named: name)).make()
    var (a, b) = (run(sampler, score: constant(0)), run(sampler, score: constant(0.7)))
    while a.step() != nil { _ = b.step() }
    // Under constant scores the passes differ by one constant exactly when the noise is the same.
    let gaps = zip(a.points.values, b.points.values).map { $1 - $0 }
    let spread = gaps.reduce(0) { max($0, abs($1 - gaps[0])) }
    #expect(abs(gaps[0]) > 0.1 && spread < 1e-12)
  }

  @Test("The seed decides the pass", arguments: SamplerCatalog.all.map(\.name))
  func seeded(name: String) throws {
    let sampler = try #require(SamplerCatalog.entry(named: name)).make()
    let score = ExactScore(ReferenceGaussian(dimension: 2))
    var (a, b, c) = (
      run(sampler, score: score), run(sampler, score: score), run(sampler, score: score, seed: 2)
    )
    while a.step() != nil {
      _ = b.step()
      _ = c.step()
    }
    #expect(a.points == b.points && a.points != c.points)
  }

  @Test("A block has a start and noise of its own, and block 0 is the run without blocks")
  func blocks() {
    let score = ExactScore(ReferenceGaussian(dimension: 2))
    var plain = run(EulerMaruyama(), score: score)
    var blocks = [UInt32(0), 1].map { block in
      SamplingPass(
        sampler: EulerMaruyama(), grid: ExponentialDecayGrid(), stepCount: 20,
        process: Self.process, score: score, count: 40, seed: 1, block: block)
    }
    #expect(blocks[0].points == plain.points && blocks[1].points != plain.points)
    // From one start, so that only the noise can differ.
    var moved = SamplingPass(
      sampler: EulerMaruyama(), times: plain.times, process: Self.process, score: score,
      start: plain.points, seed: 1, block: 1)
    while plain.step() != nil {
      _ = blocks[0].step()
      _ = moved.step()
    }
    #expect(blocks[0].points == plain.points && moved.points != plain.points)
  }

  @Test(
    "A deterministic sampler leaves the stream alone, another uses it",
    arguments: SamplerCatalog.all.map(\.name))
  func determinism(name: String) throws {
    let sampler = try #require(SamplerCatalog.entry(named: name)).make()
    var points = Points(values: [0.3, -1], dimension: 2)
    var used = RandomStream(seed: 1, purpose: .test)
    var fresh = used
    var memory = SamplerMemory()
    sampler.step(
      &points, over: TimeStep(from: 1, to: 0.9), process: Self.process, score: constant(0.1),
      noise: &used, memory: &memory)
    #expect((used.next() == fresh.next()) == sampler.isDeterministic)
    #expect(points.values.allSatisfy { $0.isFinite })
  }

  @Test("A pass starts from the prior of its process")
  func start() throws {
    func start(_ process: any ForwardProcess) -> [Double] {
      SamplingPass(
        sampler: EulerMaruyama(), grid: UniformGrid(), stepCount: 2, process: process,
        score: constant(0), count: 4000, seed: 4
      ).points.values
    }
    let unit = start(Self.process)
    #expect(abs(Samples.second(unit) - 1) < 4 * (2.0 / 8000).squareRoot())
    for entry in ProcessCatalog.all {
      let process = try entry.make()
      #expect(start(process) == unit.map { $0 * process.priorDeviation }, "\(entry.name)")
    }
  }

  @Test("A copied pass is a checkpoint", arguments: SamplerCatalog.all.map(\.name))
  func checkpoint(name: String) throws {
    let sampler = try #require(SamplerCatalog.entry(named: name)).make()
    var a = run(sampler, score: ExactScore(ReferenceGaussian(dimension: 2, variance: 0.3)))
    for _ in 0..<8 { _ = a.step() }
    var b = a
    while a.step() != nil {}
    #expect(b.stepsDone == 8)
    while b.step() != nil {}
    #expect(a.points == b.points)
  }

  @Test("Trajectories hold steps + 1 frames of the points")
  func trajectories() {
    var run = run(EulerMaruyama(), score: constant(0), count: 5)
    var path = Trajectories(count: 5, dimension: 2, frames: run.times.count)
    path.record(run.points, at: run.times[0])
    while let time = run.step() { path.record(run.points, at: time) }
    #expect(path.times == run.times && path.frames.count == 21 && path.tracked == 5)
    #expect(path.column(1, frame: 20) == run.points.column(1).map { Double(Float($0)) })
    #expect(path.brokenCount == 0)
    path.record(Points(values: [Double](repeating: .nan, count: 10), dimension: 2), at: 0)
    #expect(path.brokenCount == 5)
  }

  @Test(
    "Trajectories keep within the limit, the first points first",
    arguments: [(100_000, 2, 201), (10, 2, 101), (3_000_000, 1, 2), (7, 3, 1_000_000)])
  func limit(count: Int, dimension: Int, frames: Int) {
    let path = Trajectories(count: count, dimension: dimension, frames: frames)
    #expect(path.tracked >= 1 && path.tracked <= count)
    #expect(path.tracked * dimension * frames <= Trajectories.trackedLimit)
    // As many as fit.
    #expect(
      path.tracked == count
        || (path.tracked + 1) * dimension * frames > Trajectories.trackedLimit)
  }

  @Test("Tracked points are the first ones of the pass")
  func firstPoints() {
    let frames = 400_000
    var path = Trajectories(count: 50, dimension: 2, frames: frames)
    #expect(path.tracked == 5)
    path.record(Points(values: (0..<100).map { Double($0) }, dimension: 2), at: 1)
    #expect(path.column(0, frame: 0) == [0, 2, 4, 6, 8])
  }
}
