import ScoreClaims
import ScoreCore
import ScoreLab
import ScoreTheory
import TermPlot

// ScoreCore: a thousand samples along the exact score.
let distribution = GaussianMixture([
  .init(mean: [-2], spread: .isotropic(0.5)), .init(mean: [2], spread: .isotropic(0.5)),
])
var pass = SamplingPass(
  sampler: ExponentialIntegrator(), grid: ExponentialDecayGrid(), stepCount: 200,
  process: OrnsteinUhlenbeck(horizon: 5, stop: 0.001), score: ExactScore(distribution),
  count: 1000, seed: 7)
while pass.step() != nil {}
print("samples on the right:", pass.points.column(0).filter { $0 > 0 }.count, "of 1000")

// ScoreTheory: how often fifty points make empirical risk choose the wrong score of the hard pair.
let pair = LowerBoundPair(eta: 0.01, separation: 10)
print("wrong choice:", pair.wrongChoiceProbability(sampleCount: 50, time: 0.1))

// ScoreLab: a small network, trained, and its error at each noise level.
let configuration = try RunConfiguration.start.setting([
  "distribution.kind=two_moons", "network.hidden=[32, 32]", "probe.points=256",
])
var session = try Session(configuration: configuration, dataSource: DataFile())
while session.step < 200, session.trainStep() != nil {}
session.measureNow(MeasurementRequest([ProbeMeasurement.self]))
let levels = session.measurements.probe?.levels ?? []

// TermPlot: those errors as text.
var canvas = Canvas(size: Size(columns: 60, rows: 12))
let chart = LineChart(
  series: [
    .init("L2 error", x: levels.indices.map(Double.init), y: levels.map(\.l2), role: .training)
  ],
  x: AxisSettings("noise level"))
chart.draw(into: &canvas, in: canvas.bounds)
print(canvas.lines.joined(separator: "\n"))

// ScoreClaims: an experiment with reduced values, and its verdict.
var driver = try ExperimentConfiguration("outlier_score").setting(["samples=50", "repeats=100"])
  .makeDriver(dataSource: DataFile())
while !driver.isFinished { try driver.step() }
print("outlier_score:", driver.report.verdict.answer)
