import TestSupport
import Testing

extension EndToEnd {
  /// What is wrong with the input is one line with the file and the line, status 2, and no output.
  @Suite struct BadInputTests {
    @Test(arguments: [
      ("speed: 3\n", "run.yaml:1: "),
      ("seed: 3\noptimizer: {learning_rate: fast}\n", "run.yaml:2: optimizer.learning_rate: "),
      ("\nprobe:\n  delta: 2\n", "run.yaml:3: probe.delta: expected a number from"),
      ("seed: [1\n", "run.yaml:"), ("distribution: {kind: moons}\n", "run.yaml:1: "),
      ("distribution: {kind: points}\n", "run.yaml:1: "),
    ])
    func configuration(text: String, message: String) async throws {
      let folder = try TemporaryFolder()
      _ = try folder.write(text, to: "run.yaml")
      for command in [["train", "run.yaml"], ["run.yaml"]] {
        try await expectOneLine(command, message, in: folder, wrote: ["run.yaml"])
      }
    }

    @Test(arguments: [
      ("x,y\n1,2\n", "x,z", "data.csv: no column \"z\""),
      ("x,y\n1,2\n3,four\n", "x,y", "data.csv:3: "), ("x,y\n1,NaN\n2,3\n", "x,y", "data.csv:2: "),
      ("x,y\n", "x,y", "data.csv"), ("x,y\n1,2\n3\n", "x,y", "data.csv:3: "),
      ("a\u{1B}[31m,b\n1,2\n", "q", "no column \"q\""),
    ])
    func data(text: String, columns: String, message: String) async throws {
      let folder = try TemporaryFolder()
      _ = try folder.write(text, to: "data.csv")
      try await expectOneLine(
        ["train", "--data", "data.csv", "--columns", columns], message, in: folder,
        wrote: ["data.csv"])
    }

    @Test(arguments: [
      ["train", "missing.yaml"], ["train", "--steps", "0"],
      ["train", "--set", "optimizer.batch=0"],
      ["train", "--columns", "a"], ["truth", "--time", "99", "--points", "missing.csv"],
      ["--fps", "0"], ["train", "--data", "missing.csv"], [],
    ])
    func arguments(arguments: [String]) async throws {
      try await expectOneLine(arguments, "", in: try TemporaryFolder(), wrote: [])
    }

    @Test(
      "A distribution from --data and another one from --set are one too many",
      arguments: [
        "distribution.kind=two_moons", "distribution.file=other.csv",
        "distribution={kind: pair}", "distribution.columns=[y]",
      ])
    func twoDistributions(assignment: String) async throws {
      let folder = try TemporaryFolder()
      _ = try folder.write("x,y\n1,2\n3,4\n", to: "data.csv")
      let option = assignment.contains("columns") ? "--columns" : "--data data.csv"
      try await expectOneLine(
        ["train", "--data", "data.csv", "--columns", "x", "--set", assignment],
        "\(option) and --set \(assignment) both choose", in: folder, wrote: ["data.csv"])
    }

    @Test("What else the points have can be set next to --data")
    func bandwidthBesideData() async throws {
      let folder = try TemporaryFolder()
      try folder.write("x\n1\n3\n", to: "data.csv")
      let outcome = try await BuiltProgram.run(
        [
          "truth", "--data", "data.csv", "--set", "distribution.bandwidth=0.5", "--time", "0",
          "--points", "data.csv",
        ], in: folder)
      #expect(outcome.status == 0 && outcome.outputLines.count == 3, "\(outcome.errorText)")
    }

    @Test(
      "A point too far away for double precision is named, and nothing is printed",
      arguments: [
        ("1e300,0", "1", "two_moons"), ("3,-1e200", "0", "two_moons"), ("1e200,1", "1", "circle"),
        ("1e200,1", "1", "checkerboard"),
      ])
    func farPoints(point: String, time: String, distribution: String) async throws {
      let folder = try TemporaryFolder()
      _ = try folder.write("x,y\n1,2\n\(point)\n", to: "far.csv")
      try await expectOneLine(
        [
          "truth", "--set", "distribution.kind=\(distribution)", "--time", time, "--points",
          "far.csv",
        ],
        "far.csv: point 2 of 2 is too far", in: folder, wrote: ["far.csv"])
    }

    @Test("Without noise a place without mass has the log density -inf, however far")
    func emptyPlaces() async throws {
      let folder = try TemporaryFolder()
      try folder.write("x,y\n1e300,0\n", to: "far.csv")
      let outcome = try await BuiltProgram.run(
        [
          "truth", "--set", "distribution.kind=checkerboard", "--time", "0", "--points", "far.csv",
        ], in: folder)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(outcome.outputLines.last == "1e+300,0.0,-inf,0.0,0.0")
    }

    @Test(
      "A mistyped command, list or name is answered with the one that was meant",
      arguments: [
        (["tran", "my.yaml"], "did you mean train?"),
        (["list", "sampler"], "did you mean samplers?"),
        (["experiment", "hardpair"], "did you mean hard_pair?"),
        (["claims", "relu_em"], "did you mean relu_erm?"),
        (["open", "--experiment", "hardpair"], "did you mean hard_pair?"),
        (["help", "trian"], "did you mean train?"), (["help", "zzz"], "no command is called"),
        (["--plain", "--theme", "scorefield-drak"], "did you mean scorefield-dark?"),
      ])
    func mistyped(arguments: [String], message: String) async throws {
      let folder = try TemporaryFolder()
      let outcome = try await BuiltProgram.run(arguments, in: folder)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1)
      #expect(outcome.errorText.lowercased().contains(message), "\(outcome.errorText)")
    }

    @Test func bareCarriageReturnsAndExponentsAreGoodInput() async throws {
      let folder = try TemporaryFolder()
      _ = try folder.write("x,y\r1e+05,2\r3,4\r5,7\r", to: "data.csv")
      let outcome = try await BuiltProgram.run(
        [
          "train", "--data", "data.csv", "--steps", "2", "--set", "network.hidden=[8]", "--set",
          "probe.points=64",
        ], in: folder)
      #expect(outcome.status == 0, "\(outcome.errorText)")
    }

    @Test func theWorkbenchSaysItInTheTerminalToo() async throws {
      try await TmuxSession.with { session in
        try await session.enter("\(BuiltProgram.path()) --set optimizer.batch=0; echo status=$?")
        let screen = try await session.wait("the status") { $0.contains("status=2") }
        #expect(screen.contains("optimizer.batch: expected a whole number"))
        #expect(try await session.value(of: "#{alternate_on}") == "0")
      }
    }

    private func expectOneLine(
      _ arguments: [String], _ message: String, in folder: TemporaryFolder, wrote files: [String]
    ) async throws {
      let outcome = try await BuiltProgram.run(arguments, in: folder)
      #expect(outcome.status == 2, "\(arguments)")
      #expect(outcome.output.isEmpty)
      #expect(outcome.errorLines.count == 1, "\(outcome.errorText)")
      #expect(outcome.errorText.hasPrefix("scorefield: "), "\(outcome.errorText)")
      #expect(outcome.errorText.contains(message), "\(outcome.errorText)")
      #expect(outcome.errors.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
      #expect(folder.contents == files)
    }
  }
}
