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
    guard (2...PointLabels.classLimit).contains(distinct.count), distinct.allSatisfy(\.isFinite)
    else {
      throw ParameterError(
        path: [path],
        message: "expected 2 to \(PointLabels.classLimit) classes, found \(distinct.count) values")
    }
    let places = Dictionary(uniqueKeysWithValues: zip(distinct, distinct.indices))
    names = distinct.map { Int(exactly: $0).map { "\($0)" } ?? "\($0)" }
    values = column.compactMap { places[$0] }
  }
}
