import ScoreCore

/// The rows of a table in two parts: those a model is trained on, and those it is judged by.
public struct TableSplit: Sendable {
  /// The fewest rows a table may have.
  public static let leastRows = 50

  public let trained: Table
  /// A fifth of the rows, at most 5,000.
  public let heldOut: Table

  /// Rows that were dealt already.
  ///
  /// - Precondition: Tables of the same columns.
  package init(trained: Table, heldOut: Table) {
    precondition(trained.columns == heldOut.columns, "Tables of the same columns.")
    (self.trained, self.heldOut) = (trained, heldOut)
  }

  /// Deals the rows at random.
  ///
  /// - Throws: ``TableError`` for too few rows.
  public init(_ table: Table, file: String, seed: UInt64) throws(TableError) {
    guard table.rowCount >= Self.leastRows else {
      throw TableError(
        file: file,
        message:
          "\(table.rowCount) rows; at least \(Self.leastRows) are needed to train on some and "
          + "judge by others")
    }
    var stream = RandomStream(seed: seed, purpose: .heldOut, index: 1 << 40)
    let order = stream.permutation(of: table.rowCount)
    let count = min(TableComparison.mostRows, table.rowCount / 5)
    heldOut = table.rows(Array(order[..<count]))
    trained = table.rows(Array(order[count...]))
  }
}
