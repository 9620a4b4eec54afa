import TermPlot

/// The colours of a 256-colour terminal, and the nearest of them to any colour.
enum TerminalPalette {
  /// The levels of a channel in the colour cube, indices 16...231.
  private static let cubeLevels = [0, 95, 135, 175, 215, 255]

  /// xterm's sixteen; terminals differ, so these only say which name is nearest.
  private static let ansi: [UInt32] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]

  /// The colour of an index, `0..<256`.
  static func color(at index: Int) -> RGB {
    if index < 16 { return RGB(hex: ansi[index]) }
    if index >= 232 {
      let grey = UInt8(8 + 10 * (index - 232))
      return RGB(grey, grey, grey)
    }
    let cell = index - 16
    func level(_ step: Int) -> UInt8 { UInt8(cubeLevels[step % 6]) }
    return RGB(level(cell / 36), level(cell / 6), level(cell))
  }

  /// The index of the cube and the greys, `16..<256`, that looks nearest.
  ///
  /// The first sixteen are left out, because users set them to anything. Distances are those of
  /// Oklab: by those of red, green and blue, dark steps of a colour map turn grey, and their
  /// lightness goes up and down.
  static func nearest256(to color: RGB) -> Int {
    let wanted = color.oklab
    var (best, bestDistance) = (16, Double.infinity)
    for (offset, place) in places.enumerated() {
      let step = place - wanted
      let distance = (step * step).sum()
      if distance < bestDistance { (best, bestDistance) = (16 + offset, distance) }
    }
    return best
  }

  /// The colours 16 to 255 in Oklab.
  private static let places = (16..<256).map { color(at: $0).oklab }

  /// The nearest of the first `count` ANSI colours.
  static func nearestANSI(to color: RGB, of count: Int) -> Int {
    var (best, bestDistance) = (0, Int.max)
    for index in 0..<min(count, 16) {
      let distance = distance(color, self.color(at: index))
      if distance < bestDistance { (best, bestDistance) = (index, distance) }
    }
    return best
  }

  private static func distance(_ a: RGB, _ b: RGB) -> Int {
    let red = Int(a.red) - Int(b.red)
    let green = Int(a.green) - Int(b.green)
    let blue = Int(a.blue) - Int(b.blue)
    return red * red + green * green + blue * blue
  }
}
