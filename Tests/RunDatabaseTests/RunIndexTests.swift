import Testing

@testable import RunDatabase
@testable import ScoreLab

/// Finding and sorting runs in a list.
@Suite struct RunIndexTests {
  private static func run(_ number: Int) -> RunSummary {
    let kinds = ["two_moons", "checkerboard", "digits", "gaussian_mixture"]
    return RunSummary(
      id: RunID(0x1234_5678_9A00 + number * 7919), name: "Run-\(number)",
      tags: number % 3 == 0 ? ["Good", "tag-\(number % 5)"] : [],
      note: number % 7 == 0 ? "Größe \(number) is fine" : "", distribution: kinds[number % 4],
      seed: "1", steps: number * 37 % 101, loss: number % 6 == 0 ? nil : Double(number * 53 % 97),
      worstL2: number % 5 == 0 ? nil : Double(number * 31 % 89), created: Double(number * 17 % 83),
      updated: Double(number * 29 % 79), root: RunID(1),
      origin: RunOrigin(version: "1", commit: nil, processor: "a processor"))
  }

  @Test("A filter finds the runs that have each of its words somewhere, in whatever case")
  func filters() {
    let runs = (0..<300).map(Self.run)
    let index = RunIndex(runs, order: .name)
    let filters = [
      "", "moons", "MOONS good", "größe", "run-1", "tag-3 digits", "8", "fine two", "a b c d e f g",
      "zzz", "123", " run-7  moons ",
    ]
    for filter in filters {
      // The definition, a text at a time.
      let words = filter.lowercased().split(separator: " ")
      let expected = index.runs.filter { run in
        let texts = ([run.name, "\(run.id)", run.distribution, run.note] + run.tags).map {
          $0.lowercased()
        }
        return words.allSatisfy { word in texts.contains { $0.contains(word) } }
      }
      let found = index.places(matching: filter).map { index.runs[$0] }
      #expect(found == expected, "\(filter)")
    }
    // No word is found half in one text and half in the next.
    #expect(index.places(matching: "goodtag").isEmpty)
  }

  @Test("Each order is one: names and numbers rise or fall, unknown ones come last")
  func orders() {
    let runs = (0..<100).map(Self.run)
    func sorted(_ order: RunSummary.Order) -> [RunSummary] { RunIndex(runs, order: order).runs }
    #expect(sorted(.name).map(\.name) == runs.map(\.name).sorted())
    #expect(sorted(.steps).map(\.steps) == runs.map(\.steps).sorted(by: >))
    #expect(sorted(.updated).map(\.updated) == runs.map(\.updated).sorted(by: >))
    #expect(sorted(.created).map(\.created) == runs.map(\.created).sorted(by: >))
    #expect(
      sorted(.loss).map { $0.loss ?? .infinity } == runs.map { $0.loss ?? .infinity }.sorted())
    #expect(
      sorted(.error).map { $0.worstL2 ?? .infinity }
        == runs.map { $0.worstL2 ?? .infinity }.sorted())
  }

  @Test("A table of settings has the keys that differ, with a gap where one has none")
  func settings() throws {
    let first = try RunConfiguration.small()
    let second = try first.setting(["seed=9", "distribution={kind: laplace}"])
    #expect(SettingsTable([first, first]).rows.isEmpty)
    let rows = SettingsTable([first, second, first]).rows
    let byKey = Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0.values) })
    #expect(byKey["seed"] == ["\(first.seed)", "9", "\(first.seed)"])
    #expect(byKey["distribution.kind"] == ["two_moons", "laplace", "two_moons"])
    #expect(byKey["network.hidden"] == nil)
    #expect(rows.contains { $0.values.contains(nil) })
    for (key, values) in byKey {
      #expect(values[0] == first.leaf(at: key)?.text && values[1] == second.leaf(at: key)?.text)
    }
  }
}
