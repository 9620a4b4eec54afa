import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct ConfigurationCatalogTests {
  /// Sets the names that a key needs to be there.
  private func prerequisites(_ field: FieldDescription) -> [String] {
    field.owner.map { Catalogs.assignments($0.path, $0.name) } ?? []
  }

  @Test("Every key of the written configuration is listed once, and no other")
  func listsEveryKey() throws {
    var stream = RandomStream(seed: 9, purpose: .test)
    for _ in 0..<50 {
      var configuration = RunConfiguration.random(using: &stream)
      configuration.distribution = DistributionConfiguration()
      var written: [String] = []
      for line in configuration.yaml.split(separator: "\n") {
        let section = line.prefix { $0 != ":" }
        guard line.contains("{"), section != "distribution" else {
          written.append(String(section))
          continue
        }
        for part in line.split(separator: "{")[1].split(separator: ", ") where part.contains(":") {
          written.append("\(section).\(part.prefix { $0 != ":" })")
        }
      }
      let listed = ConfigurationCatalog.fields.filter {
        ConfigurationCatalog.field(at: $0.path, in: configuration) == $0
      }
      #expect(listed.map(\.path) == written)
    }
  }

  @Test("Every parameter of every member is listed with its owner, and found for that member only")
  func listsEveryParameter() throws {
    for (path, items) in Catalogs.all {
      let section = path.prefix { $0 != "." }
      let owned = ConfigurationCatalog.fields.filter { $0.owner?.path == path }
      #expect(
        owned.map { "\($0.owner?.name ?? "") \($0.path) \($0.summary)" }
          == items.flatMap { item in
            item.parameters.map { "\(item.name) \(section).\($0.name) \($0.summary)" }
          })
      for item in items {
        let configuration = try RunConfiguration().setting(
          Catalogs.assignments(path, item.name))
        let parameters = ConfigurationCatalog.parameters(ofMemberAt: path, named: item.name)
        #expect(parameters.map(\.path) == item.parameters.map { "\(section).\($0.name)" })
        for field in owned {
          let isOwn = field.owner?.name == item.name
          #expect((ConfigurationCatalog.field(at: field.path, in: configuration) == field) == isOwn)
        }
        #expect(
          ConfigurationCatalog.field(at: path)?.choiceSummaries[item.name] == item.summary)
      }
    }
  }

  @Test("No parameter has the name of a key next to it, or of a parameter of another catalog there")
  func namesDoNotClash() {
    var seen: [String: String] = [:]
    for field in ConfigurationCatalog.fields {
      let owner = field.owner?.path ?? field.path
      #expect(seen[field.path] == nil || seen[field.path] == owner, "\(field.path)")
      seen[field.path] = owner
    }
  }

  @Test("Every listed default is accepted by the reader and changes nothing")
  func defaultsAreAccepted() throws {
    for field in ConfigurationCatalog.fields where !field.defaultText.isEmpty {
      let assignment = "\(field.path)=\(field.defaultText)"
      let base = try RunConfiguration().setting(prerequisites(field))
      let set = try base.setting([assignment], catalog: TestCatalog.all)
      #expect(set == base, "\(assignment)")
    }
  }

  @Test("The ends of every listed range are accepted, and what lies beyond is not")
  func rangesAreThoseOfTheReader() {
    for field in ConfigurationCatalog.fields {
      for (value, isAllowed) in Self.probes(of: field.kind) {
        let assignments = prerequisites(field) + ["\(field.path)=\(value)"]
        do throws(ConfigurationError) {
          _ = try RunConfiguration().setting(assignments)
          #expect(isAllowed, "\(field.path) = \(value), allowed: \(field.allowed)")
        } catch {
          // An end of a range may not fit the other parameters, which is reported in other words.
          let isRange =
            error.message.contains("expected \(field.allowed), found")
            || error.path.hasPrefix("\(field.path).")
          #expect(isRange == !isAllowed, "\(error)")
        }
      }
    }
  }

  private static func probes(of kind: ValueKind) -> [(String, Bool)] {
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
    case .flag: [("true", true), ("false", true), ("yes", false), ("1", false)]
    case .text: [("a.csv", true), ("1", false)]
    case .seed: [("0", true), ("\(UInt64.max)", true), ("-1", false)]
    case .structured, .map: []
    }
  }

  @Test("The text of every key is what the setting takes back")
  func textsAreTakenBack() throws {
    var stream = RandomStream(seed: 5, purpose: .test)
    let source = RunConfiguration.random(using: &stream)
    let fields = ConfigurationCatalog.fields.filter {
      ConfigurationCatalog.field(at: $0.path, in: source) == $0
    }
    let assignments = try fields.map { field in
      "\(field.path)=\(try #require(source.text(at: field.path)))"
    }
    let copy = try RunConfiguration().setting(assignments, catalog: TestCatalog.all)
    #expect(copy == source)
    for (path, value) in source.values { #expect(source.text(at: path) == value.text, "\(path)") }
    #expect(source.values["optimizer"] == nil)
    #expect(source.text(at: "optimizer") == nil)
    #expect(source.text(at: "optimizer.no_such") == nil)
  }

  @Test("Summaries are one line that fits next to the key")
  func summaries() {
    for field in ConfigurationCatalog.fields {
      #expect(!field.summary.isEmpty && field.summary.count <= 64, "\(field.path)")
    }
  }
}
