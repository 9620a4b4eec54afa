import OutsideText
import TestSupport
import Testing

@testable import TermPlot

@Suite struct Base16Tests {
  static let slots = (0..<16).map { "base0" + String($0, radix: 16, uppercase: true) }

  static func colors(indent: String, prefix: String = "") -> String {
    slots.enumerated().map { "\(indent)\($1): \"\(prefix)0000\($0 < 10 ? "0\($0)" : "\($0)")\"\n" }
      .joined()
  }

  static let current =
    "system: base16\nname: Night Sky\nauthor: A\nvariant: dark\npalette:\n" + colors(indent: "  ")

  private func fault(_ yaml: String) -> String {
    do throws(ThemeError) {
      let theme = try Theme.parse(base16: yaml, file: "a.yaml")
      return "no error, but \(theme.name)"
    } catch {
      return error.description
    }
  }

  @Test("The current form is read, with or without number signs")
  func currentForm() throws {
    let theme = try Theme.parse(base16: Self.current, file: "a.yaml")
    #expect(theme.name == "Night Sky" && theme.slug == "night-sky" && theme.variant == .dark)
    #expect(theme.palette[1] == RGB(0, 0, 1) && theme.palette[15] == RGB(0, 0, 0x15))
    let signed = Self.current.replacing("\"0000", with: "\"#0000")
    #expect(try Theme.parse(base16: signed, file: "a.yaml") == theme)
  }

  @Test("The older form is read, and its variant told from its colours")
  func olderForm() throws {
    let yaml = "scheme: \"Old\"\nauthor: B\n" + Self.colors(indent: "")
    let light = yaml.replacing("base00: \"000000\"", with: "base00: \"ffffff\"")
    #expect(try Theme.parse(base16: yaml, file: "a.yaml").variant == .dark)
    let theme = try Theme.parse(base16: light, file: "a.yaml")
    #expect(theme.variant == .light && theme.name == "Old")
  }

  @Test("A fault is one line with the file and the line")
  func faults() {
    func changed(_ old: String, _ new: String) -> String {
      fault(Self.current.replacing(old, with: new))
    }
    #expect(
      changed("\"000003\"", "\"00003\"")
        == "a.yaml:9: 'base03' must be six hexadecimal digits such as \"a1b2c3\"")
    #expect(changed("000004", "00g004").hasPrefix("a.yaml:10: 'base04' must be six"))
    #expect(changed("base0F", "base10") == "a.yaml:21: unknown key 'base10'")
    #expect(changed("  base05: \"000005\"\n", "") == "a.yaml: the colour 'base05' is missing")
    #expect(changed("name: Night Sky\n", "") == "a.yaml: the key 'name' is missing")
    #expect(changed("author", "auther") == "a.yaml:3: unknown key 'auther'")
    #expect(
      changed(": dark", ": dusk") == "a.yaml:4: variant is 'dusk', but must be light or dark")
    #expect(
      changed(": base16", ": base24") == "a.yaml:1: system is 'base24', but only base16 is known")
    #expect(fault("") == "a.yaml: the file is empty")
    #expect(fault("- a\n- b\n") == "a.yaml:1: a theme is a list of keys and values")
    #expect(fault("name: [a\nb: c").hasPrefix("a.yaml:2: "))
    #expect(fault(Self.current + "name: Again\n").contains("the key \"name\" is given twice"))
    #expect(fault("name: A\npalette: 3\n").hasPrefix("a.yaml:2: 'palette' must hold"))
    #expect(fault("name: [A]\npalette: {}\n") == "a.yaml:1: 'name' must be text")
  }

  @Test("No fault has a second line or a control character")
  func faultsAreOneLine() {
    let bad = [
      "\"\\e[2J\": 1\n", "name: \"a\\nb\"\nvariant: \"\\e]0;x\"\n", "\u{0}", "a: b: c", "%",
    ]
    for yaml in bad {
      let text = fault(yaml)
      #expect(text == SafeText.sanitized(text, limit: 500) && text.hasPrefix("a.yaml"))
    }
  }

  @Test("Aliases that multiply are refused at once, as values and as keys")
  func bombs() {
    var list = "a0: &a0 [x, x]\n"
    var keys = "? &k0 [x, x]\n: 1\n"
    for level in 1...40 {
      list += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
      keys += "? &k\(level) [*k\(level - 1), *k\(level - 1)]\n: 1\n"
    }
    // Line ends of YAML 1.1 alone let a token begin too.
    for bomb in [list, keys, keys.replacing(" *", with: "\u{2028}*")] {
      #expect(fault(bomb).contains("too many aliases (*name) or structured keys"))
    }
  }

  @Test("A name from a file cannot act on the terminal")
  func hostileName() throws {
    let yaml = Self.current.replacing("Night Sky", with: "\"\\e[2J\\x9b31m\\u202eName\"")
    let theme = try Theme.parse(base16: yaml, file: "a.yaml")
    #expect(theme.name == "?[2J?31m?Name")
    let path = ThemeError(file: "\u{1B}[2J\n.yaml", message: "no").description
    #expect(path == "?[2J?.yaml: no")
  }

  @Test("A folder gives its themes and names the files that are none")
  func library() throws {
    let folder = try TemporaryFolder()
    let files = [
      "good.yaml": Self.current, "bad.yaml": "name: [", "note.txt": "no theme",
      "other.yml": Self.current.replacing("Night Sky", with: "Aurora"),
    ]
    for (name, text) in files { try folder.write(text, to: name) }
    let (themes, problems) = ThemeLibrary.load(folders: [folder.path + "/missing", folder.path])
    #expect(themes.map(\.name) == [Theme.builtIn.name, "Aurora", "Night Sky"])
    #expect(problems.map(\.file) == [folder.path + "/bad.yaml"])
  }
}
