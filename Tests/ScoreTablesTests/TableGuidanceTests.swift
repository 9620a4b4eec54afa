import ScoreCore
import ScoreLab
import ScoreTheory
import Testing

@testable import ScoreTables

/// Guidance of two columns of a normal law, where all that it does is known.
@Suite struct TableGuidanceTests {
  /// The correlation of x and y, both standard normal; y is made given x.
  private static let correlation = 0.8
  private static let given = -1.5

  /// The law that the reverse equation has at the end under the guided score.
  ///
  /// The scores of `N(m, v)` given x and of `N(0, 1)` are linear, so the guided one is `-A y + B`, and
  /// mean and variance follow `mean' = -f mean + g^2 (B - A mean)` and
  /// `variance' = 2 (-f - g^2 A) variance + g^2` back in time.
  private func law(weight w: Double, process: any ForwardProcess) -> (mean: Double, sd: Double) {
    let (m, v) = (Self.correlation * Self.given, 1 - Self.correlation * Self.correlation)
    var (mean, variance) = (0.0, process.priorDeviation * process.priorDeviation)
    let steps = 20_000
    let (low, high) = (process.logSNRRange.lowerBound, process.logSNRRange.upperBound)
    func time(_ step: Int) -> Double {
      process.time(atLogSNR: low + (high - low) * Double(step) / Double(steps))
    }
    for step in 0..<steps {
      let (from, to) = (time(step), time(step + 1))
      let middle = (from + to) / 2
      let level = process.level(at: middle)
      let (f, g) = (process.drift(at: middle), process.diffusionSquared(at: middle))
      let (a, noise) = (level.alpha, level.sigma * level.sigma)
      let (inner, outer) = (a * a * v + noise, a * a + noise)
      let slope = (1 + w) / inner - w / outer
      let offset = (1 + w) * a * m / inner
      let h = from - to
      mean += h * (-f * mean + g * (offset - slope * mean))
      variance += h * (2 * (-f - g * slope) * variance + g)
    }
    return (mean, variance.squareRoot())
  }

  /// The normal law of the tilted density `p(y|x)^(1+w) p(y)^(-w)`, which guidance does not sample.
  private func tilted(weight w: Double) -> (mean: Double, sd: Double) {
    let (m, v) = (Self.correlation * Self.given, 1 - Self.correlation * Self.correlation)
    let precision = (1 + w) / v - w
    return ((1 + w) * m / v / precision, 1 / precision.squareRoot())
  }

  private func moments(_ values: [Double]) -> (mean: Double, sd: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot())
  }

  @Test("Without guidance the closed form is the conditional law")
  func noGuidance() {
    let found = law(weight: 0, process: RunConfiguration().process.make())
    #expect(abs(found.mean + 1.2) < 0.005 && abs(found.sd - 0.6) < 0.005, "\(found)")
  }

  /// Four standard errors of 20,000 draws, and 0.02 for the 400 steps.
  @Test(
    "Guided by exact scores, rows have the law in closed form, not the tilted one",
    arguments: [1.0, 3])
  func exact(weight: Double) {
    var run = RunConfiguration()
    run.sampler.steps = 400
    let process = run.process.make()
    let v = 1 - Self.correlation * Self.correlation
    let score = GuidedScore(
      conditional: NormalScore(mean: Self.correlation * Self.given, variance: v),
      marginal: NormalScore(mean: 0, variance: 1), weight: weight)
    var pass = SamplingPass(
      sampler: run.sampler.makeSampler(), grid: run.sampler.makeGrid(),
      stepCount: run.sampler.steps, process: process, score: score, count: 20_000, seed: 8)
    while pass.step() != nil {}
    let (found, expected) = (moments(pass.points.values), law(weight: weight, process: process))
    let error = expected.sd / Double(20_000).squareRoot()
    #expect(abs(found.mean - expected.mean) < 4 * error + 0.02, "\(found) for \(expected)")
    #expect(abs(found.sd - expected.sd) < 4 * error / 2.0.squareRoot() + 0.02, "\(found)")
    #expect(abs(expected.mean - tilted(weight: weight).mean) > 0.15)
  }

  /// The network's tolerance of the tests without guidance, times 1 + w for what guidance makes of it.
  @Test("Guided by a trained network, rows have that law too", arguments: [1.0, 3])
  func trained(weight: Double) throws {
    var stream = RandomStream(seed: 4, purpose: .test)
    let columns = ["x", "y"].map { name in
      var column = ColumnSchema(name: name, kind: .numeric)
      column.range = -20...20
      column.scaling = .standard
      return column
    }
    var values: [[Double]] = [[], []]
    for _ in 0..<4000 {
      let x = stream.normal()
      let rest = (1 - Self.correlation * Self.correlation).squareRoot() * stream.normal()
      values[0].append(x)
      values[1].append(Self.correlation * x + rest)
    }
    let table = Table(columns: columns, values: values)
    var run = RunConfiguration()
    run.network.hidden = [64, 64]
    run.sampler.guidance = weight
    let condition = try TableCondition(
      ["x=\(Self.given)"], schema: TableSchema(columns: columns), file: "t.csv")
    var model = TableModel(table, given: condition.places, configuration: run, threads: 1)
    for _ in 0..<4000 { _ = model.train() }
    var drawing = model.drawing(given: condition.rows(4000, like: table))
    while drawing.step() {}
    let rows = try #require(drawing.table())
    #expect(rows.values[0].allSatisfy { $0 == Self.given })
    let found = moments(rows.values[1])
    let expected = law(weight: weight, process: run.process.make())
    #expect(abs(found.mean - expected.mean) < 0.06 * (1 + weight), "\(found) for \(expected)")
    #expect(abs(found.sd - expected.sd) < 0.05 * (1 + weight), "\(found) for \(expected)")
  }
}

/// The score of normal data on the line.
private struct NormalScore: ScoreFunction {
  let mean: Double
  let variance: Double
  var dimension: Int { 1 }

  func score(at x: Points, level: NoiseLevel) -> Points {
    let noisy = level.alpha * level.alpha * variance + level.sigma * level.sigma
    var score = x
    for place in score.values.indices {
      score.values[place] = (level.alpha * mean - x.values[place]) / noisy
    }
    return score
  }
}
