/// The classes of points, one a point.
public struct PointLabels: Sendable, Equatable {
  /// The most classes there may be.
  public static let classLimit = 100

  /// What each class is called; the labels are places in this list.
  public let names: [String]
  /// The class of each point, from 0.
  public let values: [Int]

  public init(names: [String], values: [Int]) {
    precondition(values.allSatisfy(names.indices.contains), "A label is one of the classes.")
    self.names = names
    self.values = values
  }

  /// Makes classes of the values of a column, in rising order.
  ///
  /// - Parameters:
  ///   - column: One number a point.
  ///   - path: The parameter that named the column, for the error.
  /// - Throws: ``ParameterError`` where the values are no classes.
  init(_ column: [Double], path: String) throws(ParameterError) {
    let distinct = Set(column).sorted()
    try Self.check(distinct.allSatisfy(\.isFinite) ? distinct.count : 0, path)
    names = distinct.map { Int(exactly: $0).map { "\($0)" } ?? "\($0)" }
    let places = Dictionary(uniqueKeysWithValues: zip(distinct, distinct.indices))
    values = column.compactMap { places[$0] }
  }

  /// Makes classes of the texts of a column, in rising order: that of numbers where all are some.
  ///
  /// - Parameters:
  ///   - column: One text a point.
  ///   - path: The parameter that named the column, for the error.
  /// - Throws: ``ParameterError`` where the texts are no classes.
  init(_ column: [String], path: String) throws(ParameterError) {
    let numbers = column.compactMap { Double($0) }
    if numbers.count == column.count, numbers.allSatisfy(\.isFinite) {
      try self.init(numbers, path: path)
      return
    }
    let names = Set(column).sorted()
    try Self.check(names.count, path)
    let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    self.init(names: names, values: column.compactMap { places[$0] })
  }

  private static func check(_ count: Int, _ path: String) throws(ParameterError) {
    guard (2...classLimit).contains(count) else {
      throw ParameterError(
        path: [path], message: "expected 2 to \(classLimit) classes, found \(count) values")
    }
  }
}
