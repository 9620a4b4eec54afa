/// A colour as eight-bit sRGB.
public struct RGB: Sendable, Hashable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Creates a colour from 0xRRGGBB.
  public init(hex: UInt32) {
    self.init(UInt8(hex >> 16 & 0xFF), UInt8(hex >> 8 & 0xFF), UInt8(hex & 0xFF))
  }
}

/// Sixteen Base16 colours, and the table that gives every style role one of them.
///
/// Source: tinted-theming Base16 specification 0.11.
public struct Theme: Sendable, Equatable {
  public enum Variant: String, Sendable { case light, dark }

  public var name: String
  /// The name to type: lower case, words joined by hyphens.
  public var slug: String
  public var variant: Variant
  /// The colours base00 to base0F.
  public var palette: [RGB]

  /// Creates a theme; without a slug, one is made from the name.
  ///
  /// - Precondition: The palette has sixteen colours.
  public init(name: String, variant: Variant, palette: [RGB], slug: String? = nil) {
    precondition(palette.count == 16, "A Base16 palette has sixteen colours.")
    self.name = name
    self.slug =
      slug ?? name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    self.variant = variant
    self.palette = palette
  }

  /// The colour of an ink under this theme.
  ///
  /// The numeric colour map runs away from the background: it is turned round in a light theme, so
  /// that low values recede and high ones stand out in either.
  public func color(of ink: Ink) -> RGB {
    if let step = ink.rampStep {
      let turned = variant == .light ? Ink.rampSteps - 1 - step : step
      return ColorMap.viridis(turned, of: Ink.rampSteps)
    }
    if let step = ink.grayStep {
      // A terminal of 256 colours has just these greys.
      let level = UInt8(8 + 10 * step)
      return RGB(level, level, level)
    }
    return palette[Theme.slot(of: ink.role ?? .text)]
  }

  /// The Base16 slot of a style role.
  public static func slot(of role: StyleRole) -> Int {
    switch role {
    case .background: 0x0
    case .statusBar: 0x1
    case .selection: 0x2
    case .muted, .border, .grid: 0x3
    case .axis, .statusText: 0x4
    case .text: 0x5
    case .title, .selectionText: 0x6
    case .error, .l2: 0x8
    case .warning, .markov: 0x9
    case .focusBorder, .key, .edit, .trajectory: 0xA
    case .good, .exact: 0xB
    case .heldOut, .accent: 0xC
    case .learned, .training: 0xD
    case .quantile: 0xE
    case .floor: 0xF
    }
  }
}
