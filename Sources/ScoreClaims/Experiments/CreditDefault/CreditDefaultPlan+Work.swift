import Glibc
import ScoreCore
import ScoreLab
import ScoreTables

extension CreditDefaultPlan {
  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .rule(let set): ruleWork(CreditData(self, set: set))
    case .trial(let set, let number):
      trialWork(CreditData(self, set: set), set: set, number: number, records)
    case .synth(let set):
      UnitTraining(
        synthTrainer(CreditData(self, set: set)), stepCount: values.synthSteps, partSteps: 20,
        threads: threads
      ).map { .synth($0.average) }
    case .judged(let set, let maker): judgedWork(set: set, maker, records)
    }
  }

  /// The run of a data set at a step size, before its first step.
  private func trainer(_ data: CreditData, on points: Points, rate: Double) -> Trainer {
    var run = run
    run.seed = data.seed
    run.optimizer.learningRate = rate
    return Trainer(configuration: run, trainingSet: .fixed(points), threads: 1)
  }

  /// The network of `scorefield synth`, which has fresh noise at every step.
  private func synthTrainer(_ data: CreditData) -> Trainer {
    Trainer(configuration: synthRun(data), trainingSet: .fixed(data.points), threads: 1)
  }

  private func synthRun(_ data: CreditData) -> RunConfiguration {
    var run = RunConfiguration()
    run.seed = data.seed
    run.sampler = self.run.sampler
    return run
  }

  private func ruleWork(_ data: CreditData) -> any UnitWork<Record> {
    let process = run.process.make()
    let start = trainer(data, on: data.points, rate: 1)
    let found = KernelStop(
      start.currentScore, rows: data.points, process: process, momentum: momentum,
      count: values.kernelRows, seed: data.seed)
    let stop = min(values.steps, max(0, stopStep(found.step)))
    return CourseWork(
      trainer(data, on: data.points, rate: found.rate), steps: steps, stop: stop,
      loss: PredictionLoss(data.judging, process: process, seed: data.seed)
    ).map { course in
      .rule(
        Rule(
          rate: found.rate, step: found.step, deviation: found.deviation,
          largestEigenvalue: found.largestEigenvalue, losses: course.losses,
          stopped: Packed(course.stopped), last: Packed(course.last)))
    }
  }

  private func trialWork(
    _ data: CreditData, set: Int, number: Int, _ records: Records
  ) -> any UnitWork<Record> {
    guard case .rule(let rule)? = records[.rule(set: set)] else {
      preconditionFailure("A trial needs the rule's step size.")
    }
    let rate = trialRate(rule.rate, set: set, number: number)
    return CourseWork(
      trainer(data, on: data.kept, rate: rate), steps: steps, stop: 0,
      loss: PredictionLoss(data.chosen, process: run.process.make(), seed: data.seed)
    ).map { .trial(Trial(rate: rate, losses: $0.losses, best: Packed($0.best))) }
  }

  /// The first trial has the rule's step size; others lie between an eighth and 1.9 times of it, evenly in
  /// their logarithm: twice is where descent becomes unstable.
  private func trialRate(_ rate: Double, set: Int, number: Int) -> Double {
    guard number > 0 else { return rate }
    var stream = RandomStream(
      seed: run.seed, purpose: .experiment, index: UInt64(set) << 16 | UInt64(number) | 1 << 40)
    return rate * exp(log(0.125) + stream.uniform() * (log(1.9) - log(0.125)))
  }

  /// The trial of the least loss at the rows kept back; nil before all are there.
  func bestTrial(ofSet set: Int, _ records: Records) -> Trial? {
    let trials = (0..<values.trials).compactMap { number -> Trial? in
      if case .trial(let trial)? = records[.trial(set: set, number: number)] { trial } else { nil }
    }
    guard trials.count == values.trials else { return nil }
    return trials.filter { $0.loss.isFinite }.min { $0.loss < $1.loss } ?? trials[0]
  }

  private func weights(_ maker: Maker, set: Int, _ records: Records) -> [Float] {
    switch maker {
    case .rule, .never:
      if case .rule(let rule)? = records[.rule(set: set)] {
        return (maker == .rule ? rule.stopped : rule.last).values
      }
    case .holdOut:
      if case .trial(let trial)? = records[.trial(set: set, number: 0)] { return trial.best.values }
    case .tuned:
      if let trial = bestTrial(ofSet: set, records) { return trial.best.values }
    case .synth:
      if case .synth(let weights)? = records[.synth(set: set)] { return weights.values }
    case .real, .bootstrap, .independent, .copula, .interpolation, .density: break
    }
    preconditionFailure("Rows are drawn once their network is trained.")
  }

  private func judgedWork(set: Int, _ maker: Maker, _ records: Records) -> any UnitWork<Record> {
    let data = CreditData(self, set: set)
    let count = values.rows == 0 ? data.split.trained.rowCount : values.rows
    let target = table.columns.firstIndex { $0.role == .target } ?? table.columns.count - 1
    let made = made
    @Sendable func judge(_ rows: Table?, loss: Double?) -> Record {
      guard let rows else { return .judged(Judged(loss: loss)) }
      let altered = made(maker, rows, data.split.trained)
      return .judged(Judged(altered, loss: loss, data: data, target: target))
    }
    if let baseline = maker.baseline {
      let asMany = min(count, JudgedRows.mostRows)
      return SingleStep {
        judge(baseline.rows(asMany, from: data.split.trained, seed: data.seed), loss: nil)
      }
    }
    guard maker.isNetwork else { return SingleStep { judge(data.split.trained, loss: nil) } }
    let isSynth = maker == .synth
    var score =
      (isSynth ? synthTrainer(data) : trainer(data, on: data.points, rate: 1)).currentScore
    score.parameters = weights(maker, set: set, records)
    var drawn = isSynth ? synthRun(data) : run
    drawn.seed = data.seed
    // That network has another process; at its own levels the loss would be another number.
    let loss =
      isSynth
      ? nil : PredictionLoss(data.judging, process: run.process.make(), seed: data.seed)(score)
    return RowDrawingWork(
      TableDrawing(drawn, data.encoding, score, count: count)
    ).map { judge($0.table, loss: loss) }
  }
}

/// Rows that a network draws; none where one is not finite.
struct DrawnRows: Sendable {
  var table: Table?
}

/// The drawing of rows, as the work on a unit.
struct RowDrawingWork: UnitWork {
  private var drawing: TableDrawing

  init(_ drawing: TableDrawing) { self.drawing = drawing }

  var progress: Double { Double(drawing.stepsDone) / Double(drawing.stepCount) }
  var detail: String? { "sampling, step \(drawing.stepsDone) of \(drawing.stepCount)" }

  mutating func step() -> DrawnRows? {
    drawing.step() ? nil : DrawnRows(table: drawing.table())
  }
}
