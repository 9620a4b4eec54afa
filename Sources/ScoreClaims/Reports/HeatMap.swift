/// Numbers over two lists of values, drawn as shades.
public struct HeatMap: Sendable, Equatable {
  /// The stem of its files.
  public var name: String
  public var title: String
  public var caption: String
  /// What runs across, and its values.
  public var x: (label: String, values: [String])
  /// What runs down, and its values.
  public var y: (label: String, values: [String])
  /// What the shades stand for.
  public var label: String
  /// `[y][x]`; NaN where nothing was measured.
  public var values: [[Double]]
  /// Whether shades follow the logarithm.
  public var isLogarithmic: Bool

  /// - Precondition: There is a number for every pair of values.
  public init(
    _ name: String, title: String, caption: String, x: (label: String, values: [String]),
    y: (label: String, values: [String]), label: String, values: [[Double]], isLogarithmic: Bool
  ) {
    precondition(
      values.count == y.values.count && values.allSatisfy { $0.count == x.values.count },
      "There is a number for every pair of values.")
    self.name = name
    self.title = title
    self.caption = caption
    self.x = x
    self.y = y
    self.label = label
    self.values = values
    self.isLogarithmic = isLogarithmic
  }

  public static func == (a: Self, b: Self) -> Bool {
    a.name == b.name && a.title == b.title && a.caption == b.caption && a.x == b.x && a.y == b.y
      && a.label == b.label && a.isLogarithmic == b.isLogarithmic
      && a.values.map { $0.map(\.bitPattern) } == b.values.map { $0.map(\.bitPattern) }
  }
}
