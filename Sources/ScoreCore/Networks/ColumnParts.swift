/// The columns of a matrix of weights, cut for threads that each compute the gradient by some of them.
///
/// Enough parts for a few threads, and no narrower than the columns that a product works on at once.
/// Every element is computed alone, so the cut changes no bit.
struct ColumnParts: Sendable, Equatable {
  private static let narrowest = 32
  private static let wanted = 4

  let columns: Int

  private var width: Int {
    let share = (columns + Self.wanted - 1) / Self.wanted
    return (share + Self.narrowest - 1) / Self.narrowest * Self.narrowest
  }

  /// What is left over goes to the last part.
  var count: Int { max(1, columns / width) }

  subscript(part: Int) -> Range<Int> {
    part * width..<(part == count - 1 ? columns : (part + 1) * width)
  }
}
