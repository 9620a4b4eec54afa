/// A mean and its standard error.
public struct Estimate: Codable, Sendable, Equatable {
  public let value: Double
  /// NaN for fewer than two values.
  public let standardError: Double

  /// A mean that is known already; a standard error of 0 says that it is exact.
  public init(value: Double, standardError: Double) {
    self.value = value
    self.standardError = standardError
  }

  /// The mean of independent values; NaN for none.
  public init(_ values: [Double]) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    value = mean
    standardError = values.count > 1 ? (squares / (n - 1) / n).squareRoot() : .nan
  }
}
