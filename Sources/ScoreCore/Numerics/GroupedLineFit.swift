import Glibc

/// A straight line through the means of groups of runs, and the test of whether it fits.
///
/// Runs at one x differ by chance alone; their means may also lie off the line. The line is fitted
/// to the means, so its interval has `groups - 2` degrees of freedom and counts both.
///
/// Source: Draper and Smith 1998, *Applied Regression Analysis*, section 2.1, for lack of fit.
public struct GroupedLineFit: Sendable, Equatable {
  /// The values measured at one x.
  public struct Group: Sendable, Equatable {
    public var x: Double
    public var values: [Double]

    public init(x: Double, values: [Double]) {
      self.x = x
      self.values = values
    }
  }

  /// Whether the means scatter about the line more than the runs do about their means.
  public struct LackOfFit: Sendable, Equatable {
    /// The ratio of the two mean squares.
    public let f: Double
    /// The degrees of freedom above: groups - 2.
    public let numerator: Int
    /// Those below: runs - groups.
    public let denominator: Int
    /// The probability of so large a ratio where the line is right, for normal errors.
    public let probability: Double
  }

  /// The line through the means.
  public let line: LineFit
  /// The least x that the line is fitted to.
  public let firstX: Double
  /// Nil for fewer than three groups, or where no group has two values.
  public let lackOfFit: LackOfFit?

  /// Fits the means of groups.
  ///
  /// - Precondition: All groups have equally many values, at least one.
  /// - Returns: Nil for fewer than two groups, or where all are at one x.
  public init?(_ groups: [Group]) {
    let size = groups.first?.values.count ?? 0
    precondition(
      groups.allSatisfy { $0.values.count == size && size > 0 },
      "Groups of one size have means of one weight.")
    let means = groups.map { $0.values.reduce(0, +) / Double(size) }
    guard let line = LineFit(x: groups.map(\.x), y: means) else { return nil }
    self.line = line
    firstX = groups.map(\.x).min() ?? .nan
    let (numerator, denominator) = (groups.count - 2, groups.count * (size - 1))
    guard numerator > 0, denominator > 0 else {
      lackOfFit = nil
      return
    }
    var (misfit, pure) = (0.0, 0.0)
    for (group, mean) in zip(groups, means) {
      let gap = mean - line.intercept - line.slope * group.x
      misfit += Double(size) * gap * gap
      pure += group.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let f = misfit / Double(numerator) / (pure / Double(denominator))
    lackOfFit = LackOfFit(
      f: f, numerator: numerator, denominator: denominator,
      probability: FisherF.upperTail(f, numerator: numerator, denominator: denominator))
  }

  /// The line over the groups that it fits: the group of least x is left out as long as the test
  /// rejects the line at `significance` and more than `leastGroups` are left.
  ///
  /// - Returns: The last fit tried, whose own test may still reject.
  public static func leavingOutMisfit(
    _ groups: [Group], significance: Double = 0.05, leastGroups: Int = 5
  ) -> GroupedLineFit? {
    var rest = groups.sorted { $0.x < $1.x }
    while true {
      guard let fit = GroupedLineFit(rest) else { return nil }
      guard let test = fit.lackOfFit, test.probability < significance, rest.count > leastGroups
      else { return fit }
      rest.removeFirst()
    }
  }
}
