/// A unit of work of an experiment, as those see it who divide the work among machines.
public struct UnitOverview: Sendable, Equatable {
  /// Its place among all units, from 1.
  public var number: Int
  /// What is done, such as `memorising, data set 3 of 20`.
  public var activity: String
  /// How long it takes, in parts of roughly equal length, at least 1.
  public var length: Int
  /// The numbers of the units whose records it needs.
  public var needs: [Int]
  public var isFinished: Bool
  /// The name that its record is kept under.
  public var key: String
}

/// Why some units cannot be worked on alone.
public enum UnitError: Error, Equatable, CustomStringConvertible {
  case unknown(Int, count: Int)
  /// A unit, and those it needs whose records are not there.
  case needs(Int, [Int])

  public var description: String {
    switch self {
    case .unknown(let number, let count):
      "there is no unit \(number); the units are 1 to \(count)"
    case .needs(let number, let missing):
      "unit \(number) needs the records of \(UnitNumbers(missing)); work on those first"
    }
  }
}
