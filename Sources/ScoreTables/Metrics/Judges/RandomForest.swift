import ScoreCore

/// A forest of trees, each grown on a bootstrap of the rows with some of the coordinates tried at a cut;
/// what it says is the mean of the leaves.
///
/// Source: Breiman 2001, "Random Forests", Machine Learning 45; classes by Gini's index and the root of
/// the number of coordinates as in scikit-learn, numbers by a third of them as in R's randomForest.
struct RandomForest: Sendable {
  private let trees: [DecisionTree]

  /// Fits trees to rows and their classes `0..<classCount`.
  init(_ x: Points, _ classes: [Int], classCount: Int, trees count: Int = 50, seed: UInt64) {
    self.init(
      x, ClassTarget(classes: classes, count: classCount),
      tried: Int(Double(x.dimension).squareRoot()), count, seed)
  }

  /// Fits trees to rows and their numbers.
  init(_ x: Points, numbers: [Double], trees count: Int = 50, seed: UInt64) {
    self.init(x, NumberTarget(numbers: numbers), tried: x.dimension / 3, count, seed)
  }

  private init(
    _ x: Points, _ target: some TreeTarget, tried: Int, _ count: Int, _ seed: UInt64
  ) {
    let ranked = RankedRows(x)
    trees = (0..<count).map { index in
      var stream = RandomStream(seed: seed, purpose: .sampleMetrics, index: 3 << 40 | UInt64(index))
      let rows = (0..<x.count).map { _ in stream.integer(below: x.count) }
      return DecisionTree(ranked, target, rows: rows, tried: max(1, tried), using: &stream)
    }
  }

  /// The probability of each class, `[x.count][classCount]`.
  func probabilities(_ x: Points) -> [[Double]] { (0..<x.count).map { means(x, $0) } }

  /// The number of each row, `[x.count]`.
  func numbers(_ x: Points) -> [Double] { (0..<x.count).map { means(x, $0)[0] } }

  private func means(_ x: Points, _ row: Int) -> [Double] {
    let leaves = trees.map { $0.leaf(x, row) }
    return leaves[0].indices.map { place in
      leaves.reduce(0) { $0 + $1[place] } / Double(leaves.count)
    }
  }
}
