import ScoreCore
import TestSupport
import Testing

@testable import ScoreClaims
@testable import ScoreLab

/// Experiments on their own thread report what they report without one.
@Suite struct ExperimentRunnerTests {
  private func runner(rate: Double = 500) throws -> ExperimentRunner {
    var options = ExperimentRunner.Options()
    options.publishRate = rate
    return try ExperimentRunner(dataSource: DataFile(folder: "/nonexistent"), options: options)
  }

  private func small(_ assignments: String...) throws -> ExperimentConfiguration {
    try ExperimentConfiguration("outlier_score").setting(
      ["samples=50", "repeats=200"] + assignments)
  }

  @Test("A finished run has the report of a plain loop, all its units and its pace")
  func sameReport() throws {
    let runner = try runner()
    defer { runner.send(.end) }
    let configuration = try small()
    runner.send(.start(configuration))
    let message = try #require(runner.message { $0.status == .finished })
    var plain = try configuration.makeDriver(dataSource: DataFile())
    while !plain.isFinished { try plain.step() }
    #expect(message.report == plain.report)
    #expect(message.start == 1 && message.unitsDone == 11 && message.unitCount == 11)
    #expect(message.elapsed > 0 && !message.pace.isEmpty && message.pace.allSatisfy { $0 > 0 })
  }

  @Test("Paused it takes no unit and writes no byte; resumed it ends with the same report")
  func pauses() throws {
    let runner = try runner()
    defer { runner.send(.end) }
    let configuration = try small("repeats=4000", "samples=2000")
    runner.send(.start(configuration))
    runner.send(.pause)
    let paused = try #require(runner.message { $0.status == .paused })
    #expect(paused.unitsDone < paused.unitCount)
    PolledDescriptor(runner.mailbox.descriptor).drain()
    #expect(!PolledDescriptor(runner.mailbox.descriptor).isReadable(milliseconds: 200))
    runner.send(.resume)
    let resumed = try #require(runner.message { $0.status == .running })
    #expect(resumed.unitsDone >= paused.unitsDone)
    runner.send(.stop)
  }

  @Test("A start replaces what runs, and its messages say which start they are about")
  func replaces() throws {
    let runner = try runner()
    defer { runner.send(.end) }
    runner.send(.start(try small("repeats=100000")))
    _ = try #require(runner.message { $0.start == 1 })
    runner.send(.start(try small("seed=8")))
    let message = try #require(runner.message { $0.start == 2 && $0.status == .finished })
    #expect(message.unitCount == 11)
  }

  @Test("After a stop nothing is said until the next start")
  func stops() throws {
    let runner = try runner()
    defer { runner.send(.end) }
    runner.send(.start(try small("repeats=100000")))
    runner.send(.pause)
    _ = try #require(runner.message { $0.status == .paused })
    runner.send(.stop)
    runner.send(.resume)
    PolledDescriptor(runner.mailbox.descriptor).drain()
    #expect(!PolledDescriptor(runner.mailbox.descriptor).isReadable(milliseconds: 200))
    runner.send(.start(try small()))
    #expect(runner.message { $0.start == 2 && $0.status == .finished } != nil)
  }

  @Test("Mailboxes that share a doorbell wake the same poll")
  func sharedDoorbell() throws {
    let doorbell = Doorbell()
    let (first, second) = (
      Mailbox<Int>(doorbell: doorbell), Mailbox<String>(doorbell: doorbell)
    )
    #expect(first.descriptor == second.descriptor)
    second.publish("second")
    #expect(PolledDescriptor(first.descriptor).isReadable(milliseconds: 0))
    #expect(first.take() == nil && second.take() == "second")
    PolledDescriptor(first.descriptor).drain()
    #expect(!PolledDescriptor(second.descriptor).isReadable(milliseconds: 0))
  }

  @Test("The fields of a form are the experiment's own parameters and the seed")
  func fields() throws {
    for entry in ExperimentCatalog.all {
      let configuration = ExperimentConfiguration(entry.name)
      #expect(Set(configuration.fields.map(\.path)) == Set(entry.parameters.map(\.name) + ["seed"]))
      for field in configuration.fields where field.defaultText != "" {
        let text = try #require(configuration.text(at: field.path))
        // An empty text stands in a form as it is, and in YAML in quotes.
        #expect(
          text.isEmpty ? field.defaultText == "\"\"" : text == field.defaultText,
          "\(entry.name) \(field.path)")
      }
    }
  }
}

extension ExperimentRunner {
  /// Waits for a message that satisfies a condition; nil when none come for many seconds.
  fileprivate func message(where isWanted: (ExperimentMessage) -> Bool) -> ExperimentMessage? {
    while PolledDescriptor(mailbox.descriptor).isReadable(milliseconds: 20_000) {
      PolledDescriptor(mailbox.descriptor).drain()
      if let message = mailbox.take(), isWanted(message) { return message }
    }
    return nil
  }
}
