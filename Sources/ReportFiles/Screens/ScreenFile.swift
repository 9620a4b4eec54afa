public import TermPlot

/// A screen, or a part of it, as a picture that can be projected and printed.
public enum ScreenFile {
  /// The screen as SVG; its text is text.
  ///
  /// - Parameters:
  ///   - screen: The cells.
  ///   - theme: Their colours.
  /// - Returns: The file.
  public static func svg(_ screen: TermPlot.Canvas, _ theme: Theme) -> [UInt8] {
    let drawing = ScreenDrawing(screen: screen, theme: theme)
    return SVGCanvas.bytes(width: drawing.size.width, height: drawing.size.height) {
      drawing.draw(on: $0)
    }
  }

  /// The screen as PNG, two pixels a point: 17 x 34 a cell.
  ///
  /// - Parameters:
  ///   - screen: The cells.
  ///   - theme: Their colours.
  /// - Returns: The file.
  public static func png(_ screen: TermPlot.Canvas, _ theme: Theme) -> [UInt8] {
    let drawing = ScreenDrawing(screen: screen, theme: theme)
    return CairoCanvas.png(width: drawing.size.width, height: drawing.size.height, scale: 2) {
      drawing.draw(on: $0)
    }
  }

  /// Screens of one size as a GIF that is played again and again, a pixel a point.
  ///
  /// - Parameters:
  ///   - screens: The frames in their order, at least one.
  ///   - theme: Their colours.
  ///   - seconds: How long each stays, 0.02 to 600; the last one stays 1.5 s longer.
  /// - Returns: The file; empty where there is no memory for its pixels.
  public static func gif(
    _ screens: [TermPlot.Canvas], _ theme: Theme, seconds: Double
  ) -> [UInt8] {
    precondition(!screens.isEmpty, "An animation has a frame.")
    precondition(
      screens.allSatisfy { $0.size == screens[0].size }, "All frames have one size.")
    let (width, height) = ScreenDrawing(screen: screens[0], theme: theme).size
    let palette = ColorPalette(Set(screens.flatMap { colors(of: $0, theme) }))
    var file = AnimatedGIF(
      width: Int(width.rounded()), height: Int(height.rounded()), palette: palette)
    for (index, screen) in screens.enumerated() {
      let drawing = ScreenDrawing(screen: screen, theme: theme)
      let pixels = CairoCanvas.pixels(width: width, height: height, scale: 1) {
        drawing.draw(on: $0)
      }
      guard !pixels.isEmpty else {
        _ = file.finish()
        return []
      }
      file.add(pixels, seconds: seconds + (index == screens.count - 1 ? 1.5 : 0))
    }
    return file.finish()
  }

  /// The colours of a screen, and those between two that meet, where edges of letters are smooth.
  private static func colors(of screen: TermPlot.Canvas, _ theme: Theme) -> Set<RGB> {
    let pairs = Set(screen.cells.map { Pair($0.style.foreground, $0.style.background) })
    return Set(
      pairs.flatMap { pair -> [RGB] in
        let (ink, paper) = (theme.color(of: pair.ink), theme.color(of: pair.paper))
        return (0...4).map { ink.mixed(with: paper, share: Double($0) / 4) }
      } + [theme.color(of: .role(.background))])
  }

  private struct Pair: Hashable {
    var ink: TermPlot.Ink
    var paper: TermPlot.Ink

    init(_ ink: TermPlot.Ink, _ paper: TermPlot.Ink) {
      self.ink = ink
      self.paper = paper
    }
  }
}

extension RGB {
  /// A colour between this one and another, of which it has a share.
  fileprivate func mixed(with other: RGB, share: Double) -> RGB {
    func mix(_ u: UInt8, _ v: UInt8) -> UInt8 {
      UInt8((Double(u) + share * (Double(v) - Double(u))).rounded())
    }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }
}
