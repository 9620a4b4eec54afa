/// How well classes can be told apart by rows of numbers: the share of the rows that are nearest to the
/// mean of their own class.
///
/// Means come from the rows with an even number and are judged on those with an odd one, so that many
/// columns do not make classes look apart that are not. Without any difference the share is that of a
/// guess, about 1 over the number of equally large classes.
///
/// Source: the nearest centroid rule; Hastie, Tibshirani and Friedman 2009, *The Elements of
/// Statistical Learning*, section 18.2.
public enum ClassSeparability {
  /// The share of the odd rows that the means of the even ones tell right.
  ///
  /// - Parameters:
  ///   - rows: `[labels.count, width]` row-major.
  ///   - width: The number of columns.
  ///   - labels: The class of each row, from 0.
  /// - Returns: From 0 to 1; NaN where there is no odd row.
  public static func share(_ rows: [Double], width: Int, labels: [Int]) -> Double {
    precondition(rows.count == labels.count * width, "Each row has a label.")
    let classes = (labels.max() ?? 0) + 1
    var sums = [[Double]](repeating: Array(repeating: 0, count: width), count: classes)
    var counts = [Double](repeating: 0, count: classes)
    for row in stride(from: 0, to: labels.count, by: 2) {
      counts[labels[row]] += 1
      for k in 0..<width { sums[labels[row]][k] += rows[row * width + k] }
    }
    let seen = counts.indices.filter { counts[$0] > 0 }
    let means = seen.map { index in sums[index].map { $0 / counts[index] } }
    var (right, judged) = (0.0, 0.0)
    for row in stride(from: 1, to: labels.count, by: 2) {
      let distances = means.map { mean in
        (0..<width).reduce(0.0) { sum, k in
          let gap = rows[row * width + k] - mean[k]
          return sum + gap * gap
        }
      }
      let nearest = distances.indices.min { distances[$0] < distances[$1] }
      right += nearest.map { seen[$0] } == labels[row] ? 1 : 0
      judged += 1
    }
    return judged > 0 ? right / judged : .nan
  }
}
