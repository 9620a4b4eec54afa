/// What a point is drawn or scored given, as numbers that a network takes as further inputs.
public struct Condition: Sendable, Equatable {
  /// The numbers, as many as the distribution or the network has it.
  public let values: [Double]

  public init(_ values: [Double]) { self.values = values }

  /// A class among several: 1 at its place, 0 elsewhere.
  ///
  /// - Parameters:
  ///   - label: The number of the class, from 0.
  ///   - count: How many classes there are.
  /// - Returns: A condition of `count` values.
  public static func label(_ label: Int, of count: Int) -> Condition {
    precondition((0..<count).contains(label), "A label is one of the classes.")
    return Condition((0..<count).map { $0 == label ? 1 : 0 })
  }
}
