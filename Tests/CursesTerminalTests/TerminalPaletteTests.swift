import TermPlot
import Testing

@testable import CursesTerminal

@Suite struct TerminalPaletteTests {
  private func distance(_ a: RGB, _ b: RGB) -> Int {
    var sum = 0
    for (u, v) in [(a.red, b.red), (a.green, b.green), (a.blue, b.blue)] {
      let difference = Int(u) - Int(v)
      sum += difference * difference
    }
    return sum
  }

  @Test("No other colour of the cube and the greys is nearer")
  func nearestOf256() {
    // A step that is coprime to the cube's levels, so that all sides of them are met.
    for value in stride(from: 0, to: 1 << 24, by: 65_537 + 4_099) {
      let color = RGB(hex: UInt32(value))
      let found = distance(color, TerminalPalette.color(at: TerminalPalette.nearest256(to: color)))
      let best = (16..<256).map { distance(color, TerminalPalette.color(at: $0)) }.min()
      #expect(found == best, "colour \(value)")
    }
  }

  @Test("Every grey finds the nearest grey")
  func greys() {
    for level in UInt8.min...UInt8.max {
      let color = RGB(level, level, level)
      let found = distance(color, TerminalPalette.color(at: TerminalPalette.nearest256(to: color)))
      let best = (16..<256).map { distance(color, TerminalPalette.color(at: $0)) }.min()
      #expect(found == best, "grey \(level)")
    }
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
