import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// What the program writes: one at a time, whole, and under any name.
  @Suite struct FolderTests {
    private static let long = [
      "experiment", "sample_complexity", "--set", "steps=1000000", "--output", "a",
    ]

    private func lockText(_ folder: TemporaryFolder) -> String {
      String(decoding: (try? folder.read("a/.scorefield-lock")) ?? [], as: UTF8.self)
    }

    @Test(
      "A second experiment in a folder is refused with the first one's process; a kill frees it")
    func locks() async throws {
      let folder = try TemporaryFolder()
      let first = try BuiltProgram.start(Self.long, in: folder)
      try await waitUntil("the first holds the folder") { lockText(folder).hasSuffix("UTC\n") }
      for arguments in [Self.long, Self.long + ["--seed", "9"]] {
        let second = try await BuiltProgram.run(arguments, in: folder)
        #expect(second.status == 2 && second.output.isEmpty)
        #expect(
          second.errorText.hasPrefix("scorefield: a: in use by process \(first.process.id) on "))
        #expect(second.errorText.contains(" since ") && second.errorLines.count == 1)
      }
      kill(first.process.id, SIGKILL)
      _ = try await first.outcome()
      #expect(lockText(folder).contains("process \(first.process.id) "))
      let next = try BuiltProgram.start(Self.long, in: folder)
      try await waitUntil("the next holds the folder") {
        lockText(folder).contains("process \(next.process.id) ")
          && ProcessFacts(id: next.process.id).catchesInterrupts
      }
      kill(next.process.id, SIGINT)
      #expect(try await next.outcome().status == 130)
      #expect(lockText(folder).isEmpty)
    }

    @Test("What a killed writer leaves is removed by the next one, and not while it writes")
    func leftovers() async throws {
      let folder = try TemporaryFolder()
      func temporary() -> [String] { folder.contents.filter { $0.hasSuffix(".tmp") } }
      func bytes() -> Int {
        temporary().reduce(0) { sum, name in
          var status = stat()
          return stat("\(folder.path)/\(name)", &status) == 0 ? sum + Int(status.st_size) : sum
        }
      }
      let writer = try BuiltProgram.start(
        ["sample", "--distribution", "--count", "1000000", "--output", "a.csv"], in: folder)
      try await waitUntil("it writes", every: .milliseconds(1)) { bytes() > 10_000 }
      kill(writer.process.id, SIGSTOP)
      let small = ["sample", "--distribution", "--count", "5", "--output"]
      #expect(try await BuiltProgram.run(small + ["b.csv"], in: folder).status == 0)
      #expect(temporary().count == 2)
      kill(writer.process.id, SIGKILL)
      _ = try await writer.outcome()
      #expect(temporary().count == 2)
      #expect(try await BuiltProgram.run(small + ["c.csv"], in: folder).status == 0)
      #expect(folder.contents == ["b.csv", "b.csv.yaml", "c.csv", "c.csv.yaml"])
    }

    @Test("Two samples into one file at once leave one of them whole, with its own configuration")
    func twoSamples() async throws {
      let folder = try TemporaryFolder()
      let writers = try ["1", "2"].map { seed in
        try BuiltProgram.start(
          ["sample", "--distribution", "--count", "20000", "--seed", seed, "--output", "a.csv"],
          in: folder)
      }
      for writer in writers { #expect(try await writer.outcome().status == 0) }
      #expect(folder.contents == ["a.csv", "a.csv.yaml"])
      let again = try await BuiltProgram.run(
        ["sample", "--distribution", "--count", "20000", "a.csv.yaml"], in: folder)
      #expect(try folder.read("a.csv") == again.output)
    }

    @Test("A file over the limit is one line with status 1, and leaves nothing")
    func limit() async throws {
      let folder = try TemporaryFolder()
      let outcome = try await BuiltProgram.start(
        "/bin/bash",
        [
          "-c", "cd \"$1\"; shift; ulimit -f 8; exec \"$@\"", "bash", folder.path,
          BuiltProgram.path(), "sample", "--distribution", "--count", "5000", "--output", "a.csv",
        ]
      ).outcome()
      #expect(outcome.status == 1)
      #expect(outcome.errorText == "scorefield: a.csv: File too large\n")
      #expect(folder.contents.isEmpty)
    }

    @Test("Names that are not UTF-8 are read and written as they are")
    func rawNames() async throws {
      let folder = try TemporaryFolder()
      try folder.write("x,y\n" + (0..<30).map { "\($0 % 5),\($0 % 7)\n" }.joined(), to: "points")
      let script = """
        set -e; cd "$1"; p=$2
        mv points $'p\\xe9\\xf4\\x8f\\xbb\\xa9'; in=$'p\\xe9\\xf4\\x8f\\xbb\\xa9'
        "$p" truth --time 0.5 --points "$in" | wc -l
        "$p" sample --distribution --count 5 --data "$in" --output $'s\\xff.csv'
        "$p" sample --distribution $'s\\xff.csv.yaml' | cmp - $'s\\xff.csv'
        "$p" experiment outlier_score --set samples=20 --set repeats=100 --output $'r \\xe9/x' \
        >/dev/null
        test -f $'r \\xe9/x/report.md'
        words=$(sed -n 's/^Made by `\\(.*\\)` with .*/\\1/p' $'r \\xe9/x/report.md')
        eval "set -- ${words#scorefield }"; "$p" "$@" --output again >/dev/null
        cmp again/gaps.csv $'r \\xe9/x/gaps.csv'
        mkdir -p $'t\\xe9/scorefield/themes'; echo x >$'t\\xe9/scorefield/themes/a\\xe9.yaml'
        XDG_CONFIG_HOME=$'t\\xe9' "$p" list themes | grep 'a?.yaml.*a theme is'
        """
      let outcome = try await BuiltProgram.start(
        "/bin/bash", ["-c", script, "bash", folder.path, BuiltProgram.path()]
      ).outcome()
      #expect(outcome.status == 0 && outcome.errorText.isEmpty, "\(outcome.errorText)")
      #expect(outcome.outputText.contains("31"))
      let missing = try await BuiltProgram.start(
        "/bin/bash",
        ["-c", "\"$0\" truth --time 0.5 --points $'no\\xe9'", BuiltProgram.path()]
      ).outcome()
      #expect(missing.status == 2 && missing.errorText.contains("no?: No such file"))
    }
  }
}
