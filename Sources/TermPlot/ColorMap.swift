/// Numeric colour maps that stay ordered for colour-blind readers and in grey.
public enum ColorMap {
  /// Nine anchors of matplotlib's viridis, evenly spaced.
  ///
  /// Source: van der Walt and Smith 2015, matplotlib's `_cm_listed.py` (CC0).
  private static let viridisAnchors: [UInt32] = [
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725,
  ]

  /// A step of viridis, linear between anchors.
  public static func viridis(_ step: Int, of steps: Int) -> RGB {
    let position =
      Double(min(max(0, step), steps - 1)) / Double(max(1, steps - 1))
      * Double(viridisAnchors.count - 1)
    let lower = min(Int(position), viridisAnchors.count - 2)
    let fraction = position - Double(lower)
    let (a, b) = (RGB(hex: viridisAnchors[lower]), RGB(hex: viridisAnchors[lower + 1]))
    func mix(_ u: UInt8, _ v: UInt8) -> UInt8 {
      UInt8((Double(u) + fraction * (Double(v) - Double(u))).rounded())
    }
    return RGB(mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue))
  }
}
