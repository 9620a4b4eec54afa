import TermPlot

/// How panes share an area: one pane alone, or two parts with a border that can be moved.
indirect enum PaneTree: Sendable {
  /// A pane by its place on the page.
  case pane(Int)
  case split(Split, PaneTree, PaneTree)

  /// How an area is cut in two.
  struct Split: Sendable {
    /// The name under which a moved border is kept.
    var name: String
    /// Whether the parts are side by side; otherwise one is above the other.
    var isSideBySide: Bool
    /// How many columns or rows of all there are the first part usually gets.
    var usual: @Sendable (Int) -> Int
  }

  /// Two parts side by side.
  ///
  /// - Parameters:
  ///   - name: The name under which a moved border is kept.
  ///   - left: The left part.
  ///   - right: The right part.
  ///   - usual: How many of so many columns the left part usually gets.
  /// - Returns: The parts with the border between them.
  static func columns(
    _ name: String, _ left: PaneTree, _ right: PaneTree, usual: @escaping @Sendable (Int) -> Int
  ) -> PaneTree {
    .split(Split(name: name, isSideBySide: true, usual: usual), left, right)
  }

  /// Two parts, one above the other.
  ///
  /// - Parameters:
  ///   - name: The name under which a moved border is kept.
  ///   - top: The upper part.
  ///   - bottom: The lower part.
  ///   - usual: How many of so many rows the upper part usually gets.
  /// - Returns: The parts with the border between them.
  static func rows(
    _ name: String, _ top: PaneTree, _ bottom: PaneTree, usual: @escaping @Sendable (Int) -> Int
  ) -> PaneTree {
    .split(Split(name: name, isSideBySide: false, usual: usual), top, bottom)
  }
}

/// The border between two parts of the screen, which can be moved.
struct PaneBorder: Sendable {
  var name: String
  var isSideBySide: Bool
  /// What is cut in two.
  var area: Rect
  /// How many columns or rows the first part has.
  var first: Int
  /// What it can have, so that every pane keeps some room; nil where there is none to give.
  var range: ClosedRange<Int>?
  /// The panes of both parts.
  var firstPanes: [Int]
  var secondPanes: [Int]

  /// How many columns or rows both parts have together.
  var total: Int { isSideBySide ? area.width : area.height }

  /// The cells of the border: the last of the first part, and side by side the first of the second too.
  var cells: Rect {
    isSideBySide
      ? Rect(x: area.x + first - 1, y: area.y, width: 2, height: area.height)
      : Rect(x: area.x, y: area.y + first - 1, width: area.width, height: 1)
  }
}

/// Panes with their areas, and the borders between them, outer ones first.
struct PanePlacing: Sendable {
  var panes: [PlacedPane] = []
  var borders: [PaneBorder] = []

  /// Places panes.
  ///
  /// - Parameters:
  ///   - tree: How they share the area.
  ///   - area: What they share.
  ///   - shares: The thousandths that first parts have where borders were moved, by name.
  init(_ tree: PaneTree, in area: Rect, shares: [String: Int]) {
    place(tree, in: area, shares: shares)
  }

  private mutating func place(_ tree: PaneTree, in area: Rect, shares: [String: Int]) {
    switch tree {
    case .pane(let index): panes.append(PlacedPane(index, area))
    case .split(let split, let first, let second):
      let border = PaneBorder(split, first, second, in: area, share: shares[split.name])
      borders.append(border)
      let (left, right) = area.splitLeft(columns: border.first)
      let (top, bottom) = area.splitTop(rows: border.first)
      place(first, in: split.isSideBySide ? left : top, shares: shares)
      place(second, in: split.isSideBySide ? right : bottom, shares: shares)
    }
  }
}

extension PaneBorder {
  fileprivate init(
    _ split: PaneTree.Split, _ first: PaneTree, _ second: PaneTree, in area: Rect, share: Int?
  ) {
    (name, isSideBySide, self.area) = (split.name, split.isSideBySide, area)
    let total = split.isSideBySide ? area.width : area.height
    let least = first.least(isSideBySide: split.isSideBySide)
    let most = total - second.least(isSideBySide: split.isSideBySide)
    let range = least <= most ? least...most : nil
    let moved = share.flatMap { share in
      range.map { min(max((total * share + 500) / 1000, $0.lowerBound), $0.upperBound) }
    }
    self.range = range
    self.first = moved ?? split.usual(total)
    (firstPanes, secondPanes) = (first.panes, second.panes)
  }
}

extension PaneTree {
  /// The least columns and rows of a pane between moved borders.
  private static let leastRoom = Size(columns: 16, rows: 5)

  var panes: [Int] {
    switch self {
    case .pane(let index): [index]
    case .split(_, let first, let second): first.panes + second.panes
    }
  }

  fileprivate func least(isSideBySide: Bool) -> Int {
    switch self {
    case .pane: return isSideBySide ? Self.leastRoom.columns : Self.leastRoom.rows
    case .split(let split, let first, let second):
      let parts = [first, second].map { $0.least(isSideBySide: isSideBySide) }
      return split.isSideBySide == isSideBySide ? parts[0] + parts[1] : max(parts[0], parts[1])
    }
  }
}
