/// Where the pieces of one pass lie in its scratch memory, in float32 values.
public struct PassLayout: Sendable {
  /// The most rows of a pass.
  public let rows: Int
  /// Whether a forward pass keeps what ``Architecture/backward(_:gradient:accumulates:)`` and
  /// ``Architecture/tangent(_:)`` need.
  public let keepsDerivatives: Bool
  /// The size of the memory.
  public private(set) var count = 0
  /// Where the inputs start, `[rows, inputs]`.
  public var input = 0
  /// Where the predictions start, `[rows, dimension]`.
  public var output = 0
  /// Where the change of the inputs starts, `[rows, inputs]`.
  public var tangentInput = 0
  /// Where the change of the predictions starts, `[rows, dimension]`.
  public var tangentOutput = 0
  /// Where the architecture's own pieces start.
  public var pieces: [Int] = []

  public init(rows: Int, keepsDerivatives: Bool) {
    self.rows = rows
    self.keepsDerivatives = keepsDerivatives
  }

  /// Sets room aside for `width` values of each row and returns where it starts.
  public mutating func take(_ width: Int) -> Int {
    defer { count += (rows * width + 15) & ~15 }  // 64-byte steps keep rows aligned
    return count
  }
}

/// What one pass through a network works on.
public struct NetworkPass {
  public let layout: PassLayout
  /// The number of rows, at most the layout's.
  public let rows: Int
  /// The inputs of a row: all of them, or those that depend on the point where the others are
  /// ``shared``.
  public let inputs: Int
  /// What ``Architecture/fold(_:parameters:)`` made of the inputs that all rows share; nil where each
  /// row has its own.
  public let shared: UnsafePointer<Float>?
  /// The network's parameters.
  public let parameters: UnsafePointer<Float>
  /// Memory as the layout has it.
  public let scratch: UnsafeMutablePointer<Float>

  public var input: UnsafeMutablePointer<Float> { scratch + layout.input }
  public var output: UnsafeMutablePointer<Float> { scratch + layout.output }
  public var tangentInput: UnsafeMutablePointer<Float> { scratch + layout.tangentInput }
  public var tangentOutput: UnsafeMutablePointer<Float> { scratch + layout.tangentOutput }

  /// One of the architecture's own pieces.
  public func piece(_ index: Int) -> UnsafeMutablePointer<Float> { scratch + layout.pieces[index] }
}
