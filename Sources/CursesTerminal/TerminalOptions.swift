public import TermPlot

/// How the terminal is to be used.
public struct TerminalOptions: Sendable {
  /// The most frames drawn in a second while something changes, 1...240.
  public var framesPerSecond = 30
  /// Whether mouse presses and the wheel are asked for.
  public var usesMouse = true
  /// The colours to use whatever the environment says; nil to detect them.
  public var colorTier: ColorTier?

  public init() {}
}
