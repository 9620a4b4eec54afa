import Glibc

extension RGB {
  /// How bright a colour looks next to white, 0...1.
  ///
  /// Source: W3C 2018, *Web Content Accessibility Guidelines 2.1*, relative luminance.
  public var relativeLuminance: Double {
    0.2126 * RGB.linear(red) + 0.7152 * RGB.linear(green) + 0.0722 * RGB.linear(blue)
  }

  /// The light of a channel, 0...1 (IEC 61966-2-1, sRGB).
  static func linear(_ channel: UInt8) -> Double {
    let value = Double(channel) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  /// The contrast ratio with another colour, 1...21.
  ///
  /// Source: W3C 2018, *Web Content Accessibility Guidelines 2.1*, contrast ratio.
  public func contrast(with other: RGB) -> Double {
    let (one, two) = (relativeLuminance, other.relativeLuminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }
}
