import ScoreClaims
import ScoreCore
import TermPlot

@testable import ScoreLab
@testable import Workbench

/// Reports with every form of figure, table and check, the same bits on every machine.
enum ExperimentFixture {
  static let configuration = ExperimentConfiguration("outlier_score")

  static var report: ExperimentReport {
    ExperimentReport(
      title: "A wrong score", claim: "A score may be wrong where no sample is, and nobody sees it.",
      source: "Author et al. 2024 (arXiv:0000.00000), Lemma 1",
      caveats: ["The constant of the lemma is from memory.", "The rate is disputed."],
      figures: [curves, bars, images],
      tables: [
        ReportTable(
          "gaps", title: "Gaps in numbers",
          columns: ["candidate", "L2^2", "median empirical gap", "repeats"],
          rows: (1...12).map {
            [.text("distribution \($0)"), .number(1.5 / Double($0)), .none, .integer(2000)]
          },
          note: "m = 1000, 2000 repeats.")
      ], checks: checks)
  }

  static let checks = [
    Check(
      .agreement, "unseen", "share of repeats without a sample beyond b", measured: 0.364,
      .near(0.3679, tolerance: 0.043),
      basis: "Phi(b)^m, 4 standard errors"),
    Check(
      .claim, "excess", "excess over the bound", measured: 3, interval: 2.75...3.25, .atMost(2.5),
      basis: "the theorem"),
    Check(
      .claim, "slope", "slope of the rate", measured: nil, .atLeast(0.5), basis: "least squares"),
    Check(
      .identity, "markov", "Markov's bound on the same points", measured: 0.8, .atMost(1),
      basis: "Markov"),
  ]

  static let x = (0...20).map { Double($0) / 4 }

  static let curves = Figure(
    "curves", title: "Error against distance", caption: "2000 repeats, 95 % intervals.",
    .plot(
      Plot(
        x: .init("distance, deviations"), y: .init("error", isLogarithmic: true),
        series: [
          .band(
            "null", .null, x: x, lower: x.map { 0.1 + $0 / 50 }, upper: x.map { 0.3 + $0 / 20 }),
          .init("exact", .exact, x: x, y: x.map { 0.5 + $0 * $0 }),
          .init(
            "measured", .measured, .points, x: x, y: x.map { 0.5 + 0.9 * $0 * $0 },
            lower: x.map { 0.3 + 0.8 * $0 * $0 }, upper: x.map { 0.8 + $0 * $0 }),
          .init("steps", .comparison, .steps, x: x, y: x.map { 1 + ($0 * 2).rounded() }),
        ],
        marks: [
          .init("b", at: 3, isVertical: true), .init("bound", at: 9, isVertical: false),
        ])))

  static let bars = Figure(
    "bars", title: "Error by sampler", caption: "A bar each.",
    .plot(
      Plot(
        x: .init("sampler"), y: .init("error"),
        series: [
          .init(
            "first", .measured, .bars, x: [0, 1, 2], y: [1, 2, 1.5], lower: [0.5, 1.5, 1],
            upper: [1.5, 2.5, 2]),
          .init("second", .comparison, .bars, x: [0, 1, 2], y: [0.5, 1, -0.5]),
        ], categories: ["euler", "heun", "ddim"])))

  static let images = Figure(
    "images", title: "Samples", caption: "Pictures of 4 x 4.",
    .images(
      ImageGrid(
        width: 4, height: 4, columns: 3,
        values: (0..<6).flatMap { image in (0..<16).map { Double(($0 + image) % 16) / 15 } },
        rowLabels: ["exact", "learned"])))

  static func message(
    start: Int = 1, status: ExperimentMessage.Status = .running, report: ExperimentReport? = report
  ) -> ExperimentMessage {
    var message = ExperimentMessage(start: start, status: status, report: report)
    message.unitsDone = status == .finished ? 100 : 40
    message.unitCount = 100
    message.activity = "drawing 1000 samples, 800 times"
    message.elapsed = 12
    message.pace = [1, 2, 4, 3, 3.5]
    return message
  }

  /// A state on the experiment page with an experiment that runs.
  static func state(
    columns: Int = 80, rows: Int = 24, marks: Marks = .braille,
    message: ExperimentMessage? = message()
  ) throws -> WorkbenchState {
    var state = try Fixture.state(columns: columns, rows: rows, marks: marks)
    state.press(.character("e"))
    state.chooseStandard()
    if let message { _ = update(&state, .experiment(message)) }
    state.notice = nil
    return state
  }
}

extension WorkbenchState {
  /// Chooses the fixture's experiment from the open list.
  @discardableResult
  mutating func chooseStandard() -> [Effect] {
    let name = ExperimentFixture.configuration.choice.name
    let index = ExperimentCatalog.all.firstIndex { $0.name == name } ?? 0
    press(.home)
    for _ in 0..<index { press(.down) }
    return press(.enter)
  }
}
