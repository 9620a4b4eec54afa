import ScoreLab
import TermPlot

@testable import RunDatabase
@testable import Workbench

/// Runs that are kept, made from whole numbers, the same bits on every machine.
enum RunsFixture {
  static let origin = RunOrigin(version: "0.1.0", commit: nil, processor: "a processor")

  static func id(_ number: Int) -> RunID { RunID(0xABC0_0000_0000 + number) }

  static func summary(_ number: Int) -> RunSummary {
    var run = RunSummary(
      id: id(number), name: "\(number % 3 == 0 ? "checkerboard" : "two_moons")-\(number)",
      tags: number % 4 == 1 ? ["good", "tried"] : [],
      note: number == 2 ? "the rate was too high from the start" : "",
      distribution: number % 3 == 0 ? "checkerboard" : "two_moons", seed: "\(number)",
      steps: 12_000 / number, loss: number == 5 ? nil : 0.75 + 0.0625 * Double(number % 5),
      worstL2: 0.5 / Double(number), created: 1_794_000_000 + 3600 * Double(number),
      updated: 1_795_000_000 - 86_400 * Double(number), root: id(number), origin: origin)
    if number == 4 { run.parent = id(1) }
    return run
  }

  /// A run with other settings for every number, whose loss falls.
  static func stored(_ number: Int) throws -> StoredRun {
    let start = try RunConfiguration().setting([
      "seed=\(number)", "optimizer.learning_rate=\(Double(number) / 1024)",
    ])
    var log = RunLog(start: start)
    log.entries = [
      .init(
        executedSteps: 500,
        action: .configure(try start.setting(["optimizer.batch=\(64 + number)"])))
    ]
    let steps = (1...40).map { Double(25 * $0) }
    func series(_ scale: Double) -> RunSeries {
      RunSeries(
        steps: steps, values: steps.map { scale * (0.5 + 50 / ($0 + 25 * Double(number))) })
    }
    return StoredRun(
      record: RunRecord(
        id: id(number),
        parent: number == 4 ? RunPlace(run: id(1), executedSteps: 400, entries: 0) : nil,
        log: log, executedSteps: 12_000 / number),
      series: ["loss": series(1), "l2": series(0.25), "mmd": series(0.125)],
      checkpoints: CheckpointCount(count: 3, bytes: 3 << 20))
  }

  static func message(
    count: Int = 9, order: RunSummary.Order = .updated
  ) throws -> LibraryMessage {
    var message = LibraryMessage()
    message.index = RunIndex((1...count).map(summary), order: order)
    message.isWhole = true
    for number in 1...min(count, 9) {
      message.pictures[id(number)] = (1...12).map { 1 + Double(number) / Double($0) }
      message.runs[id(number)] = try stored(number)
    }
    return message
  }

  /// The page with runs on it, some of them drawn over each other.
  static func state(
    columns: Int = 80, rows: Int = 24, marks: Marks = .braille, chosen: Int = 0
  ) throws -> WorkbenchState {
    var state = try Fixture.state(columns: columns, rows: rows, marks: marks)
    state.press(.character("o"))
    state.receive(try message())
    state.runsPage.chosen = chosen == 0 ? [] : (1...chosen).map(id)
    return state
  }
}

extension WorkbenchState {
  /// What the thread that reads the runs reports.
  @discardableResult
  mutating func receive(_ message: LibraryMessage) -> [Effect] { update(&self, .library(message)) }
}
