import TermPlot
import Testing

@testable import CursesTerminal

@Suite struct RenditionTests {
  private static let dark = Theme(
    name: "dark", variant: .dark,
    palette: [
      0x1E1E2E, 0x181825, 0x313244, 0x45475A, 0x585B70, 0xCDD6F4, 0xF5E0DC, 0xB4BEFE,
      0xF38BA8, 0xFAB387, 0xF9E2AF, 0xA6E3A1, 0x94E2D5, 0x89B4FA, 0xCBA6F7, 0xF2CDCD,
    ].map { RGB(hex: $0) })
  private static let light = Theme(
    name: "light", variant: .light, palette: dark.palette.reversed())

  @Test("Without colours there is no colour, and roles still differ")
  func mono() {
    let table = RenditionTable(tier: .mono, colors: 256, theme: Self.dark)
    let ramps = [0, 0.3, 0.7, 1].map { Ink.ramp($0) }
    for foreground in StyleRole.allCases.map(Ink.role) + ramps {
      for background in StyleRole.allCases.map(Ink.role) + ramps {
        let rendition = table.rendition(of: foreground, on: background)
        #expect(rendition.foreground == -1 && rendition.background == -1)
      }
    }
    func attributes(_ foreground: StyleRole, _ background: StyleRole) -> Style.Attributes {
      table.rendition(of: .role(foreground), on: .role(background)).attributes
    }
    #expect(attributes(.text, .background) == [])
    #expect(attributes(.key, .background) == .bold)
    #expect(attributes(.muted, .background) == .dim)
    #expect(attributes(.selectionText, .selection) == .reverse)
    #expect(attributes(.key, .statusBar) == [.bold, .reverse])
  }

  @Test("With few colours no role vanishes in its background", arguments: [8, 16])
  func readable(colors: Int) {
    for theme in [Self.dark, Self.light] {
      let table = RenditionTable(tier: .ansi16, colors: colors, theme: theme)
      for foreground in StyleRole.allCases {
        for background in [StyleRole.background, .statusBar, .selection] {
          let rendition = table.rendition(of: .role(foreground), on: .role(background))
          #expect(
            rendition.foreground != rendition.background, "\(foreground) on \(background)")
          #expect(0..<Int32(colors) ~= rendition.foreground)
        }
      }
    }
  }

  @Test("With few colours the selection differs from the background")
  func selectionShows() {
    let table = RenditionTable(tier: .ansi16, colors: 8, theme: Self.dark)
    let plain = table.rendition(of: .role(.text), on: .role(.background))
    let selected = table.rendition(of: .role(.text), on: .role(.selection))
    #expect(plain != selected)
  }

  @Test("True colours are the theme's own, but for the eight numbers that mean others")
  func direct() {
    let table = RenditionTable(tier: .truecolor, colors: 1 << 24, theme: Self.dark)
    let rendition = table.rendition(of: .role(.text), on: .role(.background))
    #expect(rendition == Rendition(foreground: 0xCDD6F4, background: 0x1E1E2E, attributes: []))
    var black = Self.dark
    black.palette[0] = RGB(hex: 0x000003)
    let onBlack = RenditionTable(tier: .truecolor, colors: 1 << 24, theme: black)
      .rendition(of: .role(.text), on: .role(.background))
    #expect(onBlack.background == 8)
  }

  @Test("Fewer colours on a direct-colour entry are still numbers of true colours")
  func paletteOnDirect() {
    let table = RenditionTable(tier: .ansi256, colors: 1 << 24, theme: Self.dark)
    let rendition = table.rendition(of: .role(.text), on: .role(.background))
    #expect(rendition.foreground == 0xD7D7FF)
    #expect(rendition.background == 0x1C1C1C)
  }
}
