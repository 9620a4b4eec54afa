import Foundation
import TestSupport
import Testing

/// The program that was built with these tests.
enum BuiltProgram {
  /// What a finished command left behind.
  struct Outcome {
    var status: Int32
    var output: [UInt8]
    var errors: [UInt8]

    var outputText: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: errors, as: UTF8.self) }
    var outputLines: [String] { outputText.split(separator: "\n").map(String.init) }
    var errorLines: [String] { errorText.split(separator: "\n").map(String.init) }
  }

  /// A command whose output goes to files.
  struct Running {
    let process: ChildProcess
    fileprivate let folder: TemporaryFolder

    var outputSoFar: String {
      String(decoding: (try? folder.read("output")) ?? [], as: UTF8.self)
    }

    /// Waits for the end; a command that outlives the deadline is killed and fails the test.
    func outcome(within deadline: Duration = patience) async throws -> Outcome {
      try await waitUntil("the command has ended", within: deadline, every: .milliseconds(2)) {
        process.status != nil
      }
      return Outcome(
        status: try #require(process.status), output: try folder.read("output"),
        errors: try folder.read("errors"))
    }
  }

  /// `scorefield` next to the bundle of tests.
  static func path() throws -> String {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let program = tests.deletingLastPathComponent().appendingPathComponent("scorefield").path
    return try #require(
      FileManager.default.isExecutableFile(atPath: program) ? program : nil,
      "\(program) is not built")
  }

  /// Runs the program to its end, with no environment but PATH and what is given, and without a store.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], in folder: TemporaryFolder? = nil
  ) async throws -> Outcome {
    try await start(arguments, environment: environment, in: folder).outcome()
  }

  /// Starts the program with nothing to read, in a folder if one is given.
  static func start(
    _ arguments: [String], environment: [String: String] = [:], in folder: TemporaryFolder? = nil
  ) throws -> Running {
    let place = folder.map { ["-C", $0.path] } ?? []
    return try start("/usr/bin/env", place + [path()] + arguments, environment: environment)
  }

  /// Starts any program the same way.
  static func start(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Running {
    let results = try TemporaryFolder()
    let process = try ChildProcess(
      program, arguments,
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "SCOREFIELD_STORE": "off"]
        .merging(environment) { _, given in given },
      streams: .init(
        output: try results.write("", to: "output"), errors: try results.write("", to: "errors")))
    return Running(process: process, folder: results)
  }
}
