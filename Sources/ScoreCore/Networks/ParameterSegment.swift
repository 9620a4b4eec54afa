/// A named run of neighbouring parameters in a network's flat buffer: a matrix of weights or a vector
/// of biases.
public struct ParameterSegment: Sendable, Equatable {
  /// How starting values are drawn.
  public enum Initialization: Sendable, Equatable {
    case zero
    /// Independent centred normal numbers of a standard deviation.
    case normal(deviation: Double)
    /// Independent signs, 1 or -1 with even odds.
    case signs
  }

  /// Its name among the network's, such as `layer0.weight`.
  public let name: String
  /// The lengths of its axes, row-major, such as `[inputs, outputs]`.
  public let shape: [Int]
  /// Where it starts in the flat buffer.
  public let offset: Int
  /// The number of the layer that it belongs to, from 0: the segments of a layer draw their starting
  /// values one after the other from one random stream.
  public let layer: Int
  public let initialization: Initialization
  /// Whether training changes it.
  public let isTrained: Bool

  public init(
    name: String, shape: [Int], offset: Int, layer: Int, initialization: Initialization,
    isTrained: Bool = true
  ) {
    self.name = name
    self.shape = shape
    self.offset = offset
    self.layer = layer
    self.initialization = initialization
    self.isTrained = isTrained
  }

  /// The number of parameters.
  public var count: Int { shape.reduce(1, *) }

  /// Where its parameters lie in the flat buffer.
  public var range: Range<Int> { offset..<offset + count }
}
