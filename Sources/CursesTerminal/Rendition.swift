import TermPlot

/// How a style comes out on one terminal: two of its colours, and attributes.
struct Rendition: Equatable {
  /// A terminal's colour number, or -1 for its own default.
  var foreground: Int32
  var background: Int32
  var attributes: Style.Attributes
}

/// Turns inks into a terminal's colours under a theme.
struct RenditionTable {
  let tier: ColorTier
  /// The colours of the terminfo entry in use.
  let colors: Int
  let theme: Theme

  /// The rendition of a foreground on a background, without the style's own attributes.
  func rendition(of foreground: Ink, on background: Ink) -> Rendition {
    guard tier != .mono else {
      return Rendition(
        foreground: -1, background: -1,
        attributes: RenditionTable.emphasis(of: foreground, on: background))
    }
    var result = Rendition(
      foreground: number(of: foreground), background: number(of: background), attributes: [])
    guard tier == .ansi16 else { return result }
    // Two steps of a numeric map may meet in one colour; text must not vanish in its background.
    if foreground.role != nil, result.foreground == result.background {
      result.foreground = contrast(to: result.background)
    }
    let isRaised = background.role != nil && background != .role(.background)
    if isRaised, result.background == number(of: .role(.background)) {
      result.attributes = .reverse
    }
    return result
  }

  /// What tells inks apart where there is no colour.
  static func emphasis(of foreground: Ink, on background: Ink) -> Style.Attributes {
    var attributes: Style.Attributes = []
    switch foreground.role {
    case .title, .key, .accent, .focusBorder, .warning, .error: attributes.insert(.bold)
    case .muted, .grid: attributes.insert(.dim)
    default: break
    }
    switch background.role {
    case .selection, .statusBar: attributes.insert(.reverse)
    default: break
    }
    return attributes
  }

  private func number(of ink: Ink) -> Int32 {
    let color = theme.color(of: ink)
    let index: Int
    switch tier {
    case .truecolor: return direct(color)
    case .ansi256: index = TerminalPalette.nearest256(to: color)
    case .ansi16, .mono: index = TerminalPalette.nearestANSI(to: color, of: colors)
    }
    // A direct-colour entry has no palette, so fewer colours are the same few true ones.
    return colors > 256 ? direct(TerminalPalette.color(at: index)) : Int32(index)
  }

  /// The number of a colour in a direct-colour entry, where 0...7 mean the ANSI colours instead.
  private func direct(_ color: RGB) -> Int32 {
    max(8, Int32(color.red) << 16 | Int32(color.green) << 8 | Int32(color.blue))
  }

  private func contrast(to background: Int32) -> Int32 {
    let black = RGB(hex: 0x000000)
    let white = RGB(hex: 0xE5E5E5)
    let choices = [black, white].map { color in
      colors > 256
        ? direct(color) : Int32(TerminalPalette.nearestANSI(to: color, of: min(colors, 8)))
    }
    let isDarkTheme = theme.variant == .dark
    let wanted = isDarkTheme ? choices[1] : choices[0]
    return wanted == background ? (isDarkTheme ? choices[0] : choices[1]) : wanted
  }
}
