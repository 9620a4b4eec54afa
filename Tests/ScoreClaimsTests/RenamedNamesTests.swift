import ScoreClaims
import ScoreCore
import ScoreLab
import Testing

/// What holds for every name that was renamed; a new one is tested by being listed.
@Suite struct RenamedNamesTests {
  /// A file that uses the name, with the part in front of it and what the reader makes of it.
  private struct Sample {
    var before: String
    var value: String
    var isExperiment = false

    func text(_ name: String) -> String { "\(before)\(name): \(value)} # kept" }

    func read(_ text: String) throws {
      if isExperiment {
        _ = try ExperimentConfiguration.parse(text: text, file: "my.yaml")
      } else {
        _ = try RunConfiguration.parse(text: text, file: "my.yaml")
      }
    }
  }

  static let keysAndValues = RenamedNames.all.filter { $0.place != .option }

  @Test(
    "It is refused with the new name, and migrated to a file that is read", arguments: keysAndValues
  )
  func refusedAndMigrated(name: RenamedName) throws {
    switch name.place {
    case .key(let section):
      let sample = try sample(ofKey: name.new, in: section)
      try check(name, old: sample.text(name.old), new: sample.text(name.new), sample)
    case .value(let key):
      let keys = key.split(separator: ".").map(String.init)
      let before = keys.dropLast().map { "\($0): {" }.joined()
      let end = String(repeating: "}", count: keys.count - 1) + "} # kept"
      let sample = Sample(before: "{\(before)", value: "")
      let text = "{\(before)\(keys.last ?? ""): "
      try check(name, old: text + name.old + end, new: text + name.new + end, sample)
    case .option: break
    }
  }

  private func check(_ name: RenamedName, old: String, new: String, _ sample: Sample) throws {
    #expect("\(old)") {
      try sample.read(old)
    } throws: { error in
      let message = "\(error)"
      return message.hasPrefix("my.yaml:1: ") && message.contains("\(name.old) is now ")
        && message.hasSuffix(name.new)
    }
    let migration = try ConfigurationMigration(text: old, file: "my.yaml")
    #expect(migration.text == new)
    #expect(migration.changes.count == 1)
    try sample.read(migration.text)
  }

  /// A file with a key of a section, at its standard value.
  private func sample(ofKey key: String, in section: String) throws -> Sample {
    switch section {
    case "run":
      return Sample(before: "{", value: try #require(RunConfiguration().text(at: key)))
    case "experiment":
      let entry = try #require(
        ExperimentCatalog.all.first { $0.parameters.contains { $0.name == key } })
      let value = try #require(ExperimentConfiguration(entry.name).text(at: key))
      return Sample(before: "{experiment: \(entry.name), ", value: value, isExperiment: true)
    case "distribution":
      let entry = try #require(
        DistributionCatalog.all.first { $0.parameters.contains { $0.name == key } })
      let field = ConfigurationCatalog.parameters(
        ofMemberAt: DistributionConfiguration.namePath, named: entry.name
      ).first { $0.path == "distribution.\(key)" }
      // What is structured in a distribution and has no standard value is another distribution.
      let value = try #require(field?.defaultText)
      return Sample(
        before: "{distribution: {kind: \(entry.name), ",
        value: (value.isEmpty ? "{kind: pair}" : value) + "}")
    default:
      let field = try #require(
        ConfigurationCatalog.fields.first { $0.path == "\(section).\(key)" })
      let owner = field.owner.map { "\($0.path.split(separator: ".").last ?? ""): \($0.name), " }
      return Sample(
        before: "{\(section): {\(owner ?? "")", value: field.defaultText + "}")
    }
  }
}
