import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct ConfigurationCatalogTests {
  @Test("Every key of the written configuration is listed once, and no other")
  func listsEveryKey() {
    var written: [String] = []
    for line in RunConfiguration().yaml.split(separator: "\n") {
      let section = line.prefix { $0 != ":" }
      guard line.contains("{"), section != "distribution" else {
        written.append(String(section))
        continue
      }
      for part in line.split(separator: "{")[1].split(separator: ", ") where part.contains(":") {
        written.append("\(section).\(part.prefix { $0 != ":" })")
      }
    }
    #expect(ConfigurationCatalog.fields.map(\.path) == written)
  }

  @Test("Every listed default is accepted by the reader and changes nothing")
  func defaultsAreAccepted() throws {
    for field in ConfigurationCatalog.fields {
      let assignment = "\(field.path)=\(field.defaultText)"
      let set = try RunConfiguration().setting([assignment], catalog: TestCatalog.all)
      #expect(set == RunConfiguration(), "\(assignment)")
    }
  }

  @Test("The ends of every listed range are accepted, and what lies beyond is not")
  func rangesAreThoseOfTheReader() {
    for field in ConfigurationCatalog.fields {
      for (value, isAllowed) in Self.probes(of: field.kind) {
        // The stop must lie below the horizon as well.
        let assignments = ["process.horizon=20", "\(field.path)=\(value)"]
        let isAccepted = (try? RunConfiguration().setting(assignments)) != nil
        #expect(isAccepted == isAllowed, "\(field.path) = \(value), allowed: \(field.allowed)")
      }
    }
  }

  private static func probes(of kind: FieldDescription.Kind) -> [(String, Bool)] {
    switch kind {
    case .number(_, let range):
      [
        ("\(range.lowerBound)", true), ("\(range.upperBound)", true),
        ("\(range.lowerBound.nextDown)", false), ("\(range.upperBound.nextUp)", false),
      ]
    case .integer(_, let range, let divisor):
      [
        ("\(range.lowerBound)", true), ("\(range.upperBound)", true),
        ("\(range.lowerBound - divisor)", false), ("\(range.upperBound + divisor)", false),
      ]
    case .integers(_, let lengths, let range):
      [
        ("[\(range.upperBound)]", true), ("[\(range.upperBound + 1)]", false),
        ("\(Array(repeating: range.lowerBound, count: lengths.upperBound))", true),
        ("\(Array(repeating: range.lowerBound, count: lengths.upperBound + 1))", false),
      ]
    case .size(_, let range):
      [
        ("\(range.lowerBound)", true), ("\(range.lowerBound - 1)", false),
        ("\(range.upperBound)", true), ("\(range.upperBound + 1)", false), ("unlimited", true),
      ]
    case .choice(_, let choices): choices.map { ($0, true) } + [("other", false)]
    case .seed: [("0", true), ("\(UInt64.max)", true), ("-1", false)]
    case .distribution: []
    }
  }

  @Test("The text of every key is what the setting takes back")
  func textsAreTakenBack() throws {
    var stream = RandomStream(seed: 5, purpose: .test)
    let source = RunConfiguration.random(using: &stream)
    let assignments = try ConfigurationCatalog.fields.map { field in
      "\(field.path)=\(try #require(source.text(at: field.path)))"
    }
    let copy = try RunConfiguration().setting(assignments, catalog: TestCatalog.all)
    #expect(copy == source)
    #expect(source.text(at: "optimizer") == nil)
  }

  @Test("Summaries are one line that fits beside the key")
  func summaries() {
    for field in ConfigurationCatalog.fields {
      #expect(!field.summary.isEmpty && field.summary.count <= 60, "\(field.path)")
    }
  }
}
