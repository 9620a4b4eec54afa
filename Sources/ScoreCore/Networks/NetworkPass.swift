/// Where the pieces of passes lie in their scratch memory, in float32 values.
///
/// Several passes may share one memory, each with rows of its own: the pieces of all rows are then
/// matrices whose rows lie next to each other, whatever pass they went through.
public struct PassLayout: Sendable {
  /// Where one piece lies.
  public struct Piece: Sendable {
    /// Where that of the first row, or of the first pass, starts.
    fileprivate let start: Int
    /// How far apart those of two rows are; 0 where a pass has one for all rows.
    fileprivate let rowStep: Int
    /// How far apart those of two passes are; 0 where each row has one.
    fileprivate let passStep: Int
  }

  /// The most rows of all passes together.
  public let rows: Int
  /// The most passes that share the memory.
  public let passes: Int
  /// Whether a forward pass keeps what ``Architecture/backward(_:)`` and ``Architecture/tangent(_:)``
  /// need.
  public let keepsDerivatives: Bool
  /// The size of the memory.
  public private(set) var count = 0
  /// The inputs, `[rows, inputs]`.
  public var input = Piece(start: 0, rowStep: 0, passStep: 0)
  /// The predictions, `[rows, dimension]`.
  public var output = Piece(start: 0, rowStep: 0, passStep: 0)
  /// The change of the inputs, `[rows, inputs]`.
  public var tangentInput = Piece(start: 0, rowStep: 0, passStep: 0)
  /// The change of the predictions, `[rows, dimension]`.
  public var tangentOutput = Piece(start: 0, rowStep: 0, passStep: 0)
  /// The architecture's own pieces.
  public var pieces: [Piece] = []

  public init(rows: Int, passes: Int = 1, keepsDerivatives: Bool) {
    self.rows = rows
    self.passes = passes
    self.keepsDerivatives = keepsDerivatives
  }

  /// Sets room aside for `width` values of each row.
  public mutating func take(_ width: Int) -> Piece {
    Piece(start: take(values: rows * width), rowStep: width, passStep: 0)
  }

  /// Sets room aside for values that each pass has once.
  public mutating func takeOnce(_ values: Int) -> Piece {
    let step = Self.aligned(values)
    return Piece(start: take(values: passes * step), rowStep: 0, passStep: step)
  }

  private mutating func take(values: Int) -> Int {
    defer { count += Self.aligned(values) }
    return count
  }

  /// 64-byte steps keep rows aligned.
  private static func aligned(_ values: Int) -> Int { (values + 15) & ~15 }
}

/// What one pass through a network works on.
public struct NetworkPass {
  public let layout: PassLayout
  /// The first of its rows among those of the layout, and its number among the passes.
  public let firstRow: Int
  public let number: Int
  /// The number of rows.
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

  public init(
    layout: PassLayout, firstRow: Int = 0, number: Int = 0, rows: Int, inputs: Int,
    shared: UnsafePointer<Float>?, parameters: UnsafePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    self.layout = layout
    self.firstRow = firstRow
    self.number = number
    self.rows = rows
    self.inputs = inputs
    self.shared = shared
    self.parameters = parameters
    self.scratch = scratch
  }

  public var input: UnsafeMutablePointer<Float> { start(of: layout.input) }
  public var output: UnsafeMutablePointer<Float> { start(of: layout.output) }
  public var tangentInput: UnsafeMutablePointer<Float> { start(of: layout.tangentInput) }
  public var tangentOutput: UnsafeMutablePointer<Float> { start(of: layout.tangentOutput) }

  /// One of the architecture's own pieces.
  public func piece(_ index: Int) -> UnsafeMutablePointer<Float> {
    start(of: layout.pieces[index])
  }

  /// Where this pass's part of a piece starts.
  func start(of piece: PassLayout.Piece) -> UnsafeMutablePointer<Float> {
    scratch + piece.start + firstRow * piece.rowStep + number * piece.passStep
  }
}
