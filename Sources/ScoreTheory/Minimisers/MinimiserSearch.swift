package import ScoreCore

/// Finds what a network's loss over rows is least at, in units of a few milliseconds: by normal
/// equations where only the output layer is trained, else by full-batch L-BFGS from a start.
///
/// The loss of a network has many minima; another start may find a lower one.
package struct MinimiserSearch: Sendable {
  /// The rows of a piece; all pieces together are the loss.
  package typealias Piece = @Sendable (_ place: Int) -> [RegressionRows]

  /// How far it has come.
  package enum Standing: Sendable, Equatable {
    /// The share of the rows that are made, below 1.
    case collecting(Double)
    /// Solved.
    case exact
    /// By L-BFGS after some steps, at a loss and with a gradient of this norm; it goes on without an
    /// ending.
    case descent(
      steps: Int, loss: Double, gradientNorm: Double, ending: LimitedMemoryDescent.Ending?)
    /// Features depend on one another more than the penalty evens out.
    case unsolvable
  }

  /// Float32 passes know a gradient to some 1e-7 of its terms.
  private static let method = LimitedMemoryDescent(
    memory: 10, stepLimit: 500, tolerance: 1e-5, rounding: 1e-8)
  /// Multiplications of a unit of the normal equations: enough rows at once that the Gram matrix is
  /// not mostly read and written.
  private static let unitWork = 200_000_000
  /// Multiplications in about the time of running a network at a point.
  private static let pointWork = 50_000.0
  /// Points that a network is run at in about the time of making a piece.
  private static let piecePoints = 128.0

  private enum Loss: Sendable {
    case equations(ScoreRegression)
    case rows([RegressionRows])
    case risk(FixedRisk, LimitedMemoryDescent.Course)
  }

  package private(set) var standing = Standing.collecting(0)
  private let start: NetworkScore
  private let pieceCount: Int
  private let piece: Piece
  private var loss: Loss
  private var nextPiece = 0
  private var pending: ArraySlice<RegressionRows> = []
  private var linear: LinearlyWeightedScore?

  /// Begins a search.
  ///
  /// - Parameters:
  ///   - start: Where a descent starts, whose frozen layers are the class: a network without conditions
  ///     that is no bank.
  ///   - pieceCount: The number of pieces, at least 1.
  ///   - piece: Makes them.
  package init(from start: NetworkScore, pieceCount: Int, piece: @escaping Piece) {
    precondition(pieceCount >= 1 && start.bank.isEmpty, "A loss of one network has rows.")
    self.start = start
    self.pieceCount = pieceCount
    self.piece = piece
    loss =
      Self.isLinear(start.architecture)
      ? .equations(ScoreRegression(NetworkFeatures(start), target: start.target)) : .rows([])
  }

  /// Whether only the output layer of a network is trained, so that predictions are linear in the
  /// weights.
  package static func isLinear(_ architecture: any Architecture) -> Bool {
    guard let last = (architecture as? Perceptron)?.layers.last else { return false }
    return architecture.trainedOffset == last.weightOffset
  }

  /// What is found: the minimiser, or the newest place of a descent; nil before there is one.
  package var score: (any ScoreFunction)? {
    switch standing {
    case .collecting, .unsolvable: return nil
    case .exact: return linear
    case .descent:
      guard case .risk(_, let course) = loss else { return nil }
      var score = start
      score.parameters = course.here.point.map { Float($0) }
      return score
    }
  }

  /// About how many points a network is run at in the time of the next unit of work.
  package var nextUnitPoints: Double {
    switch loss {
    case .equations(let equations):
      pending.isEmpty ? Self.piecePoints : unitPoints(features: equations.features.count)
    case .rows: nextPiece < pieceCount ? Self.piecePoints : 0
    // Backward passes take twice as long as forward ones, and a line search often two of both.
    case .risk(let risk, _): 4 * Double(risk.rowCount)
    }
  }

  /// The rows of a unit of the normal equations.
  private func unitRows(features p: Int) -> Int { max(32, min(4096, Self.unitWork / (p * p))) }

  /// The same with what the features of the rows take, and the Gram matrix.
  private func unitPoints(features p: Int) -> Double {
    var rows = 0
    for next in pending where rows < unitRows(features: p) { rows += next.points.count }
    return Double(min(rows, unitRows(features: p))) * (1 + Double(p * p) / Self.pointWork)
  }

  /// Does a unit of work.
  ///
  /// - Returns: Whether the search is over.
  package mutating func step() -> Bool {
    switch loss {
    case .equations(var equations):
      // Without a second owner the Gram matrix is not copied.
      loss = .rows([])
      let isOver = collect(into: &equations)
      loss = .equations(equations)
      return isOver
    case .rows(let rows):
      guard nextPiece < pieceCount else {
        begin(rows)
        return false
      }
      loss = .rows(rows + piece(nextPiece))
      nextPiece += 1
      standing = .collecting(Double(nextPiece) / Double(pieceCount + 1))
      return false
    case .risk(let risk, var course):
      course.step { risk.evaluate(at: $0, gradient: &$1) }
      note(course)
      loss = .risk(risk, course)
      return course.isOver
    }
  }

  private mutating func begin(_ rows: [RegressionRows]) {
    let risk = FixedRisk(
      architecture: start.architecture, target: start.target, process: start.process, rows: rows,
      threads: start.threads)
    let course = LimitedMemoryDescent.Course(
      from: start.parameters.map { Double($0) }, by: Self.method
    ) { risk.evaluate(at: $0, gradient: &$1) }
    note(course)
    loss = .risk(risk, course)
  }

  private mutating func note(_ course: LimitedMemoryDescent.Course) {
    standing = .descent(
      steps: course.here.steps, loss: course.here.value, gradientNorm: course.here.gradientNorm,
      ending: course.isOver ? course.here.ending : nil)
  }

  /// Adds some rows to the normal equations, or solves them.
  private mutating func collect(into equations: inout ScoreRegression) -> Bool {
    if pending.isEmpty, nextPiece < pieceCount {
      pending = piece(nextPiece)[...]
      nextPiece += 1
      standing = .collecting(Double(nextPiece) / Double(pieceCount + 1))
      return false
    }
    guard !pending.isEmpty else {
      linear = equations.minimiser
      standing = linear == nil ? .unsolvable : .exact
      return true
    }
    var (rows, room) = ([RegressionRows](), unitRows(features: equations.features.count))
    while room > 0, let next = pending.popFirst() {
      let used = min(room, next.points.count)
      rows.append(next.rows(0..<used))
      if used < next.points.count {
        pending = [next.rows(used..<next.points.count)] + pending
      }
      room -= used
    }
    equations.add(rows)
    return false
  }
}

extension RegressionRows {
  /// Some of the rows.
  fileprivate func rows(_ range: Range<Int>) -> RegressionRows {
    RegressionRows(
      level: level, points: points.rows(range), targets: targets.rows(range),
      weights: Array(weights[range]))
  }
}
