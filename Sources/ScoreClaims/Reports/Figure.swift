import ScoreCore
import ScoreLab

/// A picture of a report, in numbers: terminal and files draw it each in their own way.
public struct Figure: Sendable, Equatable {
  public enum Content: Sendable, Equatable {
    case plot(Plot)
    case images(ImageGrid)
  }

  /// The stem of its files, such as `error_against_delta`.
  public var name: String
  public var title: String
  /// Sample sizes, intervals and nulls.
  public var caption: String
  public var content: Content

  public init(_ name: String, title: String, caption: String = "", _ content: Content) {
    self.name = name
    self.title = title
    self.caption = caption
    self.content = content
  }
}

/// Series over two axes.
public struct Plot: Sendable, Equatable {
  public struct Axis: Sendable, Equatable {
    /// What it measures, with its unit.
    public var label: String
    public var isLogarithmic: Bool
    /// The ends; nil leaves them to the data.
    public var lower: Double?
    public var upper: Double?

    public init(
      _ label: String, isLogarithmic: Bool = false, lower: Double? = nil, upper: Double? = nil
    ) {
      self.label = label
      self.isLogarithmic = isLogarithmic
      self.lower = lower
      self.upper = upper
    }
  }

  /// What a series is, which decides its colour and stroke.
  public enum Role: String, Sendable, CaseIterable {
    /// A measurement.
    case measured
    /// A second measurement next to the first.
    case comparison
    /// A closed form or a quadrature.
    case exact
    /// A rate or bound that a paper claims.
    case claimed
    /// What chance alone gives.
    case null
    /// Background.
    case muted
  }

  public struct Series: Sendable, Equatable {
    public enum Form: Sendable, Equatable {
      case line
      /// Constant until the next point.
      case steps
      case points
      /// Filled between `lower` and `upper`.
      case band
      /// From zero to the value, one at each x.
      case bars
    }

    public var label: String
    public var role: Role
    public var form: Form
    public var x: [Double]
    /// As many as `x`; numbers that are not finite leave a gap.
    public var y: [Double]
    /// The interval about each value; empty, or as many as `x`.
    public var lower: [Double]
    public var upper: [Double]
    /// The names of single points, written next to them; empty, or as many as `x`.
    public var names: [String]

    public init(
      _ label: String, _ role: Role, _ form: Form = .line, x: [Double], y: [Double],
      lower: [Double] = [], upper: [Double] = [], names: [String] = []
    ) {
      precondition(x.count == y.count, "A series has a value for every place.")
      precondition(
        lower.count == upper.count && (lower.isEmpty || lower.count == x.count),
        "An interval has both ends, at every place or nowhere.")
      precondition(names.isEmpty || names.count == x.count, "Every point is named, or none.")
      self.label = label
      self.role = role
      self.form = form
      self.x = x
      self.y = y
      self.lower = lower
      self.upper = upper
      self.names = names
    }

    /// The mean of what was measured at each place, with Student's t interval, 95%.
    ///
    /// - Parameters:
    ///   - label: The name of the series.
    ///   - role: What it is.
    ///   - form: How it is drawn.
    ///   - x: The places.
    ///   - values: What was found at each place, once a repeat; with fewer than two there is no interval.
    init(
      _ label: String, _ role: Role, _ form: Form = .line, x: [Double], meansOf values: [[Double]]
    ) {
      let intervals = values.map { Estimate.meanInterval(of: $0) }
      self.init(
        label, role, form, x: x, y: values.map { Estimate($0).value },
        lower: intervals.map { $0?.lowerBound ?? .nan },
        upper: intervals.map { $0?.upperBound ?? .nan })
    }

    /// The area between two curves.
    public static func band(
      _ label: String, _ role: Role, x: [Double], lower: [Double], upper: [Double]
    ) -> Series {
      Series(label, role, .band, x: x, y: lower, lower: lower, upper: upper)
    }
  }

  /// A straight line across the plot at a value of note.
  public struct Mark: Sendable, Equatable {
    public var label: String
    public var value: Double
    /// Whether the value is one of the x axis.
    public var isVertical: Bool

    public init(_ label: String, at value: Double, isVertical: Bool) {
      self.label = label
      self.value = value
      self.isVertical = isVertical
    }
  }

  public var x: Axis
  public var y: Axis
  public var series: [Series]
  public var marks: [Mark]
  /// Names of the places 0, 1, 2 and so on of the x axis, for bars; empty for numbers.
  public var categories: [String]

  public init(
    x: Axis, y: Axis, series: [Series], marks: [Mark] = [], categories: [String] = []
  ) {
    self.x = x
    self.y = y
    self.series = series
    self.marks = marks
    self.categories = categories
  }
}

/// Small grey pictures in rows.
public struct ImageGrid: Sendable, Equatable {
  /// Pixels of each picture.
  public var width: Int
  public var height: Int
  /// Pictures in a row.
  public var columns: Int
  /// Brightness from 0 (dark) to 1, `[pictures, height, width]`; values outside are cut off.
  public var values: [Double]
  /// A name for each row; empty, or one a row.
  public var rowLabels: [String]

  public init(
    width: Int, height: Int, columns: Int, values: [Double], rowLabels: [String] = []
  ) {
    precondition(
      width > 0 && height > 0 && columns > 0 && values.count % (width * height) == 0,
      "A grid has whole pictures.")
    self.width = width
    self.height = height
    self.columns = columns
    self.values = values
    self.rowLabels = rowLabels
  }

  public var count: Int { values.count / (width * height) }
}
