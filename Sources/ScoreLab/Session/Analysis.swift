import ScoreCore

/// The measuring side of a session: floor, held-out loss, probe and samples, in short units.
///
/// It only reads weights, so what it does and when cannot change a run. Every pass works on one
/// copy of the averaged weights from start to end and is labelled with their step.
struct Analysis: Sendable {
  private enum Job: CaseIterable { case floor, probe, sampler, sampleErrors, exactScoreRun }

  private struct ProbePass: Sendable {
    var step: Int
    var score: NetworkScore
    var levels: [ScoreErrorDistribution] = []
    var places: [ErrorPlaces] = []
  }

  private struct SamplerPass: Sendable {
    var step: Int
    var score: any ScoreFunction
    var run: SamplingRun
    var trajectories: Trajectories
  }

  private let law: any KnownScoreDistribution
  private let process: any ForwardProcess
  private let objective: Objective
  private let seed: UInt64
  private var sampler: SamplerConfiguration
  private var probe: ErrorProbe
  private var heldOutLoss: HeldOutLoss?
  private var floorRun: BayesFloorRun
  private var probePass: ProbePass?
  private var samplerPass: SamplerPass?
  private var sampleErrorPass: SampleErrorPass?
  private var exactScorePass: SamplerPass?
  /// What drove the newest finite samples.
  private var sampledScore: (any ScoreFunction)?
  /// The work done for each job over its share; the least goes next.
  private var load: [Job: Double] = [:]

  /// The step of the newest finished pass, whether or not its numbers were fit to be shown.
  private var probedStep: Int?
  private var sampledStep: Int?
  private var sampleErrorStep: Int?
  private var samplerPasses = 0

  private(set) var report: ProbeReport?
  private(set) var samples: SamplePass?
  private(set) var sampleErrors: SampleErrors?
  private(set) var droppedProbe: DroppedPass?
  private(set) var droppedSamples: DroppedPass?
  private(set) var exactScoreRun: Trajectories?
  private(set) var noisedData: Trajectories?
  private(set) var exactDensities: ExactDensities?
  private(set) var heldOut: [HeldOutPoint] = []

  init(
    law: any KnownScoreDistribution, process: any ForwardProcess, objective: Objective,
    configuration: RunConfiguration
  ) {
    self.law = law
    self.process = process
    self.objective = objective
    seed = configuration.seed
    sampler = configuration.sampler
    probe = ErrorProbe(
      distribution: law, process: process, levelCount: configuration.probe.levels,
      pointCount: configuration.probe.points, seed: configuration.seed)
    floorRun = BayesFloorRun(
      distribution: law, process: process, objective: objective, seed: configuration.seed)
  }

  /// The exact score's loss, once its error is known.
  var floor: BayesFloor? { floorRun.floor.flatMap { $0.error.isFinite ? $0 : nil } }

  /// Takes over a changed sampler; passes and pictures of the old one are dropped.
  mutating func setSampler(_ configuration: SamplerConfiguration) {
    guard configuration != sampler else { return }
    sampler = configuration
    samplerPass = nil
    sampledStep = nil
    samples = nil
    dropSampleErrors()
    droppedSamples = nil
    exactScorePass = nil
    exactScoreRun = nil
    noisedData = nil
    exactDensities = nil
  }

  /// Drops passes under way and forgets held-out values after `step`, as a divergence demands.
  mutating func rollBack(toStep step: Int) {
    probePass = nil
    samplerPass = nil
    heldOut.removeAll { $0.step > step }
    if let report, report.step > step { self.report = nil }
    if let samples, samples.step > step { self.samples = nil }
    dropSampleErrors()
    if let droppedProbe, droppedProbe.step > step { self.droppedProbe = nil }
    if let droppedSamples, droppedSamples.step > step { self.droppedSamples = nil }
    // Steps after this one come again with other weights.
    if let probedStep, probedStep > step { self.probedStep = nil }
    if let sampledStep, sampledStep > step { self.sampledStep = nil }
  }

  private mutating func dropSampleErrors() {
    sampleErrorPass = nil
    sampleErrorStep = nil
    sampleErrors = nil
  }

  /// Whether everything there is to know about the weights of `step` is known.
  func isUpToDate(step: Int) -> Bool {
    noisedData != nil && Job.allCases.allSatisfy { !isOpen($0, step: step) }
  }

  /// Whether the first pictures are still missing, or are all there is and old: the first samples
  /// are of a network that had hardly begun.
  func isStartingUp(step: Int) -> Bool {
    probedStep == nil || sampledStep == nil || floor == nil || exactScoreRun == nil
      || (samplerPasses < 2 && sampledStep != step)
  }

  /// Does one short unit of work, a few milliseconds, for the job that is furthest behind.
  ///
  /// - Parameters:
  ///   - score: The averaged weights now.
  ///   - step: The step they belong to.
  mutating func advance(score: @autoclosure () -> NetworkScore, step: Int) {
    if noisedData == nil { return noiseData() }
    let open = Job.allCases.filter { isOpen($0, step: step) }
    guard let job = open.min(by: { load[$0, default: 0] < load[$1, default: 0] }) else { return }
    load[job, default: 0] += cost(of: job)
    switch job {
    case .floor: floorRun.step()
    case .probe: advanceProbe(score: score, step: step)
    case .sampler: advanceSampler(score: score, step: step)
    case .sampleErrors: advanceSampleErrors()
    case .exactScoreRun: advanceExactScoreRun()
    }
    balanceLoads(open)
  }

  private func isOpen(_ job: Job, step: Int) -> Bool {
    switch job {
    case .floor: !floorRun.isFinished
    case .probe: probePass != nil || probedStep != step
    case .sampler: samplerPass != nil || sampledStep != step
    case .sampleErrors:
      sampleErrorPass != nil || samples.map { $0.step != sampleErrorStep } ?? false
    case .exactScoreRun: exactScoreRun == nil
    }
  }

  /// The points of one unit over the job's share of the time: people watch the samples move, so
  /// they are redrawn more often than the error is measured.
  private func cost(of job: Job) -> Double {
    switch job {
    case .floor: Double(4096) / 1
    case .probe: Double(probe.pointCount) / 1
    case .sampler: Double(sampler.count) / 3
    // Two scores a point.
    case .sampleErrors: Double(2 * min(sampler.count, SampleErrors.pointLimit)) / 2
    case .exactScoreRun: Double(sampler.count) / 1
    }
  }

  /// Lets a job that had nothing to do start level with the others, not with a credit.
  private mutating func balanceLoads(_ open: [Job]) {
    let least = open.compactMap { load[$0] }.min() ?? 0
    for job in Job.allCases { load[job] = max(load[job, default: 0], least) }
  }

  /// Measures the error at every level at once.
  mutating func fullProbe(score: NetworkScore, step: Int) -> ProbeReport {
    probePass = ProbePass(step: step, score: score)
    while probePass != nil { advanceProbe(score: { score }, step: step) }
    return report ?? ProbeReport(step: step, levels: [])
  }

  /// Where weights that diverged are furthest off among the probe's levels, in the order of the
  /// noise: the first that is no number, else the largest error.
  func place(ofDivergence score: NetworkScore) -> Divergence.Place {
    // A few points show what a diverged network does, and a large probe would stop the screen.
    var probe = ErrorProbe(
      distribution: law, process: process, levelCount: probe.times.count,
      pointCount: min(probe.pointCount, 256), seed: seed)
    let worst = probe.times.indices.map { index in
      Double(probe.measure(score, levelIndex: index).errors.last ?? .nan)
    }
    let broken = worst.indices.filter { !worst[$0].isFinite }
    guard broken.count < worst.count else { return .everyLevel }
    let index = broken.first ?? worst.indices.max { worst[$0] < worst[$1] } ?? 0
    return .time(probe.times[index])
  }

  /// Runs the floor to its end.
  mutating func finishFloor() {
    while !floorRun.isFinished { floorRun.step() }
  }

  private mutating func advanceProbe(score: () -> NetworkScore, step: Int) {
    var pass = probePass ?? ProbePass(step: step, score: score())
    if pass.levels.count < probe.times.count {
      let (errors, places) = probe.survey(pass.score, levelIndex: pass.levels.count)
      pass.levels.append(errors)
      pass.places.append(places)
      probePass = pass
      return
    }
    probePass = nil
    probedStep = pass.step
    measureHeldOut(pass.score, step: pass.step)
    // A state that is about to be found diverged gives no numbers; the next pass will.
    let broken = pass.levels.count { $0.errors.last?.isFinite != true }
    guard broken == 0 else {
      droppedProbe = DroppedPass(step: pass.step, brokenCount: broken, count: pass.levels.count)
      return
    }
    droppedProbe = nil
    report = ProbeReport(step: pass.step, levels: pass.levels, places: pass.places)
  }

  private mutating func measureHeldOut(_ score: NetworkScore, step: Int) {
    let loss =
      heldOutLoss
      ?? HeldOutLoss(distribution: law, process: process, objective: objective, seed: seed)
    heldOutLoss = loss
    let excess = loss.estimate(of: score)
    guard excess.value.isFinite else { return }
    if heldOut.last?.step == step { heldOut.removeLast() }
    heldOut.append(
      HeldOutPoint(step: step, excess: excess.value, standardError: excess.standardError))
    // Halving keeps the memory bounded and the curve evenly spaced enough to draw.
    if heldOut.count > 2048 {
      heldOut = heldOut.enumerated().filter { $0.offset % 2 == 0 || $0.offset > 2000 }
        .map(\.element)
    }
  }

  private func makePass(score: any ScoreFunction, step: Int) -> SamplerPass {
    let run = SamplingRun(
      sampler: sampler.makeSampler(), grid: sampler.makeGrid(), stepCount: sampler.steps,
      process: process, score: score, count: sampler.count, seed: seed)
    var trajectories = Trajectories(
      count: sampler.count, dimension: law.dimension, frames: run.times.count)
    trajectories.record(run.points, at: run.times[0])
    return SamplerPass(step: step, score: score, run: run, trajectories: trajectories)
  }

  private mutating func advanceSampler(score: () -> NetworkScore, step: Int) {
    var pass = samplerPass ?? makePass(score: score(), step: step)
    // The pass lives in one place while it steps, so that its arrays are not copied.
    samplerPass = nil
    if let time = pass.run.step() { pass.trajectories.record(pass.run.points, at: time) }
    guard pass.run.isFinished else {
      samplerPass = pass
      return
    }
    sampledStep = pass.step
    samplerPasses += 1
    let (trajectories, broken) = (pass.trajectories, pass.trajectories.brokenCount)
    guard broken == 0 else {
      droppedSamples = DroppedPass(
        step: pass.step, brokenCount: broken, count: trajectories.tracked)
      return
    }
    droppedSamples = nil
    samples = SamplePass(step: pass.step, trajectories: trajectories)
    sampledScore = pass.score
  }

  private mutating func advanceSampleErrors() {
    guard let samples, let sampledScore else { return }
    var pass =
      sampleErrorPass
      ?? SampleErrorPass(samples, score: sampledScore, law: law, process: process)
    sampleErrorPass = nil
    pass.step()
    guard pass.isFinished else {
      sampleErrorPass = pass
      return
    }
    sampleErrorStep = pass.result.step
    // The same points under weights that are about to be found diverged may give no numbers.
    if pass.isFinite { sampleErrors = pass.result }
  }

  private mutating func advanceExactScoreRun() {
    var pass = exactScorePass ?? makePass(score: ExactScore(law), step: 0)
    exactScorePass = nil
    if let time = pass.run.step() { pass.trajectories.record(pass.run.points, at: time) }
    guard pass.run.isFinished else {
      exactScorePass = pass
      return
    }
    exactScoreRun = pass.trajectories
  }

  /// Noises one draw of the law to every time of the sampler: the forward process, exactly.
  private mutating func noiseData() {
    let times = sampler.makeGrid().times(stepCount: sampler.steps, process: process)
    var stream = RandomStream(seed: seed, purpose: .lawSamples)
    let clean = law.sample(count: sampler.count, using: &stream)
    let noise = stream.normals(count: sampler.count, dimension: law.dimension)
    var trajectories = Trajectories(
      count: sampler.count, dimension: law.dimension, frames: times.count)
    for time in times {
      trajectories.record(process.level(at: time).noisy(clean, noise: noise), at: time)
    }
    noisedData = trajectories
    guard law.dimension == 1 else { return }
    exactDensities = ExactDensities(
      of: law, process: process, times: times, covering: clean.values)
  }
}
