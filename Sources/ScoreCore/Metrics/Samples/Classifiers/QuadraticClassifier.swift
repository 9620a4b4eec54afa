import Glibc

/// A classifier two-sample test with logistic regression on quadratic features.
///
/// Sees shifts, scales and correlations: it is the right classifier for two Gaussians. The value is
/// the accuracy on points that were left out of the fit, over five folds; chance is one half, with
/// a spread near `1 / (2 sqrt(N))` for N points in all. Beyond 8 dimensions the features are the
/// coordinates and their squares.
///
/// Source: Lopez-Paz and Oquab 2017, "Revisiting classifier two-sample tests" (arXiv:1610.06545);
/// the fit is Newton's method, Bishop 2006, section 4.3.3.
public struct QuadraticClassifier: SampleMetric {
  private static let folds = 5

  public init() {}

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    dimension > 32 ? "the fit is for up to 32 dimensions" : nil
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    ClassifierTest.evaluate(sample, against: reference, settings: settings) {
      QuadraticClassifier.accuracy($0, $1, settings: settings)
    }
  }

  /// The cross-validated share of points put on the right side.
  public static func accuracy(_ x: Points, _ y: Points, settings: MetricSettings) -> Double {
    var pooled = x
    pooled.append(y)
    let features = QuadraticClassifier.features(of: pooled)
    // A file's order may mean something; folds must not.
    var stream = settings.stream(.folds)
    let order = pooled.shuffledRows(using: &stream)
    var right = 0
    for fold in 0..<folds {
      let parts = Dictionary(grouping: order.indices) { $0 % folds == fold }
      let model = LogisticModel(
        features, rows: (parts[false] ?? []).map { order[$0] }, firstCount: x.count)
      for place in parts[true] ?? [] {
        let isFirst = model.logOdds(features, row: order[place]) > 0
        if isFirst == (order[place] < x.count) { right += 1 }
      }
    }
    return Double(right) / Double(pooled.count)
  }

  /// One, the coordinates and their products or squares, scaled so that units do not matter.
  private static func features(of points: Points) -> Points {
    standardized(quadratic(standardized(points, from: 0)), from: 1)
  }

  /// One and the coordinates, then their products or squares.
  private static func quadratic(_ points: Points) -> Points {
    let d = points.dimension
    let pairs = (0..<d).flatMap { i in (0...i).map { (i, $0) } }.filter { d <= 8 || $0.0 == $0.1 }
    var values: [Double] = []
    values.reserveCapacity(points.count * (1 + d + pairs.count))
    for row in 0..<points.count {
      values.append(1)
      for axis in 0..<d { values.append(points[row, axis]) }
      for (i, j) in pairs { values.append(points[row, i] * points[row, j]) }
    }
    return Points(values: values, dimension: 1 + d + pairs.count)
  }

  /// Features at mean 0 and deviation 1, those before `first` as they are; constant ones at 0.
  private static func standardized(_ features: Points, from first: Int) -> Points {
    Scale(of: features, from: first).applied(to: features)
  }

  /// What takes points to mean 0 and deviation 1.
  struct Scale: Sendable {
    private let first: Int
    private var means: [Double] = []
    /// One over the deviation; 0 for a constant feature.
    private var factors: [Double] = []

    /// Measures features, but those before `first`.
    init(of features: Points, from first: Int) {
      self.first = first
      for axis in first..<features.dimension {
        let column = features.column(axis)
        let mean = column.reduce(0, +) / Double(column.count)
        let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
        means.append(mean)
        factors.append(variance > 0 ? 1 / variance.squareRoot() : 0)
      }
    }

    func applied(to features: Points) -> Points {
      var result = features
      for axis in first..<features.dimension {
        let (mean, factor) = (means[axis - first], factors[axis - first])
        for row in 0..<features.count {
          result[row, axis] = factor * (features[row, axis] - mean)
        }
      }
      return result
    }
  }
}

/// Logistic regression with a weak ridge, which keeps weights finite when the sides separate.
private struct LogisticModel {
  private static let ridge = 1e-3
  private var weights: [Double]

  /// Fits the side of each row: the first `firstCount` rows of the features against the others.
  init(_ features: Points, rows: [Int], firstCount: Int) {
    let f = features.dimension
    weights = Array(repeating: 0, count: f)
    for _ in 0..<12 {
      var gradient = Array(repeating: 0.0, count: f)
      var hessian = Array(repeating: 0.0, count: f * f)
      features.values.withUnsafeBufferPointer { values in
        gradient.withUnsafeMutableBufferPointer { gradient in
          hessian.withUnsafeMutableBufferPointer { hessian in
            for row in rows {
              let x = UnsafeBufferPointer(rebasing: values[row * f..<(row + 1) * f])
              let p = 1 / (1 + exp(-logOdds(features, row: row)))
              let error = (row < firstCount ? 1 : 0) - p
              let curvature = p * (1 - p)
              for i in 0..<f {
                gradient[i] += error * x[i]
                for j in 0...i { hessian[i * f + j] += curvature * x[i] * x[j] }
              }
            }
          }
        }
      }
      for i in 0..<f {
        gradient[i] -= Self.ridge * Double(rows.count) * weights[i]
        hessian[i * f + i] += Self.ridge * Double(rows.count)
      }
      let step = LogisticModel.solved(hessian, gradient)
      for i in 0..<f { weights[i] += step[i] }
      if step.allSatisfy({ abs($0) < 1e-6 }) { break }
    }
  }

  func logOdds(_ features: Points, row: Int) -> Double {
    var sum = 0.0
    for i in weights.indices { sum += weights[i] * features.values[row * weights.count + i] }
    return sum
  }

  // Cholesky's factor overwrites the lower triangle, the only one that is read.
  private static func solved(_ matrix: [Double], _ right: [Double]) -> [Double] {
    let n = right.count
    var (a, x) = (matrix, right)
    for i in 0..<n {
      for j in 0...i {
        var sum = a[i * n + j]
        for k in 0..<j { sum -= a[i * n + k] * a[j * n + k] }
        precondition(i != j || sum > 0, "A ridge makes the Hessian positive definite.")
        a[i * n + j] = i == j ? sum.squareRoot() : sum / a[j * n + j]
      }
    }
    for i in 0..<n {
      for k in 0..<i { x[i] -= a[i * n + k] * x[k] }
      x[i] /= a[i * n + i]
    }
    for i in (0..<n).reversed() {
      for k in i + 1..<n { x[i] -= a[k * n + i] * x[k] }
      x[i] /= a[i * n + i]
    }
    return x
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var quadraticClassifier: Self {
    Self(
      name: "c2st_quadratic",
      summary: "accuracy of logistic regression on quadratic features, cross-validated",
      source: "Lopez-Paz and Oquab 2017 (arXiv:1610.06545)"
    ) { _ in QuadraticClassifier() }
  }
}
