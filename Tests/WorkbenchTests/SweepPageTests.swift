import ScoreLab
import ScoreSweeps
import TermPlot
import TestSupport
import Testing

@testable import Workbench

/// A sweep with something of everything.
enum SweepFixture {
  static func status() -> SweepStatus {
    var status = SweepStatus()
    (status.done, status.running, status.failed, status.missing) = (3, 1, 1, 5)
    status.units = (done: 31, all: 100)
    status.givenUp = [7]
    status.failures = [
      SweepFailure(shard: 7, reasons: ["run 70: too little memory"], host: "n1", time: 0)
    ]
    status.values = [
      .init(key: "optimizer.batch", value: .number(8), done: 30, units: 50),
      .init(key: "optimizer.batch", value: .number(16), done: 0, units: 50),
    ]
    status.secondsPerUnit = 2.5
    status.left = 172.5
    return status
  }

  static func state(
    _ status: SweepStatus? = status(), columns: Int = 80, rows: Int = 24
  ) -> WorkbenchState {
    var state = WorkbenchState(
      size: Size(columns: columns, rows: rows), configuration: RunConfiguration(),
      themes: [.builtIn], marks: .ascii)
    state.openSweep("a.sweep")
    var message = SweepMessage(path: "a.sweep")
    (message.name, message.status) = ("widths", status)
    _ = update(&state, .sweep(message))
    return state
  }
}

/// The page of a sweep: what is read of a folder, as words and bars.
@Suite struct SweepPageTests {
  private func text(_ state: WorkbenchState) -> String {
    var canvas = Canvas(size: state.size)
    Workbench.draw(state, into: &canvas)
    return canvas.lines.joined(separator: "\n")
  }

  @Test(
    "Progress, time left, failures and the next command are there at every size",
    arguments: [(60, 15), (80, 24), (160, 48)])
  func sizes(_ size: (Int, Int)) {
    var state = SweepFixture.state(columns: size.0, rows: size.1)
    var shown = text(state)
    for word in [
      "sweep widths", "31%", "31/100", "optimizer.batch", "30/50", "0/50", "2.5 s of a core",
    ] {
      #expect(shown.contains(word), "\(word) in\n\(shown)")
    }
    state.press(.character("2"))
    shown = text(state)
    for word in [
      "3 done, 1 running", "shard 7 failed, given up", "too little memory", "sweep retry",
    ] {
      #expect(shown.replacing("\n", with: " ").contains(word), "\(word) in\n\(shown)")
    }
  }

  @Test("A sweep that is done says so, and that it is to be merged")
  func complete() {
    var status = SweepStatus()
    status.done = 4
    status.units = (done: 8, all: 8)
    var state = SweepFixture.state(status, columns: 100, rows: 30)
    state.press(.character("2"))
    let shown = text(state)
    #expect(shown.contains("every shard is done") && shown.contains("100%"))
    #expect(shown.contains("sweep merge a.sweep"))
  }

  @Test("A folder that is gone is a notice, and what was known stays")
  func gone() {
    var state = SweepFixture.state(columns: 100, rows: 30)
    var message = state.sweepPage.message ?? SweepMessage(path: "a.sweep")
    message.problem = "a.sweep: no sweep is here"
    _ = update(&state, .sweep(message))
    #expect(state.notice?.text == "a.sweep: no sweep is here")
    #expect(text(state).contains("31/100"))
    // The answer about a folder that is looked at no longer changes nothing.
    var other = SweepMessage(path: "b.sweep")
    other.name = "other"
    _ = update(&state, .sweep(other))
    #expect(state.sweepPage.message?.name == "widths")
  }

  @Test("The folder is watched while the page is on screen and not otherwise")
  func watched() {
    var state = SweepFixture.state(nil, columns: 100, rows: 30)
    #expect(state.watchedSweep == "a.sweep" && text(state).contains("reading a.sweep"))
    state.press(.character("^"))
    #expect(state.watchedSweep == nil && state.page == .live)
    state.press(.character("^"))
    #expect(state.watchedSweep == "a.sweep")
  }

  @Test("The line command refuses what is no sweep in one line")
  func refusal() {
    var state = WorkbenchState(
      size: Size(columns: 100, rows: 30), configuration: RunConfiguration(), themes: [.builtIn],
      marks: .ascii)
    state.type(":sweep /nowhere")
    state.press(.enter)
    #expect(state.page == .live)
    #expect(state.notice?.text.contains("/nowhere: no sweep is here") == true)
  }

  @Test("A watcher tells of a folder, of what becomes of it, and that it is gone")
  func watcher() throws {
    let place = try TemporaryFolder()
    let doorbell = Doorbell()
    let watcher = try SweepWatcher(doorbell: doorbell)
    defer { watcher.end() }
    watcher.watch("\(place.path)/none")
    let polled = PolledDescriptor(doorbell.descriptor)
    #expect(polled.isReadable(milliseconds: 10_000))
    let message = try #require(watcher.mailbox.take())
    #expect(message.status == nil && message.problem?.contains("no sweep is here") == true)
  }
}
