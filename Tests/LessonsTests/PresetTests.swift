import ScoreCore
import ScoreLab
import Testing

@testable import Lessons

/// Presets are read strictly, and those of the program can be begun.
@Suite struct PresetTests {
  private static let presets = PresetLibrary.builtIn.presets

  static let small = """
    name: small
    number: 2
    part: "My part"
    title: "A small one"
    summary: "It shows little."
    run:
      distribution: {kind: ring_of_gaussians, count: 3}
      network: {hidden: [8]}
    show: {pane: error}
    """

  private func fault(_ text: String) -> String? {
    do throws(ConfigurationError) {
      _ = try Preset.read(text, file: "p.yaml")
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("There are 24 or more, all can be read, and each has a name, a title and a sentence")
  func builtIn() {
    #expect(PresetLibrary.builtIn.problems == [])
    #expect(Self.presets.count >= 24)
    #expect(Set(Self.presets.map(\.name)).count == Self.presets.count)
    #expect(Self.presets.map(\.number) == Array(1...Self.presets.count))
    for preset in Self.presets {
      #expect(!preset.title.isEmpty && preset.title.count <= 40, "\(preset.name)")
      #expect(preset.summary.hasSuffix(".") && preset.summary.count <= 120, "\(preset.name)")
    }
    // A part stands in one piece, so that the list has each heading once.
    let parts = Self.presets.map(\.part)
    let changes = zip(parts, parts.dropFirst()).count { $0 != $1 }
    #expect(Set(parts).count == changes + 1)
  }

  @Test("No two presets begin the same run, and only one begins that of the start")
  func different() {
    let runs = Self.presets.map(\.configuration)
    for (place, run) in runs.enumerated() { #expect(runs.firstIndex(of: run) == place) }
    #expect(Self.presets.filter { $0.configuration == .start }.map(\.name) == ["two-moons"])
  }

  @Test("Every preset trains, its loss is finite, and it reads no file", arguments: presets)
  func trains(preset: Preset) throws {
    var session = try Session(
      configuration: preset.configuration, dataSource: NoFiles(), threads: 1)
    for _ in 0..<2 {
      let loss = session.trainStep()?.loss
      #expect(loss.map { $0.isFinite && $0 > 0 } == true)
    }
    #expect(session.divergence == nil)
  }

  @Test("A preset has what its file says on the settings of the start, and the usual picture else")
  func whole() throws {
    let preset = try Preset.read(Self.small, file: "small.yaml")
    #expect(preset.name == "small" && preset.number == 2 && preset.part == "My part")
    #expect(preset.title == "A small one" && preset.summary == "It shows little.")
    #expect(preset.picture.pane == .error && preset.picture.view == .scatter)
    let expected = try RunConfiguration.start.setting([
      "distribution={kind: ring_of_gaussians, count: 3}", "network.hidden=[8]",
    ])
    #expect(preset.configuration == expected)
    let bare = try Preset.read("name: bare\ntitle: T\nsummary: S\n", file: "bare.yaml")
    #expect(bare.configuration == .start && bare.number == 999 && bare.picture == LessonPicture())
  }

  @Test("What is wrong is named with file and line")
  func faults() {
    let small = Self.small
    #expect(fault(small.replacing("network", with: "netwrok"))?.contains("p.yaml:8") == true)
    #expect(
      fault(small.replacing("name: small", with: "name: Small one"))?.contains("p.yaml:1") == true)
    #expect(fault(small.replacing("pane: error", with: "time: 1"))?.contains("data end") == true)
    #expect(fault("")?.contains("a name, a title and a summary") == true)
    #expect(fault(small + "\nmore: 1\n")?.contains("p.yaml:10") == true)
    #expect(fault(String(repeating: "#", count: Preset.sizeLimit + 1))?.contains("64 KiB") == true)
  }

  @Test("Every preset is written as a file that reads back as the same, whatever its words hold")
  func written() throws {
    for preset in Self.presets {
      #expect(try Preset.read(preset.text, file: "p.yaml") == preset, "\(preset.name)")
    }
    var odd = try #require(Self.presets.first)
    odd.title = "yes: # \"no\" \\ 'π' {a: [1]}"
    odd.summary = "- null"
    #expect(try Preset.read(odd.text, file: "p.yaml") == odd)
    odd.summary = "a\u{1B}[2J\n\u{202E}b"
    #expect(try Preset.read(odd.text, file: "p.yaml").summary == "a[2Jb")
  }

  @Test("Of two presets with one name the later one stands, in the place of its number")
  func replaced() {
    var library = PresetLibrary.builtIn
    let count = library.presets.count
    library.add(Self.small.replacing("name: small", with: "name: two-moons"), file: "mine.yaml")
    #expect(library.presets.count == count && library.problems == [])
    #expect(library.preset(named: "two-moons")?.title == "A small one")
    #expect(library.presets.map(\.number) == library.presets.map(\.number).sorted())
    library.add("title: 1", file: "bad.yaml")
    #expect(library.problems.map(\.file) == ["bad.yaml"] && library.presets.count == count)
  }
}
