/// What a piece of the screen means; a theme decides how it looks.
public enum StyleRole: UInt8, Sendable, CaseIterable {
  case text, muted, title, border, focusBorder, background, statusBar, statusText
  case selection, selectionText, accent, key, warning, error, good
  case axis, grid
  /// Plot series. The meaning of each is the same in every pane.
  case exact, learned, training, heldOut, floor, quantile, l2, markov, edit, trajectory
}

/// The colour of a foreground or background: a role, a step of the numeric colour map, or a grey.
///
/// One byte, so that a canvas of 200 x 60 cells stays small and cells compare quickly.
public struct Ink: Sendable, Hashable {
  /// Steps of the numeric colour map; few, because colour changes cost more bytes than glyphs.
  public static let rampSteps = 24
  private static let rampBase: UInt8 = 64
  private static let grayBase: UInt8 = 128
  /// All codes are below this.
  public static let codeCount = Int(grayBase) + rampSteps

  public let code: UInt8

  private init(code: UInt8) { self.code = code }

  public static func role(_ role: StyleRole) -> Ink { Ink(code: role.rawValue) }

  /// A step of the numeric colour map; `fraction` is clamped to 0...1, NaN counts as 0.
  public static func ramp(_ fraction: Double) -> Ink { Ink(code: rampBase + step(fraction)) }

  /// A grey from black to white, the same under every theme, in as many steps.
  public static func gray(_ fraction: Double) -> Ink { Ink(code: grayBase + step(fraction)) }

  /// The colour itself, or black or white where a role is drawn on a step of a scale and could be
  /// lost there.
  func readable(on background: Ink) -> Ink {
    guard role != nil, let step = background.rampStep ?? background.grayStep else { return self }
    // Both scales are lighter than middle grey in their upper half.
    return .gray(2 * step >= Ink.rampSteps ? 0 : 1)
  }

  private static func step(_ fraction: Double) -> UInt8 {
    let clamped = fraction > 0 ? min(fraction, 1) : 0
    return UInt8((clamped * Double(rampSteps - 1)).rounded())
  }

  /// The role, or nil for a step of the numeric map.
  public var role: StyleRole? { StyleRole(rawValue: code) }

  /// The step of the numeric map, `0..<rampSteps`, or nil for a role.
  public var rampStep: Int? {
    code >= Ink.rampBase && code < Ink.grayBase ? Int(code - Ink.rampBase) : nil
  }

  /// The step of the greys, `0..<rampSteps`, or nil for another colour.
  public var grayStep: Int? { code >= Ink.grayBase ? Int(code - Ink.grayBase) : nil }
}

/// How a cell is drawn besides its glyph.
public struct Style: Sendable, Hashable {
  /// Attributes that need no colour.
  public struct Attributes: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let bold = Attributes(rawValue: 1)
    public static let reverse = Attributes(rawValue: 2)
    public static let underline = Attributes(rawValue: 4)
    public static let dim = Attributes(rawValue: 8)
  }

  public var foreground: Ink
  public var background: Ink
  public var attributes: Attributes

  public init(
    _ foreground: StyleRole = .text, on background: StyleRole = .background,
    attributes: Attributes = []
  ) {
    self.init(
      foreground: .role(foreground), background: .role(background), attributes: attributes)
  }

  public init(foreground: Ink, background: Ink, attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}
