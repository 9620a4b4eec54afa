import Testing

@testable import TermPlot

@Suite struct ThemeTests {
  static let folder =
    #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 } + "/Themes"

  /// The themes of the project: the built-in one and every file.
  static let all = [Theme.builtIn] + ThemeLibrary.load(folders: [folder]).themes

  @Test("The project's theme files can be read, and the dark one is the built-in theme")
  func projectThemes() throws {
    let (themes, problems) = ThemeLibrary.load(folders: [Self.folder])
    #expect(problems == [])
    #expect(themes.map(\.slug).contains("scorefield-light"))
    #expect(themes.first { $0.slug == "scorefield-dark" } == .builtIn)
    #expect(themes.count >= 2)
  }

  @Test("Black on white has the largest contrast, and a colour none with itself")
  func contrastScale() {
    // The extremes and the worked example of the WCAG definition.
    #expect(abs(RGB(0, 0, 0).contrast(with: RGB(255, 255, 255)) - 21) < 1e-9)
    #expect(RGB(9, 80, 7).contrast(with: RGB(9, 80, 7)) == 1)
    #expect(abs(RGB(hex: 0x767676).contrast(with: RGB(hex: 0xFFFFFF)) - 4.54) < 0.005)
  }

  @Test("Every text has a contrast of 4.5:1 on what it is written on", arguments: all)
  func textContrast(theme: Theme) {
    let surfaces: Set<StyleRole> = [.background, .statusBar, .selection]
    func contrast(_ role: StyleRole, on surface: StyleRole) -> Double {
      theme.color(of: .role(role)).contrast(with: theme.color(of: .role(surface)))
    }
    for role in StyleRole.allCases where !surfaces.contains(role) {
      #expect(contrast(role, on: .background) >= 4.5, "\(theme.name): \(role)")
    }
    for role in [StyleRole.statusText, .key, .muted, .accent, .warning, .error, .good] {
      #expect(contrast(role, on: .statusBar) >= 4.5, "\(theme.name): \(role)")
    }
    #expect(contrast(.selectionText, on: .selection) >= 4.5, "\(theme.name)")
  }

  @Test("The numeric colours run from the background to what stands out", arguments: all)
  func ramp(theme: Theme) {
    let background = theme.color(of: .role(.background))
    let low = theme.color(of: .ramp(0))
    let high = theme.color(of: .ramp(1))
    #expect(high.contrast(with: background) >= 7, "\(theme.name)")
    #expect(low.contrast(with: high) >= 7, "\(theme.name)")
    #expect(low.contrast(with: background) < 2, "\(theme.name)")
    let steps = (0..<Ink.rampSteps).map {
      theme.color(of: .ramp(Double($0) / Double(Ink.rampSteps - 1))).relativeLuminance
    }
    let isRising = theme.variant == .dark
    #expect(zip(steps, steps.dropFirst()).allSatisfy { isRising ? $0 < $1 : $0 > $1 })
  }
}
