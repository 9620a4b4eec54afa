/// Finds room for the labels of marked columns, so that none covers another.
enum LabelPlacement {
  /// Where a label goes.
  struct Place: Equatable {
    /// From the top.
    var row: Int
    /// The column of the label's first cell.
    var start: Int
    /// Whether the text runs to the left of the marked column.
    var isReversed: Bool
  }

  /// Places labels so that each touches its column, to the right of it where that fits.
  ///
  /// - Parameters:
  ///   - labels: The marked column and the width of each label, at least 1.
  ///   - width: The columns there are, from 0.
  ///   - rows: The rows there are; the last is filled first.
  ///   - first: The label that gets a place before the others; nil goes from left to right.
  ///   - occupied: What other text takes of the first rows, one range of columns for each.
  /// - Returns: A place for each label in the given order; nil where there is no room.
  static func place(
    _ labels: [(column: Int, width: Int)], width: Int, rows: Int, first: Int? = nil,
    taken occupied: [Range<Int>] = []
  ) -> [Place?] {
    var places = [Place?](repeating: nil, count: labels.count)
    var taken = [[Range<Int>]](repeating: [], count: max(0, rows))
    for (row, columns) in occupied.prefix(taken.count).enumerated() { taken[row].append(columns) }
    let order = labels.indices.sorted {
      ($0 == first ? 0 : 1, labels[$0].column) < ($1 == first ? 0 : 1, labels[$1].column)
    }
    for index in order {
      let (column, length) = labels[index]
      search: for row in stride(from: rows - 1, through: 0, by: -1) {
        for (start, isReversed) in [(column, false), (column - length + 1, true)] {
          let span = start..<(start + max(1, length))
          // One cell of air on either side keeps neighbours apart.
          let needed = (span.lowerBound - 1)..<(span.upperBound + 1)
          guard span.lowerBound >= 0, span.upperBound <= width,
            !taken[row].contains(where: { $0.overlaps(needed) })
          else { continue }
          taken[row].append(span)
          places[index] = Place(row: row, start: start, isReversed: isReversed)
          break search
        }
      }
    }
    return places
  }
}
