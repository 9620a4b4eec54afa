import Glibc
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
    #expect(themes.count >= 10)
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

  /// Series that some pane draws together.
  private static let neighbours: [(StyleRole, StyleRole)] = [
    (.l2, .quantile), (.l2, .markov), (.quantile, .markov), (.exact, .learned),
    (.learned, .heldOut), (.learned, .floor), (.heldOut, .floor), (.trajectory, .learned),
    (.trajectory, .exact), (.l2, .learned),
  ]

  @Test("Series that are drawn together look different", arguments: all)
  func series(theme: Theme) {
    // 0.02 is just noticeable side by side; thin strokes on a screen need several times as much.
    for (one, other) in Self.neighbours {
      let difference = theme.color(of: .role(one)).difference(from: theme.color(of: .role(other)))
      #expect(difference >= 0.075, "\(theme.name): \(one), \(other)")
    }
  }

  @Test(
    "Okabe and Ito's series stay apart without red or green cones",
    arguments: all.filter { $0.slug.contains("okabe") },
    [ColorVision.protanopia, .deuteranopia])
  func dichromats(theme: Theme, vision: ColorVision) {
    for (one, other) in Self.neighbours {
      let (a, b) = (theme.color(of: .role(one)), theme.color(of: .role(other)))
      #expect(vision.seen(a).difference(from: vision.seen(b)) >= 0.07, "\(one), \(other)")
    }
  }

  @Test("Oklab is that of its author's table, and black and white are 1 apart")
  func oklab() {
    // Ottosson 2020, sRGB red: L 0.628, a 0.225, b 0.126.
    let red = RGB(255, 0, 0).oklab
    #expect(abs(red.x - 0.628) < 5e-4 && abs(red.y - 0.225) < 5e-4 && abs(red.z - 0.126) < 5e-4)
    #expect(abs(RGB(0, 0, 0).difference(from: RGB(255, 255, 255)) - 1) < 1e-6)
  }

  @Test("Every ink has a code of its own, below their number")
  func codes() {
    let steps = (0..<Ink.rampSteps).map { Double($0) / Double(Ink.rampSteps - 1) }
    let inks =
      StyleRole.allCases.map { Ink.role($0) } + steps.map { Ink.ramp($0) }
      + steps.map { Ink.gray($0) }
    #expect(Set(inks.map(\.code)).count == inks.count)
    #expect(inks.allSatisfy { Int($0.code) < Ink.codeCount })
  }

  @Test("The points of the smallest values stand out from the background", arguments: all)
  func faintest(theme: Theme) {
    let background = theme.color(of: .role(.background))
    #expect(
      theme.color(of: .ramp(ValuedPoints.faintest)).contrast(with: background) >= 2.5,
      "\(theme.name)")
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

/// What people without one kind of cone see.
///
/// Source: Machado, Oliveira and Fernandes 2009, *A physiologically-based model for simulation of
/// color vision deficiency*, severity 1, on linear light.
enum ColorVision: String {
  case protanopia, deuteranopia

  private var rows: [SIMD3<Double>] {
    switch self {
    case .protanopia:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    }
  }

  func seen(_ color: RGB) -> RGB {
    let light = SIMD3(RGB.linear(color.red), RGB.linear(color.green), RGB.linear(color.blue))
    let channels = rows.map { row -> UInt8 in
      let value = min(max((row * light).sum(), 0), 1)
      let coded = value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
      return UInt8((255 * coded).rounded())
    }
    return RGB(channels[0], channels[1], channels[2])
  }
}
