import OutsideText
public import ScoreLab

/// The sizes and accuracies that the theorems' orders depend on.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), whose symbols these are.
public struct PlanValues: ConfigurationSection {
  /// d, the dimension of the data.
  public var dimension = 2
  /// m_2, the root of the data's second moment `E ||x||^2`, in data units.
  public var moment = 1.5
  /// eps, the score error times sigma_t, and with it the distance in total variation.
  public var accuracy = 0.1
  /// delta, the share of points whose score may be further off.
  public var share = 0.05
  /// gamma, the distance in W2 that early stopping may cost, in units of m_2.
  public var stopping = 0.01
  /// The probability that training may fail.
  public var failure = 0.01
  /// P, the parameters of the network.
  public var parameters = 1000.0
  /// D, its depth.
  public var depth = 3
  /// Theta, the largest size of a parameter.
  public var bound = 10.0
  /// log H of a finite class of H scores, in nats.
  public var logClassSize = 7.0
  /// C, in place of every constant that the theorems leave open.
  public var constant = 1.0
  /// In place of every hidden logarithm, a factor on the rates that have one.
  public var hiddenLogarithms = 1.0

  public init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .integer("d", "dimension of the data", \.dimension, in: 1...1_000_000_000),
    .number("m2", "root of E ||x||^2, data units", \.moment, in: 1e-9...1e9),
    .number("eps", "score error times sigma_t that is good enough", \.accuracy, in: 1e-9...1),
    .number("delta", "share of points that may be further off", \.share, in: 1e-12...0.5),
    .number("gamma", "W2 cost of early stopping, in units of m2", \.stopping, in: 1e-12...0.5),
    .number("failure", "probability that training may fail", \.failure, in: 1e-12...0.5),
    .number("parameters", "P, parameters of the network", \.parameters, in: 1...1e15),
    .integer("depth", "D, depth of the network", \.depth, in: 1...10_000),
    .number("theta", "Theta, largest size of a parameter", \.bound, in: 1...1e15),
    .number(
      "log_classes", "log H of a finite class of H scores, nats", \.logClassSize, in: 0...1e12),
    .number("constant", "C in place of every unknown constant", \.constant, in: 1e-9...1e9),
    .number(
      "logarithms", "factor in place of every hidden logarithm", \.hiddenLogarithms,
      in: 1e-9...1e9),
  ]
}

extension PlanValues {
  /// Every value, for forms and lists.
  public static let descriptions: [FieldDescription] = fields.flatMap(\.descriptions)

  /// A value as text that ``setting(_:)`` takes back; nil if there is no such key.
  public func text(at path: String) -> String? {
    leaf(at: path)?.text
  }

  /// These values with some set, as by `--set eps=0.01`.
  ///
  /// - Throws: `ConfigurationError` naming the key and what is allowed.
  public func setting(_ assignments: [String]) throws(ConfigurationError) -> Self {
    let root = try YAMLNode(assignments: assignments)
    let context = ConfigurationReader.Context(
      file: YAMLNode.assignmentOrigin, distributions: [])
    var reader = try ConfigurationReader(root, context: context)
    var values = self
    try reader.read(&values)
    return values
  }
}

extension PlanValues {
  /// The value of a key, or nil if there is no such key.
  public func value(at path: String) -> ConfigurationValue? { leaf(at: path) }

  /// These values with one set, as by a form.
  ///
  /// - Parameters:
  ///   - path: A key.
  ///   - value: A value of the key's kind, in its range.
  /// - Returns: Values that fit one another.
  /// - Throws: `ConfigurationError` where the value does not fit the others.
  public func setting(
    _ path: String, to value: ConfigurationValue
  ) throws(ConfigurationError) -> PlanValues {
    try replacing(path, by: value, distributions: [])
  }
}
