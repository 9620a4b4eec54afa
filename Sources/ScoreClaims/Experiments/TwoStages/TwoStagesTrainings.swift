import ScoreCore
import ScoreLab

/// A descent in float64 and what is made of its end, a few hundred steps at a time.
struct DescentWork<Loss: DescentLoss>: UnitWork {
  typealias Record = TwoStagesPlan.Record

  private var descent: AdamDescent<Loss>
  private var stream: RandomStream
  private let last: Int
  private let rows: @Sendable (inout RandomStream) -> Points
  private let finish: @Sendable (Loss, RandomStream) -> Record

  init(
    _ descent: AdamDescent<Loss>, _ stream: RandomStream, until last: Int,
    rows: @escaping @Sendable (inout RandomStream) -> Points,
    finish: @escaping @Sendable (Loss, RandomStream) -> Record
  ) {
    (self.descent, self.stream, self.last) = (descent, stream, last)
    (self.rows, self.finish) = (rows, finish)
  }

  var progress: Double { last > 0 ? Double(descent.step) / Double(last) : 0 }
  var detail: String? { "step \(descent.step) of \(last)" }

  mutating func step() -> Record? {
    let target = min(descent.step + 500, last)
    while descent.step < target { descent.advance(on: rows(&stream)) }
    return descent.step >= last ? finish(descent.loss, stream) : nil
  }
}

/// One network for all levels and samples by the reverse process.
struct OneStageWork: UnitWork {
  private let plan: TwoStagesPlan
  private let data: TwoStagesPlan.DataSet
  private var stream: RandomStream
  private var run: Trainer

  init(
    _ plan: TwoStagesPlan, _ data: TwoStagesPlan.DataSet, _ stream: RandomStream, threads: Int
  ) {
    (self.plan, self.data, self.stream) = (plan, data, stream)
    run = Trainer(
      architecture: plan.values.architecture, process: plan.values.process,
      trainingSet: .fixed(data.points),
      objective: Objective(
        target: NoiseTarget(), weighting: SigmaSquaredWeighting(), levels: UniformLogSNR()),
      optimization: Optimization(
        rule: Adam(), learningRate: plan.values.otherRate, average: WeightAverage(decay: 0.99)),
      batch: 4 * plan.values.otherBatch, seed: self.stream.next(), threads: threads)
  }

  var progress: Double { Double(run.state.step) / Double(plan.values.otherSteps) }
  var detail: String? { "step \(run.state.step) of \(plan.values.otherSteps)" }

  mutating func step() -> TwoStagesPlan.Record? {
    let target = min(run.state.step + 300, plan.values.otherSteps)
    while run.state.step < target { _ = run.step() }
    guard run.state.step >= plan.values.otherSteps else { return nil }
    let score = run.currentScore
    let values = plan.values
    let (highest, count) = (10 * values.radius, plan.values.stage2Levels)
    let sigmas = LatentDiffusion.levels(from: highest, to: values.stage2LowSigma, count: count)
    var start = stream.normals(count: values.samples, dimension: values.dimension)
    for place in start.values.indices { start.values[place] *= highest }
    let samples = ReverseWalk.samples(from: start, sigmas: sigmas, using: &stream) {
      score.score(at: $0, level: NoiseLevel(alpha: 1, sigma: sigmas[$1]))
    }
    return .way(data.probe.outcome(plan.taken(samples, .network)))
  }
}
