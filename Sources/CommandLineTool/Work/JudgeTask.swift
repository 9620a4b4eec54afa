import CTerminalGuard
import Glibc
package import ScoreCore
package import ScoreLab

/// The score of someone else, measured as our own are, next to trivial ones and the exact one.
package struct JudgeTask {
  /// Draws of the distribution that the normal score is fitted to.
  private static let fitCount = 20_000

  /// Gives distribution, process, probe, sampler and seed.
  package var configuration: RunConfiguration
  package var origin: OwnScoreOrigin
  /// The metrics of the samples.
  package var metrics: [CatalogEntry<any SampleMetric>]
  package var settings: MetricSettings
  package var form: JudgePrinter.Form

  package init(
    configuration: RunConfiguration, origin: OwnScoreOrigin,
    metrics: [CatalogEntry<any SampleMetric>],
    settings: MetricSettings, form: JudgePrinter.Form
  ) {
    self.configuration = configuration
    self.origin = origin
    self.metrics = metrics
    self.settings = settings
    self.form = form
  }

  /// Measures and prints.
  ///
  /// - Throws: What is wrong with the configuration, its data or the score.
  package func run() throws {
    let distribution = try configuration.distribution.makeDistribution(dataSource: DataFile())
    let process = configuration.process.make()
    printWarnings(configuration.samplerWarnings(for: distribution))
    let source = try origin.open(
      dimension: distribution.dimension, process: process, messages: .passedOn)
    let own = OwnScore(source, frame: distribution.coordinates, process: process)
    let scores: [any ScoreFunction] = [
      own, ZeroScore(dimension: distribution.dimension), normalScore(of: distribution),
      ExactScore(distribution),
    ]
    _ = try InterruptWatch(patience: 0) {
      (source as? ScoreProgram)?.stop()
      return ""
    }
    let printer = JudgePrinter(form: form, delta: configuration.probe.delta)
    try printer.start()
    try probe(scores, of: distribution, process) { row in
      try own.check()
      try printer.add(row)
    }
    try printer.add(excess(scores, of: distribution, process))
    try own.check()
    for row in try sampleRows(scores, of: distribution, checking: own) { try printer.add(row) }
    printWarnings([own.remark].compactMap { $0 })
  }

  /// The exact score of the normal distribution with the data's mean and deviations.
  private func normalScore(of distribution: any KnownScoreDistribution) -> ExactScore {
    var stream = RandomStream(
      seed: configuration.seed, purpose: .distributionSamples, index: .max)
    let points = distribution.sample(count: Self.fitCount, using: &stream)
    let columns = (0..<points.dimension).map { points.column($0) }
    let n = Double(points.count)
    let means = columns.map { $0.reduce(0, +) / n }
    let deviations = zip(columns, means).map { column, mean in
      // A coordinate that never changes still needs a density.
      max(1e-6, (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot())
    }
    return ExactScore(
      GaussianMixture([.init(mean: means, spread: .diagonal(deviations))]))
  }

  private func probe(
    _ scores: [any ScoreFunction], of distribution: any KnownScoreDistribution,
    _ process: any ForwardProcess, _ body: (JudgePrinter.Row) throws -> Void
  ) throws {
    let settings = configuration.probe
    var probe = ErrorProbe(
      distribution: distribution, process: process, levelCount: settings.levels,
      pointCount: settings.points, seed: configuration.seed)
    for (index, time) in probe.times.enumerated() {
      let errors = scores.map { probe.measure($0, levelIndex: index) }
      try body(.init("l2", time: time, values: errors.map(\.l2)))
      let quantiles = errors.map { $0.quantileEstimate(delta: settings.delta) }
      try body(
        .init(
          "d_delta", time: time, values: quantiles.map { $0.value ?? .nan },
          interval: quantiles[0].value == nil ? nil : quantiles[0].interval))
    }
  }

  private func excess(
    _ scores: [any ScoreFunction], of distribution: any KnownScoreDistribution,
    _ process: any ForwardProcess
  ) -> JudgePrinter.Row {
    let loss = HeldOutLoss(
      distribution: distribution, process: process,
      objective: configuration.objective.make().fitted(to: distribution, process: process),
      seed: configuration.seed)
    let estimates = scores.map { loss.estimate(of: $0) }
    let reach = StandardNormal.quantile(0.975) * estimates[0].standardError
    return .init(
      "excess", values: estimates.map(\.value),
      interval: estimates[0].value - reach...estimates[0].value + reach)
  }

  private func sampleRows(
    _ scores: [any ScoreFunction], of distribution: any KnownScoreDistribution,
    checking own: OwnScore
  ) throws -> [JudgePrinter.Row] {
    let samples = try scores.map { score in
      var drawing = SampleDrawing(configuration, distribution: distribution, score: score)
      while !drawing.isFinished { drawing.step() }
      try own.check()
      return drawing.points
    }
    let reference = MetricReference(
      .distribution(NoisyDistribution(distribution, units: distribution.coordinates)))
    let choices = try MetricChoices(assignments: [])
    return metrics.compactMap { entry in
      let metric = choices.make(entry)
      let results = samples.map { sample in
        sample.brokenCount > 0
          ? nil : try? metric.measure(sample, against: reference, settings: settings)
      }
      // A metric that cannot be had of this distribution is left out.
      guard results.contains(where: { $0 != nil }) else { return nil }
      return .init(
        entry.name, values: results.map { $0?.value ?? .nan },
        interval: results[0].map { $0.nullLow...max($0.nullLow, $0.nullHigh) })
    }
  }
}

/// The score 0 everywhere.
private struct ZeroScore: ScoreFunction {
  let dimension: Int

  func score(at x: Points, level: NoiseLevel) -> Points {
    Points(zeros: x.count, dimension: dimension)
  }
}
