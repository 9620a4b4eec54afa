import Foundation
import ScoreCore

/// Logistic regression of two classes with a penalty on the weights.
///
/// It minimises `|w|^2 / 2 + sum log(1 + e^-m)`, where `m` is the margin of a row; the intercept is free.
/// That is scikit-learn's with its standard C = 1.
///
/// Source: Newton's method as in Hastie, Tibshirani and Friedman 2009, "The Elements of Statistical
/// Learning", 4.4.1.
struct LogisticRegression: Sendable, Equatable {
  /// The weights of the coordinates, then the intercept.
  let weights: [Double]

  /// Fits the classes of rows.
  ///
  /// - Parameters:
  ///   - x: The rows, all finite.
  ///   - isPositive: Their classes.
  init(_ x: Points, _ isPositive: [Bool]) {
    let p = x.dimension + 1
    var w = [Double](repeating: 0, count: p)
    var loss = Self.loss(x, isPositive, w)
    for _ in 0..<100 {
      var (gradient, hessian) = Self.derivatives(x, isPositive, w)
      // A hair of ridge keeps the intercept determined where all rows are certain.
      for axis in 0..<p { hessian[axis * p + axis] += 1e-10 }
      guard let step = Self.solve(hessian, gradient) else { break }
      var share = 1.0
      var next = zip(w, step).map { $0 - $1 }
      var nextLoss = Self.loss(x, isPositive, next)
      while nextLoss > loss && share > 1e-6 {
        share /= 2
        next = zip(w, step).map { $0 - share * $1 }
        nextLoss = Self.loss(x, isPositive, next)
      }
      gradient = step.map { abs($0) * share }
      guard nextLoss <= loss else { break }
      (w, loss) = (next, nextLoss)
      if (gradient.max() ?? 0) < 1e-10 { break }
    }
    weights = w
  }

  /// The probability of the positive class, `[x.count]`.
  func probabilities(_ x: Points) -> [Double] {
    (0..<x.count).map { 1 / (1 + exp(-Self.margin(x, $0, weights))) }
  }

  private static func margin(_ x: Points, _ row: Int, _ w: [Double]) -> Double {
    let d = x.dimension
    return (0..<d).reduce(w[d]) { $0 + w[$1] * x.values[row * d + $1] }
  }

  private static func loss(_ x: Points, _ isPositive: [Bool], _ w: [Double]) -> Double {
    var loss = w.dropLast().reduce(0) { $0 + $1 * $1 } / 2
    for row in 0..<x.count {
      let margin = margin(x, row, w) * (isPositive[row] ? 1 : -1)
      loss += max(-margin, 0) + log1p(exp(-abs(margin)))
    }
    return loss
  }

  private static func derivatives(
    _ x: Points, _ isPositive: [Bool], _ w: [Double]
  ) -> (gradient: [Double], hessian: [Double]) {
    let d = x.dimension
    let p = d + 1
    var gradient = Array(w.dropLast()) + [0]
    var hessian = [Double](repeating: 0, count: p * p)
    for axis in 0..<d { hessian[axis * p + axis] = 1 }
    var row = [Double](repeating: 1, count: p)
    for index in 0..<x.count {
      for axis in 0..<d { row[axis] = x.values[index * d + axis] }
      let probability = 1 / (1 + exp(-margin(x, index, w)))
      let error = probability - (isPositive[index] ? 1 : 0)
      let weight = probability * (1 - probability)
      for i in 0..<p {
        gradient[i] += error * row[i]
        let scaled = weight * row[i]
        for j in 0...i { hessian[i * p + j] += scaled * row[j] }
      }
    }
    return (gradient, hessian)
  }

  /// Solves a positive definite system by Cholesky; only the lower triangle is read.
  private static func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    let n = right.count
    var a = matrix
    var x = right
    for i in 0..<n {
      for j in 0...i {
        var sum = a[i * n + j]
        for k in 0..<j { sum -= a[i * n + k] * a[j * n + k] }
        if i == j {
          guard sum > 0 else { return nil }
          a[i * n + i] = sum.squareRoot()
        } else {
          a[i * n + j] = sum / a[j * n + j]
        }
      }
      for k in 0..<i { x[i] -= a[i * n + k] * x[k] }
      x[i] /= a[i * n + i]
    }
    for i in (0..<n).reversed() {
      for k in i + 1..<max(n, i + 1) { x[i] -= a[k * n + i] * x[k] }
      x[i] /= a[i * n + i]
    }
    return x
  }
}
