import NumberFormatting

/// What is known of a column: which values are valid, and how they are encoded.
public struct ColumnSchema: Sendable, Equatable {
  /// What the values are.
  public enum Kind: String, CaseIterable, Sendable {
    /// Numbers of so many decimals in a range.
    case numeric
    /// Whole numbers in a range.
    case integer
    /// Categories with an order.
    case ordinal
    /// Categories without one.
    case categorical
    /// Two categories.
    case binary
    /// Days or times.
    case datetime

    /// Whether the values are places in a list of categories.
    public var hasCategories: Bool {
      switch self {
      case .ordinal, .categorical, .binary: true
      case .numeric, .integer, .datetime: false
      }
    }
  }

  /// What the column is for.
  public enum Role: String, CaseIterable, Sendable {
    case feature
    /// What a model of the table is to predict.
    case target
    /// Left out of everything, and of what is written.
    case ignored
  }

  /// What becomes of a cell without a value.
  public enum Missing: String, CaseIterable, Sendable {
    /// That it is missing is learned, as a value of its own.
    case mask
    /// The table is refused.
    case refuse
  }

  /// How numbers and times become coordinates of about unit size.
  public enum Scaling: String, CaseIterable, Sendable {
    /// The normal number of the same rank.
    case quantile
    /// Mean 0 and deviation 1.
    case standard
    /// Median 0, and the quarters where those of a standard normal law are.
    case robust
    /// The logarithm of 1 and the size over the median size, with the sign; then as `standard`.
    case log
  }

  /// How categories become coordinates.
  public enum Code: String, CaseIterable, Sendable {
    /// A coordinate each: 1 for the one it is, -1 for the others.
    case oneHot = "one_hot"
    /// The binary digits of its place, 1 or -1.
    ///
    /// Source: Chen, Zhang and Hinton 2022, "Analog Bits", arXiv:2208.04202.
    case bits
  }

  /// The most decimals that are kept as such; numbers with more are kept as they are.
  static let mostDecimals = 12
  /// The most categories of a column that is modelled.
  public static let mostCategories = 1000
  /// Up to how many categories the guess takes a coordinate each.
  static let mostOneHot = 16

  /// The name as the file has it, not safe to show.
  public var name: String
  public var kind: Kind
  public var role = Role.feature
  public var missing = Missing.mask
  /// The texts of the categories, in order; empty where there are none.
  public var categories: [String] = []
  /// The range of numbers, or of seconds since 1970.
  public var range = 0.0...0.0
  /// The digits behind the point, nil for as many as it takes; 0 for `integer`.
  public var decimals: Int?
  public var scaling = Scaling.quantile
  public var code = Code.oneHot
  /// Numbers that many rows have, such as amounts of 0; each is learned as a category.
  public var masses: [Double] = []
  /// How days and times are written.
  public var format: DateFormat?
  /// Further texts of this column that stand for a missing value.
  public var absent: [String] = []

  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// The number of valid values next to `value`, rounded and brought into the range.
  ///
  /// - Parameter value: Any number; NaN counts as the middle of the range, or the first category, and
  ///   the place of a category is brought to one that exists.
  /// - Returns: A valid value.
  public func valid(_ value: Double) -> Double {
    if kind.hasCategories {
      return min(max(value.isNaN ? 0 : value.rounded(), 0), Double(categories.count - 1))
    }
    let middle = range.lowerBound / 2 + range.upperBound / 2
    let inside = min(max(value.isNaN ? middle : value, range.lowerBound), range.upperBound)
    // Adding 0 makes a minus zero a zero.
    return min(max(rounded(inside), range.lowerBound), range.upperBound) + 0
  }

  /// Whether a value that is not missing may stand in the column.
  func accepts(_ value: Double) -> Bool { value.isFinite && valid(value) == value }

  /// The nearest number of the column's decimals, or time of its steps.
  func rounded(_ value: Double) -> Double {
    if let format { return (value / format.step).rounded() * format.step }
    guard let decimals else { return value }
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let scaled = value * power
    // Beyond this every number is whole already, and below it one division rounds once.
    return abs(scaled) < 0x1p53 ? scaled.rounded() / power : value
  }

  /// The text of a value as the file writes it; nil for a missing one.
  func text(_ value: Double) -> String? {
    guard !value.isNaN else { return nil }
    if kind.hasCategories { return categories[Int(valid(value))] }
    if let format { return format.text(value) }
    return NumberText.exact(value)
  }
}
