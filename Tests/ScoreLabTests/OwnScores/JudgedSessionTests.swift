import Glibc
import ScoreCore
import Synchronization
import TestSupport
import Testing

@testable import ScoreLab

/// Sessions that measure the score of someone else.
@Suite struct JudgedSessionTests {
  /// The exact score, which fails once it was asked so often.
  private final class Source: OwnScoreSource {
    private let distribution: any KnownScoreDistribution
    private let limit: Int
    private let asked = Atomic(0)

    init(_ distribution: any KnownScoreDistribution, failingAfter limit: Int = .max) {
      self.distribution = distribution
      self.limit = limit
    }

    func score(
      at points: Points, time: Double, level: NoiseLevel
    ) throws(OwnScoreError) -> Points {
      guard asked.add(1, ordering: .relaxed).newValue <= limit else {
        throw OwnScoreError("it is gone")
      }
      return distribution.score(at: points, level: level)
    }
  }

  private static func session(failingAfter limit: Int = .max) throws -> Session {
    let configuration = try RunConfiguration.small("distribution.kind=gaussian_mixture")
    let distribution = try configuration.distribution.makeDistribution(
      dataSource: DataFile(folder: "/nonexistent"))
    return Session(
      configuration: configuration, distribution: distribution, threads: 1,
      ownScore: OwnScore(
        Source(distribution, failingAfter: limit), frame: distribution.coordinates,
        process: configuration.process.make()), ownScoreName: "ours")
  }

  private static func snapshot(_ session: Session) -> Snapshot {
    session.snapshot(generation: 0, status: .judging, stepsPerSecond: nil)
  }

  @Test("The exact score has no error and no excess, and its samples are those of the exact score")
  func exact() throws {
    var session = try Self.session()
    while !session.isMeasured { session.measure() }
    let snapshot = Self.snapshot(session)
    #expect(snapshot.judged == JudgedScore(name: "ours", problem: nil))
    #expect(try #require(snapshot.probe).levels.allSatisfy { $0.l2 == 0 })
    #expect(snapshot.heldOut.map(\.excess) == [0])
    #expect(snapshot.samples?.trajectories == snapshot.exactScoreRun)
    #expect(session.step == 0)
  }

  @Test(
    "Of a score that fails what was known before stays as it was, the rest is never shown, and all that needs no score goes on",
    arguments: [0, 1, 5, 30, 100])
  func fails(limit: Int) throws {
    var whole = try Self.session()
    while !whole.isMeasured { whole.measure() }
    let expected = Self.snapshot(whole)
    var session = try Self.session(failingAfter: limit)
    var units = 0
    while !session.isMeasured, units < 100_000 {
      session.measure()
      units += 1
    }
    let snapshot = Self.snapshot(session)
    #expect(units < 100_000 && snapshot.judged?.problem == "it is gone")
    #expect(snapshot.warnings.filter { $0 == "it is gone" }.count == 1)
    #expect(snapshot.noisedData == expected.noisedData && snapshot.floor == expected.floor)
    #expect(snapshot.exactScoreRun == expected.exactScoreRun)
    #expect(snapshot.probe == nil || snapshot.probe == expected.probe)
    #expect(snapshot.samples == nil || snapshot.samples == expected.samples)
    #expect(snapshot.walks == nil || snapshot.walks == expected.walks)
    #expect(snapshot.heldOut.isEmpty || snapshot.heldOut == expected.heldOut)
    for frame in snapshot.learnedField?.frames ?? [] {
      #expect(expected.learnedField?.frames.contains(frame) == true)
    }
    if limit == 0 { #expect(snapshot.probe == nil && snapshot.samples == nil) }
  }

  private static func runner(
    _ origin: OwnScoreOrigin, _ assignments: String...
  ) throws -> (runner: SessionRunner, opener: OwnScoreOpener) {
    var options = SessionRunner.Options()
    let opener = OwnScoreOpener(origin)
    (options.judged, options.threads) = (opener, 1)
    let configuration = try RunConfiguration.small("distribution.kind=gaussian_mixture")
      .setting(assignments)
    let runner = SessionRunner(
      configuration: configuration, dataSource: DataFile(folder: "/nonexistent"), options: options)
    return (runner, opener)
  }

  @Test(
    "A program that dies or hangs is one line with its last word, and a restart starts it again",
    arguments: [
      ("echo no such model >&2; exit 3", "ended before its answer: no such model"),
      ("sleep 100", "no answer within 0.2 s"),
      ("head -c 300000 /dev/zero >&2; exit 1", "ended before its answer"),
    ])
  func programs(command: String, expected: String) throws {
    let limit = command.contains("100") ? 0.2 : 30
    let (runner, opener) = try Self.runner(.command(command, timeLimit: limit))
    defer {
      runner.send(.stop)
      opener.stop()
    }
    func failed(after generation: Int) -> Snapshot? {
      runner.message {
        $0.snapshot?.judged?.problem != nil && $0.snapshot?.generation == generation
      }?.snapshot
    }
    let first = try #require(failed(after: 0))
    #expect(first.judged?.name == "the score command" && first.status == .judging)
    #expect(first.judged?.problem?.contains(expected) == true, "\(first.judged?.problem ?? "")")
    runner.send(.step(count: 3))
    let refused = runner.message { $0.commandsDone == 1 }
    #expect(
      refused?.snapshot?.step == 0 && refused?.problem?.contains("nothing is trained") == true)
    runner.send(.restart(seed: 8))
    #expect(failed(after: 1)?.judged?.problem?.contains(expected) == true)
  }

  @Test("A program that is stopped while its answer is waited for holds nothing up")
  func stops() throws {
    let (runner, opener) = try Self.runner(.command("sleep 1000", timeLimit: 1000))
    _ = runner.message { $0.snapshot != nil }
    // The question may not be asked yet; stopped before it or while it is waited for is the same.
    usleep(200_000)
    runner.send(.stop)
    opener.stop()
    #expect(runner.waitForEnd(atMost: 20))
  }

  @Test("A table that is not there ends the session with its name")
  func noTable() throws {
    let (runner, _) = try Self.runner(.table("/nonexistent/scores.npz"))
    let message = runner.message { $0.failure != nil }
    #expect("\(try #require(message?.failure))".contains("scores.npz"))
  }
}
