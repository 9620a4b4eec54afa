/// Two of the axes of points, one to go across and one to go up.
struct AxisPair: Equatable, Sendable {
  var x: Int
  var y: Int

  /// How many pairs the axes of some dimension have; 1 of a line, whose second axis is no axis.
  static func count(dimension: Int) -> Int { max(1, dimension * (dimension - 1) / 2) }

  /// A pair by its number: the first axis with all later ones, then the second, and so on.
  init(number: Int, dimension: Int) {
    var (x, rest) = (0, number % AxisPair.count(dimension: dimension))
    while rest >= max(1, dimension - 1 - x) {
      rest -= dimension - 1 - x
      x += 1
    }
    self.x = x
    y = min(x + 1 + rest, max(0, dimension - 1))
  }
}
