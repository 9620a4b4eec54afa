import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Lessons from the command line and on a screen of 80 x 24.
  @Suite struct LessonCommandTests {
    private static let own = """
      ---
      name: mine
      title: A lesson of my own
      summary: It is found in a folder.
      ---
      ## A step
      ```yaml
      run:
        distribution: {kind: gaussian_mixture, components: [{mean: [0], deviation: 2}]}
        network: {kind: mlp, hidden: [8]}
        sampler: {count: 20, steps: 5}
        probe: {points: 64}
      train: 0
      ask:
        question: Is 1 < 2?
        choices:
        - {say: "<no>", why: Count again.}
        - {say: "yes", right: true}
      facts:
      - {said: "-0.5", value: "score(2, 0)"}
      ```
      It is -0.5 & no more.
      """

    @Test("The lessons of the program and of a folder are listed, and a faulty file is named")
    func list() async throws {
      let folder = try TemporaryFolder()
      try folder.write(Self.own, to: "mine.md")
      try folder.write("---\nname: bad\n---\n", to: "other.md")
      let outcome = try await BuiltProgram.run(
        ["lesson", "list"], environment: ["SCOREFIELD_LESSONS": folder.path], in: folder)
      #expect(outcome.status == 0)
      #expect(outcome.outputLines.first?.hasPrefix("tour ") == true)
      #expect(outcome.outputLines.last?.hasPrefix("mine ") == true)
      #expect(outcome.errorLines.count == 1 && outcome.errorText.contains("other.md"))
      let json = try await BuiltProgram.run(["lesson", "list", "--json"])
      for line in json.outputLines {
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        #expect(object?["name"] is String && object?["steps"] is Int)
      }
    }

    @Test(
      "A lesson is checked and rehearsed; a number that is not as measured is named with its line")
    func check() async throws {
      let folder = try TemporaryFolder()
      try folder.write(Self.own, to: "good.md")
      let good = try await BuiltProgram.run(
        ["lesson", "check", "good.md", "--rehearse"], in: folder)
      #expect(good.status == 0 && good.outputText.contains("good.md:20: holds: says -0.5"))
      try folder.write(
        Self.own.replacing("value: \"score(2, 0)\"", with: "value: \"score(1, 0)\""), to: "bad.md")
      let bad = try await BuiltProgram.run(["lesson", "check", "bad.md", "--rehearse"], in: folder)
      #expect(bad.status == 2 && bad.errorLines.count == 1)
      #expect(bad.errorText.contains("bad.md:20: says -0.5, measured -0.25"))
      try folder.write(Self.own.replacing("train: 0", with: "trian: 0"), to: "wrong.md")
      let wrong = try await BuiltProgram.run(["lesson", "check", "wrong.md"], in: folder)
      #expect(
        wrong.status == 2
          && wrong.errorText.contains("wrong.md:13: trian: unknown key, did you mean train?"))
    }

    @Test("An exported lesson is one page without anything to load, with its text escaped")
    func export() async throws {
      let folder = try TemporaryFolder()
      try folder.write(Self.own, to: "mine.md")
      let outcome = try await BuiltProgram.run(
        ["lesson", "export", "mine", "--output", "page.html"],
        environment: ["SCOREFIELD_LESSONS": folder.path], in: folder)
      #expect(outcome.status == 0 && outcome.outputText == "wrote page.html\n")
      let page = String(decoding: try folder.read("page.html"), as: UTF8.self)
      for words in [
        "<svg ", "A lesson of my own", "-0.5 &amp; no more", "&lt;no&gt;", "<details>",
        "Count again.",
      ] {
        #expect(page.contains(words), "\(words)")
      }
      for words in ["<script", "<img", "<link", "src=", "<no>"] {
        #expect(!page.contains(words), "\(words)")
      }
      // Well-formed but for the doctype, which XML does not know.
      let parser = XMLDocumentCheck(page)
      #expect(parser.openTags.isEmpty)
    }

    @Test("A sheet has the questions, and the answers as measured only when they are asked for")
    func sheet() async throws {
      let folder = try TemporaryFolder()
      try folder.write(Self.own, to: "mine.md")
      let environment = ["SCOREFIELD_LESSONS": folder.path]
      let questions = try await BuiltProgram.run(
        ["lesson", "sheet", "mine"], environment: environment)
      #expect(questions.status == 0 && questions.outputText.contains("**1. Is 1 < 2?**"))
      #expect(questions.outputLines.last == "- [ ] yes")
      let all = try await BuiltProgram.run(
        ["lesson", "sheet", "mine", "--answers"], environment: environment)
      #expect(all.outputLines.last?.hasPrefix("1. **yes**") == true)
      // A file needs no folder of lessons.
      let file = try await BuiltProgram.run(["lesson", "sheet", "mine.md"], in: folder)
      #expect(file.outputLines == questions.outputLines)
    }

    @Test("Hands that a class has raised stand under the answer, and only there")
    func hands() async throws {
      let folder = try TemporaryFolder()
      try folder.write(Self.own, to: "mine.md")
      try FileManager.default.createDirectory(
        atPath: folder.path + "/scorefield", withIntermediateDirectories: true)
      try folder.write("hands mine 0 3 9\nhands mine 7 1 1\n", to: "scorefield/workbench")
      let environment = ["SCOREFIELD_LESSONS": folder.path, "XDG_STATE_HOME": folder.path]
      let all = try await BuiltProgram.run(
        ["lesson", "sheet", "mine", "--answers"], environment: environment)
      #expect(
        all.outputLines.suffix(2) == [
          "   - 3 `#######` <no>", "   - 9 `######################` yes",
        ])
      #expect(all.outputText.contains("   Hands, 12 in all:\n"))
      let questions = try await BuiltProgram.run(
        ["lesson", "sheet", "mine"], environment: environment)
      #expect(!questions.outputText.contains("Hands"))
    }

    @Test("An unknown lesson is refused in one line with those there are")
    func unknown() async throws {
      let outcome = try await BuiltProgram.run(["lesson", "what-a-skore-is"])
      #expect(outcome.status == 2 && outcome.errorLines.count == 1)
      #expect(outcome.errorText.contains("did you mean what-a-score-is?"))
    }

    @Test(
      "A file that is missing or faulty is refused in one line with its place, before any screen")
    func faultyFile() async throws {
      let folder = try TemporaryFolder()
      try folder.write(Self.own.replacing("train: 0", with: "trian: 0"), to: "wrong.md")
      for (file, words) in [("wrong.md", "wrong.md:13: trian: unknown key"), ("no.md", "no.md: ")] {
        let outcome = try await BuiltProgram.run(["lesson", file], in: folder)
        #expect(outcome.status == 2 && outcome.errorLines.count == 1)
        #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
      }
    }

    @Test("A lesson opens on its first step, asks, compares, and goes on where it was left")
    func screen() async throws {
      try await TmuxSession.with(TmuxSession.Setting()) { session in
        try await session.enter("\(BuiltProgram.path()) lesson 1")
        try await session.wait("the lesson") { $0.header.contains("lesson 1, step 1 of") }
        try await session.press("Right", expecting: "the question") {
          $0.contains("What is the score of N(0, 4)")
        }
        try await session.press("Enter", expecting: "the line") { $0.contains(":answer") }
        for key in ["-", "0", ".", "5"] { try await session.press(key) }
        try await session.press("Enter", expecting: "the verdict") { $0.contains("You: -0.5") }
        try await session.press("P", expecting: "free exploring") { $0.contains("Setup") }
        try await session.press("P", expecting: "the same step") { $0.contains("You: -0.5") }
        try await session.type(":lesson_record mine.md")
        try await session.press("Enter", expecting: "the file") { $0.contains("saved mine.md") }
        try await session.press("q")
        try await session.waitForPrompt()
        try await session.enter("\(BuiltProgram.path()) lesson check mine.md")
        try await session.wait("the check") { $0.contains("steps, all well") }
        try await session.enter("\(BuiltProgram.path()) lesson mine.md")
        try await session.wait("the lesson of the file") {
          $0.header.contains("step 1 of") && $0.contains("Say here what to look at")
        }
        try await session.press("q")
        try await session.waitForPrompt()
        try await session.enter("\(BuiltProgram.path()) lesson 1")
        try await session.wait("the step where it was left") {
          $0.header.contains("lesson 1, step 2 of")
        }
      }
    }
  }
}

/// The tags of a page that are open at its end.
private struct XMLDocumentCheck {
  private static let single: Set<String> = ["meta", "path", "rect", "!DOCTYPE"]
  private(set) var openTags: [String] = []

  init(_ page: String) {
    for piece in page.split(separator: "<").dropFirst() {
      let tag = piece.prefix { $0 != ">" }
      let name = String(tag.prefix { $0 != " " && $0 != "/" || $0 == "/" && tag.first == "/" })
      if name.hasPrefix("/") {
        if openTags.last == String(name.dropFirst()) {
          openTags.removeLast()
        } else {
          openTags.append(name)
        }
      } else if !Self.single.contains(name), tag.last != "/" {
        openTags.append(name)
      }
    }
  }
}
