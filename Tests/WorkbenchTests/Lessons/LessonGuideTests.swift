import Foundation
import Lessons
import ScoreLab
import Testing

@testable import Workbench

/// The guide for those who write lessons: its example is a lesson, and its table is complete.
@Suite struct LessonGuideTests {
  private static func guide() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "docs/LESSONS.md"), encoding: .utf8)
  }

  @Test("The worked example is a lesson that fits, and everything in it holds")
  func example() throws {
    let guide = try Self.guide()
    let start = try #require(guide.range(of: "````markdown\n")).upperBound
    let end = try #require(guide.range(of: "\n````\n", range: start..<guide.endIndex)).lowerBound
    let lesson = try LessonReader.read(String(guide[start..<end]), file: "example.md")
    #expect(lesson.name == "wide-and-narrow" && lesson.steps.count == 3)
    #expect(LessonFit.problems(of: lesson) == [])
    var rehearsal = try LessonRehearsal(lesson)
    try rehearsal.perform()
    for finding in rehearsal.findings { #expect(finding.holds, "\(finding.text)") }
    #expect(rehearsal.state.run.configuration.optimizer.learningRate == 0.02)
  }

  @Test("The guide has every quantity as the program knows it")
  func quantities() throws {
    let guide = try Self.guide()
    for quantity in LessonQuantity.allCases {
      #expect(guide.contains("| `\(quantity.signature)` | \(quantity.summary) |\n"))
    }
  }
}
