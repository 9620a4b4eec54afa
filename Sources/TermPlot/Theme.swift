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
  public var variant: Variant
  /// base00 ... base0F.
  public var palette: [RGB]

  /// Creates a theme.
  ///
  /// - Precondition: The palette has sixteen colours.
  public init(name: String, variant: Variant, palette: [RGB]) {
    precondition(palette.count == 16, "A Base16 palette has sixteen colours.")
    self.name = name
    self.variant = variant
    self.palette = palette
  }

  /// The colour of an ink under this theme.
  public func color(of ink: Ink) -> RGB {
    if let step = ink.rampStep { return ColorMap.viridis(step, of: Ink.rampSteps) }
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
