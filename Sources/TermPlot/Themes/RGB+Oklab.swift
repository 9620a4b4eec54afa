import Glibc

extension RGB {
  /// Lightness (0...1), green to red and blue to yellow, in which equal steps look about equal.
  ///
  /// Source: Ottosson 2020, *A perceptual color space for image processing* (Oklab).
  public var oklab: SIMD3<Double> {
    let (r, g, b) = (RGB.linear(red), RGB.linear(green), RGB.linear(blue))
    let cones = SIMD3(
      cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b),
      cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b),
      cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b))
    return SIMD3(
      (cones * SIMD3(0.2104542553, 0.7936177850, -0.0040720468)).sum(),
      (cones * SIMD3(1.9779984951, -2.4285922050, 0.4505937099)).sum(),
      (cones * SIMD3(0.0259040371, 0.7827717662, -0.8086757660)).sum())
  }

  /// How different two colours look: their distance in Oklab; black and white are 1 apart.
  public func difference(from other: RGB) -> Double {
    let step = oklab - other.oklab
    return (step * step).sum().squareRoot()
  }
}
