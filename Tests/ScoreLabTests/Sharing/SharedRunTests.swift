import OutsideText
import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

@Suite struct SharedRunTests {
  private typealias Edit = SharedRun.Edit

  private static func run(
    _ assignments: [String] = [], edits: [Edit] = []
  ) throws -> SharedRun {
    SharedRun(try RunConfiguration.start.setting(assignments), edits: edits)
  }

  /// A configuration with any values but a distribution of the program's own catalog.
  private static func random(using stream: inout RandomStream) -> SharedRun {
    var run = SharedRun(RunConfiguration.random(using: &stream))
    run.start.distribution = RunConfiguration.start.distribution
    guard stream.integer(below: 2) == 0 else { return run }
    var current = run.start
    var steps = 0
    for _ in 0..<1 + stream.integer(below: 3) {
      steps += stream.integer(below: 1000)
      var next = current
      next.sampler.steps = 1 + stream.integer(below: 9999)
      next.optimizer.learningRate = 1e-8 + stream.uniform()
      run.edits.append(
        Edit(executedSteps: steps, change: .set(next.assignments(from: current))))
      current = next
    }
    if stream.integer(below: 3) == 0 {
      run.edits.append(Edit(executedSteps: steps, change: .resume))
    }
    return run
  }

  @Test("A code says what differs from the start configuration, as keys and values")
  func readable() throws {
    #expect(try Self.run().code().count == "sf:".count + 4)
    let run = try Self.run(
      ["network.hidden=[64, 64]", "optimizer.learning_rate=0.01"],
      edits: [
        Edit(executedSteps: 500, change: .set(["optimizer.learning_rate=0.001"])),
        Edit(executedSteps: 812, change: .resume),
      ])
    let code = try run.code()
    #expect(
      code.dropFirst(7)
        == "/network.hidden=64,64/optimizer.learning_rate=0.01/@500/optimizer.learning_rate=0.001"
        + "/@812/resume")
    #expect(try SharedRun(code: code) == run)
    // By hand, without the check.
    #expect(try SharedRun(code: "sf:" + code.dropFirst(8)) == run)
  }

  @Test(
    "Every configuration is the same after a code and after a file, or is refused with its size")
  func roundTrip() throws {
    var stream = RandomStream(seed: 41, purpose: .test)
    var codes = 0
    for _ in 0..<150 {
      let run = Self.random(using: &stream)
      #expect(try SharedRun.parse(text: run.yaml, file: "run.yaml") == run)
      do {
        let code = try run.code()
        codes += 1
        #expect(code.utf8.count <= SharedRun.codeLimit)
        #expect(code.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 })
        #expect(try SharedRun(code: code) == run, "\(code)")
      } catch let error as SharedRun.CodeTooLong {
        #expect(error.size > SharedRun.codeLimit)
      }
    }
    #expect(codes > 100)
  }

  @Test("Every distribution's texts survive a code, odd characters included")
  func distributions() throws {
    for text in ["a b.csv", "é/漢字;'\"%2F,[x]", "-", "null", "1e5", "a=b", "x,y"] {
      var run = try Self.run()
      run.start.distribution = DistributionConfiguration(
        kind: "points", parameters: ["file": .text(text)])
      run.start = try RunConfiguration.parse(text: run.start.yaml, file: "a")
      #expect(try SharedRun(code: try run.code()) == run)
      #expect(run.dataFiles == [text])
    }
  }

  @Test("A file inside another distribution is found too")
  func nestedFile() throws {
    var run = try Self.run()
    run.start.distribution.parameters["base"] = .map([
      "kind": .text("points"), "file": .text("/etc/passwd"),
    ])
    #expect(run.dataFiles == ["/etc/passwd"])
  }

  @Test("A run too long for a code is refused with its size and the way out")
  func tooLong() throws {
    let edits = (0..<100).map {
      Edit(executedSteps: $0, change: .set(["sampler.steps=\(50 + $0)"]))
    }
    let run = try Self.run(edits: edits)
    #expect(throws: SharedRun.CodeTooLong.self) { try run.code() }
    let size =
      "sf:0000".count
      + (0..<100).reduce(0) {
        $0 + "/@\($1)/sampler.steps=\(50 + $1)".count
      }
    #expect(
      SharedRun.CodeTooLong(size: size).description
        == "the code would have \(size) bytes; at most 2048: share the YAML file instead")
    #expect { try run.code() } throws: { ($0 as? SharedRun.CodeTooLong)?.size == size }
  }

  @Test("A run shared by its log trains to the same bits")
  func sameBits() throws {
    var first = try Session(try .small())
    first.train(to: 20)
    first.configure(try first.configuration.setting(["optimizer.learning_rate=0.05"]))
    first.train(to: 40)
    let shared = SharedRun(first.log)
    let log = try SharedRun(code: try shared.code()).log()
    #expect(log == first.log)
    let second = try Session.replay(log, executedSteps: 40, dataSource: DataFile(), threads: 1)
    #expect(second.bits == first.bits)
  }

  private static func message(_ code: String) -> String? {
    do throws(ConfigurationError) {
      _ = try SharedRun(code: code)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "What is wrong with a code is one line",
    arguments: [
      ("sf", "a code begins with sf:"), ("sf:optimizer.rate=1", "rate"),
      ("sf:ffff/optimizer.learning_rate=0.01", "the check ffff does not fit"),
      ("sf:optimizer.learning_rate=9e9", "optimizer.learning_rate: expected"),
      ("sf:optimizer.learning_rate=0.1/x", "expected key=value, found \"x\""),
      ("sf:@x/sampler.steps=9", "expected @ and a number of steps, found \"@x\""),
      ("sf:@-5/sampler.steps=9", "expected @ and a number of steps"),
      ("sf:@99999999999999999999/sampler.steps=9", "expected @ and a number of steps"),
      ("sf:@9/sampler.steps=9/@8/sampler.steps=7", "expected a step from 9 on, found 8"),
      ("sf:@9/network.hidden=9,9", "a change that acts in a new run alone"),
      ("sf:@9/resume/sampler.steps=9", "nothing goes with resume"),
      ("sf:seed=%4", "a character that is written as %"), ("sf:seed=%FF", "not text in UTF-8"),
      ("sf:network.hidden=16", "network.hidden: expected"),
      ("sf:seed=1;2", "a character that is written as %"),
      ("sf:" + String(repeating: "a", count: 3000), "3003 bytes; a code has at most 2048"),
    ])
  func refused(code: String, expected: String) throws {
    let message = try #require(Self.message(code))
    #expect(message.contains(expected) && !message.contains("\n"), "\(message)")
  }

  @Test("A code that is cut is refused, and one that is damaged is read or is one safe line")
  func damaged() throws {
    let run = try Self.run(
      ["network.hidden=[64, 64]", "optimizer.learning_rate=0.01"],
      edits: [Edit(executedSteps: 500, change: .set(["optimizer.learning_rate=0.001"]))])
    let code = Array(try run.code().utf8)
    for end in 8..<code.count {
      #expect(Self.message(String(decoding: code[..<end], as: UTF8.self)) != nil)
    }
    var stream = RandomStream(seed: 43, purpose: .test)
    for _ in 0..<500 {
      var bytes = code
      for _ in 0..<1 + stream.integer(below: 4) {
        let place = 3 + stream.integer(below: bytes.count - 3)
        switch stream.integer(below: 3) {
        case 0: bytes[place] = UInt8(stream.integer(below: 256))
        case 1: bytes.remove(at: place)
        default: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
        }
      }
      guard let message = Self.message(String(decoding: bytes, as: UTF8.self)) else { continue }
      #expect(SafeText.sanitized(message, limit: 2000) == message)
    }
  }

  @Test(
    "What is wrong with the edits of a file is named with its line",
    arguments: [
      ("edits: 5", "a.yaml:1: edits: expected a list of edits, found 5"),
      ("edits: [{set: [seed=1]}]", "edits.1: expected the step before which it is made, as step"),
      ("edits: [{step: 5}]", "edits.1: expected set with a list of key=value, or resume: true"),
      ("edits: [{step: 5, resume: false}]", "edits.1: expected set with a list"),
      ("edits: [{step: 5, set: [[1]]}]", "edits.1: expected key=value in set, found a list of 1"),
      ("edits: [{step: 5, set: [a=1], x: 1}]", "x"),
      ("edits: [{step: 5, set: [seed=3]}]", "edits.1: a change that acts in a new run alone"),
      ("edits: [{step: 5, set: [sampler.steps=0]}]", "a.yaml: sampler.steps: expected"),
    ])
  func refusedFile(text: String, expected: String) {
    #expect {
      try SharedRun.parse(text: text, file: "a.yaml")
    } throws: { "\($0)".contains(expected) && !"\($0)".contains("\n") }
  }
}
