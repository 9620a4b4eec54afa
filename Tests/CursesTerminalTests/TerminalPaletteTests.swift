import TermPlot
import Testing

@testable import CursesTerminal

@Suite struct TerminalPaletteTests {
  @Test("No other colour of the cube and the greys looks nearer")
  func nearestOf256() {
    // A step that is coprime to the cube's levels, so that all sides of them are met.
    for value in stride(from: 0, to: 1 << 24, by: 65_537 + 4_099) {
      let color = RGB(hex: UInt32(value))
      let found = TerminalPalette.color(at: TerminalPalette.nearest256(to: color))
      let best = (16..<256).map { color.difference(from: TerminalPalette.color(at: $0)) }.min()
      #expect(color.difference(from: found) == best, "colour \(value)")
    }
  }

  @Test("Every grey stays grey")
  func greys() {
    for level in UInt8.min...UInt8.max {
      let index = TerminalPalette.nearest256(to: RGB(level, level, level))
      let found = TerminalPalette.color(at: index)
      #expect(found.red == found.green && found.green == found.blue, "grey \(level)")
      #expect(abs(Int(found.red) - Int(level)) <= 9, "grey \(level)")
    }
  }

  @Test("The numeric colours in 256 colours grow lighter step by step, and none is grey")
  func ramp() {
    let colors = (0..<Ink.rampSteps).map { step in
      let wanted = ColorMap.viridis(step, of: Ink.rampSteps)
      return TerminalPalette.color(at: TerminalPalette.nearest256(to: wanted))
    }
    let lightness = colors.map(\.oklab.x)
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 <= $1 })
    // Eleven colours of the cube lie near the map; greys have none of Oklab's a and b.
    #expect(Set(colors).count >= 11)
    #expect(colors.allSatisfy { abs($0.oklab.y) + abs($0.oklab.z) > 0.05 })
  }

  @Test("The palette is xterm's")
  func known() {
    #expect(TerminalPalette.color(at: 16) == RGB(hex: 0x000000))
    #expect(TerminalPalette.color(at: 67) == RGB(hex: 0x5F87AF))
    #expect(TerminalPalette.color(at: 231) == RGB(hex: 0xFFFFFF))
    #expect(TerminalPalette.color(at: 232) == RGB(hex: 0x080808))
    #expect(TerminalPalette.color(at: 255) == RGB(hex: 0xEEEEEE))
  }

  @Test("ANSI colours find themselves, and eight colours never give a ninth")
  func ansi() {
    for index in 0..<16 {
      #expect(TerminalPalette.nearestANSI(to: TerminalPalette.color(at: index), of: 16) == index)
      #expect(TerminalPalette.nearestANSI(to: TerminalPalette.color(at: index), of: 8) < 8)
    }
    #expect(TerminalPalette.nearestANSI(to: RGB(hex: 0xFA1010), of: 16) == 9)
    #expect(TerminalPalette.nearestANSI(to: RGB(hex: 0xFA1010), of: 8) == 1)
  }
}
