/// How well predicted numbers fit the true ones.
public struct NumberScores: Sendable, Equatable {
  /// 1 less the squared error over that of the true numbers' mean: 1 is exact, 0 no better than their
  /// mean, and worse is below; nil where they do not vary.
  public let rSquared: Double?
  /// The root of the mean squared error, in the unit of the numbers.
  public let rmse: Double

  /// Scores predictions, at least one, all finite.
  init(_ predicted: [Double], _ truth: [Double]) {
    let n = Double(truth.count)
    // Squares of numbers up to 1e150 stay finite, but not their sums.
    let size = truth.map { abs($0) }.max() ?? 0
    let unit = size > 0 ? size : 1
    let mean = truth.reduce(0) { $0 + $1 / unit } / n
    let error = zip(predicted, truth).reduce(0) { sum, pair in
      let gap = pair.0 / unit - pair.1 / unit
      return sum + gap * gap
    }
    let spread = truth.reduce(0) { $0 + ($1 / unit - mean) * ($1 / unit - mean) }
    let varies = truth.contains { $0 != truth[0] }
    rSquared = varies && spread > 0 ? 1 - error / spread : nil
    rmse = (error / n).squareRoot() * unit
  }
}
