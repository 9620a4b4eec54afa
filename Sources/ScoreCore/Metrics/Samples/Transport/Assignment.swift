/// The assignment of rows to columns of least total cost.
///
/// Source: the Hungarian method with shortest augmenting paths and potentials; Kuhn 1955, Naval
/// Research Logistics Quarterly 2; Jonker and Volgenant 1987, Computing 38.
enum Assignment {
  /// Finds the best assignment.
  ///
  /// - Parameters:
  ///   - cost: The costs, `[n, n]`, row-major, finite.
  ///   - n: The number of rows and columns.
  /// - Returns: The column of each row, `[n]`.
  /// - Complexity: O(n^3).
  static func best(cost: [Double], count n: Int) -> [Int] {
    precondition(cost.count == n * n, "The cost is a square matrix.")
    // Rows and columns count from 1; column 0 is where a new row waits.
    var rowPotential = Array(repeating: 0.0, count: n + 1)
    var columnPotential = Array(repeating: 0.0, count: n + 1)
    var rowOfColumn = Array(repeating: 0, count: n + 1)
    var previous = Array(repeating: 0, count: n + 1)
    for row in stride(from: 1, through: n, by: 1) {
      rowOfColumn[0] = row
      var column = 0
      var slack = Array(repeating: Double.infinity, count: n + 1)
      var isReached = Array(repeating: false, count: n + 1)
      repeat {
        isReached[column] = true
        let i = rowOfColumn[column]
        var (least, next) = (Double.infinity, 0)
        for j in 1...n where !isReached[j] {
          let reduced = cost[(i - 1) * n + j - 1] - rowPotential[i] - columnPotential[j]
          if reduced < slack[j] {
            slack[j] = reduced
            previous[j] = column
          }
          if slack[j] < least { (least, next) = (slack[j], j) }
        }
        for j in 0...n {
          if isReached[j] {
            rowPotential[rowOfColumn[j]] += least
            columnPotential[j] -= least
          } else {
            slack[j] -= least
          }
        }
        column = next
      } while rowOfColumn[column] != 0
      while column != 0 {
        rowOfColumn[column] = rowOfColumn[previous[column]]
        column = previous[column]
      }
    }
    var columns = Array(repeating: 0, count: n)
    for j in stride(from: 1, through: n, by: 1) { columns[rowOfColumn[j] - 1] = j - 1 }
    return columns
  }
}
